import { z } from 'zod';
import { postableChannel, threadParent, visibleChannel } from '../access.ts';
import { withIds } from '../block-tree.ts';
import { asJson, asObjects, asString, isJson } from '../json.ts';
import { announceChange, announceDeletion, announceMessage } from '../message-events.ts';
import type { Json } from '../protocol.ts';
import { messageJson } from '../shapes.ts';
import type { StoredChannel, StoredMessage } from '../stored.ts';
import { checkMessage } from '../validation/messages.ts';
import type { World } from '../world.ts';
import { flag, json, type MethodTable, method, SlackError, text } from './method.ts';

/** The arguments that carry the content of a message. */
export const content = {
  text: text.optional(),
  blocks: json.optional(),
  attachments: json.optional(),
  markdown_text: text.optional(),
  metadata: json.optional(),
};

/** The content of a call, checked against Slack's limits and as it is stored. Throws what `checkMessage` finds. */
export function readContent(
  world: World,
  args: {
    text?: string | undefined;
    blocks?: unknown;
    attachments?: unknown;
    markdown_text?: string | undefined;
    metadata?: unknown;
  },
  viaResponseUrl = false,
): Pick<StoredMessage, 'text' | 'blocks' | 'attachments' | 'metadata'> {
  const problem = checkMessage(args, viaResponseUrl);
  if (problem) throw new SlackError(problem.error, problem.messages);
  const blocks = withIds(args.blocks, () => world.workspace.ids.token().slice(0, 5));
  return {
    // Slack keeps at most 40,000 characters of a message.
    text: (args.text ?? args.markdown_text ?? '').slice(0, 40_000),
    blocks,
    attachments: asObjects(args.attachments),
    metadata: isJson(args.metadata) ? args.metadata : null,
  };
}

/** The app's own message of that `ts`. Throws `message_not_found`, or the given code when someone else posted it. */
function ownMessage(world: World, channel: StoredChannel, ts: string, notOwn: string): StoredMessage {
  const message = world.workspace.message(channel.id, ts);
  if (!message || message.ephemeralFor !== null) throw new SlackError('message_not_found');
  if (!message.byApp) throw new SlackError(notOwn);
  return message;
}

/** Posts as the app. Throws `thread_not_found`. */
export function postAs(
  world: World,
  channel: StoredChannel,
  said: Partial<StoredMessage>,
  { threadTs, broadcast = false }: { threadTs?: string | undefined; broadcast?: boolean | undefined } = {},
) {
  const { workspace } = world;
  const parent = threadTs === undefined || threadTs === '' ? null : threadParent(workspace, channel, threadTs);
  const message = workspace.post(channel, {
    user: workspace.botUserId,
    byApp: true,
    ...said,
    threadTs: parent?.ts ?? null,
    broadcast: parent !== null && broadcast,
  });
  announceMessage(world, channel, message);
  return message;
}

export const chatMethods: MethodTable = {
  'chat.postMessage': method(
    z.object({ channel: text, ...content, thread_ts: text.optional(), reply_broadcast: flag.optional() }),
    (args, world): Json => {
      const channel = postableChannel(world.workspace, args.channel);
      const { botUserId, seed } = world.workspace;
      const anywhere = seed.app.scopes?.includes('chat:write.public') ?? true;
      if (!channel.members.has(botUserId) && !anywhere) throw new SlackError('not_in_channel');
      const said = readContent(world, args);
      const message = postAs(world, channel, said, { threadTs: args.thread_ts, broadcast: args.reply_broadcast });
      return { channel: channel.id, ts: message.ts, message: messageJson(world, message, true) };
    },
  ),
  'chat.postEphemeral': method(
    z.object({ channel: text, user: text, ...content, thread_ts: text.optional() }),
    (args, world): Json => {
      const { workspace } = world;
      const channel = postableChannel(workspace, args.channel);
      if (!workspace.users.has(args.user)) throw new SlackError('user_not_in_channel');
      if (!channel.members.has(workspace.botUserId)) throw new SlackError('not_in_channel');
      if (!channel.members.has(args.user)) throw new SlackError('user_not_in_channel');
      const message = postAs(
        world,
        channel,
        { ...readContent(world, args), ephemeralFor: args.user },
        { threadTs: args.thread_ts },
      );
      return { message_ts: message.ts };
    },
  ),
  'chat.update': method(
    z.object({ channel: text, ts: text, ...content, reply_broadcast: flag.optional() }),
    (args, world): Json => {
      const channel = visibleChannel(world.workspace, args.channel);
      const message = ownMessage(world, channel, args.ts, 'cant_update_message');
      if (channel.isArchived) throw new SlackError('is_archived');
      if ((args.text ?? '').length > 4_000) throw new SlackError('msg_too_long');
      const said = readContent(world, args);
      const before = messageJson(world, message);
      // What a call leaves out stays as it was; an empty array removes it.
      Object.assign(message, {
        text: said.text,
        blocks: args.blocks === undefined ? message.blocks : said.blocks,
        attachments: args.attachments === undefined ? message.attachments : said.attachments,
        metadata: said.metadata ?? message.metadata,
        editedTs: world.workspace.ids.ts(),
      });
      world.workspace.changed();
      announceChange(world, channel, message, before);
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: asJson(messageJson(world, message, true)),
      };
    },
  ),
  'chat.delete': method(z.object({ channel: text, ts: text }), (args, world): Json => {
    const channel = visibleChannel(world.workspace, args.channel);
    const message = ownMessage(world, channel, args.ts, 'cant_delete_message');
    const before = messageJson(world, message);
    world.workspace.remove(message);
    announceDeletion(world, channel, before);
    return { channel: channel.id, ts: args.ts };
  }),
  'chat.getPermalink': method(z.object({ channel: text, message_ts: text }), (args, world): Json => {
    const channel = visibleChannel(world.workspace, args.channel);
    const message = world.workspace.message(channel.id, args.message_ts);
    if (!message || message.ephemeralFor !== null) throw new SlackError('message_not_found');
    const thread = message.threadTs === null ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
    const address = `${world.url()}/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
    return { channel: channel.id, permalink: asString(address) };
  }),
};
