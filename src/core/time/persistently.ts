import { toAppError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';

/** How often, and how many times, a store that does not answer is tried again. */
const retryMs = 1_000;
const maxRetries = 600;

interface PersistentlyDeps {
  clock: Pick<Clock, 'sleep'>;
  log: Pick<Log, 'error'>;
  /** Aborted when the process stops. */
  stopping?: AbortSignal;
}

/** Writes something to a store that may be silent, for up to ten minutes. Never throws. */
export async function persistently(
  { clock, log, stopping }: PersistentlyDeps,
  write: () => Promise<unknown>,
): Promise<void> {
  for (let retries = 0; ; retries += 1) {
    try {
      await write();
      return;
    } catch (thrown) {
      if (retries === 0) log.error('an action could not be remembered yet', { code: toAppError(thrown).code });
      if (retries === maxRetries) return;
    }
    await clock.sleep(retryMs, stopping);
    if (stopping?.aborted) return;
  }
}
