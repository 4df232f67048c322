import type { FirstSeen } from '../model/card.ts';
import type { Reading, Tally } from '../model/reading.ts';
import { type Interval, instantAfter } from './intervals.ts';
import { lastSignOf, tallyOf } from './tally.ts';

const minute = 60_000;
/**
 * Calls per minute of dialing, to one decimal: lately, or over the whole campaign once it is finished; null when none
 * were seen, or when some numbers were dialed again and the calls of the campaign cannot be counted. Depends on the
 * reading alone, not on the time of day, so that a card on which nothing moved stays unchanged.
 */
export function rateOf(reading: Reading): number | null {
  if (reading.task.progress === null) return null;
  const tally = tallyOf(reading);
  if (reading.state !== 'finished') return recentRate(tally);
  const numbers = reading.task.progress.done - (tally.doneBefore ?? 0);
  // Numbers were dialed more than once, and the list does not say how often: a redial hides in two looks.
  return tally.dialed > numbers ? null : perMinute(numbers, tally.dialingMs);
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

/**
 * When a task that dials, or waits for the end of quiet hours, would reach its last number at this rate, epoch ms: time
 * within the quiet hours that are known does not count. null when unknown, or when it is further ahead than they are.
 */
export function endOf(reading: Reading, hours: readonly Interval[], platformSpeed = 1): number | null {
  const { task, movedAt, state, quietUntil } = reading;
  const goesOn = state === 'dialing' || (state === 'waiting' && quietUntil !== null);
  const rate = goesOn ? rateOf(reading) : null;
  if (task.progress === null || movedAt === null || rate === null || rate === 0) return null;
  const left = task.progress.total - task.progress.done;
  if (left <= 0) return null;
  const end = instantAfter(lastSignOf(reading), Math.round((left * minute) / rate / platformSpeed), hours);
  const known = hours.at(-1)?.until ?? end;
  return end > known ? null : end;
}

/** What was seen of a campaign that was under way when first looked at; null when all of it was. */
export function firstSeenOf(reading: Reading): FirstSeen | null {
  const { since, doneBefore } = tallyOf(reading);
  const { progress } = reading.task;
  if (progress === null || doneBefore === null || doneBefore === 0) return null;
  return { at: since, dialed: Math.max(0, progress.done - doneBefore) };
}
