import type { Reading, TaskState } from '../model/reading.ts';
import type { Progress, Task } from '../model/task.ts';
import { contradicts, falls, finishedAfterPolls, hasLeft, isFinish, isFull, reopens, sameSource } from './doubt.ts';
import { elapsedOutside, type Interval, instantAfter, intervalAt } from './intervals.ts';
import { callIntervalMs } from './pace.ts';
import { standstillLimitMs } from './standstill.ts';
import { lastSignOf, nextTally } from './tally.ts';

/**
 * Polls without movement, while on, before a task may count as waiting: however rarely one polls, a single look is no
 * evidence.
 * @internal Exported for tests.
 */
export const waitingAfterPolls = 3;

const defaultRedialQuietMs = 30 * 60_000;

/** What a look at a task is, and what is known around it. */
export interface Circumstances {
  /**
   * Only a `poll` counts toward "several polls in a row" and can finish a task: a `glance` (reading back an own action,
   * or on a person's request) proves neither that a task has stalled nor that it is finished. But what it shows of the
   * task itself is believed at once, and numbers added end a finish.
   */
  look?: 'poll' | 'glance';
  /** Whether the task's redial rule is on; null or absent: not known now, so what was last known holds. */
  redials?: boolean | null;
  /** The quiet hours around `takenAt`, from the last movement on; null: nobody has told us; absent: as last known. */
  quietHours?: readonly Interval[] | null;
  /** How long every number must stay dialed, while the redial rule is on, before that is the end. */
  redialQuietMs?: number;
  /** How much faster than ours the platform's clock runs: its timeouts and pauses are that much shorter. 1 but in demos. */
  platformSpeed?: number;
}

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
    endedAt: end.finished ? (run.movedAt ?? takenAt) : null,
    hours: quiet.hours,
  });
  const { movedAt, startedAt, leftSince, startSeen, stillPolls } = run;
  const limit = standstillLimitMs(task, callIntervalMs(tally), circumstances.platformSpeed);
  const stillFor = elapsedOutside(lastSignOf(run), takenAt, quiet.hours);
  const still = stillPolls >= waitingAfterPolls && (quiet.until !== null || stillFor > limit);
  const known = movedAt !== null || startedAt !== null;

  return {
    // A finish rests on the figures that showed it: they are kept until others contradict them.
    task: end.finished && task.progress === null ? { ...task, progress: look.earlier } : task,
    state: stateOf(task, { finished: end.finished, mayRedial: end.presumedEnd !== null, still, known }),
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
    doubt: look.glance ? (before?.doubt ?? null) : null,
    // A task that is reopened by new numbers begins a new campaign, and so does one that is seen for the first time.
    campaign: end.begins ? null : (before?.campaign ?? null),
    revision: before?.revision ?? 0,
    actor: before?.actor ?? null,
  };
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

/** A look, and what is to be made of it. */
interface Look {
  /** The task as far as it is believed. */
  task: Task;
  takenAt: number;
  glance: boolean;
  /** What the look adds to counts of polls. */
  counts: 0 | 1;
  contradicts: boolean;
  /** The figures before, and whether those of this look can be compared with them. */
  earlier: Progress | null;
  comparable: boolean;
  redials: boolean | null;
  redialQuietMs: number | undefined;
  quiet: Quiet;
}

function lookOf(before: Reading | null, seen: Task, takenAt: number, circumstances: Circumstances): Look {
  const glance = circumstances.look === 'glance';
  const earlier = before?.task.progress ?? null;
  // A glance may not take back what polls have shown; the next two of them can.
  const task = glance && falls(earlier, seen.progress) ? { ...seen, progress: earlier } : seen;
  const sameRule = before?.task.redialRule.id === task.redialRule.id;
  return {
    task,
    takenAt,
    glance,
    counts: glance ? 0 : 1,
    contradicts: !glance && before !== null && before.state !== 'gone' && contradicts(before, seen, takenAt),
    earlier,
    comparable: sameSource(earlier, task.progress),
    redials: circumstances.redials ?? (sameRule ? (before?.redials ?? null) : null),
    redialQuietMs: circumstances.redialQuietMs,
    quiet: quietOf(before, takenAt, circumstances.quietHours),
  };
}

interface Ending {
  finished: boolean;
  /** Something is left to dial although the task had finished. */
  reopened: boolean;
  /** Whether a campaign begins. */
  begins: boolean;
  fullPolls: number;
  fullSince: number | null;
  /** Set while everything is dialed and the redial rule may take numbers back. */
  presumedEnd: number | null;
}

/** Whether the campaign is over, or goes on after all. */
function endingOf(before: Reading | null, look: Look): Ending {
  const { task, takenAt, glance, counts, earlier, comparable } = look;
  const now = task.progress;
  const full = isFull(now);
  const wasFinished = before !== null && isFinish(before);
  const reopened = wasFinished && (reopens(earlier, now) || (glance && now !== null && !full));
  // Added numbers begin a campaign; numbers to be dialed again continue the one that was thought to be over.
  const begins = before === null || (reopened && (now?.total ?? 0) > (earlier?.total ?? 0));

  const unchanged = comparable && now?.done === earlier?.done && now?.total === earlier?.total;
  const fullPolls = !full ? 0 : unchanged ? (before?.fullPolls ?? 0) + counts : counts;
  const fullSince = fullSinceOf(before, { full, unchanged: unchanged || !comparable }, takenAt);
  const mayRedial = fullSince !== null && look.redials === true && task.started;
  const presumedEnd = mayRedial ? presumedEndOf(before, fullSince, look) : null;
  const ended = fullPolls >= finishedAfterPolls && (presumedEnd === null || takenAt >= presumedEnd);
  const finished = (wasFinished && !reopened) || (!glance && ended);
  return { finished, reopened, begins, fullPolls, fullSince, presumedEnd };
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
  const quietEnded = before !== null && before.quietUntil !== null && quiet.until === null;
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

interface Quiet {
  known: boolean;
  /** The end of the quiet hours that are on now. */
  until: number | null;
  hours: readonly Interval[];
}

function quietOf(before: Reading | null, takenAt: number, hours: Circumstances['quietHours']): Quiet {
  if (hours === undefined) {
    const until = before?.quietUntil ?? null;
    return { known: before?.quietKnown ?? false, until: until !== null && until > takenAt ? until : null, hours: [] };
  }
  if (hours === null) return { known: false, until: null, hours: [] };
  return { known: true, until: intervalAt(takenAt, hours)?.until ?? null, hours };
}

function fullSinceOf(
  before: Reading | null,
  { full, unchanged }: { full: boolean; unchanged: boolean },
  takenAt: number,
): number | null {
  if (!full) return null;
  if (before === null || !unchanged || !isFull(before.task.progress)) return takenAt;
  // 0.1.0 did not record it.
  return before.fullSince ?? before.movedAt ?? before.takenAt;
}

/** A glance knows neither the setting nor the hours: what the polls announced holds. */
function presumedEndOf(
  before: Reading | null,
  fullSince: number,
  { redialQuietMs, quiet }: Pick<Look, 'redialQuietMs' | 'quiet'>,
): number {
  const announced = before?.fullSince === fullSince ? before.presumedEnd : null;
  if (redialQuietMs === undefined && announced !== null) return announced;
  return instantAfter(fullSince, redialQuietMs ?? defaultRedialQuietMs, quiet.hours);
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
