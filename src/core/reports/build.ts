import { noFigures } from '../model/day-sheet.ts';
import type { Reading } from '../model/reading.ts';
import type { ImportTally, RecordEntry } from '../model/record-entry.ts';
import type { Report } from '../model/report.ts';
import type { Day } from '../time/days.ts';
import { isStalled, stalledSince } from '../watch/sheet.ts';
import type { Figures, PastDay } from './ports.ts';

/** So many tasks are named, and so many changes. */
const maxTop = 8;
export const maxChanges = 8;

export function plus(a: Figures, b: Figures): Figures {
  return {
    dialed: a.dialed + b.dialed,
    dialingMs: a.dialingMs + b.dialingMs,
    finished: a.finished + b.finished,
    takenBack: a.takenBack + b.takenBack,
    stalls: a.stalls + b.stalls,
    unsureStalls: a.unsureStalls + b.unsureStalls,
    stalledMs: a.stalledMs + b.stalledMs,
  };
}

/** The figures of a task, under the name that it has now. */
export interface TaskFigures {
  id: string;
  name: string;
  figures: Figures;
}

/** Sums of one thing after another, by a key. */
export function createSums<Key>() {
  const sums = new Map<Key, Figures>();
  return {
    sums,
    add: (key: Key, figures: Figures): void => void sums.set(key, plus(sums.get(key) ?? noFigures, figures)),
  };
}

/** The tasks with the most calls, all others together, and all of them. */
export function rankingOf(tasks: readonly TaskFigures[]): Pick<Report, 'top' | 'others' | 'tasks' | 'figures'> {
  const active = tasks.filter(({ figures }) => isActive(figures));
  const top = firstOf(active, maxTop, byCalls);
  const figures = active.reduce((sum, task) => plus(sum, task.figures), noFigures);
  const named = top.reduce((sum, task) => sum + task.figures.dialed, 0);
  return {
    top: top.map(({ id, name, figures }) => ({ id, name, dialed: figures.dialed, finished: finishedIn(figures) })),
    others: { tasks: active.length - top.length, dialed: figures.dialed - named },
    tasks: active.length,
    figures,
  };
}

const isActive = ({ dialed, dialingMs, finished, takenBack, stalls, stalledMs }: Figures): boolean =>
  dialed > 0 || dialingMs > 0 || finished > 0 || takenBack > 0 || stalls > 0 || stalledMs > 0;

/** Equal ones in the order of their names, so that the same report reads the same. */
const byCalls = (a: TaskFigures, b: TaskFigures): number =>
  b.figures.dialed - a.figures.dialed || order(a.name, b.name) || order(a.id, b.id);

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The first of many in an order: most are compared with the last of those that were found, and no more. */
function firstOf<T>(items: readonly T[], count: number, compare: (a: T, b: T) => number): T[] {
  const found: T[] = [];
  for (const item of items) {
    const last = found.at(-1);
    if (found.length >= count && last !== undefined && compare(last, item) <= 0) continue;
    const at = found.findIndex((other) => compare(item, other) < 0);
    found.splice(at < 0 ? found.length : at, 0, item);
    if (found.length > count) found.pop();
  }
  return found;
}

/** Ends that still count. */
export const finishedIn = ({ finished, takenBack }: Pick<Figures, 'finished' | 'takenBack'>): number =>
  Math.max(0, finished - takenBack);

/** Calls by the hour, from the first hour with any to the last. */
export function hoursOf(sheets: readonly Pick<PastDay, 'hours'>[]): Report['hours'] {
  const dialed = new Array<number>(24).fill(0);
  for (const { hours } of sheets) {
    for (const [hour, count] of hours) dialed[hour] = (dialed[hour] ?? 0) + count;
  }
  const first = dialed.findIndex((count) => count > 0);
  const last = dialed.findLastIndex((count) => count > 0);
  return first < 0 ? [] : dialed.slice(first, last + 1).map((count, i) => ({ hour: first + i, dialed: count }));
}

/** Calls by the day: every day that was asked for, up to the last one that has begun. */
export function daysOf(days: readonly Day[], sums: ReadonlyMap<Day, Figures>): Report['days'] {
  return days.map((day) => ({ day, dialed: sums.get(day)?.dialed ?? 0 }));
}

/** Adds up what became of lists. Of a run that was recorded more than once, the newest entry counts. */
export function importsIn(entries: readonly RecordEntry[], limit: number): Report['imports'] {
  const newest = new Map<string, ImportTally>();
  for (const { list } of entries) if (list !== null && !newest.has(list.run)) newest.set(list.run, list);
  const tallies = [...newest.values()];
  const sum = (key: Exclude<keyof ImportTally, 'run' | 'over'>): number =>
    tallies.reduce((total, tally) => total + tally[key], 0);
  return {
    runs: tallies.length,
    open: tallies.filter(({ over }) => !over).length,
    rows: sum('rows'),
    accepted: sum('accepted'),
    refused: sum('refused'),
    present: sum('present'),
    unknown: sum('unknown'),
    unsent: sum('unsent'),
    withheld: sum('withheld'),
    invalid: sum('invalid'),
    repeated: sum('repeated'),
    more: entries.length >= limit,
  };
}

/** How often and for how long nothing was read. A gap that was noted twice has the same beginning. */
export function gapsIn(entries: readonly RecordEntry[]): Report['gaps'] {
  const longest = new Map<number, number>();
  for (const { kind, at, ms } of entries) {
    if (kind !== 'gap' || ms === null) continue;
    const from = at - ms;
    longest.set(from, Math.max(longest.get(from) ?? 0, ms));
  }
  return { count: longest.size, ms: [...longest.values()].reduce((sum, ms) => sum + ms, 0) };
}

/** For how long of a time (epoch ms) a task has stood still that does so now. */
export function standingMs(reading: Reading, { from, until }: { from: number; until: number }): number {
  return isStalled(reading) ? Math.max(0, until - Math.max(from, stalledSince(reading))) : 0;
}
