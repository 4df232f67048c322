import type { DaySheet } from '../model/day-sheet.ts';
import type { RecordEntry, RecordKind } from '../model/record-entry.ts';
import type { Day } from '../time/days.ts';

/** Figures of a task, of a day or of all of both together. */
export type Figures = Omit<DaySheet, 'day' | 'hours'>;

/** What is asked of the record: days from the first to the last, both included, of these tasks or of all (null). */
export interface RecordRange {
  from: Day;
  until: Day;
  tasks: readonly string[] | null;
}

/** Days that are over: rows that were written with a later revision than `asOf` are not among them. */
export type PastRange = RecordRange & { asOf: number };

/** The day of a task that is over. */
export interface PastDay extends Figures {
  taskId: string;
  name: string;
  day: Day;
  hours: DaySheet['hours'];
}

interface EntryCount {
  kind: RecordKind;
  /** null: outside Dialdeck, or by nobody. */
  person: string | null;
  count: number;
}

/** The record of what happened to tasks. All methods throw `store_failed`. */
export interface TaskRecords {
  /** The sums of each task. */
  pastByTask(range: PastRange): Promise<(Figures & { taskId: string; name: string })[]>;
  /** The sums of each day on which anything happened. */
  pastByDay(range: PastRange): Promise<(Figures & { day: Day })[]>;
  /** The days of tasks in the order of days and tasks, at most a thousand at a time; `after`: the last one before. */
  pastDays(range: PastRange, after: { day: Day; taskId: string } | null): Promise<PastDay[]>;
  /** Whether any day was written with a later revision than that. */
  hasPastSince(revision: number): Promise<boolean>;
  /** How often what happened. */
  countEntries(range: RecordRange): Promise<EntryCount[]>;
  /** The newest entries of these kinds, newest first. What concerns all tasks is among them if its kind is. */
  newestEntries(range: RecordRange, request: { kinds: readonly RecordKind[]; limit: number }): Promise<RecordEntry[]>;
  /** The first day of which anything is kept; null when nothing is. */
  firstDay(): Promise<Day | null>;
  /** The newest entries of one task, newest first. */
  entriesOf(taskId: string, limit: number): Promise<RecordEntry[]>;
}
