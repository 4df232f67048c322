import { createLease, type Lease, type LeaseDeps, type LeaseSpec } from '../time/leases.ts';
import type { RunOutcome } from './ledger.ts';

/**
 * What a process has sent; null where another one does. A run that goes on by itself has no result yet: whichever
 * process ends it reports that.
 */
type Sent = Pick<RunOutcome, 'result'>;

/** Who reports the result of a run: the process that sends it, in the place where it was ordered, or else a poll. */
export interface Showing {
  /** Sends a run whose result this process shows: until `shown`, or for a minute, no poll of any bot reports it. */
  sending<T extends Sent | null>(runId: string, send: () => Promise<T>): Promise<T>;
  /** Whether this process sends it, or is about to show its result. */
  isHere(runId: string): boolean;
  shown(runId: string): Promise<void>;
}

/** A result that could not be shown by then is reported like that of an interrupted run, ms. */
const maxShowingMs = 60_000;

/** The lease to report the result of a run. It ends with the process. */
export function showingLeaseOf(runId: string): LeaseSpec {
  return { name: `import-shown:${runId}`, owner: crypto.randomUUID(), ttlMs: maxShowingMs };
}

export function createShowing(deps: LeaseDeps): Showing {
  const here = new Map<string, { lease: Lease | null; until: number }>();
  return {
    async sending(runId, send) {
      here.set(runId, { lease: null, until: Number.POSITIVE_INFINITY });
      try {
        const outcome = await send();
        if (outcome === null || outcome.result.state === 'continues') {
          here.delete(runId);
          return outcome;
        }
        const lease = createLease(deps, showingLeaseOf(runId));
        const isTaken = await lease.take().catch(() => false);
        here.set(runId, { lease: isTaken ? lease : null, until: deps.clock.elapsed() + maxShowingMs });
        return outcome;
      } catch (thrown) {
        here.delete(runId);
        throw thrown;
      }
    },
    isHere: (runId) => deps.clock.elapsed() < (here.get(runId)?.until ?? Number.NEGATIVE_INFINITY),
    async shown(runId) {
      const lease = here.get(runId)?.lease;
      here.delete(runId);
      await lease?.release();
    },
  };
}
