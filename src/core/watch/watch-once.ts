import { AppError, type ErrorCode, toAppError } from '../errors.ts';
import type { StoredAction } from '../model/open-action.ts';
import type { Reading } from '../model/reading.ts';
import type { Progress, Task } from '../model/task.ts';
import type { Watch } from '../model/watch.ts';
import type { Dialer, Log } from '../ports.ts';
import { readAudience } from '../subscriptions/audience.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import { spread } from '../time/spread.ts';
import { announcementsOf } from './announce.ts';
import type { Board } from './board.ts';
import { attributed, causesOf } from './causes.ts';
import { goneKeptMs } from './gone.ts';
import { goneReading, nextReading } from './infer.ts';
import type { CircumstancesOf } from './look.ts';
import type { Changes, OpenActions, ReadingChange, Readings, Versions } from './ports.ts';
import type { Recorder } from './record.ts';
import { refreshBoard } from './refresh.ts';
import { countsOn, isAtRest, isUnchanged } from './unchanged.ts';

export interface WatchDeps {
  dialer: Pick<Dialer, 'list' | 'progress' | 'hasProgress'>;
  store: Readings & Changes & AudienceStore & Pick<OpenActions, 'underWay'>;
  log: Log;
  /** Tasks whose progress could not be read, kept from poll to poll: each is logged once while that lasts. */
  progressMissed?: Set<string>;
  board: Board;
  /** What is known of a task's redial rule and quiet hours, which the list only names. */
  circumstancesOf?: CircumstancesOf;
  /** Whether the account that was read is certainly ours; asked only when tasks are missing. Absent: it is. */
  isOurAccount?: () => Promise<boolean>;
  /** Keeps the record of what happened; absent: none is kept. */
  recorder?: Recorder;
  /** Takes in what has changed and announces nothing of it. */
  quietly?: boolean;
  /** Called with what the store holds before the platform is asked. */
  refreshed?: (versions: Versions) => void;
  /** Called once the list was read and the readings are saved, also when the list is incomplete. */
  looked?: (looked: Looked) => void;
}

/** What one poll shows of the actions whose outcome is not known, and of what may have been interrupted. */
export interface Looked {
  open: readonly StoredAction[];
  /** Whether imports are running, or were when their process died. */
  imports: boolean;
  tasks: readonly Task[];
  /** Whether a task that is not among them is missing from the platform. */
  complete: boolean;
  /** Those of which this poll saw the effect, which had not been there before. */
  tookEffect: ReadonlySet<string>;
}

/** What one poll found. */
export interface WatchReport {
  /** Tasks in the platform's list. */
  tasks: number;
  /** Notices put into the outbox, one per event and destination. */
  notices: number;
  /** Tasks now known to be gone. */
  gone: number;
}

/** A task must contradict what is known (missing, or back after it was gone) in this many complete reads in a row. */
const contradictions = 2;

/**
 * More absent tasks than both of these at once are a list that is incomplete (an old page, an empty answer), until they
 * have been absent for so long and so often that they must be deleted after all.
 */
const absentAtOnce = { tasks: 3, share: 0.2 };
const believedAbsence = { ms: 30 * 60_000, reads: 3 };

/** Failures that the next task's request would run into as well: one slow endpoint must not use up the whole poll. */
const hopeless = new Set<ErrorCode>([
  'platform_timeout',
  'platform_unreachable',
  'platform_unauthorized',
  'platform_rate_limited',
]);

/**
 * One poll: reads the list once, infers what happened since the last readings, and writes those in which something did,
 * together with the notices they cause. Every task gets a reading, so that cards and lists know its history; only
 * those that someone follows cause notices. When the platform cannot be read, nothing is written, the board is marked stale, and the
 * error is rethrown. When its list is incomplete, the tasks in it are read all the same, and `platform_empty` is thrown
 * in the end.
 *
 * Where nothing happened, the store is asked what is new and records that the poll was good, and nothing else.
 */
export async function watchOnce(deps: WatchDeps): Promise<WatchReport> {
  const { dialer, store, log, board, circumstancesOf = () => ({}), isOurAccount = async () => true } = deps;
  const versions = await refreshBoard(board, store);
  deps.refreshed?.(versions);
  const read = board.beginRead();

  let tasks: Task[];
  try {
    tasks = await dialer.list();
  } catch (thrown) {
    const error = toAppError(thrown);
    board.failed(error, read);
    throw error;
  }

  // Asked after the list: an action that was over before has left a newer reading; one still in progress may already
  // show in the list and must not be announced as someone else's.
  const underWay = once(() => store.underWay());
  const watching = once(async () => byTask(await store.watches()));
  const audience = once(() => readAudience(store));
  const isActedOn = async (taskId: string): Promise<boolean> => (await underWay()).acting.has(taskId);
  const figures = progressReader(dialer, log, deps.progressMissed ?? new Set());
  const changes: ReadingChange[] = [];
  const unchanged: Reading[] = [];
  const tookEffect = new Set<string>();
  const note = async (before: Reading | null, after: Reading): Promise<void> => {
    const { id } = after.task;
    const open = (await underWay()).open.filter(({ taskId }) => taskId === id);
    const causes = causesOf(open, before, after);
    for (const cause of causes) tookEffect.add(cause.id);
    const attribution = attributed(after, causes);
    const notices = deps.quietly === true ? [] : await announcementsOf({ before, ...attribution }, audience);
    const { reading: taken, known, acts } = attribution;
    const recorded = deps.recorder?.({ before, after: taken, known, acts });
    changes.push({ reading: taken, ...recorded, notices });
  };

  const look = async (listed: Task): Promise<void> => {
    const known = board.get(listed.id);
    if (known?.state === 'gone') {
      if ((await isActedOn(listed.id)) || board.suspect(listed.id) < contradictions) return;
    }
    board.trust(listed.id);
    const task = dialer.hasProgress ? await figures(known, listed, watching) : listed;
    const next = (before: Reading | null): Reading =>
      nextReading(before, task, read.askedAt, circumstancesOf(task, read.askedAt));
    // When it was last seen decides nothing where nothing happened.
    const held = board.held(listed.id);
    if (held !== null && board.isSaved(listed.id)) {
      const after = next(held);
      if (isUnchanged(held, after)) {
        if (countsOn(held, after)) unchanged.push(after);
        return;
      }
    }
    // Asked for again: the clock may have been set while the figures were read.
    const before = board.get(listed.id);
    if (before === null || !(await isActedOn(listed.id))) await note(before, next(before));
  };
  for await (const piece of spread(tasks)) {
    for (const listed of piece) {
      // The board may know of an own action that came after the list was requested.
      if (board.hasNewer(listed.id, read)) continue;
      const known = board.held(listed.id);
      if (known !== null && isAtRest(known, listed) && board.isSaved(listed.id)) board.trust(listed.id);
      else await look(listed);
    }
  }

  const present = new Set(tasks.map((task) => task.id));
  const absent: Reading[] = [];
  for (const reading of board.allBut(present)) {
    const { id } = reading.task;
    if (board.hasNewer(id, read)) continue;
    if (reading.state === 'gone') {
      board.trust(id);
      if (read.askedAt - reading.takenAt > goneKeptMs.watched) board.forget(id);
    } else if (!(await isActedOn(id))) absent.push(reading);
  }
  // Of another account, and of one that cannot be determined, nobody knows which tasks are missing.
  const ours = absent.length === 0 || (await isOurAccount());
  const doubted = isIncomplete(absent, tasks.length, board.absence(absent.length > 0 ? read : null));
  const incomplete = doubted || (!ours && tasks.length === 0);
  let gone = 0;
  for (const before of incomplete || !ours ? [] : absent) {
    if (board.suspect(before.task.id) < contradictions) continue;
    board.trust(before.task.id);
    gone += 1;
    await note(before, goneReading(before, read.askedAt));
  }

  const saved = await save(deps, changes);
  // Where there were none before the list and nothing changed, none has taken effect since.
  const open = versions.openActions > 0 || changes.length > 0 ? (await underWay()).open : [];
  deps.looked?.({ open, imports: versions.openImports > 0, tasks, complete: !incomplete && ours, tookEffect });
  const notices = changes.reduce((sum, change) => sum + change.notices.length, 0);
  if (incomplete) {
    const message = `${absent.length} tasks are missing from a list of ${tasks.length}`;
    const error = new AppError('platform_empty', message);
    board.failed(error, read);
    throw error;
  }
  const missing = new Set(absent.map(({ task }) => task.id));
  board.complete([...unchanged, ...saved], read, missing);
  await store.polled(read.askedAt);
  return { tasks: tasks.length, notices, gone };
}

/** Writes the changes. Of those that another bot was faster with, the board gets what is stored. */
async function save({ store, board }: WatchDeps, changes: readonly ReadingChange[]): Promise<Reading[]> {
  const saved = await store.saveReadings(changes);
  // At once: what the board says it has read must be there.
  for (const reading of saved) board.put(reading);
  // Nobody else wrote in between: all of it is known.
  const issued = saved.map(({ revision }) => revision);
  if (issued.length === changes.length && issued.every((revision, i) => revision === board.revision + 1 + i)) {
    board.hasRead(board.revision + issued.length);
    return saved;
  }
  const written = new Set(saved.map(({ task }) => task.id));
  const refused = changes.map(({ reading }) => reading.task.id).filter((id) => !written.has(id));
  const stored = refused.length === 0 ? new Map<string, Reading>() : await store.readings(refused);
  for (const id of refused) {
    const reading = stored.get(id);
    if (reading === undefined) board.forget(id);
    else board.adopt(reading);
  }
  return saved;
}

/** The first call asks; all get its answer. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/** Whether so many known tasks are missing that the list must be doubted, and not (yet) the tasks. */
function isIncomplete(missing: readonly Reading[], listed: number, absence: { ms: number; reads: number }): boolean {
  if (missing.length === 0) return false;
  if (absence.ms >= believedAbsence.ms && absence.reads >= believedAbsence.reads) return false;
  const many = missing.length > absentAtOnce.tasks && missing.length > (listed + missing.length) * absentAtOnce.share;
  return many || listed === 0;
}

function byTask<T extends { taskId: string }>(items: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) map.set(item.taskId, [...(map.get(item.taskId) ?? []), item]);
  return map;
}

/** More are logged every time: they are not remembered. */
const maxMissed = 10_000;

/**
 * Replaces the figures of a watched task with those of the progress endpoint, if there is one. The endpoint costs one
 * request per task, so it is skipped for a finished and paused task whose bar still shows the remembered figures, and
 * for the rest of the poll once it proves unconfigured or unreachable.
 */
function progressReader(
  dialer: Pick<Dialer, 'progress'>,
  log: Log,
  missed: Set<string>,
): (before: Reading | null, task: Task, watching: () => Promise<Map<string, Watch[]>>) => Promise<Task> {
  let asking = true;
  return async (before, task, watching) => {
    if (!asking || !(await watching()).has(task.id)) return task;
    const known = before?.task.progress ?? null;
    if (before?.state === 'finished' && !task.started && sameFigures(known, task.progress)) {
      return { ...task, progress: known };
    }
    try {
      const progress = await dialer.progress(task.id);
      missed.delete(task.id);
      if (progress !== null) return { ...task, progress };
      asking = false;
    } catch (thrown) {
      // The list's progress bar is used instead; it is marked as approximate wherever it is shown.
      const { code } = toAppError(thrown);
      log[missed.has(task.id) ? 'debug' : 'warn']('progress could not be read', { task: task.id, code });
      if (missed.size < maxMissed) missed.add(task.id);
      if (hopeless.has(code)) asking = false;
    }
    return task;
  };
}

function sameFigures(a: Progress | null, b: Progress | null): boolean {
  return a !== null && b !== null && a.total === b.total && a.done === b.done;
}
