import type { Clock, Log } from '../../core/ports.ts';
import { retryAfterMsOf, toSlackFailure } from '../api/errors.ts';
import { refusalOf } from '../api/refusals.ts';

/** In milliseconds. */
export interface Persistence {
  /** From the first attempt on; then the last failure is thrown. */
  forMs: number;
  /** The first pause between two attempts; it doubles. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** Whether trying again is pointless; by default what Slack refuses is. */
  hopeless?: (error: unknown) => boolean;
}

/** The pause after so many failures in a row (from 1), ms; or the one that Slack asks for. */
export function pauseAfter(
  failures: number,
  error: unknown,
  limits: Pick<Persistence, 'firstWaitMs' | 'longestWaitMs'>,
): number {
  return retryAfterMsOf(error) ?? Math.min(limits.firstWaitMs * 2 ** (failures - 1), limits.longestWaitMs);
}

const isRefused = (error: unknown): boolean => refusalOf(error) !== null;

/**
 * Tries again what failed for a reason that may pass. Throws what is hopeless at once, and everything else once the
 * time is up; ends early, with the last failure, when `signal` is aborted.
 */
export async function persist<T>(
  { clock, log, signal }: { clock: Clock; log: Log; signal: AbortSignal },
  limits: Persistence,
  what: string,
  act: () => Promise<T>,
): Promise<T> {
  const { hopeless = isRefused } = limits;
  const until = clock.elapsed() + limits.forMs;
  for (let failures = 1; ; failures += 1) {
    try {
      return await act();
    } catch (error) {
      const pauseMs = pauseAfter(failures, error, limits);
      if (hopeless(error) || signal.aborted || clock.elapsed() + pauseMs > until) throw error;
      // One line when it begins; how it goes on shows its end.
      const level = failures === 1 ? 'warn' : 'debug';
      log[level](`${what} failed, trying again`, { reason: toSlackFailure(error).message, pauseMs });
      await clock.sleep(pauseMs, signal);
      if (signal.aborted) throw error;
    }
  }
}
