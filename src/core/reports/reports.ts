import type { DaySheet } from '../model/day-sheet.ts';
import { noFigures } from '../model/day-sheet.ts';
import type { Reading } from '../model/reading.ts';
import type { RecordKind } from '../model/record-entry.ts';
import type { Report } from '../model/report.ts';
import { type Day, type Days, daysAfter, daysBetween, earliestOf } from '../time/days.ts';
import { spread } from '../time/spread.ts';
import type { Board } from '../watch/board.ts';
import { isStalled } from '../watch/sheet.ts';
import {
  createSums,
  daysOf,
  gapsIn,
  hoursOf,
  importsIn,
  maxChanges,
  rankingOf,
  standingMs,
  type TaskFigures,
} from './build.ts';
import { type DeletedTask, findDeleted } from './deleted.ts';
import { type DigestTime, nextDigest } from './digest-time.ts';
import { type HistoryPage, readHistory } from './history.ts';
import { createPast, type Past, pastPieces } from './past.ts';
import type { Span } from './period.ts';
import type { PastDay, TaskRecords } from './ports.ts';

/** Which tasks a report is about. */
export type ReportedTasks =
  | { kind: 'all' }
  | { kind: 'task'; id: string }
  /** Those that a channel watches. */
  | { kind: 'followed'; ids: readonly string[] };

export interface Reports {
  /** Today, in the zone of the platform. */
  today(): Day;
  /** Throws `store_failed`. */
  report(span: Span, tasks: ReportedTasks): Promise<Report>;
  /** A page of the history of a task, from 1; one beyond the end is the last one. Throws `store_failed`. */
  history(taskId: string, page: number): Promise<HistoryPage>;
  /** For how many days the record is kept. */
  readonly keptDays: number;
  /** The zone in which days begin and end (an IANA name). */
  readonly zone: string;
  /** When a digest is due next, epoch ms. */
  nextDigest(time: DigestTime): number;
  /** The task that was deleted and has that name, a part of it, or that id; null where there is none, or several. */
  deletedNamed(ref: string): Promise<DeletedTask | null>;
  /** The days of tasks in pieces, those that are over first. Throws `store_failed`. */
  dayRows(span: Span, tasks: ReportedTasks): AsyncIterable<readonly PastDay[]>;
}

export interface ReportDeps {
  store: TaskRecords;
  board: Pick<Board, 'all' | 'get' | 'revision' | 'readAt' | 'staleSince'>;
  days: Days;
  clock: { now(): number };
  keptDays: number;
  zone: string;
}

/** What people did, or what was done outside Dialdeck. */
const changeKinds: readonly RecordKind[] = ['created', 'edited', 'started', 'paused', 'deleted'];

/** Imports and gaps of one report that are added up. */
const maxAddedUp = 1_000;

/** What the readings of tasks say: their days, and what stands still. */
interface Present {
  sheets: { reading: Reading; sheet: DaySheet }[];
  standing: Reading[];
}

export function createReports(deps: ReportDeps): Reports {
  const { store, board, days, clock } = deps;
  const readPast = createPast(store);
  /** Reports are made once until a reading changes, however many ask for them. */
  const made = new WeakMap<readonly Reading[], Map<string, Promise<Report>>>();

  /**
   * The readings of this moment, and the revision that they are at: a day leaves its reading for the store with one
   * revision, so none is missing and none is there twice.
   */
  const snapshot = (tasks: ReportedTasks) => ({
    readings: idsOf(tasks)?.flatMap((id) => board.get(id) ?? []) ?? board.all(),
    asOf: board.revision,
  });

  const presentIn = async (readings: readonly Reading[], span: Span): Promise<Present> => {
    const present: Present = { sheets: [], standing: [] };
    for await (const piece of spread(readings)) {
      for (const reading of piece) {
        const { sheet } = reading;
        if (sheet !== null && sheet.day >= span.from && sheet.day <= span.until)
          present.sheets.push({ reading, sheet });
        if (isStalled(reading)) present.standing.push(reading);
      }
    }
    return present;
  };

  const make = async (span: Span, tasks: ReportedTasks): Promise<Report> => {
    const ids = idsOf(tasks);
    const { readings, asOf } = snapshot(tasks);
    const range = { ...span, tasks: ids };
    const [counts, changes, imports, gaps, firstDay, past] = await Promise.all([
      store.countEntries(range),
      store.newestEntries(range, { kinds: changeKinds, limit: maxChanges }),
      store.newestEntries(range, { kinds: ['imported'], limit: maxAddedUp }),
      store.newestEntries(range, { kinds: ['gap'], limit: maxAddedUp }),
      store.firstDay(),
      readPast({ ...range, asOf }),
    ]);
    const { sheets, standing } = await presentIn(readings, span);
    const now = clock.now();
    const today = days.dayOf(now);
    const open = span.until >= today;
    const isOneDay = span.from === span.until;
    const time = {
      from: days.instantOf(span.from, 0),
      until: Math.min(now, days.instantOf(daysAfter(span.until, 1), 0)),
    };
    const stood = standing.map((reading) => ({ reading, ms: standingMs(reading, time) })).filter(({ ms }) => ms > 0);
    const { tasks: figured, byDay } = summed(past, { sheets, standing: stood }, board);
    const known = earliestOf(today, ...(firstDay === null ? [] : [firstDay]), ...byDay.keys());
    return {
      ...span,
      open,
      asOf: open ? (board.readAt ?? now) : now,
      staleSince: open ? board.staleSince : null,
      task: tasks.kind === 'task' ? { id: tasks.id, name: nameOf(tasks.id, figured) } : null,
      followed: tasks.kind === 'followed',
      ...rankingOf(figured),
      standing: open ? standing.length : 0,
      approximate: sheets.some(({ reading }) => reading.task.progress?.source === 'progress_bar'),
      hours: isOneDay ? hoursOf([...past.hours, ...sheets.map(({ sheet }) => sheet)]) : [],
      days: isOneDay ? [] : daysOf(daysBetween(span.from, earliestOf(span.until, today)), byDay),
      counts: counts.filter(({ kind }) => changeKinds.includes(kind)),
      changes,
      imports: importsIn(imports, maxAddedUp),
      gaps: gapsIn(gaps),
      knownFrom: known > span.from ? known : null,
    };
  };

  const nameOf = (id: string, known: readonly TaskFigures[]): string =>
    board.get(id)?.task.name ?? known.find((task) => task.id === id)?.name ?? id;

  return {
    keptDays: deps.keptDays,
    zone: deps.zone,
    nextDigest: (time) => nextDigest(time, clock.now(), days),
    history: (taskId, page) => readHistory(deps, taskId, page),
    deletedNamed: (ref) => findDeleted(store, ref),
    today: () => days.dayOf(clock.now()),

    report(span, tasks) {
      if (tasks.kind === 'followed') return make(span, tasks);
      const readings = board.all();
      const known = made.get(readings) ?? new Map<string, Promise<Report>>();
      made.set(readings, known);
      const asked = [span.from, span.until, tasks.kind === 'task' ? tasks.id : ''];
      // While the platform cannot be read, no reading changes.
      const key = [days.dayOf(clock.now()), board.staleSince, ...asked].join(' ');
      const making = known.get(key) ?? make(span, tasks);
      if (!known.has(key)) {
        known.set(key, making);
        // What failed is tried again.
        making.catch(() => known.delete(key));
      }
      return making;
    },

    async *dayRows(span, tasks) {
      const { readings, asOf } = snapshot(tasks);
      const { sheets } = await presentIn(readings, span);
      yield* pastPieces(store, { ...span, tasks: idsOf(tasks), asOf });
      for await (const piece of spread(sheets)) {
        yield piece.map(({ reading: { task }, sheet }) => ({ ...sheet, taskId: task.id, name: task.name }));
      }
    },
  };
}

function idsOf(tasks: ReportedTasks): readonly string[] | null {
  switch (tasks.kind) {
    case 'all':
      return null;
    case 'task':
      return [tasks.id];
    case 'followed':
      return tasks.ids;
  }
}

/** The figures of each task and of each day, of what is over and of what is not. */
function summed(
  past: Past,
  present: { sheets: Present['sheets']; standing: readonly { reading: Reading; ms: number }[] },
  board: Pick<Board, 'get'>,
): { tasks: TaskFigures[]; byDay: ReadonlyMap<Day, PastFigures> } {
  const [byTask, byDay] = [createSums<string>(), createSums<Day>()];
  const names = new Map<string, string>();
  for (const { taskId, name, ...figures } of past.byTask) {
    byTask.add(taskId, figures);
    names.set(taskId, name);
  }
  for (const { day, ...figures } of past.byDay) byDay.add(day, figures);
  for (const { reading, sheet } of present.sheets) {
    const { day, hours: _hours, ...figures } = sheet;
    byTask.add(reading.task.id, figures);
    byDay.add(day, figures);
  }
  for (const { reading, ms } of present.standing) {
    byTask.add(reading.task.id, { ...noFigures, stalledMs: ms });
  }
  const nameOf = (id: string): string => board.get(id)?.task.name ?? names.get(id) ?? id;
  const tasks = [...byTask.sums].map(([id, figures]) => ({ id, name: nameOf(id), figures }));
  return { tasks, byDay: byDay.sums };
}

type PastFigures = typeof noFigures;
