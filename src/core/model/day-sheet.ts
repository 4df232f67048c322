import { z } from 'zod';

/**
 * What was seen of one task on one day. Stored within the reading of the task while the day lasts: a key that a later
 * release adds needs a default.
 */
export const daySheet = z.object({
  /** In the zone of the platform, as `2026-11-26`. */
  day: z.string(),
  /** Calls seen, redials included, and the time spent dialing (ms). */
  dialed: z.number(),
  dialingMs: z.number(),
  /** Ends of campaigns, and how many that were announced turned out to be none. */
  finished: z.number(),
  takenBack: z.number(),
  /** How often it stood still outside quiet hours; `unsureStalls`: of them, those for which the hours are not known. */
  stalls: z.number(),
  unsureStalls: z.number(),
  /** How long, ms, as far as that is over. */
  stalledMs: z.number(),
  /** Calls by the hour of the day in which they were seen. */
  hours: z.array(z.tuple([z.number(), z.number()])),
});
export type DaySheet = z.infer<typeof daySheet>;

/** The counts of one or more days. */
export const figures = daySheet.omit({ day: true, hours: true });

export const noFigures: z.infer<typeof figures> = {
  dialed: 0,
  dialingMs: 0,
  finished: 0,
  takenBack: 0,
  stalls: 0,
  unsureStalls: 0,
  stalledMs: 0,
};
