import type { Clock, Dialer, Log } from '../core/ports.ts';
import { createActions } from './actions.ts';
import { createWallClockReader } from './datetime.ts';
import { createHttp, type HttpSettings } from './http.ts';
import { createReads, type ReadingBudget } from './reads.ts';
import type { ImportShape } from './wire.ts';

export interface DialerSettings extends HttpSettings, ImportShape, ReadingBudget {
  /** IANA zone of the platform's wall-clock datetimes. */
  timeZone: string;
  /** Path of the progress endpoint below `url`, with `{id}` for the task; null when the platform offers none. */
  progressPath: string | null;
}

/**
 * The calling platform behind its task API. Reads are repeated a few times within a bound; actions are sent once and
 * judged by reading back. `random` (0 ≤ x < 1) spreads the waits between repeats.
 */
export function createDialer(
  settings: DialerSettings,
  deps: { log: Log; clock: Clock; random?: () => number },
): Dialer & { close(): void } {
  const { log, clock, random = Math.random } = deps;
  const readClock = createWallClockReader(settings.timeZone);
  const closing = new AbortController();
  const http = createHttp(settings, { log, clock });
  const reads = createReads(http, settings, { log, clock, random, readClock, closing: closing.signal });
  return {
    ...createActions(http, reads, settings, { clock, readClock, closing: closing.signal }),
    metadata: reads.metadata,
    progress: reads.progress,
    list: async () => (await reads.list()).tasks,
    close() {
      closing.abort();
      http.close();
    },
  };
}
