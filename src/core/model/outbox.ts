import { z } from 'zod';
import { channelRef, messageRef } from './address.ts';
import { notice } from './notice.ts';

const outboxBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('card') }),
  z.object({ type: z.literal('notice'), notice }),
  /** Replaces the message of an earlier item, by its key: what it said turned out wrong or is no longer so. */
  z.object({ type: z.literal('correction'), of: z.string(), notice }),
]);
export type OutboxBody = z.infer<typeof outboxBody>;

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
export type NewOutboxItem = Pick<OutboxItem, 'key' | 'channel' | 'taskId' | 'body' | 'createdAt'>;
