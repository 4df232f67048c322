import type { Reading, Tally } from '../model/reading.ts';
import type { Progress } from '../model/task.ts';
import { hasLeft } from './doubt.ts';
import { elapsedOutside, type Interval, intervalAt } from './intervals.ts';

const minute = 60_000;
/** A pace is that of this much dialing, measured at instants at least so far apart. */
const windowMs = 10 * minute;
const spacingMs = minute;

/** What a look adds to the tally. */
interface Step {
  progress: Progress | null;
  takenAt: number;
  /** Calls seen since the last look, and whether there were any: of a redial, the number may be unknown. */
  dialed: number;
  moved: boolean;
  /** Whether a campaign begins. */
  begins: boolean;
  /** Whether what decides the pace of the task was changed. */
  adjusted: boolean;
  /** The end of the campaign, if this look shows it to be over. */
  endedAt: number | null;
  hours: readonly Interval[];
  /** See `Circumstances.platformSpeed`: the time of dialing, and so the pace, is that of the platform. */
  platformSpeed: number;
}

/** The tally after a look; `before` is the reading before it. */
export function nextTally(before: Reading | null, step: Step): Tally {
  const { progress, takenAt, endedAt } = step;
  const done = progress?.done ?? null;
  let tally = tallyBefore(before, step);
  if (tally.doneBefore === null || (done !== null && done < tally.doneBefore)) tally = { ...tally, doneBefore: done };
  if (step.adjusted) tally = { ...tally, settings: [tally.dialingMs, tally.dialed], adjustedAt: takenAt };
  const calls = Math.max(step.dialed, before === null ? 0 : dialedAcross(before.task.progress, progress));
  if (before !== null && (step.moved || calls > 0)) {
    tally = { ...withCalls(tally, calls, dialingTime(before, tally, step) * step.platformSpeed), countedTo: takenAt };
  }
  return endedAt !== null && tally.endedAt === null ? { ...tally, endedAt } : tally;
}

/** The last moment from which calls could be expected: a call, a start, new numbers. */
export function lastSignOf({
  movedAt,
  startedAt,
  leftSince,
}: Pick<Reading, 'movedAt' | 'startedAt' | 'leftSince'>): number {
  return Math.max(movedAt ?? 0, startedAt ?? 0, leftSince ?? 0);
}

function tallyBefore(before: Reading | null, { progress, takenAt, begins }: Step): Tally {
  if (before === null) return newTally(takenAt, progress?.done ?? null);
  return begins ? newTally(takenAt, before.task.progress?.done ?? null) : tallyOf(before);
}

/** Calls between figures of two sources: not proof of any, since they may disagree, but they take time all the same. */
function dialedAcross(earlier: Progress | null, now: Progress | null): number {
  return earlier === null || now === null || earlier.source === now.source ? 0 : now.done - earlier.done;
}

/**
 * The part of the time since the last calls that was spent dialing: not what a pause, a wait or an end took. Between
 * two calls within the same quiet hours there was dialing, whatever was entered.
 */
function dialingTime(before: Reading, { countedTo }: Tally, { begins, takenAt, hours }: Step): number {
  const wasDialing = before.state === 'dialing' && before.task.started && hasLeft(before.task.progress) && !begins;
  const from = wasDialing ? Math.max(lastSignOf(before), countedTo ?? 0) : before.takenAt;
  const quiet = intervalAt(from, hours);
  return quiet !== null && takenAt < quiet.until ? takenAt - from : elapsedOutside(from, takenAt, hours);
}

/** The tally of a campaign that begins, or is first seen, with so many numbers dialed (null: no figures). */
function newTally(since: number, doneBefore: number | null): Tally {
  return {
    since,
    doneBefore,
    dialed: 0,
    dialingMs: 0,
    pace: [[0, 0]],
    settings: [0, 0],
    adjustedAt: null,
    countedTo: null,
    endedAt: null,
  };
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
function withCalls(tally: Tally, dialed: number, ms: number): Tally {
  const sample: Tally['pace'][number] = [tally.dialingMs + ms, tally.dialed + dialed];
  const pace = [...tally.pace];
  const anchor = pace.at(-2);
  // The last sample gives way until the next is far enough from the one before it.
  if (anchor !== undefined && sample[0] - anchor[0] < spacingMs) pace.pop();
  pace.push(sample);
  while ((pace[1]?.[0] ?? Number.POSITIVE_INFINITY) <= sample[0] - windowMs) pace.shift();
  return { ...tally, dialed: sample[1], dialingMs: sample[0], pace };
}
