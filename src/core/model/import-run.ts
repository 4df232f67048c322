import { z } from 'zod';
import { channelRef, personRef } from './address.ts';
import type { PhoneEntry } from './numbers.ts';

/** What is known of a run beside its batches. A key that a later release adds needs a default. */
const runFacts = z.object({
  /** Numbers in the task when the list was shown; `at` in epoch ms. */
  previewed: z.object({ total: z.number(), at: z.number() }).nullable().default(null),
  /**
   * Numbers in the task before the first batch. Believed only when it had been the same for longer than a list lags;
   * otherwise somebody else’s numbers may still have been on their way into it.
   */
  base: z.object({ total: z.number(), believed: z.boolean() }).nullable().default(null),
  startedAt: z.number().nullable().default(null),
  /** Why it waits for a decision; null where the unknown batches are the reason. */
  haltedBy: z.object({ code: z.string(), platformMessage: z.string().nullable() }).nullable().default(null),
  /** Where its progress is shown, for the adapter of the chat; null where that is not known. */
  place: z.string().nullable().default(null),
  /** How far the total grew, where the platform's answers have no counts; null when that is not known. */
  grown: z.number().nullable().default(null),
  /** Whether its person knows what became of it. */
  reported: z.boolean().default(false),
  /** Numbers that this task was sent before are sent again. */
  again: z.boolean().default(false),
  /** Numbers that were sent anywhere in the last days are left out. */
  withoutRecent: z.boolean().default(false),
});
export type RunFacts = z.infer<typeof runFacts>;

/**
 * An import run: a plan of batches with a ledger. `running` goes on by itself, whatever interrupts it; `halted` waits
 * for its person; `cancelling` ends after the batch that is being sent. Its numbers are deleted once it is `done`,
 * `stopped` or `discarded` and its person has what could not be sent.
 */
export const importRun = z.object({
  id: z.string(),
  taskId: z.string(),
  taskName: z.string(),
  person: personRef,
  channel: channelRef,
  state: z.enum(['preview', 'running', 'cancelling', 'halted', 'done', 'stopped', 'discarded']),
  /** `ready` counts numbers, the others rows. */
  counts: z.object({
    rows: z.number(),
    ready: z.number(),
    rejected: z.number(),
    repeated: z.number(),
    skipped: z.number().default(0),
  }),
  createdAt: z.number(),
  facts: runFacts.prefault({}),
});
export type ImportRun = z.infer<typeof importRun>;

/** Why a number that is ready is not sent. */
export const withholdings = ['do_not_call', 'frequency_cap', 'sent_to_task', 'sent_recently'] as const;
export type Withholding = (typeof withholdings)[number];

/** One request of a run, without its numbers. */
export const ledgerBatch = z.object({
  runId: z.string(),
  /** From 0. Those of a divided batch come after all others. */
  ordinal: z.number(),
  /** How many numbers it has. */
  size: z.number(),
  /**
   * `present`: refused because the task has the number already. `withheld`: never sent, because of the do-not-call list
   * and the like (`message` says which).
   */
  state: z.enum(['planned', 'sending', 'accepted', 'present', 'refused', 'unknown', 'withheld']),
  /** The total that was expected before it was sent; null when none could be believed. */
  totalBefore: z.number().nullable(),
  /** How many numbers the platform says it took; null when it does not say. */
  accepted: z.number().nullable(),
  /** The platform's message when it refused; of a part that is still planned, that of the whole. */
  message: z.string().nullable(),
  /** Which request of the run sent it last, from 1; null for none. */
  turn: z.number().nullable().default(null),
  /**
   * The other half of what was refused: when that is accepted, this half holds what was refused. null for all that is
   * no such half.
   */
  twin: z.number().nullable().default(null),
});
export type LedgerBatch = z.infer<typeof ledgerBatch>;

export type ImportBatch = LedgerBatch & { entries: PhoneEntry[] };
