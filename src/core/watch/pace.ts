import type { FirstSeen } from '../model/card.ts';
import type { Reading, Tally } from '../model/reading.ts';

const minute = 60_000;
/** The rate is that of this much dialing, measured at instants at least so far apart. */
const windowMs = 10 * minute;
const spacingMs = minute;

/** The tally of a campaign that begins, or is first seen, with so many numbers dialed (null: no figures). */
export function newTally(since: number, doneBefore: number | null): Tally {
  return { since, doneBefore, dialed: 0, dialingMs: 0, pace: [[0, 0]], endedAt: null };
}

/** The tally of a reading, also of one that 0.1.0 stored; that it kept the last run only is the best there is. */
export function tallyOf({ tally, task, takenAt, startedAt, doneAtStart, movedAt, state }: Reading): Tally {
  if (tally !== null) return tally;
  const endedAt = state === 'finished' ? (movedAt ?? takenAt) : null;
  const done = task.progress?.done ?? null;
  if (startedAt === null || doneAtStart === null || done === null) return { ...newTally(takenAt, done), endedAt };
  const dialed = Math.max(0, done - doneAtStart);
  const dialingMs = movedAt === null ? 0 : Math.max(0, movedAt - startedAt);
  return {
    ...newTally(startedAt, doneAtStart),
    ...(dialingMs > 0 && { dialed, dialingMs, pace: [[0, 0] as [number, number], [dialingMs, dialed]] }),
    endedAt,
  };
}

/** Adds calls to a tally: `dialed` of them within `ms` of dialing. */
export function withCalls(tally: Tally, dialed: number, ms: number): Tally {
  const sample: Tally['pace'][number] = [tally.dialingMs + ms, tally.dialed + dialed];
  const pace = [...tally.pace];
  const anchor = pace.at(-2);
  // The last sample gives way until the next is far enough from the one before it.
  if (anchor !== undefined && sample[0] - anchor[0] < spacingMs) pace.pop();
  pace.push(sample);
  while ((pace[1]?.[0] ?? Number.POSITIVE_INFINITY) <= sample[0] - windowMs) pace.shift();
  return { ...tally, dialed: sample[1], dialingMs: sample[0], pace };
}

/**
 * Calls per minute of dialing, to one decimal: lately, or over the whole campaign once it is finished; null when none
 * were seen. Depends on the reading alone, not on the time of day, so that a card on which nothing moved stays
 * unchanged.
 */
export function rateOf(reading: Reading): number | null {
  if (reading.task.progress === null) return null;
  const tally = tallyOf(reading);
  return reading.state === 'finished' ? perMinute(tally.dialed, tally.dialingMs) : recentRate(tally);
}

/** Calls per minute over the last minutes of dialing; null when fewer than `minCalls` were seen in them. */
function recentRate({ pace }: Tally, minCalls = 1): number | null {
  const [first, last] = [pace[0], pace.at(-1)];
  if (first === undefined || last === undefined || last[1] - first[1] < minCalls) return null;
  return perMinute(last[1] - first[1], last[0] - first[0]);
}

/** The average time between two calls lately, ms; null while too few were seen to tell. */
export function callIntervalMs(tally: Tally): number | null {
  const rate = recentRate(tally, 3);
  return rate === null || rate === 0 ? null : minute / rate;
}

function perMinute(dialed: number, ms: number): number | null {
  return dialed > 0 && ms > 0 ? Math.round((dialed * 10 * minute) / ms) / 10 : null;
}

/** When a dialing task would reach its last number at this rate, epoch ms; null when unknown. */
export function endOf(reading: Reading): number | null {
  const rate = rateOf(reading);
  const { task, movedAt, state } = reading;
  if (state !== 'dialing' || task.progress === null || movedAt === null || rate === null || rate === 0) return null;
  const left = task.progress.total - task.progress.done;
  return left > 0 ? movedAt + Math.round((left * minute) / rate) : null;
}

/** What was seen of a campaign that was under way when first looked at; null when all of it was. */
export function firstSeenOf(reading: Reading): FirstSeen | null {
  const { since, doneBefore } = tallyOf(reading);
  const { progress } = reading.task;
  if (progress === null || doneBefore === null || doneBefore === 0) return null;
  return { at: since, dialed: Math.max(0, progress.done - doneBefore) };
}
