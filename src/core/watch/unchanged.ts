import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import { finishedAfterPolls, isFull } from './doubt.ts';
import { waitingAfterPolls } from './infer.ts';

/**
 * What changes with every look at a task in which nothing happens, and may be lost with the process: when it was last
 * seen is also known of the poll as a whole, and polls without movement are counted anew after a restart.
 */
const passing: ReadonlySet<string> = new Set<keyof Reading>(['takenAt', 'stillPolls', 'fullPolls', 'revision']);

/** Whether a look showed nothing that has to be remembered: neither of the task nor of what follows from the time. */
export function isUnchanged(before: Reading, after: Reading): boolean {
  const polls = ({ fullPolls }: Reading): number => Math.min(fullPolls, finishedAfterPolls);
  return polls(before) === polls(after) && sameBut(passing, before, after);
}

/** Whether polls of an unchanged task are still counted: only the first of them decide anything. */
export function countsOn(before: Reading, after: Reading): boolean {
  return before.stillPolls !== after.stillPolls && before.stillPolls < waitingAfterPolls;
}

/**
 * Whether neither the look nor the time can change anything: the task is off, as it was before, and nothing about it is
 * left to be confirmed. What is known of its rules and hours is a matter of when it is on again.
 */
export function isAtRest(before: Reading, seen: Task): boolean {
  if (before.task !== seen || seen.started || before.state === 'gone' || before.doubt !== null) return false;
  return !isFull(seen.progress) || before.fullPolls >= finishedAfterPolls;
}

const nothing: ReadonlySet<string> = new Set();

/** Whether two values are the same as JSON, whatever the order of their keys. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return Array.isArray(a) === Array.isArray(b) && sameBut(nothing, a, b);
}

function sameBut(left: ReadonlySet<string>, a: object, b: object): boolean {
  const keys = Object.keys(b);
  if (keys.length !== Object.keys(a).length) return false;
  return keys.every((key) => left.has(key) || (key in a && same(Reflect.get(a, key), Reflect.get(b, key))));
}
