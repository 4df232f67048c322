import { z } from 'zod';
import { channelRef } from './address.ts';

/** What a channel can be notified of: an end, what someone did, a share of the numbers, what needs to be repaired. */
export const noticeGroups = ['outcomes', 'changes', 'milestones', 'alerts'] as const;
export type NoticeGroup = (typeof noticeGroups)[number];

export const cardStyles = ['cards', 'board'] as const;

/** How a channel, or the direct messages of a person, wants to be notified. Stored as JSON: new keys need a default. */
export const channelSettings = z.object({
  channel: channelRef,
  kinds: z.array(z.enum(noticeGroups)).default(['outcomes', 'changes', 'alerts']),
  /** Changes and milestones go into the thread of the task's card; outcomes and alerts are always posted in the channel. */
  threads: z.boolean().default(true),
  /** A card for each watched task, or one message with a line for each. */
  style: z.enum(cardStyles).default('cards'),
  /** No notices before this moment (epoch ms); null: not muted. */
  mutedUntil: z.number().nullable().default(null),
});
export type ChannelSettings = z.infer<typeof channelSettings>;

/** The settings of a channel that nobody has changed. */
export const defaultChannelSettings = (channel: string): ChannelSettings => channelSettings.parse({ channel });
