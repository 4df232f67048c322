import { AppError } from '../core/errors.ts';
import type { Task } from '../core/model/task.ts';
import type { Body, EntryReader } from './body.ts';

/** An entry of the platform's list: the task it was read as, and where it is in the answer. */
interface Entry {
  task: Task;
  bytes: Buffer;
  start: number;
  end: number;
}

/** What one answer held of the list. */
interface Answer {
  bytes: Buffer;
  body: Body;
  entries: readonly Entry[];
  tasks: readonly Task[];
  unreadable: number;
}

/** What one answer holds of the list. */
export interface Page extends EntryReader {
  readonly tasks: readonly Task[];
  /** Entries that could not be read. */
  readonly unreadable: number;
}

/** One reading of the list, answer by answer. */
export interface ListReading {
  /** Reads the entries of the next answer. What the last one read is dropped unless it was kept. */
  page(): Page;
  /** The last page belongs to the list; the next continues behind it. */
  keep(): void;
  /** The list is complete: the next reading is compared with this one. */
  end(): void;
}

/**
 * Remembers the last complete list byte for byte: an entry that comes again as it was is neither parsed nor validated a
 * second time, and its task stays the same object. Holds as many bytes as that list had, and nothing of those before.
 * Entries are expected in the order of the last list; one that is new, gone or moved costs no more than those beside
 * it.
 * @param read an entry as a task; null when it is none.
 * @param maxEntries of one answer; beyond it, reading it throws `platform_too_large`.
 */
export function createListMemory(read: (entity: unknown) => Task | null, maxEntries: number): { begin(): ListReading } {
  let last: readonly Answer[] = [];

  return {
    begin() {
      const before = lookUpIn(last);
      const kept: Answer[] = [];
      let next = 0;
      let latest: { answer: Answer; next: number } | null = null;

      const page = (): Page => {
        const expected = before.answers[kept.length] ?? null;
        let found: Answer | null = null;
        let place = next;
        const entries: Entry[] = [];
        const tasks: Task[] = [];
        let unreadable = 0;
        const isFull = (): boolean => tasks.length + unreadable >= maxEntries;
        const add = (entry: Entry): void => {
          entries.push(entry);
          tasks.push(entry.task);
        };
        return {
          expected,
          get tasks() {
            return found?.tasks ?? tasks;
          },
          get unreadable() {
            return found?.unreadable ?? unreadable;
          },
          known(bytes, start) {
            const entry = before.at(place);
            if (entry === undefined || isFull()) return -1;
            const end = start + entry.end - entry.start;
            // An entry is an object: bytes that begin with the whole of it are that entry and no longer one.
            if (end > bytes.length || bytes.compare(entry.bytes, entry.start, entry.end, start, end) !== 0) return -1;
            add({ task: entry.task, bytes, start, end });
            place += 1;
            return end;
          },
          read(value, bytes, start, end) {
            if (isFull()) throw new AppError('platform_too_large', `the list has more than ${maxEntries} tasks`);
            const task = read(value);
            if (task === null) unreadable += 1;
            else {
              add({ task, bytes, start, end });
              place = before.after(task.id) ?? place;
            }
          },
          end(bytes, body) {
            const again = expected !== null && expected.bytes === bytes;
            found = again ? expected : { bytes, body, entries, tasks, unreadable };
            latest = { answer: found, next: again ? next + expected.entries.length : place };
          },
        };
      };

      return {
        page() {
          latest = null;
          return page();
        },
        keep() {
          if (latest === null) return;
          kept.push(latest.answer);
          next = latest.next;
        },
        end() {
          last = kept;
        },
      };
    },
  };
}

/** The entries of all answers in their order. What it takes to find them is made when the first is asked for. */
function lookUpIn(answers: readonly Answer[]) {
  let entries: readonly Entry[] | null = null;
  let places: Map<string, number> | null = null;
  const all = (): readonly Entry[] => {
    entries ??= answers.length === 1 ? (answers[0]?.entries ?? []) : answers.flatMap((answer) => answer.entries);
    return entries;
  };
  return {
    answers,
    at: (place: number): Entry | undefined => all()[place],
    /** The place behind that task; null when it is not there. */
    after(taskId: string): number | null {
      places ??= new Map(all().map(({ task }, place) => [task.id, place + 1]));
      return places.get(taskId) ?? null;
    },
  };
}
