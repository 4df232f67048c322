import type { AppError } from '../errors.ts';
import type { Reading } from '../model/reading.ts';
import type { Clock } from '../ports.ts';
import { maxDriftMs, redated } from './redate.ts';

/** One read of the whole list, from its request on. */
interface ListRead {
  /** Its place among everything that happened to the board. */
  readonly order: number;
  /** When it was requested: epoch ms by the clock as it is set now, and by `Clock.elapsed`. */
  readonly askedAt: number;
  readonly asked: number;
}

/**
 * The newest readings in memory: the source of cards, lists and the panel between two polls. What is newer is decided
 * by the revision that the store issued, and here by what happened first, never by the time of day. When the clock is
 * set, everything on the board is dated anew, so that it is as old as before.
 */
export interface Board {
  /** Everything that was written to the store up to this revision is here; -1 before it was read. */
  readonly revision: number;
  /** When the last complete read of the list was requested, epoch ms; null before the first one. */
  readonly readAt: number | null;
  /** How long ago that was, ms; null before the first one. */
  readonly readAge: number | null;
  /** Set while the platform cannot be read: the time of the last successful poll. */
  readonly staleSince: number | null;
  /** Why the last poll failed; null when it succeeded. */
  readonly lastError: AppError | null;
  get(taskId: string): Reading | null;
  /** As `get`, but dated when something last happened and not when the task was last seen: nothing is made anew. */
  held(taskId: string): Reading | null;
  /** The readings of all other tasks. */
  allBut(taskIds: ReadonlySet<string>): Reading[];
  /** The readings of the tasks that are on. */
  allOn(): Reading[];
  /** The same array until a reading changes, so that what is derived from it can be kept. */
  all(): readonly Reading[];
  /** Adopts a reading made by this bot unless one of a later revision is present. */
  put(reading: Reading): void;
  /**
   * Adopts a reading from the store if its revision is later than that of the one that is present. `datedTo`: a time
   * that the clock which dated it has shown (epoch ms); if that lies in the future, the reading is dated anew.
   */
  adopt(stored: Reading, datedTo?: number | null): void;
  /** Everything up to that revision was adopted. */
  hasRead(revision: number): void;
  /** Whether the store has the reading that is held, as far as this bot knows. */
  isSaved(taskId: string): boolean;
  /** Drops the reading of a task that has left the store. */
  forget(taskId: string): void;
  /** Some bot read the complete list at that time (epoch ms): all tasks were still as they are here. */
  seenAt(at: number): void;
  /** To be called before the list is requested. */
  beginRead(): ListRead;
  /** Whether a reading of the task has come since then: what that list shows of it may be older. */
  hasNewer(taskId: string, read: ListRead): boolean;
  /**
   * The result of a complete read: the readings that came of it. All other tasks were seen then as they are here, but
   * for those that were `missing`. Newer readings of single tasks are kept; an older result is dropped.
   */
  complete(readings: Iterable<Reading>, read: ListRead, missing?: ReadonlySet<string>): void;
  /** That read failed. */
  failed(error: AppError, read: ListRead): void;
  /**
   * Counts complete reads that contradict what is known of a task (missing, or back after it was gone); returns how
   * many in a row. Pages of a list may be stale, so one is not enough.
   */
  suspect(taskId: string): number;
  trust(taskId: string): void;
  /**
   * Counts complete reads in a row in which tasks were missing: that read is one, null ends the row. Returns how many,
   * and for how long (ms).
   */
  absence(read: ListRead | null): { ms: number; reads: number };
}

/** A reading that lies further ahead than this was dated by a clock that was wrong; bots differ by less, ms. */
const maxAheadMs = 60_000;

export function createBoard(clock: Pick<Clock, 'now' | 'elapsed'>): Board {
  let readings = new Map<string, Reading>();
  let listed: readonly Reading[] | null = null;
  /** When each reading came, in the order of `order`. */
  const places = new Map<string, number>();
  let order = 0;
  let revision = -1;
  /** The last good poll of any bot, as it was noted. */
  let polledAt: number | null = null;
  /** Of the tasks whose reading could not be saved, the revision it was derived from. */
  const unsaved = new Map<string, number>();
  /** The reads under way and the last complete one: their instants follow the clock. */
  const dated = new Set<{ askedAt: number }>();
  let last: ListRead | null = null;
  /** Tasks that the last complete read did not show. */
  let unseen: ReadonlySet<string> = new Set();
  let failure: { error: AppError; since: number } | null = null;
  const suspicions = new Map<string, number>();
  let missing: { since: number; reads: number } | null = null;
  let difference = clock.now() - clock.elapsed();

  /** Dates everything anew when the clock was set since the last call. */
  const followClock = (): void => {
    const by = clock.now() - clock.elapsed() - difference;
    difference += by;
    if (Math.abs(by) <= maxDriftMs) return;
    readings = new Map([...readings].map(([id, reading]) => [id, redated(reading, by)]));
    listed = null;
    for (const read of dated) read.askedAt += by;
    if (failure !== null) failure.since += by;
  };

  /** The reading of a task, dated when it was last seen. Made when it is asked for: hardly any is between two polls. */
  const current = (id: string): Reading | null => {
    const reading = readings.get(id);
    if (reading === undefined) return null;
    const isDated = last === null || reading.state === 'gone' || unseen.has(id) || reading.takenAt >= last.askedAt;
    if (isDated || last === null) return reading;
    const seen = { ...reading, takenAt: last.askedAt };
    readings.set(id, seen);
    return seen;
  };

  const place = (reading: Reading): void => {
    order += 1;
    listed = null;
    readings.set(reading.task.id, reading);
    places.set(reading.task.id, order);
  };

  /** A read is over: only the last complete one is followed on. Whether a later one was faster. */
  const isLate = (read: ListRead): boolean => {
    dated.delete(read);
    return last !== null && read.order < last.order;
  };

  /** From now on this is the last good read. */
  const succeed = (read: ListRead, missing: ReadonlySet<string> = new Set()): void => {
    // They keep the date that the read before gave them.
    for (const id of missing) current(id);
    unseen = missing;
    listed = null;
    if (last !== null) dated.delete(last);
    dated.add(read);
    last = read;
    failure = null;
  };

  const hasNewer = (taskId: string, read: ListRead): boolean => (places.get(taskId) ?? 0) > read.order;

  return {
    get revision() {
      return revision;
    },
    get readAt() {
      followClock();
      return last?.askedAt ?? null;
    },
    get readAge() {
      return last === null ? null : clock.elapsed() - last.asked;
    },
    get staleSince() {
      followClock();
      return failure?.since ?? null;
    },
    get lastError() {
      return failure?.error ?? null;
    },
    get(taskId) {
      followClock();
      return current(taskId);
    },
    held(taskId) {
      followClock();
      return readings.get(taskId) ?? null;
    },
    all() {
      followClock();
      listed ??= [...readings.keys()].flatMap((id) => current(id) ?? []);
      return listed;
    },
    allOn() {
      followClock();
      return [...readings].flatMap(([id, { task, state }]) =>
        task.started && state !== 'gone' ? (current(id) ?? []) : [],
      );
    },
    allBut(taskIds) {
      followClock();
      return [...readings.keys()].flatMap((id) => (taskIds.has(id) ? [] : (current(id) ?? [])));
    },
    put(reading) {
      followClock();
      const held = readings.get(reading.task.id);
      if (held !== undefined && reading.revision < held.revision) return;
      // One that could not be saved carries the revision of the one it was derived from.
      if (reading.revision === (held?.revision ?? 0)) unsaved.set(reading.task.id, reading.revision);
      place(reading);
    },
    adopt(stored, datedTo = null) {
      followClock();
      const held = readings.get(stored.task.id);
      if (held !== undefined && stored.revision <= held.revision) return;
      const ahead = Math.max(stored.takenAt, datedTo ?? 0) - clock.now();
      place(ahead > maxAheadMs ? redated(stored, -ahead) : stored);
    },
    hasRead(upTo) {
      revision = upTo;
    },
    isSaved(taskId) {
      const held = readings.get(taskId);
      return held !== undefined && held.revision > 0 && unsaved.get(taskId) !== held.revision;
    },
    forget(taskId) {
      listed = null;
      readings.delete(taskId);
      places.delete(taskId);
      unsaved.delete(taskId);
      suspicions.delete(taskId);
    },
    seenAt(at) {
      followClock();
      if (at === polledAt) return;
      const isFirst = polledAt === null;
      polledAt = at;
      const askedAt = Math.min(at, clock.now());
      // Of a bot whose clock is ahead it is only known that it has polled since it was last asked.
      if ((isFirst && at - askedAt > maxAheadMs) || askedAt <= (last?.askedAt ?? 0)) return;
      order += 1;
      succeed({ order, askedAt, asked: clock.elapsed() - (clock.now() - askedAt) });
    },
    beginRead() {
      followClock();
      order += 1;
      const read = { order, askedAt: clock.now(), asked: clock.elapsed() };
      dated.add(read);
      return read;
    },
    hasNewer,
    complete(fresh, read, missing) {
      followClock();
      if (isLate(read)) return;
      polledAt = read.askedAt;
      for (const reading of fresh) {
        const { id } = reading.task;
        const isOlder = hasNewer(id, read) && (readings.get(id)?.revision ?? 0) >= reading.revision;
        if (!isOlder) readings.set(id, reading);
      }
      succeed(read, missing);
    },
    failed(error, read) {
      followClock();
      if (isLate(read)) return;
      const newest = Math.max(0, ...[...readings.values()].map((reading) => reading.takenAt));
      failure = { error, since: failure?.since ?? last?.askedAt ?? (newest > 0 ? newest : read.askedAt) };
    },
    suspect(taskId) {
      const count = (suspicions.get(taskId) ?? 0) + 1;
      suspicions.set(taskId, count);
      return count;
    },
    trust(taskId) {
      suspicions.delete(taskId);
    },
    absence(read) {
      if (read === null) missing = null;
      else missing = { since: missing?.since ?? read.asked, reads: (missing?.reads ?? 0) + 1 };
      return { ms: read === null || missing === null ? 0 : read.asked - missing.since, reads: missing?.reads ?? 0 };
    },
  };
}
