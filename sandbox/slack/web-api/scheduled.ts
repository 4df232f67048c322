import { z } from 'zod';
import { postableChannel, visibleChannel } from '../access.ts';
import type { Json } from '../protocol.ts';
import { content, postAs, readContent } from './chat.ts';
import { count, type MethodTable, method, SlackError, text } from './method.ts';

/** docs.slack.dev, chat.scheduleMessage: at most 120 days ahead. */
const furthestSeconds = 120 * 24 * 3600;

export const scheduledMethods: MethodTable = {
  'chat.scheduleMessage': method(
    z.object({ channel: text, post_at: count, ...content, thread_ts: text.optional() }),
    (args, world): Json => {
      const { workspace, schedule, clock } = world;
      const channel = postableChannel(workspace, args.channel);
      if (!channel.members.has(workspace.botUserId)) throw new SlackError('not_in_channel');
      const seconds = Math.floor(clock.now() / 1_000);
      if (args.post_at <= seconds) throw new SlackError('time_in_past');
      if (args.post_at > seconds + furthestSeconds) throw new SlackError('time_too_far');
      const said = readContent(world, args);
      const id = workspace.ids.id('Q');
      const entry = { id, channel: channel.id, postAt: args.post_at, created: seconds, text: said.text };
      schedule.add(entry, () => {
        // By then the channel may be archived or the parent message gone, and nobody is left to report it to.
        const orphan = args.thread_ts !== undefined && !workspace.message(channel.id, args.thread_ts);
        if (!channel.isArchived && !orphan) postAs(world, channel, said, { threadTs: args.thread_ts });
      });
      return { channel: channel.id, scheduled_message_id: id, post_at: args.post_at, message: { text: said.text } };
    },
  ),
  'chat.deleteScheduledMessage': method(
    z.object({ channel: text, scheduled_message_id: text }),
    (args, { workspace, schedule }): Json => {
      const channel = visibleChannel(workspace, args.channel);
      const known = schedule
        .list()
        .some(({ id, channel: at }) => id === args.scheduled_message_id && at === channel.id);
      if (!known || !schedule.cancel(args.scheduled_message_id)) throw new SlackError('invalid_scheduled_message_id');
      return {};
    },
  ),
  'chat.scheduledMessages.list': method(
    z.object({ channel: text.optional(), limit: count.optional(), cursor: text.optional() }),
    (args, { schedule }): Json => ({
      scheduled_messages: schedule
        .list()
        .filter(({ channel }) => args.channel === undefined || channel === args.channel)
        .map(({ id, channel, postAt, created, text: said }) => ({
          id,
          channel_id: channel,
          post_at: postAt,
          date_created: created,
          text: said,
        })),
      response_metadata: { next_cursor: '' },
    }),
  ),
};
