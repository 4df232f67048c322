import type { Clock } from '../ports.ts';

/** An answer that took longer may be outdated, ms. Shorter than it takes a bot to be taken for dead. */
const maxAgeMs = 3_000;
const maxAsks = 3;

/**
 * The answer to what decides about a request that is about to leave. One that took seconds to arrive is asked for again:
 * the process may have stood still in between, and others may have acted for it. A source that is that slow three times is
 * believed.
 */
export async function justNow<T>(clock: Pick<Clock, 'elapsed'>, ask: () => Promise<T>): Promise<T> {
  for (let asks = 1; ; asks += 1) {
    const since = clock.elapsed();
    const answer = await ask();
    if (clock.elapsed() - since <= maxAgeMs || asks === maxAsks) return answer;
  }
}
