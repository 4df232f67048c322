import { z } from 'zod';
import { personRef } from './address.ts';
import type { DaySheet } from './day-sheet.ts';
import { fieldChange } from './notice.ts';
import { actorActions } from './reading.ts';

/**
 * What the record of a task knows. Of the acts, those without a person were made outside Dialdeck. `moving`: it dials
 * again after it stood still. `gap`: the platform was not read for a while; it concerns all tasks.
 */
export const recordKinds = [
  ...actorActions,
  'finished',
  'not_finished',
  'reopened',
  'not_gone',
  'stalled',
  'moving',
  'gap',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What became of the rows and numbers of a list. */
export const importTally = z.object({
  run: z.string(),
  /** Whether nothing more of it will be sent. */
  over: z.boolean(),
  rows: z.number(),
  accepted: z.number(),
  /** By the platform, those it has already apart. */
  refused: z.number(),
  present: z.number(),
  /** Sent, with an outcome that is not known. */
  unknown: z.number(),
  unsent: z.number(),
  /** Left out because of a rule such as the do-not-call list. */
  withheld: z.number(),
  /** Rows without a number that can be dialed, and repeated ones. */
  invalid: z.number(),
  repeated: z.number(),
});
export type ImportTally = z.infer<typeof importTally>;

/**
 * One thing that happened to a task. Stored as JSON: a key that a later release adds needs a default, and none goes. What
 * came first is decided by the store, which counts entries up.
 */
export const recordEntry = z.object({
  kind: z.enum(recordKinds),
  /** '' for what concerns all tasks. */
  taskId: z.string(),
  taskName: z.string(),
  /** Epoch ms, and its day in the zone of the platform. */
  at: z.number(),
  day: z.string(),
  /** Who did it through Dialdeck. */
  person: personRef.nullable().default(null),
  /** A schedule of that person did it. */
  scheduled: z.boolean().default(false),
  total: z.number().nullable().default(null),
  done: z.number().nullable().default(null),
  /** edited: what, in the order of the form. */
  changes: z.array(fieldChange).default([]),
  /** imported: null where an entry has no counts. */
  list: importTally.nullable().default(null),
  /** finished: the time spent dialing; moving: for how long it had stood still; gap: for how long. ms. */
  ms: z.number().nullable().default(null),
  /** stalled: nobody has entered its quiet hours, so they may be the reason. */
  unsure: z.boolean().default(false),
});
export type RecordEntry = z.infer<typeof recordEntry>;
/** As it is written: what is left out gets its default when it is read. */
export type NewRecordEntry = z.input<typeof recordEntry>;

/** What the record of a task gains with a reading. */
export interface TaskRecord {
  entries: readonly NewRecordEntry[];
  /** Days that are over, each to be added to what is kept of it. */
  closed: readonly DaySheet[];
}
