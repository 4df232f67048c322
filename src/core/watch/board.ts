import type { AppError } from '../errors.ts';
import type { Reading } from '../model/reading.ts';

/** The newest readings in memory: the source of cards, lists and the panel between two polls. */
export interface Board {
  /** When the last complete read of the list was requested, epoch ms; null before the first one. */
  readonly readAt: number | null;
  /** Set while the platform cannot be read: the time of the last successful poll. */
  readonly staleSince: number | null;
  /** Why the last poll failed; null when it succeeded. */
  readonly lastError: AppError | null;
  get(taskId: string): Reading | null;
  /** The same array until a reading changes, so that what is derived from it can be kept. */
  all(): readonly Reading[];
  /** Adopts a reading unless a newer one of that task is present. */
  put(reading: Reading): void;
  /**
   * The result of a complete read requested at `readAt`. Newer readings of single tasks are kept; an older result is
   * dropped.
   */
  replaceAll(readings: Iterable<Reading>, readAt: number): void;
  /** A read requested at `askedAt` failed. */
  failed(error: AppError, askedAt: number): void;
  /**
   * Counts complete reads that contradict what is known of a task (missing, or back after it was gone); returns how
   * many in a row. Pages of a list may be stale, so one is not enough.
   */
  suspect(taskId: string): number;
  trust(taskId: string): void;
  /**
   * Counts complete reads in a row in which tasks were missing: the read requested at that time is one, null ends the
   * row. Returns how many, and for how long (ms).
   */
  absence(readAt: number | null): { ms: number; reads: number };
}

export function createBoard(): Board {
  let readings = new Map<string, Reading>();
  let listed: readonly Reading[] | null = null;
  let readAt: number | null = null;
  let failure: { error: AppError; since: number } | null = null;
  const suspicions = new Map<string, number>();
  let missing: { since: number; reads: number } | null = null;

  const put = (reading: Reading): void => {
    const held = readings.get(reading.task.id);
    if (held !== undefined && isNewer(held, reading)) return;
    readings.set(reading.task.id, reading);
    listed = null;
  };

  return {
    get readAt() {
      return readAt;
    },
    get staleSince() {
      return failure?.since ?? null;
    },
    get lastError() {
      return failure?.error ?? null;
    },
    get: (taskId) => readings.get(taskId) ?? null,
    all() {
      listed ??= [...readings.values()];
      return listed;
    },
    put,
    replaceAll(fresh, at) {
      if (readAt !== null && at < readAt) return;
      const held = readings;
      readings = new Map();
      listed = null;
      for (const reading of fresh) readings.set(reading.task.id, reading);
      for (const reading of held.values()) if (reading.takenAt > at) put(reading);
      readAt = at;
      failure = null;
    },
    failed(error, askedAt) {
      if (readAt !== null && askedAt < readAt) return;
      const newest = Math.max(0, ...[...readings.values()].map((reading) => reading.takenAt));
      failure = { error, since: failure?.since ?? readAt ?? (newest > 0 ? newest : askedAt) };
    },
    suspect(taskId) {
      const count = (suspicions.get(taskId) ?? 0) + 1;
      suspicions.set(taskId, count);
      return count;
    },
    trust(taskId) {
      suspicions.delete(taskId);
    },
    absence(at) {
      if (at === null) missing = null;
      else missing = { since: missing?.since ?? at, reads: (missing?.reads ?? 0) + 1 };
      return { ms: at === null || missing === null ? 0 : at - missing.since, reads: missing?.reads ?? 0 };
    },
  };
}

/** The store decides the order. Readings that were not saved carry the revision of the one they were derived from. */
function isNewer(a: Reading, b: Reading): boolean {
  return a.revision === b.revision ? a.takenAt > b.takenAt : a.revision > b.revision;
}
