import type { Reading } from '../model/reading.ts';
import type { RecordEntry } from '../model/record-entry.ts';
import type { Day } from '../time/days.ts';
import type { Board } from '../watch/board.ts';
import { plus } from './build.ts';
import type { Figures, TaskRecords } from './ports.ts';

/** One line of the history of a task: a day with its figures, or something that happened on it. */
export type HistoryLine =
  | { kind: 'day'; day: Day; figures: Figures | null }
  | { kind: 'entry'; day: Day; entry: RecordEntry };

export interface HistoryPage {
  lines: HistoryLine[];
  /** What the task is called, or was last. */
  name: string;
  /** From 1. */
  page: number;
  pages: number;
  /** Entries older than these are not shown. */
  cut: boolean;
  /** When the platform was last read, and since when it cannot be read (epoch ms); null: not yet, and while it can. */
  asOf: number | null;
  staleSince: number | null;
}

/** Lines on one page, and entries that can be turned to. */
const linesPerPage = 15;
const maxEntries = 500;

/**
 * A page of the history of a task, the latest first: each day with what was seen on it, and under it what happened. A page
 * beyond the end shows the last one. Throws `store_failed`.
 */
export async function readHistory(
  { store, board }: { store: TaskRecords; board: Pick<Board, 'get' | 'revision' | 'readAt' | 'staleSince'> },
  taskId: string,
  asked: number,
): Promise<HistoryPage> {
  const always = { from: '', until: '9999', tasks: [taskId] };
  const [entries, past] = await Promise.all([
    store.entriesOf(taskId, maxEntries),
    store.pastByDay({ ...always, asOf: board.revision }),
  ]);
  const reading = board.get(taskId);
  const lines = historyLines(entries, past, reading);
  const pages = Math.max(1, Math.ceil(lines.length / linesPerPage));
  const page = Math.min(Math.max(1, asked), pages);
  const from = (page - 1) * linesPerPage;
  const shown = lines.slice(from, from + linesPerPage);
  const name = reading?.task.name ?? entries[0]?.taskName ?? taskId;
  const { readAt: asOf, staleSince } = board;
  const cut = entries.length === maxEntries;
  return { name, lines: withHeading(shown, lines, from), page, pages, cut, asOf, staleSince };
}

/** The days of a task and what happened on them, the latest first; `entries` newest first. */
function historyLines(
  entries: readonly RecordEntry[],
  past: readonly (Figures & { day: Day })[],
  reading: Pick<Reading, 'sheet'> | null,
): HistoryLine[] {
  const figures = new Map<Day, Figures>(past.map(({ day, ...sums }) => [day, sums]));
  const sheet = reading?.sheet ?? null;
  if (sheet !== null) {
    const { day, hours: _hours, ...sums } = sheet;
    const earlier = figures.get(day);
    figures.set(day, earlier === undefined ? sums : plus(earlier, sums));
  }
  const byDay = grouped(entries);
  const days = [...new Set([...figures.keys(), ...byDay.keys()])].sort().reverse();
  return days.flatMap((day): HistoryLine[] => [
    { kind: 'day', day, figures: figures.get(day) ?? null },
    ...(byDay.get(day) ?? []).map((entry) => ({ kind: 'entry' as const, day, entry })),
  ]);
}

/** A page that begins within a day names that day as well. */
function withHeading(shown: HistoryLine[], lines: readonly HistoryLine[], from: number): HistoryLine[] {
  const [first] = shown;
  if (first?.kind !== 'entry') return shown;
  const heading = lines.slice(0, from).findLast((line) => line.kind === 'day');
  return heading === undefined ? shown : [heading, ...shown];
}

function grouped(entries: readonly RecordEntry[]): Map<Day, RecordEntry[]> {
  const days = new Map<Day, RecordEntry[]>();
  for (const entry of entries) {
    const others = days.get(entry.day);
    if (others === undefined) days.set(entry.day, [entry]);
    else others.push(entry);
  }
  return days;
}
