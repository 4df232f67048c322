import { z } from 'zod';
import { personRef } from './address.ts';
import { figures } from './day-sheet.ts';
import { importTally, recordEntry, recordKinds } from './record-entry.ts';

/** What happened in some days, as data. Digests that wait to be posted are stored: a new key needs a default. */
const report = z.object({
  /** Days as `2026-11-26`, both included. */
  from: z.string(),
  until: z.string(),
  /** Whether the last day is still under way, and when it was looked (epoch ms). */
  open: z.boolean(),
  asOf: z.number(),
  /** Since when the platform cannot be read; null while it can. */
  staleSince: z.number().nullable(),
  /** The task it is about; null for several. `followed`: those that a channel watches. */
  task: z.object({ id: z.string(), name: z.string() }).nullable(),
  followed: z.boolean(),
  /** Tasks that dialed or stood still. */
  tasks: z.number(),
  figures,
  /** Tasks that stand still now. */
  standing: z.number(),
  /** Whether the platform's figures are approximate. */
  approximate: z.boolean(),
  /** Calls by the hour (0…23) or the day, without empty ones at both ends; one of them at most. */
  hours: z.array(z.object({ hour: z.number(), dialed: z.number() })),
  days: z.array(z.object({ day: z.string(), dialed: z.number() })),
  /** The tasks with the most calls, and all others together. */
  top: z.array(z.object({ id: z.string(), name: z.string(), dialed: z.number(), finished: z.number() })),
  others: z.object({ tasks: z.number(), dialed: z.number() }),
  /** Who changed what how often; null: outside Dialdeck. And the newest changes, newest first. */
  counts: z.array(z.object({ kind: z.enum(recordKinds), person: personRef.nullable(), count: z.number() })),
  changes: z.array(recordEntry),
  imports: importTally.omit({ run: true, over: true }).extend({
    runs: z.number(),
    /** Runs that wait for a decision or go on. */
    open: z.number(),
    /** There were more runs than are counted. */
    more: z.boolean(),
  }),
  /** How often, and for how long (ms), the platform was not read. */
  gaps: z.object({ count: z.number(), ms: z.number() }),
  /** The first day of which anything is known, where that is not the first one asked for. */
  knownFrom: z.string().nullable(),
});
export type Report = z.infer<typeof report>;

/** A report as it is posted in a channel. */
export const digest = z.object({
  report,
  /** When it was to be posted (epoch ms), and whether that was missed by more than some minutes. */
  dueAt: z.number(),
  late: z.boolean(),
});
export type Digest = z.infer<typeof digest>;
