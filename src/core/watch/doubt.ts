import { draftOf, sameDefinition } from '../model/fields.ts';
import type { Reading } from '../model/reading.ts';
import type { Progress, Task } from '../model/task.ts';

/** How long an own action outweighs a single list that does not show it. */
const ownActionMs = 5 * 60_000;

/**
 * Whether one poll contradicts what is known of a task: it is older than what was read before, something fell, an own
 * action of the last minutes is undone, or a finish is. Lists may come from an old page, so a single one proves
 * nothing.
 */
export function contradicts(before: Reading, now: Task, takenAt: number): boolean {
  return (
    isOlder(before.task, now) ||
    falls(before.task.progress, now.progress) ||
    undoesOwnAction(before, now, takenAt) ||
    (isFinish(before) && reopens(before.task.progress, now.progress))
  );
}

/** Finished, or gone after it had finished: if it comes back, that is not a second finish. */
export function isFinish({ state, fullPolls }: Reading): boolean {
  return state === 'finished' || (state === 'gone' && fullPolls >= finishedAfterPolls);
}

/** Equal polls with everything dialed before a task counts as finished. */
export const finishedAfterPolls = 2;

/** Everything dialed. False when there are no numbers or no figures. */
export function isFull(progress: Progress | null): boolean {
  return progress !== null && progress.total > 0 && progress.done >= progress.total;
}

export function hasLeft(progress: Progress | null): boolean {
  return progress !== null && progress.done < progress.total;
}

/** Whether figures can be compared: the progress endpoint and the platform's deprecated bar may disagree. */
export function sameSource(a: Progress | null, b: Progress | null): a is Progress {
  return a !== null && b !== null && a.source === b.source;
}

export function falls(earlier: Progress | null, now: Progress | null): boolean {
  if (!sameSource(earlier, now) || now === null) return false;
  return now.done < earlier.done || now.total < earlier.total;
}

/**
 * Whether figures contradict a finish: numbers were added, or fewer are dialed than before, so some are left (a redial
 * rule, a reset). The bar never contradicts the endpoint; the endpoint always overrules the bar.
 */
export function reopens(earlier: Progress | null, now: Progress | null): boolean {
  if (earlier === null || now === null) return false;
  if (earlier.source !== now.source) return now.source === 'endpoint' && !isFull(now);
  return now.total > earlier.total || (now.done < earlier.done && !isFull(now));
}

function isOlder(before: Task, now: Task): boolean {
  return before.alteredAt !== null && now.alteredAt !== null && now.alteredAt < before.alteredAt;
}

function undoesOwnAction({ actor, task }: Reading, now: Task, takenAt: number): boolean {
  if (actor === null || takenAt - actor.at > ownActionMs) return false;
  switch (actor.action) {
    case 'started':
    case 'paused':
      return task.started === (actor.action === 'started') && now.started !== task.started;
    case 'edited':
      return !sameDefinition(draftOf(task), draftOf(now));
    default:
      return false;
  }
}
