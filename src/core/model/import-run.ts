import { z } from 'zod';
import { channelRef, personRef } from './address.ts';
import { phoneEntry } from './numbers.ts';

/** An import run: a plan of batches with a ledger. Entries are deleted when the run ends. */
export const importRun = z.object({
  id: z.string(),
  taskId: z.string(),
  taskName: z.string(),
  person: personRef,
  channel: channelRef,
  state: z.enum(['preview', 'running', 'done', 'stopped', 'discarded']),
  /** `ready` counts numbers, the others rows. */
  counts: z.object({
    rows: z.number(),
    ready: z.number(),
    rejected: z.number(),
    repeated: z.number(),
    skipped: z.number().default(0),
  }),
  createdAt: z.number(),
});
export type ImportRun = z.infer<typeof importRun>;

export const importBatch = z.object({
  runId: z.string(),
  /** From 0. */
  ordinal: z.number(),
  entries: z.array(phoneEntry),
  state: z.enum(['planned', 'sending', 'accepted', 'refused', 'unknown']),
  /** The task's total before it was sent: shows after a crash whether it arrived. null when not sent or unknown. */
  totalBefore: z.number().nullable(),
  /** How many numbers the platform accepted; null when unknown. */
  accepted: z.number().nullable(),
  /** The platform's message when it refused. */
  message: z.string().nullable(),
});
export type ImportBatch = z.infer<typeof importBatch>;
