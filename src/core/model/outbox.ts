import { z } from 'zod';
import { channelRef, messageRef, personRef } from './address.ts';
import { closedCard } from './closed-card.ts';
import { stopMessage } from './emergency-stop.ts';
import { notice } from './notice.ts';
import { digest } from './report.ts';

/** To a person who runs the task, whatever they watch. */
const direct = z.boolean().default(false);

const outboxBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('card') }),
  /**
   * A message about alerts, as it is when its turn comes: posted if it is not there yet, otherwise edited. `news`: it
   * shows an alert that no earlier version did.
   */
  z.object({ type: z.literal('alert'), post: z.string(), version: z.number(), news: z.boolean() }),
  /** The board of its channel: `taskId` is empty. */
  z.object({ type: z.literal('board') }),
  /** An emergency stop, or its end: `taskId` is empty. */
  z.object({ type: z.literal('stop'), said: stopMessage }),
  /** The digest of its channel: `taskId` is empty. */
  z.object({ type: z.literal('digest'), digest }),
  /** Closes a card, by an edit. The watch no longer knows of the message: only this item does. */
  z.object({ type: z.literal('closed'), message: messageRef, card: closedCard }),
  z.object({
    type: z.literal('notice'),
    notice,
    /** Under the card of its task in that channel; in the channel itself when there is no card. */
    thread: z.boolean().default(false),
    /** Whom it mentions. */
    mentions: z.array(personRef).default([]),
    /** Who did through Dialdeck what it is about. */
    by: personRef.nullable().default(null),
    direct,
  }),
  /** Replaces the message of an earlier item, by its key: what it said turned out wrong or is no longer so. */
  z.object({
    type: z.literal('correction'),
    of: z.string(),
    notice,
    direct,
    /** Whether an end may be posted as a new message where there is none to be replaced. */
    asNew: z.boolean().default(true),
  }),
]);
export type OutboxBody = z.infer<typeof outboxBody>;
/** As it is written: what is left out gets its default when it is read. */
export type NewOutboxBody = z.input<typeof outboxBody>;

/** One message to be posted, durable: written in the same transaction as the reading that caused it. */
export const outboxItem = z.object({
  id: z.string(),
  /**
   * Unique: the same event never produces two items. Also the metadata by which a lost attempt is found in the channel.
   */
  key: z.string(),
  channel: channelRef,
  taskId: z.string(),
  body: outboxBody,
  /** pending → attempting (written before the call) → sent | dead. */
  state: z.enum(['pending', 'attempting', 'sent', 'dead']),
  messageRef: messageRef.nullable(),
  createdAt: z.number(),
  /** Not before this moment (epoch ms): Retry-After or back-off. */
  notBefore: z.number(),
  attempts: z.number(),
});
export type OutboxItem = z.infer<typeof outboxItem>;
export type NewOutboxItem = Pick<OutboxItem, 'key' | 'channel' | 'taskId' | 'createdAt'> & { body: NewOutboxBody };
