import type { Reading, TaskState } from '../model/reading.ts';
import type { Progress, Task } from '../model/task.ts';

/**
 * Polls without movement, while on, before a task counts as waiting.
 * @internal Exported for tests.
 */
export const waitingAfterPolls = 3;
/** Equal polls with everything dialed before a task counts as finished: a redial rule may still take numbers back. */
const finishedAfterPolls = 2;

/**
 * What the next look at a task means, given what was known before. Pure; `takenAt` is when the list was requested.
 * Figures are compared only when both come from the same source: the progress endpoint and the platform's deprecated
 * bar may disagree, and a change of source is not movement. A task without figures never counts as finished.
 *
 * Only a `poll` counts toward "several polls in a row": a `glance` (reading back an own action, or on a person's
 * request) proves neither that a task has stalled nor that it is finished. But what it shows can end a finish at once.
 */
export function nextReading(
  before: Reading | null,
  task: Task,
  takenAt: number,
  look: 'poll' | 'glance' = 'poll',
): Reading {
  const counts = look === 'poll' ? 1 : 0;
  const now = task.progress;
  const earlier = before?.task.progress ?? null;
  const comparable = sameSource(earlier, now);
  const moved = comparable && differs(earlier, now);
  const full = isFull(now);
  const turnedOn = task.started && before?.task.started !== true;

  const wasFinished = before !== null && isFinish(before);
  const reopened = wasFinished && (reopens(earlier, now) || (look === 'glance' && now !== null && !full));
  const fullPolls = !full ? 0 : comparable && !moved ? (before?.fullPolls ?? 0) + counts : counts;
  const finished = (wasFinished && !reopened) || fullPolls >= finishedAfterPolls;

  const newRun = task.started && (turnedOn || reopened);
  const movedAt = moved ? takenAt : (before?.movedAt ?? null);
  const startedAt = newRun ? takenAt : (before?.startedAt ?? null);
  const stalled = task.started && !newRun && !moved;
  // Without comparable figures, movement cannot be ruled out: the count neither grows nor restarts.
  const stillPolls = stalled ? (before?.stillPolls ?? 0) + (comparable ? counts : 0) : 0;

  return {
    // A finish rests on the figures that showed it: they are kept until others contradict them.
    task: finished && now === null ? { ...task, progress: earlier } : task,
    state: stateOf(task, { finished, stillPolls, everMoved: movedAt !== null, everStarted: startedAt !== null }),
    takenAt,
    movedAt,
    stillPolls,
    startedAt,
    doneAtStart: newRun ? (now?.done ?? null) : rebased(before, now, comparable),
    fullPolls,
    // A task that is reopened begins a new campaign, and so does one that is seen for the first time.
    campaign: reopened ? null : (before?.campaign ?? null),
    revision: before?.revision ?? 0,
    actor: before?.actor ?? null,
    unknownFields: [],
  };
}

/** The reading of a task that the platform no longer lists. Its last description and history are kept. */
export function goneReading(before: Reading, takenAt: number): Reading {
  // A finish may have outlasted the polls that showed it; the state can no longer record that.
  const fullPolls = before.state === 'finished' ? finishedAfterPolls : before.fullPolls;
  return { ...before, state: 'gone', takenAt, stillPolls: 0, fullPolls };
}

/** Finished, or gone after it had finished: if it comes back, that is not a second finish. */
function isFinish({ state, fullPolls }: Reading): boolean {
  return state === 'finished' || (state === 'gone' && fullPolls >= finishedAfterPolls);
}

/** Everything dialed. False when there are no numbers or no figures. */
export function isFull(progress: Progress | null): boolean {
  return progress !== null && progress.total > 0 && progress.done >= progress.total;
}

function sameSource(a: Progress | null, b: Progress | null): a is Progress {
  return a !== null && b !== null && a.source === b.source;
}

function differs(a: Progress, b: Progress | null): boolean {
  return b !== null && (a.total !== b.total || a.done !== b.done);
}

/**
 * Whether figures contradict a finish: numbers were added, or fewer are dialed than before, so some are left (a redial
 * rule, a reset). The bar never contradicts the endpoint; the endpoint always overrules the bar.
 */
function reopens(earlier: Progress | null, now: Progress | null): boolean {
  if (earlier === null || now === null) return false;
  if (earlier.source !== now.source) return now.source === 'endpoint' && !isFull(now);
  return now.total > earlier.total || (now.done < earlier.done && !isFull(now));
}

/** The base of the rate, shifted when the figures change their source, so that the run's count continues. */
function rebased(before: Reading | null, now: Progress | null, comparable: boolean): number | null {
  if (before === null || before.doneAtStart === null) return null;
  const earlier = before.task.progress;
  if (comparable || earlier === null || now === null) return before.doneAtStart;
  return Math.max(0, before.doneAtStart + now.done - earlier.done);
}

function stateOf(
  task: Task,
  history: { finished: boolean; stillPolls: number; everMoved: boolean; everStarted: boolean },
): TaskState {
  if (history.finished) return 'finished';
  const empty = task.progress?.total === 0;
  if (!task.started) return empty && !history.everMoved && !history.everStarted ? 'draft' : 'paused';
  // On without any numbers: nothing can be dialed, however short the time.
  return empty || history.stillPolls >= waitingAfterPolls ? 'waiting' : 'dialing';
}
