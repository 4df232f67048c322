import { type AppError, toAppError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';

/** What a run may wait for before it goes on by itself; `import`: another one into the same task. */
export type RunWait = 'store' | 'platform' | 'import';

export interface Waiting {
  clock: Clock;
  log: Log;
  /** Aborted when the process stops. */
  stopping?: AbortSignal;
  run: { id: string };
  /** Shows what the run waits for. Never throws. */
  waits(what: RunWait): void;
}

/** So long a run waits in its process for a store that fails, ms. After that, a later poll goes on with it. */
const maxOutageMs = 10 * 60_000;
export const askEveryMs = 1_000;

/** Whether the store could not do something now that it may do later. */
export function isOutage(error: AppError): boolean {
  return error.code === 'store_failed' && error.details.permanent !== true;
}

/**
 * Repeats what the store fails to do until it does: what the platform answered is known to nobody else. `act` must be
 * harmless to do twice, as it may have taken effect without an answer. Throws its last error once the process stops or
 * ten minutes are over.
 */
export async function outlasting<T>({ clock, log, stopping, run, waits }: Waiting, act: () => Promise<T>): Promise<T> {
  const began = clock.elapsed();
  for (let failures = 0; ; failures += 1) {
    try {
      return await act();
    } catch (thrown) {
      const error = toAppError(thrown);
      if (!isOutage(error) || stopping?.aborted || clock.elapsed() - began >= maxOutageMs) throw error;
      if (failures === 0) log.warn('an import waits for the store', { run: run.id, reason: error.message });
      waits('store');
      await clock.sleep(askEveryMs, stopping);
    }
  }
}
