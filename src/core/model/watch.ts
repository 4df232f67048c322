import { z } from 'zod';
import { channelRef, messageRef, personRef } from './address.ts';

/** One task watched in one channel. */
export const watch = z.object({
  id: z.string(),
  taskId: z.string(),
  channel: channelRef,
  /** The person who set it up; notified by direct message when the channel can no longer be posted to. */
  owner: personRef,
  /** The live card in that channel; null until it is posted. */
  cardRef: messageRef.nullable(),
  /** Hash of what the card last showed: the card is edited only when it differs. */
  cardHash: z.string().nullable(),
  /** Set when posting failed for good: the chat platform's own code for the reason. */
  brokenBy: z.string().nullable(),
  createdAt: z.number(),
});
export type Watch = z.infer<typeof watch>;
