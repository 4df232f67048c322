import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import { tallyOf } from '../watch/tally.ts';
import { leftOf } from './preflight.ts';

/** How long a task would dial to reach its last number, and what that is taken from. */
export interface Estimate {
  /** Time of dialing, ms, > 0: quiet hours and pauses come on top. */
  ms: number;
  /** Calls per minute, > 0. */
  perMinute: number;
  /** `task`: its own pace since it was last changed; else that of so many other tasks, for its concurrency. */
  from: 'task' | { tasks: number };
}

/** Fewer calls say nothing of a pace. */
const minCalls = 20;

const minute = 60_000;

/**
 * An estimate from what was seen of this task, or else of the account; null when neither says anything, or nothing is
 * known to be left. Numbers that are dialed again by a redial rule are not foreseen.
 */
export function estimateOf(task: Task, readings: readonly Reading[]): Estimate | null {
  const left = leftOf(task);
  if (left === null || left === 0) return null;
  const own = readings.find((reading) => reading.task.id === task.id && isSameSetup(reading.task, task));
  const pace = own === undefined ? null : recordOf(own);
  if (pace !== null) return estimate(left, pace.calls / (pace.ms / minute), 'task');
  const others = readings.flatMap((reading) => (reading.task.id === task.id ? [] : (recordOf(reading) ?? [])));
  const calls = others.reduce((sum, one) => sum + one.calls, 0);
  const slotMinutes = others.reduce((sum, one) => sum + (one.ms / minute) * one.concurrency, 0);
  if (calls === 0) return null;
  return estimate(left, (calls / slotMinutes) * task.concurrency, { tasks: others.length });
}

function estimate(left: number, perMinute: number, from: Estimate['from']): Estimate {
  return { ms: (left / perMinute) * minute, perMinute, from };
}

/** Whether the pace that was seen is that of the task as it is to be started. */
function isSameSetup(seen: Task, now: Task): boolean {
  return seen.concurrency === now.concurrency && seen.line.id === now.line.id && seen.script.id === now.script.id;
}

/** Calls, and the time of dialing in which they were made, since what decides the pace was last changed. */
function recordOf(reading: Reading): { calls: number; ms: number; concurrency: number } | null {
  const { dialed, dialingMs, settings } = tallyOf(reading);
  const [msBefore, dialedBefore] = settings;
  const [calls, ms] = [dialed - dialedBefore, dialingMs - msBefore];
  return calls >= minCalls && ms > 0 ? { calls, ms, concurrency: reading.task.concurrency } : null;
}
