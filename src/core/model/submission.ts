import { z } from 'zod';
import { channelRef, personRef } from './address.ts';
import { rawDraft } from './fields.ts';

/** A form or button press that must take effect once. */
export const submission = z.object({
  key: z.string(),
  person: personRef,
  channel: channelRef,
  state: z.enum(['working', 'done', 'refused', 'unknown']),
  taskId: z.string().nullable(),
  /** What was typed, so that it survives a failure. */
  raw: rawDraft.nullable(),
  /** When the request was sent to the platform, epoch ms. */
  sentAt: z.number(),
});
export type Submission = z.infer<typeof submission>;
