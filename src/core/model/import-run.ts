import { z } from 'zod';
import { channelRef, personRef } from './address.ts';
import { rawDraft } from './fields.ts';
import type { ListedNumber } from './numbers.ts';

/**
 * What became of a start that was ordered together with an import. `wanted` waits for the end of the sending; `begun`:
 * its request may have left. All others are final: it is never tried twice.
 * @internal Exported for tests.
 */
export const runStartStates = [
  'wanted',
  'begun',
  'started',
  /** The task was on already. */
  'running',
  /** Something has to be asked first. */
  'asks',
  /** It cannot be started as it is. */
  'stopped',
  /** The platform or a rule refused. */
  'refused',
  'unknown',
  /** Another action on the task was in progress for too long. */
  'busy',
  /** Someone paused the task meanwhile, and a pause wins. */
  'overtaken',
  'cancelled',
  /** Not everything was settled when the sending came to a halt or an end. */
  'incomplete',
  /** None of the numbers is in the task. */
  'nothing',
] as const;
export type RunStartState = (typeof runStartStates)[number];

const runStart = z.object({
  state: z.enum(runStartStates),
  /** The calls that its person agreed to; more are asked about. */
  agreed: z.number(),
  /** What the gate of starts said then (`StartGate`): after an emergency stop it is asked anew. null: not known. */
  asOf: z.number().nullable().default(null),
  /** What spoke against the start when its person agreed to it: that alone is no reason to ask again. */
  accepted: z.array(z.string()).default([]),
  because: z.object({ code: z.string(), platformMessage: z.string().nullable() }).nullable().default(null),
});
export type RunStart = z.infer<typeof runStart>;

/** A task that is created together with its first import. */
const creation = z.object({
  /** Of the form: one task is created per key. */
  key: z.string(),
  raw: rawDraft,
  /** The channel that watches the task. */
  channel: channelRef,
});
export type RunCreation = z.infer<typeof creation>;

/** What is known of a run beside its batches. A key that a later release adds needs a default. */
const runFacts = z.object({
  /** Numbers in the task when the list was shown; `at` in epoch ms. */
  previewed: z.object({ total: z.number(), at: z.number() }).nullable().default(null),
  /**
   * Numbers in the task before the first batch. Believed only when it had been the same for longer than a list lags;
   * otherwise someone else’s numbers may still have been on their way into it.
   */
  base: z.object({ total: z.number(), believed: z.boolean() }).nullable().default(null),
  /**
   * A total that was read while batches were in doubt, after the request of that turn; `at` in epoch ms. Read again later
   * it has had its time to lag, also after a restart.
   */
  seen: z.object({ total: z.number(), turn: z.number(), at: z.number() }).nullable().default(null),
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
  /** Whether the task is paused before the first batch; `begun`: the request may have left. */
  pausing: z.enum(['no', 'wanted', 'begun', 'done']).default('no'),
  /** The start that follows the last batch; null when none was ordered. */
  start: runStart.nullable().default(null),
  /** The task that is created for it; null for one that existed before. */
  creation: creation.nullable().default(null),
});
export type RunFacts = z.infer<typeof runFacts>;

/**
 * An import run: a plan of batches with a ledger. `awaiting` is confirmed, and its task is being created (`taskId` is ''
 * until then); `running` goes on by itself, whatever interrupts it; `halted` waits
 * for its person; `cancelling` ends after the batch that is being sent. Its numbers are deleted once it is `done`,
 * `stopped` or `discarded` and its person has what could not be sent.
 */
export const importRun = z.object({
  id: z.string(),
  taskId: z.string(),
  taskName: z.string(),
  person: personRef,
  channel: channelRef,
  state: z.enum(['preview', 'awaiting', 'running', 'cancelling', 'halted', 'done', 'stopped', 'discarded']),
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

export type ImportBatch = LedgerBatch & { entries: ListedNumber[] };
