import type { Clock, Dialer, Log } from '../core/ports.ts';
import { createActions } from './actions.ts';
import { createWallClockReader } from './datetime.ts';
import { createHttp, type HttpSettings } from './http.ts';
import { createReads, type ReadingBudget, type ReadsDeps } from './reads.ts';
import { shareReading } from './shared-reading.ts';
import type { ImportShape } from './wire.ts';

export interface DialerSettings extends HttpSettings, ImportShape, ReadingBudget {
  /** IANA zone of the platform's wall-clock datetimes. */
  timeZone: string;
  /** Path of the progress endpoint below `url`, with `{id}` for the task; null when the platform offers none. */
  progressPath: string | null;
}

/**
 * The calling platform behind its task API. Reads are retried within a limit; actions are sent once and verified by
 * reading back. `random` (0 ≤ x < 1) adds jitter to the waits between retries. `admit` is called with whose account each
 * reading shows; what it throws fails the reading.
 */
export function createDialer(
  settings: DialerSettings,
  deps: { log: Log; clock: Clock; random?: () => number; admit?: NonNullable<ReadsDeps['admit']> },
): Dialer & { close(): void } {
  const { log, clock, random = Math.random, admit = null } = deps;
  const readClock = createWallClockReader(settings.timeZone);
  const closing = new AbortController();
  const http = createHttp(settings, { log, clock });
  const reads = createReads(http, settings, { log, clock, random, readClock, closing: closing.signal, admit });
  const actions = createActions(http, reads, settings, { clock, readClock, closing: closing.signal });
  const listing = shareReading(() => reads.list());
  /** Before it is sent and after it is settled: neither moment may be seen through an older reading. */
  const changing =
    <A extends unknown[], R>(act: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> => {
      listing.outdate();
      return act(...given).finally(listing.outdate);
    };
  return {
    create: changing(actions.create),
    update: changing(actions.update),
    start: changing(actions.start),
    pause: changing(actions.pause),
    remove: changing(actions.remove),
    importNumbers: changing(actions.importNumbers),
    findCreated: actions.findCreated,
    metadata: reads.metadata,
    hasProgress: settings.progressPath !== null,
    progress: reads.progress,
    list: async () => (await listing.read()).tasks,
    close() {
      closing.abort();
      http.close();
    },
  };
}
