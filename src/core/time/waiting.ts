import type { Clock } from '../ports.ts';

const pending = Symbol('pending');

/**
 * The result of `work`, or `otherwise` once `ms` have passed or `signal` is aborted. The work continues; only the
 * waiting ends.
 */
export async function within<T, U>(
  clock: Pick<Clock, 'sleep'>,
  { ms, signal }: { ms: number; signal?: AbortSignal },
  work: Promise<T>,
  otherwise: () => U,
): Promise<T | U> {
  // What is known already costs no timer: every command asks for things that were read long ago.
  const known = await Promise.race<T | typeof pending>([work, pending]);
  if (known !== pending) return known;
  const over = new AbortController();
  const timeUp = clock
    .sleep(ms, signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]))
    .then<T | U>(() => (over.signal.aborted ? work : otherwise()));
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    // A reason, because without one each abort builds an error with its stack.
    over.abort('over');
  }
}

/** For how long requests to wait are followed. Times in ms. */
export interface Patience {
  /** Maximum number of waits. */
  maxWaits: number;
  /** Maximum duration of each. */
  maxWaitMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Runs `act` until its result no longer asks to wait, or patience is exhausted: then the last result is returned.
 * @param waitOf how long a result asks to wait, ms; null when it does not.
 */
export async function patiently<T>(
  clock: Pick<Clock, 'sleep'>,
  { maxWaits, maxWaitMs, signal }: Patience,
  act: () => Promise<T>,
  waitOf: (result: T) => number | null,
): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    const result = await act();
    if (waits >= maxWaits || signal?.aborted) return result;
    const wait = waitOf(result);
    if (wait === null) return result;
    await clock.sleep(Math.min(wait, maxWaitMs), signal);
    if (signal?.aborted) return result;
  }
}
