import type { Reading } from '../model/reading.ts';
import { tallyOf } from '../watch/tally.ts';

const minute = 60_000;
/** A pace counts as the task's own once it was seen for so long and over so many calls. */
const own = { ms: 10 * minute, calls: 30 };
/** A pace has collapsed when fewer than this share of the calls that were to be expected came in a window of time … */
const collapsedShare = 0.25;
/** … of at least this length, in which so many were to be expected: few calls come unevenly. */
const window = { ms: 10 * minute, expected: 12 };
/** It has recovered at this share of its own. */
const recoveredShare = 0.5;
/** Between two calls, this much counts at most: a longer silence is a standstill and not a pace. */
const maxIdleMs = 5 * minute;

/** Calls per minute. */
export interface Pace {
  now: number;
  own: number;
}

/**
 * The pace of a task in the last minutes of its dialing, against its own before that and since its settings were last
 * changed. null while there is too little to compare, near the end (where fewer numbers are left than it could dial at
 * once), and where a redial rule takes numbers back, which hides calls from the figures.
 */
export function paceOf(reading: Reading): Pace | null {
  const { task, state, redials, takenAt } = reading;
  const { progress, concurrency } = task;
  if (state !== 'dialing' || redials !== false || progress === null) return null;
  if (progress.total - progress.done <= 2 * concurrency) return null;
  const { pace, settings, countedTo } = tallyOf(reading);
  const [first, last] = [pace[0], pace.at(-1)];
  if (first === undefined || last === undefined) return null;
  const before = { ms: first[0] - settings[0], calls: first[1] - settings[1] };
  if (before.ms < own.ms || before.calls < own.calls) return null;
  const idle = Math.min(maxIdleMs, Math.max(0, takenAt - (countedTo ?? takenAt)));
  const ms = last[0] - first[0] + idle;
  const ownRate = before.calls / before.ms;
  if (ms < window.ms || ownRate * ms < window.expected) return null;
  return { now: perMinute((last[1] - first[1]) / ms), own: perMinute(ownRate) };
}

export function hasCollapsed(pace: Pace): boolean {
  return pace.now < pace.own * collapsedShare;
}

/**
 * Whether nothing shows that a task has recovered: also while its pace cannot be compared.
 * @param ownPerMinute what the task made before its pace collapsed.
 */
export function isStillSlow(reading: Reading, ownPerMinute: number): boolean {
  const pace = paceOf(reading);
  return pace === null || pace.now < ownPerMinute * recoveredShare;
}

const perMinute = (perMs: number): number => Math.round(perMs * minute * 10) / 10;
