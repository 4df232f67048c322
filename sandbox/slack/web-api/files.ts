import { z } from 'zod';
import { postableChannel, threadParent } from '../access.ts';
import { addFile } from '../files.ts';
import { asObjects, asString } from '../json.ts';
import { announceMessage } from '../message-events.ts';
import type { Json } from '../protocol.ts';
import { fileJson } from '../shapes.ts';
import type { Workspace } from '../state.ts';
import type { StoredFile } from '../stored.ts';
import type { World } from '../world.ts';
import { readContent } from './chat.ts';
import { count, json, type MethodTable, method, SlackError, text, words } from './method.ts';

/** A file the app can see: its own, one shared where it is a member, or one submitted in a modal. */
function knownFile(workspace: Workspace, id: string): StoredFile {
  const file = workspace.files.get(id);
  if (!file?.complete) throw new SlackError('file_not_found');
  if (file.deleted) throw new SlackError('file_deleted');
  return file;
}

/** Posts the message that shows files in a channel. Throws as `chat.postMessage` does. */
function share(
  world: World,
  files: StoredFile[],
  args: { initial_comment?: string | undefined; blocks?: unknown; thread_ts?: string | undefined },
  channelId: string,
): void {
  const { workspace } = world;
  const channel = postableChannel(workspace, channelId);
  // Unlike a message, a file needs membership even in a public channel.
  if (!channel.members.has(workspace.botUserId)) throw new SlackError('not_in_channel');
  const said =
    args.blocks === undefined
      ? { text: args.initial_comment ?? '' }
      : readContent(world, { blocks: args.blocks, text: args.initial_comment });
  for (const file of files) file.channels.add(channel.id);
  const message = workspace.post(channel, {
    user: workspace.botUserId,
    byApp: true,
    ...said,
    subtype: 'file_share',
    fileIds: files.map((file) => file.id),
    threadTs: args.thread_ts === undefined ? null : threadParent(workspace, channel, args.thread_ts).ts,
  });
  announceMessage(world, channel, message);
}

export const fileMethods: MethodTable = {
  'files.getUploadURLExternal': method(
    z.object({ filename: text.min(1), length: count, alt_text: text.optional(), snippet_type: text.optional() }),
    (args, world): Json => {
      if (args.length === 0)
        throw new SlackError('invalid_arguments', ['[ERROR] must be greater than 0 [json-pointer:/length]']);
      const { workspace, clock, url } = world;
      const file = addFile(workspace, {
        user: workspace.botUserId,
        name: args.filename,
        bytes: new Uint8Array(),
        created: clock.now(),
        complete: false,
      });
      return { upload_url: `${url()}/upload/${file.id}/${file.secret}`, file_id: file.id };
    },
  ),
  'files.completeUploadExternal': method(
    z.object({
      files: json,
      channel_id: text.optional(),
      channels: words.optional(),
      initial_comment: text.optional(),
      blocks: json.optional(),
      thread_ts: text.optional(),
    }),
    (args, world): Json => {
      const { workspace } = world;
      const given = asObjects(args.files);
      if (given.length === 0)
        throw new SlackError('invalid_arguments', ['[ERROR] no files given [json-pointer:/files]']);
      const files = given.map((entry) => {
        const file = workspace.files.get(asString(entry.id));
        if (!file || file.bytes.byteLength === 0) throw new SlackError('file_not_found');
        file.title = asString(entry.title) || file.name;
        return file;
      });
      const channels = [...(args.channels ?? []), ...(args.channel_id === undefined ? [] : [args.channel_id])];
      for (const channel of channels) share(world, files, args, channel);
      for (const file of files) file.complete = true;
      workspace.changed();
      return { files: files.map((file) => fileJson(world, file)) };
    },
  ),
  'files.info': method(
    z.object({ file: text }),
    (args, world): Json => ({
      file: fileJson(world, knownFile(world.workspace, args.file)),
      comments: [],
      response_metadata: { next_cursor: '' },
    }),
  ),
  'files.list': method(
    z.object({ channel: text.optional(), user: text.optional(), count: count.optional(), page: count.optional() }),
    (args, world): Json => {
      const { workspace } = world;
      const all = [...workspace.files.values()].filter(
        (file) =>
          file.complete &&
          !file.deleted &&
          (args.channel === undefined || file.channels.has(args.channel)) &&
          (args.user === undefined || file.user === args.user) &&
          [...file.channels].some((id) => workspace.channels.get(id)?.members.has(workspace.botUserId)),
      );
      const size = args.count || 100;
      const number = args.page || 1;
      return {
        files: all.slice((number - 1) * size, number * size).map((file) => fileJson(world, file)),
        paging: { count: size, total: all.length, page: number, pages: Math.ceil(all.length / size) },
      };
    },
  ),
  'files.delete': method(z.object({ file: text }), (args, { workspace }): Json => {
    const file = knownFile(workspace, args.file);
    if (file.user !== workspace.botUserId) throw new SlackError('cant_delete_file');
    file.deleted = true;
    workspace.changed();
    return {};
  }),
};
