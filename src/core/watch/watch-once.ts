import { AppError, type ErrorCode, toAppError } from '../errors.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { StoredAction } from '../model/open-action.ts';
import type { Reading } from '../model/reading.ts';
import type { Progress, Task } from '../model/task.ts';
import type { Watch } from '../model/watch.ts';
import type { Dialer, Log } from '../ports.ts';
import { spread } from '../time/spread.ts';
import type { Board } from './board.ts';
import { attributed, causesOf } from './causes.ts';
import { noticesOf } from './diff.ts';
import { goneReading, nextReading } from './infer.ts';
import type { CircumstancesOf } from './look.ts';
import {
  type NewNotice,
  noticeKey,
  type OpenActions,
  type ReadingChange,
  type Readings,
  type Watches,
} from './ports.ts';

export interface WatchDeps {
  dialer: Pick<Dialer, 'list' | 'progress'>;
  store: Readings & Pick<Watches, 'watches'> & Pick<OpenActions, 'underWay'>;
  log: Log;
  board: Board;
  /** What is known of a task's redial rule and quiet hours, which the list only names. */
  circumstancesOf?: CircumstancesOf;
  /** Called once the list was read and the readings are saved, also when the list is incomplete. */
  looked?: (looked: Looked) => void;
}

/** What one poll shows of the actions whose outcome is not known. */
export interface Looked {
  open: readonly StoredAction[];
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
  /** Notices put into the outbox, one per event and watching channel. */
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
 * One poll: reads the list once, infers what happened since the stored readings, and writes the new ones together with
 * the notices they cause. Every task gets a reading, so that cards and lists know its history; only watched ones cause
 * notices. When the platform cannot be read, nothing is written, the board is marked stale, and the error is rethrown.
 * When its list is incomplete, the tasks in it are read all the same, and `platform_empty` is thrown in the end.
 */
export async function watchOnce(deps: WatchDeps): Promise<WatchReport> {
  const { dialer, store, log, board, circumstancesOf = () => ({}) } = deps;
  const [stored, watches] = await Promise.all([store.readings(), store.watches()]);
  for (const reading of stored.values()) board.adopt(reading);
  const read = board.beginRead();

  let tasks: Task[];
  try {
    tasks = await dialer.list();
  } catch (thrown) {
    const error = toAppError(thrown);
    board.failed(error, read);
    throw error;
  }

  // Read after the list: an action that was over before has left a newer reading; one still in progress may already
  // show in the list and must not be announced as someone else's.
  const { acting, open } = await store.underWay();
  const watching = byTask(watches);
  const figures = progressReader(dialer, log);
  const openOf = byTask(open);
  const tookEffect = new Set<string>();
  const changes: ReadingChange[] = [];
  const note = (before: Reading | null, after: Reading): void => {
    const { id } = after.task;
    const causes = causesOf(openOf.get(id) ?? [], before, after);
    for (const cause of causes) tookEffect.add(cause.id);
    const { reading, known } = attributed(after, causes);
    changes.push({ reading, notices: noticesFor({ before, reading, known }, watching.get(id) ?? []) });
  };

  for await (const listed of spread(tasks)) {
    const known = board.get(listed.id);
    // The board may know of an own action that came after the list was requested.
    if (known !== null && (board.hasNewer(listed.id, read) || acting.has(listed.id))) continue;
    if (known?.state === 'gone' && board.suspect(listed.id) < contradictions) continue;
    board.trust(listed.id);
    const task = watching.has(listed.id) ? await figures(known, listed) : listed;
    // Asked for again: the clock may have been set while the figures were read.
    const before = board.get(listed.id);
    note(before, nextReading(before, task, read.askedAt, circumstancesOf(task, read.askedAt)));
  }

  const present = new Set(tasks.map((task) => task.id));
  const absent = board.all().filter(({ task: { id } }) => {
    return !present.has(id) && !board.hasNewer(id, read) && !acting.has(id);
  });
  for (const { task, state } of absent) if (state === 'gone') board.trust(task.id);
  const missing = absent.filter(({ state }) => state !== 'gone');
  const incomplete = isIncomplete(missing, tasks.length, board.absence(missing.length > 0 ? read : null));
  let gone = 0;
  for (const before of incomplete ? [] : missing) {
    if (board.suspect(before.task.id) < contradictions) continue;
    board.trust(before.task.id);
    gone += 1;
    note(before, goneReading(before, read.askedAt));
  }

  const saved = await store.saveReadings(changes);
  deps.looked?.({ open, tasks, complete: !incomplete, tookEffect });
  const notices = changes.reduce((sum, change) => sum + change.notices.length, 0);
  if (incomplete) {
    for (const reading of saved) board.put(reading);
    const message = `${missing.length} tasks are missing from a list of ${tasks.length}`;
    const error = new AppError('platform_empty', message);
    board.failed(error, read);
    throw error;
  }
  const readings = new Map(board.all().map((reading) => [reading.task.id, reading]));
  for (const reading of saved) readings.set(reading.task.id, reading);
  board.replaceAll(readings.values(), read);
  return { tasks: tasks.length, notices, gone };
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

/**
 * Replaces a task's figures with those of the progress endpoint, if there is one. The endpoint costs one request per
 * task, so it is skipped for a finished and paused task whose bar still shows the remembered figures, and for the rest
 * of the poll once it proves unconfigured or unreachable.
 */
function progressReader(
  dialer: Pick<Dialer, 'progress'>,
  log: Log,
): (before: Reading | null, task: Task) => Promise<Task> {
  let asking = true;
  return async (before, task) => {
    if (!asking) return task;
    const known = before?.task.progress ?? null;
    if (before?.state === 'finished' && !task.started && sameFigures(known, task.progress)) {
      return { ...task, progress: known };
    }
    try {
      const progress = await dialer.progress(task.id);
      if (progress !== null) return { ...task, progress };
      asking = false;
    } catch (thrown) {
      // The list's progress bar is used instead; it is marked as approximate wherever it is shown.
      const { code } = toAppError(thrown);
      log.warn('progress could not be read', { task: task.id, code });
      if (hopeless.has(code)) asking = false;
    }
    return task;
  };
}

function sameFigures(a: Progress | null, b: Progress | null): boolean {
  return a !== null && b !== null && a.total === b.total && a.done === b.done;
}

/** @param known what an own action explains is not announced. */
function noticesFor(
  { before, reading, known }: { before: Reading | null; reading: Reading; known: ReadonlySet<NoticeKind> },
  watches: Watch[],
): NewNotice[] {
  const news = noticesOf(before, reading).filter(({ notice }) => !known.has(notice.kind));
  return news.flatMap(({ notice, once, corrects }) =>
    watches
      .filter((watch) => watch.brokenBy === null)
      .map(({ channel }): NewNotice => {
        if (corrects === null || before === null) return { channel, once, body: { type: 'notice', notice } };
        return { channel, once, body: { type: 'correction', of: noticeKey({ ...corrects, channel }, before), notice } };
      }),
  );
}
