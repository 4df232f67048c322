import type { PastDay, PastRange, TaskRecords } from './ports.ts';

/** What the store holds of days that are over. */
export interface Past {
  byTask: Awaited<ReturnType<TaskRecords['pastByTask']>>;
  /** Of a span of several days. */
  byDay: Awaited<ReturnType<TaskRecords['pastByDay']>>;
  /** Of a span of one day: calls by the hour. */
  hours: readonly Pick<PastDay, 'hours'>[];
}

/** Spans of which what is over is kept in memory: the usual ones, as of today and of yesterday. */
const maxKept = 8;

/** From so many tasks on, what is known of all is looked through. */
const manyTasks = 50;

/**
 * Reads what is over, and keeps it for all tasks together, which takes the longest, until a day is added: once a day per
 * task. Throws `store_failed`.
 */
export function createPast(store: TaskRecords): (range: PastRange) => Promise<Past> {
  const kept = new Map<string, { asOf: number; past: Promise<Past> }>();

  const keep = (key: string, range: PastRange): Promise<Past> => {
    const past = readPast(store, range);
    past.catch(() => kept.delete(key));
    kept.delete(key);
    kept.set(key, { asOf: range.asOf, past });
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > maxKept) kept.delete(oldest);
    return past;
  };

  const readAll = async (range: PastRange): Promise<Past> => {
    const key = `${range.from} ${range.until}`;
    const before = kept.get(key);
    if (before === undefined || (await store.hasPastSince(before.asOf))) return keep(key, range);
    return before.past;
  };

  return async (range) => {
    if (range.tasks === null) return readAll(range);
    if (range.tasks.length < manyTasks) return readPast(store, range);
    const [all, own] = await Promise.all([readAll({ ...range, tasks: null }), readTimes(store, range)]);
    const meant = new Set(range.tasks);
    return { ...own, byTask: all.byTask.filter(({ taskId }) => meant.has(taskId)) };
  };
}

async function readPast(store: TaskRecords, range: PastRange): Promise<Past> {
  const [byTask, times] = await Promise.all([store.pastByTask(range), readTimes(store, range)]);
  return { byTask, ...times };
}

/** By the hour for one day, and by the day for several. */
async function readTimes(store: TaskRecords, range: PastRange): Promise<Omit<Past, 'byTask'>> {
  if (range.from !== range.until) return { byDay: await store.pastByDay(range), hours: [] };
  const hours: Pick<PastDay, 'hours'>[] = [];
  for await (const piece of pastPieces(store, range)) hours.push(...piece);
  return { byDay: [], hours };
}

/** The days of a range in pieces, in the order of days and tasks. Throws `store_failed`. */
export async function* pastPieces(
  store: Pick<TaskRecords, 'pastDays'>,
  range: PastRange,
): AsyncGenerator<PastDay[], void> {
  for (let last: PastDay | null = null; ; ) {
    const piece: PastDay[] = await store.pastDays(range, last);
    last = piece.at(-1) ?? null;
    if (last === null) return;
    yield piece;
  }
}
