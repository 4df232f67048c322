import { z } from 'zod';
import { channelRef, messageRef } from './address.ts';
import type { AlertKind } from './alert.ts';
import type { CardData } from './card.ts';

/** What the rows of a channel board are sorted by, in the order in which they are shown. */
export const boardGroups = ['attention', 'dialing', 'waiting', 'paused', 'finished', 'gone'] as const;
export type BoardGroup = (typeof boardGroups)[number];

/** The one thing a row offers to do about its task. */
export type BoardLever = 'pause' | 'start' | 'import' | 'line';

export interface BoardRow {
  card: CardData;
  group: BoardGroup;
  /** null when there is nothing to do: the task has finished and is off, or is gone. */
  lever: BoardLever | null;
  /** What is wrong with the task, the oldest first. */
  troubles: readonly AlertKind[];
}

/** Everything the board of a channel shows: one message with a row per task, instead of a card per task. */
export interface ChannelBoard {
  /** At most `maxBoardRows`. */
  rows: readonly BoardRow[];
  /** How many tasks there are in each group, also those without a row. */
  counts: Record<BoardGroup, number>;
  /** Set while the platform cannot be read: since when this board may be out of date (epoch ms). */
  staleSince: number | null;
  /** When the list that it shows was requested, epoch ms; null when there is no task. */
  updatedAt: number | null;
}

/** A message of Slack holds fifty blocks: one per row, and four around them. */
export const maxBoardRows = 46;

/** The message that shows the board of a channel, as it is stored. */
export const boardMessage = z.object({
  channel: channelRef,
  /** null while it is to be posted anew. */
  ref: messageRef.nullable(),
  /** Of what it last showed; null when that is not known. */
  hash: z.string().nullable(),
});
export type BoardMessage = z.infer<typeof boardMessage>;
