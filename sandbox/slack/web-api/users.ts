import { z } from 'zod';
import { channelJson, userJson } from '../shapes.ts';
import { ofTypes } from './conversations.ts';
import { count, flag, type MethodTable, method, page, SlackError, text, words } from './method.ts';

export const userMethods: MethodTable = {
  'users.info': method(z.object({ user: text, include_locale: flag.optional() }), (args, { workspace }) => {
    const user = workspace.users.get(args.user);
    if (!user) throw new SlackError('user_not_found');
    return { user: userJson(workspace, user, args.include_locale === true) };
  }),
  'users.list': method(
    z.object({ limit: count.optional(), cursor: text.optional(), include_locale: flag.optional() }),
    (args, { workspace, clock }) => {
      const { items, next_cursor } = page([...workspace.users.values()], args.limit || 1000, args.cursor);
      return {
        members: items.map((user) => userJson(workspace, user, args.include_locale === true)),
        cache_ts: Math.floor(clock.now() / 1000),
        response_metadata: { next_cursor },
      };
    },
  ),
  'users.lookupByEmail': method(z.object({ email: text }), (args, { workspace }) => {
    const user = [...workspace.users.values()].find((candidate) => candidate.email === args.email && !candidate.isBot);
    if (!user) throw new SlackError('users_not_found');
    return { user: userJson(workspace, user, false) };
  }),
  'users.conversations': method(
    z.object({
      user: text.optional(),
      types: words.optional(),
      exclude_archived: flag.optional(),
      limit: count.optional(),
      cursor: text.optional(),
    }),
    (args, { workspace }) => {
      const member = args.user ?? workspace.botUserId;
      const wanted = ofTypes(args.types);
      const all = [...workspace.channels.values()].filter(
        (channel) =>
          wanted(channel) &&
          !(args.exclude_archived === true && channel.isArchived) &&
          channel.members.has(member) &&
          (channel.kind === 'public' || channel.members.has(workspace.botUserId)),
      );
      const { items, next_cursor } = page(all, args.limit || 100, args.cursor);
      return {
        channels: items.map((channel) => channelJson(workspace, channel)),
        response_metadata: { next_cursor },
      };
    },
  ),
};
