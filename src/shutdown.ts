import type { Clock, Log } from './core/ports.ts';
import { within } from './core/time/waiting.ts';

/**
 * What is closed together, in this order, and how long a stop waits for it, ms: ten seconds in all, as long as the
 * usual supervisors wait before they kill. What is cut off then is settled by reading after the next start.
 */
const phases = { receiving: 5_500, outgoing: 2_000, store: 1_500 };
type Phase = keyof typeof phases;

/** Everything that was opened and has to be closed, also when a later step of the start fails. */
export interface Shutdown {
  add(phase: Phase, ...closes: (() => unknown)[]): void;
  /** Closes all of it, phase by phase. Throws the first failure when all is done; a second run finds nothing left. */
  run(): Promise<void>;
}

export function createShutdown({ clock, log }: { clock: Clock; log: Log }): Shutdown {
  const opened: Record<Phase, (() => unknown)[]> = { receiving: [], outgoing: [], store: [] };
  return {
    add: (phase, ...closes) => void opened[phase].push(...closes),
    async run() {
      const failures: unknown[] = [];
      for (const phase of ['receiving', 'outgoing', 'store'] as const) {
        // Taken off as they are closed.
        const closing = opened[phase].splice(0).map(async (close) => close());
        const closed = Promise.allSettled(closing).then((results) => {
          for (const result of results) if (result.status === 'rejected') failures.push(result.reason);
        });
        await within(clock, { ms: phases[phase] }, closed, () => log.warn('cut off while stopping', { phase }));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
