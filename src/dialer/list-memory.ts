import { AppError } from '../core/errors.ts';
import type { Task } from '../core/model/task.ts';
import type { EntryReader } from './body.ts';

/** An entry of the platform's list: the task it was read as, and the bytes it came in. */
interface Entry {
  task: Task;
  bytes: Buffer;
  start: number;
  end: number;
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
 * Entries are expected in the order of the last list; one that is new, gone or moved costs no more than those beside it.
 * @param read an entry as a task; null when it is none.
 * @param maxEntries of one answer; beyond it, reading it throws `platform_too_large`.
 */
export function createListMemory(read: (entity: unknown) => Task | null, maxEntries: number): { begin(): ListReading } {
  let last: readonly Entry[] = [];

  return {
    begin() {
      const before = last;
      const kept: Entry[] = [];
      let next = 0;
      let page: { entries: readonly Entry[]; next(): number } | null = null;
      let places: Map<string, number> | null = null;
      const placeOf = (taskId: string): number | undefined => {
        places ??= new Map(before.map(({ task }, place) => [task.id, place]));
        return places.get(taskId);
      };

      const newPage = (): Page => {
        const entries: Entry[] = [];
        const tasks: Task[] = [];
        let expected = next;
        let unreadable = 0;
        const add = (entry: Entry): void => {
          entries.push(entry);
          tasks.push(entry.task);
        };
        page = { entries, next: () => expected };
        return {
          tasks,
          get unreadable() {
            return unreadable;
          },
          known(bytes, start) {
            const entry = before[expected];
            if (entry === undefined || tasks.length + unreadable >= maxEntries) return -1;
            const end = start + entry.end - entry.start;
            // An entry is an object: bytes that begin with the whole of it are that entry and no longer one.
            if (end > bytes.length || bytes.compare(entry.bytes, entry.start, entry.end, start, end) !== 0) return -1;
            add({ task: entry.task, bytes, start, end });
            expected += 1;
            return end;
          },
          read(value, bytes, start, end) {
            if (tasks.length + unreadable >= maxEntries) {
              throw new AppError('platform_too_large', `the list has more than ${maxEntries} tasks`);
            }
            const task = read(value);
            if (task === null) unreadable += 1;
            else {
              add({ task, bytes, start, end });
              expected = (placeOf(task.id) ?? expected - 1) + 1;
            }
          },
        };
      };

      return {
        page: newPage,
        keep() {
          if (page === null) return;
          for (const entry of page.entries) kept.push(entry);
          next = page.next();
        },
        end() {
          last = kept;
        },
      };
    },
  };
}
