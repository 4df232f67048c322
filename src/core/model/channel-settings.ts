import { z } from 'zod';
import { channelRef, personRef } from './address.ts';

/** What a channel can be notified of: an end, what someone did, a share of the numbers, what needs to be repaired. */
export const noticeGroups = ['outcomes', 'changes', 'milestones', 'alerts'] as const;
export type NoticeGroup = (typeof noticeGroups)[number];

export const cardStyles = ['cards', 'board'] as const;

/** A report that is posted on some days of the week. */
const digestSettings = z.object({
  /** After midnight, in the zone of the platform: 0…1439. */
  minutes: z.number(),
  /** 1 for Monday … 7 for Sunday; one at least. */
  days: z.array(z.number()),
  /** Who set it up, and when (epoch ms): it is due for the first time after that. */
  owner: personRef,
  since: z.number(),
  /** Why the channel cannot be posted to; null while it can. */
  brokenBy: z.string().nullable().default(null),
});
export type DigestSettings = z.infer<typeof digestSettings>;

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
  /** null: no digest is posted. */
  digest: digestSettings.nullable().default(null),
});
export type ChannelSettings = z.infer<typeof channelSettings>;

/** The settings of a channel that nobody has changed. */
export const defaultChannelSettings = (channel: string): ChannelSettings => channelSettings.parse({ channel });
