import { z } from 'zod';
import { isGroup, threadParent, visibleChannel } from '../access.ts';
import { channelJson, messageJson } from '../shapes.ts';
import type { StoredChannel, StoredMessage } from '../stored.ts';
import { count, flag, type MethodTable, method, page, SlackError, text, words } from './method.ts';

const kinds: { [type: string]: (channel: StoredChannel) => boolean } = {
  public_channel: (channel) => channel.kind === 'public',
  private_channel: (channel) => channel.kind === 'private',
  im: (channel) => channel.kind === 'dm' && !isGroup(channel),
  mpim: isGroup,
};

/** Which conversations are of the types a caller asked for. Throws `invalid_types`. */
export function ofTypes(types: string[] = ['public_channel']): (channel: StoredChannel) => boolean {
  const wanted = types.map((type) => {
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (!kind) throw new SlackError('invalid_types');
    return kind;
  });
  return (channel) => wanted.some((is) => is(channel));
}

const historyArgs = z.object({
  channel: text,
  ts: text.optional(),
  latest: text.optional(),
  oldest: text.optional(),
  inclusive: flag.optional(),
  limit: count.optional(),
  cursor: text.optional(),
  include_all_metadata: flag.optional(),
});

type Window = Pick<z.output<typeof historyArgs>, 'latest' | 'oldest' | 'inclusive'>;

/** A message's `ts` inside the window a caller asked for; the ends count only when `inclusive`. */
function inWindow(message: StoredMessage, { latest, oldest, inclusive = false }: Window): boolean {
  const ts = Number(message.ts);
  const after = oldest === undefined || ts > Number(oldest) || (inclusive && ts === Number(oldest));
  const before = latest === undefined || ts < Number(latest) || (inclusive && ts === Number(latest));
  return after && before;
}

export const conversationMethods: MethodTable = {
  'conversations.list': method(
    z.object({
      types: words.optional(),
      exclude_archived: flag.optional(),
      limit: count.optional(),
      cursor: text.optional(),
    }),
    (args, { workspace }) => {
      const wanted = ofTypes(args.types);
      const all = [...workspace.channels.values()].filter(
        (channel) =>
          wanted(channel) &&
          (channel.kind === 'public' || channel.members.has(workspace.botUserId)) &&
          !(args.exclude_archived === true && channel.isArchived),
      );
      const { items, next_cursor } = page(all, Math.min(args.limit || 100, 1000), args.cursor);
      return {
        channels: items.map((channel) => channelJson(workspace, channel)),
        response_metadata: { next_cursor },
      };
    },
  ),
  'conversations.info': method(
    z.object({ channel: text, include_num_members: flag.optional() }),
    (args, { workspace }) => ({ channel: channelJson(workspace, visibleChannel(workspace, args.channel)) }),
  ),
  'conversations.members': method(
    z.object({ channel: text, limit: count.optional(), cursor: text.optional() }),
    (args, { workspace }) => {
      const channel = visibleChannel(workspace, args.channel);
      const { items, next_cursor } = page([...channel.members], args.limit || 100, args.cursor);
      return { members: items, response_metadata: { next_cursor } };
    },
  ),
  'conversations.open': method(
    z.object({ users: words.optional(), channel: text.optional(), return_im: flag.optional() }),
    (args, { workspace }) => {
      const users = args.users ?? [];
      if (args.channel !== undefined) return { channel: { id: visibleChannel(workspace, args.channel).id } };
      if (users.length === 0) throw new SlackError('users_list_not_supplied');
      if (users.some((id) => !workspace.users.has(id))) throw new SlackError('user_not_found');
      const channel = workspace.openDm([workspace.botUserId, ...users]);
      return { channel: args.return_im === true ? channelJson(workspace, channel) : { id: channel.id } };
    },
  ),
  'conversations.join': method(z.object({ channel: text }), (args, world) => {
    const { workspace } = world;
    const channel = visibleChannel(workspace, args.channel);
    if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type');
    if (channel.isArchived) throw new SlackError('is_archived');
    if (!channel.members.has(workspace.botUserId)) {
      channel.members.add(workspace.botUserId);
      workspace.changed();
      world.emitEvent({
        type: 'member_joined_channel',
        user: workspace.botUserId,
        channel: channel.id,
        channel_type: 'C',
        team: workspace.teamId,
      });
    }
    return { channel: channelJson(workspace, channel) };
  }),
  'conversations.leave': method(z.object({ channel: text }), (args, { workspace }) => {
    const channel = visibleChannel(workspace, args.channel);
    const left = channel.members.delete(workspace.botUserId);
    workspace.changed();
    return left ? {} : { not_in_channel: true };
  }),
  'conversations.history': method(historyArgs, (args, world) => {
    const channel = visibleChannel(world.workspace, args.channel);
    if (!channel.members.has(world.workspace.botUserId)) throw new SlackError('not_in_channel');
    const all = channel.messages
      .filter((message) => message.ephemeralFor === null && (message.threadTs === null || message.broadcast))
      .filter((message) => inWindow(message, args))
      .reverse();
    const { items, next_cursor } = page(all, Math.min(args.limit || 100, 999), args.cursor);
    return {
      messages: items.map((message) => messageJson(world, message, args.include_all_metadata === true)),
      has_more: next_cursor !== '',
      pin_count: channel.messages.filter((message) => message.pinned).length,
      ...(next_cursor === '' ? {} : { response_metadata: { next_cursor } }),
    };
  }),
  'conversations.replies': method(historyArgs, (args, world) => {
    const channel = visibleChannel(world.workspace, args.channel);
    if (!channel.members.has(world.workspace.botUserId)) throw new SlackError('not_in_channel');
    const parent = threadParent(world.workspace, channel, args.ts ?? '');
    const replies = world.workspace.replies(parent).filter((reply) => reply.ephemeralFor === null);
    const all = [parent, ...replies.filter((message) => inWindow(message, args))];
    const { items, next_cursor } = page(all, Math.min(args.limit || 1000, 1000), args.cursor);
    return {
      messages: items.map((message) => messageJson(world, message, args.include_all_metadata === true)),
      has_more: next_cursor !== '',
      ...(next_cursor === '' ? {} : { response_metadata: { next_cursor } }),
    };
  }),
};
