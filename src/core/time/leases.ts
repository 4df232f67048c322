import { toAppError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';

/**
 * Named leases in the store. They decide which bot acts, and nothing else: what was done is recorded in the domain
 * tables. All throw `store_failed`.
 */
export interface Leases {
  /**
   * Acquires or renews a lease until now + `ttlMs`; false when another owner holds it. One statement; the database
   * decides.
   */
  lease(name: string, owner: string, ttlMs: number): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
  /** The names of all unexpired leases that start with `prefix`, of any owner. */
  leased(prefix: string): Promise<string[]>;
}

export interface LeaseDeps {
  store: Pick<Leases, 'lease' | 'release'>;
  clock: Clock;
  log: Pick<Log, 'error'>;
}

export interface LeaseSpec {
  name: string;
  /** Must not be shared by two concurrent holders. */
  owner: string;
  ttlMs: number;
}

/** A lease as seen by its holder. */
export interface Lease {
  /** Acquires or renews it now. */
  take(): Promise<boolean>;
  /**
   * Whether it has been held without a gap since it was last acquired: after a gap, another process may have acted.
   * Renews it once a third of its time is used up, so that no call outlives it.
   */
  isHeld(): Promise<boolean>;
  /**
   * Renews it in the background until the returned function is called or the lease is lost: acquiring it again would
   * hide the gap from `isHeld`. A failed renewal is tried again.
   */
  keep(): () => Promise<void>;
  /**
   * Releases it, if acquired; a renewal in progress is awaited, as it would acquire it once more. Never throws: one
   * that cannot be released expires on its own.
   */
  release(): Promise<void>;
}

export function createLease({ store, clock, log }: LeaseDeps, { name, owner, ttlMs }: LeaseSpec): Lease {
  /** 0 while it is not held. */
  let until = 0;
  const taking = new Set<Promise<boolean>>();

  const ask = async (): Promise<boolean> => {
    const next = clock.elapsed() + ttlMs;
    until = (await store.lease(name, owner, ttlMs)) ? next : 0;
    return until !== 0;
  };
  const take = (): Promise<boolean> => {
    const asked = ask().finally(() => taking.delete(asked));
    taking.add(asked);
    return asked;
  };

  return {
    take,
    async isHeld() {
      if (clock.elapsed() >= until) return false;
      return clock.elapsed() < until - (ttlMs * 2) / 3 || take();
    },
    keep() {
      const ended = new AbortController();
      const renew = async (): Promise<void> => {
        await clock.sleep(ttlMs / 3, ended.signal);
        if (ended.signal.aborted || clock.elapsed() >= until) return;
        await take().catch(() => false);
        return renew();
      };
      const renewing = renew();
      return () => {
        ended.abort();
        return renewing;
      };
    },
    async release() {
      await Promise.allSettled(taking);
      if (until === 0) return;
      until = 0;
      await store
        .release(name, owner)
        .catch((thrown) => log.error('a lease could not be released', { name, code: toAppError(thrown).code }));
    },
  };
}

/** Runs `act` while holding a lease that is renewed meanwhile; returns `otherwise` when another owner holds it. */
export async function holding<T, U>(
  deps: LeaseDeps,
  spec: LeaseSpec,
  act: (lease: Lease) => Promise<T>,
  otherwise: () => U,
): Promise<T | U> {
  const lease = createLease(deps, spec);
  if (!(await lease.take())) return otherwise();
  const stop = lease.keep();
  try {
    return await act(lease);
  } finally {
    await stop();
    await lease.release();
  }
}
