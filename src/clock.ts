import { setMaxListeners } from 'node:events';
import type { Clock } from './core/ports.ts';

/**
 * Real time. A sleep that is aborted ends early and does not reject. Any number may sleep on one signal; none of them
 * leaves a listener behind.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      // Node takes eleven listeners for a leak; here they are eleven sleepers that wait for the same stop.
      if (signal !== undefined) setMaxListeners(0, signal);
      signal?.addEventListener('abort', done, { once: true });
      if (signal?.aborted) done();
    }),
};
