import { setMaxListeners } from 'node:events';
import type { Clock } from './core/ports.ts';

/**
 * Real time. A sleep that is aborted ends early and does not reject. Any number of sleeps may share one signal; none of
 * them leaves a listener behind.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => Number(process.hrtime.bigint() / 1_000_000n),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      // Node warns of a leak at eleven listeners; here they are legitimate sleepers waiting for the same stop.
      if (signal !== undefined) setMaxListeners(0, signal);
      signal?.addEventListener('abort', done, { once: true });
      if (signal?.aborted) done();
    }),
};
