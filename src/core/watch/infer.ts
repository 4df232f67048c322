import { changedFields, type FieldName } from '../model/fields.ts';
import type { Reading, TaskState } from '../model/reading.ts';
import type { Progress, Task } from '../model/task.ts';
import { finishedAfterPolls, hasLeft, sameSource } from './doubt.ts';
import { type Ending, endingOf } from './ending.ts';
import { elapsedOutside } from './intervals.ts';
import { type Circumstances, type Look, lookOf } from './look.ts';
import { callIntervalMs, endOf } from './pace.ts';
import { standstillLimitMs } from './standstill.ts';
import { lastSignOf, nextTally } from './tally.ts';

/**
 * Polls without movement, while on, before a task may count as waiting: however rarely one polls, a single look is no
 * evidence.
 */
export const waitingAfterPolls = 3;

/** The settings of a task that decide how fast it dials. */
const pacing: ReadonlySet<FieldName> = new Set(['script', 'line', 'concurrency', 'pause_seconds', 'ring_timeout']);

/**
 * What the next look at a task means, given what was known before. Pure; `takenAt` is when the list was requested.
 * Figures are compared only when both come from the same source, and a change of source is not movement. A task without
 * figures never counts as finished. A poll that contradicts what is known must be confirmed by the next one: until
 * then, what is known stays.
 */
export function nextReading(
  before: Reading | null,
  seen: Task,
  takenAt: number,
  circumstances: Circumstances = {},
): Reading {
  const { platformSpeed = 1 } = circumstances;
  const look = lookOf(before, seen, takenAt, circumstances);
  if (before !== null && look.contradicts && before.doubt === null) return doubted(before, seen, takenAt);
  const { task, quiet } = look;
  const end = endingOf(before, look);
  const run = runOf(before, look, end);
  const tally = nextTally(before, {
    progress: task.progress,
    takenAt,
    dialed: run.dialed,
    moved: run.moved,
    begins: end.begins,
    adjusted:
      before !== null && before.task !== task && changedFields(before.task, task).some((field) => pacing.has(field)),
    endedAt: end.finished ? (run.movedAt ?? takenAt) : null,
    hours: quiet.hours,
    platformSpeed,
  });
  const { movedAt, startedAt, leftSince, startSeen, stillPolls } = run;
  const limit = standstillLimitMs(task, callIntervalMs(tally), platformSpeed);
  const stillFor = elapsedOutside(lastSignOf(run), takenAt, quiet.hours);
  const still = stillPolls >= waitingAfterPolls && (quiet.until !== null || stillFor > limit);
  // Where no call was seen in this run yet, quiet hours that are on leave none to be expected.
  const noneToExpect = quiet.until !== null && task.progress !== null && (movedAt ?? 0) < (startedAt ?? 0);
  const known = movedAt !== null || startedAt !== null;

  const reading: Reading = {
    // A finish rests on the figures that showed it: they are kept until others contradict them.
    task: end.finished && task.progress === null ? { ...task, progress: look.earlier } : task,
    state: stateOf(task, {
      finished: end.finished,
      mayRedial: end.presumedEnd !== null,
      still: still || noneToExpect,
      known,
    }),
    takenAt,
    movedAt,
    stillPolls,
    startedAt,
    leftSince,
    startSeen,
    doneAtStart: run.begins ? (task.progress?.done ?? null) : rebased(before, look),
    fullPolls: end.fullPolls,
    fullSince: end.fullSince,
    tally,
    redials: look.redials,
    presumedEnd: end.finished ? null : end.presumedEnd,
    quietKnown: quiet.known,
    quietUntil: quiet.until,
    endsAt: null,
    doubt: look.glance ? (before?.doubt ?? null) : null,
    // A task that is reopened by new numbers begins a new campaign, and so does one that is seen for the first time.
    campaign: end.begins ? null : (before?.campaign ?? null),
    revision: before?.revision ?? 0,
    actor: before?.actor ?? null,
    acts: before?.acts ?? [],
    runBy: before?.runBy ?? null,
    sheet: before?.sheet ?? null,
    unknownFields: [],
  };
  return { ...reading, endsAt: endOf(reading, quiet.hours, platformSpeed) };
}

/** The reading of a task that the platform no longer lists. Its last description and history are kept. */
export function goneReading(before: Reading, takenAt: number): Reading {
  // A finish may have outlasted the polls that showed it; the state can no longer record that.
  const fullPolls =
    before.state === 'finished' ? finishedAfterPolls : Math.min(before.fullPolls, finishedAfterPolls - 1);
  return { ...before, state: 'gone', takenAt, stillPolls: 0, fullPolls, presumedEnd: null, doubt: null };
}

/** What is known stays as it is; that nothing moved is counted all the same. */
function doubted(before: Reading, seen: Task, takenAt: number): Reading {
  const stillPolls = before.task.started ? before.stillPolls + 1 : 0;
  return { ...before, takenAt, stillPolls, doubt: { done: seen.progress?.done ?? null } };
}

interface Run extends Pick<Reading, 'movedAt' | 'startedAt' | 'leftSince' | 'startSeen' | 'stillPolls'> {
  /** Calls seen since the last look, and whether there were any: of a redial, the number may be unknown. */
  dialed: number;
  moved: boolean;
  /** Whether the run begins with this look. */
  begins: boolean;
}

/** Whether anything moves, and since when it could. */
function runOf(before: Reading | null, look: Look, { reopened }: Ending): Run {
  const { task, takenAt, counts, earlier, comparable, quiet } = look;
  const now = task.progress;
  const dialed = before === null ? 0 : dialedBetween(before, now, look.contradicts);
  const moved = dialed > 0 || (before !== null && look.redials === true && redialedUnseen(before, now));
  const turnedOn = task.started && before?.task.started !== true;
  const begins = task.started && (turnedOn || reopened);
  const newWork = comparable && !hasLeft(earlier) && hasLeft(now);
  // Hours that were corrected or forgotten did not end: what was waiting in them still waits.
  const quietUntil = before?.quietUntil ?? null;
  const quietEnded = quietUntil !== null && takenAt >= quietUntil && quiet.until === null;
  const stalled = task.started && !begins && !newWork && !quietEnded && !moved;
  return {
    dialed,
    moved,
    begins,
    movedAt: moved ? takenAt : (before?.movedAt ?? null),
    startedAt: begins ? takenAt : (before?.startedAt ?? null),
    leftSince: newWork ? takenAt : (before?.leftSince ?? null),
    startSeen: begins ? before?.task.started === false : (before?.startSeen ?? true),
    // Without comparable figures, movement cannot be ruled out: the count neither grows nor restarts.
    stillPolls: stalled ? (before?.stillPolls ?? 0) + (comparable ? counts : 0) : 0,
  };
}

/** How far `done` rose since the last look: the one sign of calls. A fall that is believed now began a poll earlier. */
function dialedBetween(before: Reading, now: Progress | null, contradicted: boolean): number {
  const earlier = before.task.progress;
  if (!sameSource(earlier, now) || now === null) return 0;
  const doubtedDone = contradicted ? (before.doubt?.done ?? earlier.done) : earlier.done;
  return Math.max(0, now.done - Math.min(earlier.done, doubtedDone));
}

/** A number taken back by a redial rule and dialed again: `done` fell, was not believed, and rose again. */
function redialedUnseen(before: Reading, now: Progress | null): boolean {
  const { doubt } = before;
  return doubt !== null && doubt.done !== null && now !== null && now.done > doubt.done;
}

/** The base of the run, shifted when the figures change their source, so that the run's count continues. */
function rebased(before: Reading | null, { task, earlier, comparable }: Look): number | null {
  if (before === null || before.doneAtStart === null) return null;
  if (comparable || earlier === null || task.progress === null) return before.doneAtStart;
  return Math.max(0, before.doneAtStart + task.progress.done - earlier.done);
}

function stateOf(
  task: Task,
  history: { finished: boolean; mayRedial: boolean; still: boolean; known: boolean },
): TaskState {
  if (history.finished) return 'finished';
  const empty = task.progress?.total === 0;
  if (!task.started) return empty && !history.known ? 'draft' : 'paused';
  if (history.mayRedial) return 'awaiting_redial';
  // On without any numbers: nothing can be dialed, however short the time.
  return empty || history.still ? 'waiting' : 'dialing';
}
