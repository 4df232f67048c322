import { toAppError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';

/**
 * Named leases in the store. They decide which bot acts, and nothing else: what was done is recorded in the domain
 * tables. A lease ends when it is released, when its time is up, or when the bot that holds it is gone (presence.ts).
 * All throw `store_failed`.
 */
export interface Leases {
  /**
   * Acquires or renews a lease for `ttlMs`; false when another owner holds it. One statement; the database decides.
   * @param ttlMs at most `maxLeaseMs`
   */
  lease(name: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Renews a lease; false when it is no longer this owner's: then another owner may have held it meanwhile. */
  renew(name: string, owner: string, ttlMs: number): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
  /** The names of all leases now held that start with `prefix`, of any owner. */
  leased(prefix: string): Promise<string[]>;
}

/** No lease lasts longer without renewal. One that seems to was dated by a clock that has been set back since. */
export const maxLeaseMs = 15 * 60_000;

/** For how long a lease is believed to be held without asking: shorter than it takes a bot to be taken for dead, ms. */
const believedMs = 3_000;

export type LeaseStore = Pick<Leases, 'lease' | 'renew' | 'release'>;

export interface LeaseDeps {
  store: LeaseStore;
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
   * Renews it once a third of its time, or three seconds, have passed, so that no call outlives it. The store decides:
   * a process that was stopped for a while, or whose clock was set, cannot know.
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
  let held = false;
  /** When the store last said so, by both clocks: while the machine sleeps, only the time of day goes on. */
  let saidAt = { elapsed: 0, now: 0 };
  const asking = new Set<Promise<boolean>>();

  const ask = (question: 'lease' | 'renew'): Promise<boolean> => {
    const at = { elapsed: clock.elapsed(), now: clock.now() };
    const asked = store[question](name, owner, ttlMs)
      .then((answer) => {
        [held, saidAt] = [answer, at];
        return answer;
      })
      .finally(() => asking.delete(asked));
    asking.add(asked);
    return asked;
  };

  return {
    take: () => ask('lease'),
    async isHeld() {
      if (!held) return false;
      const believed = Math.min(ttlMs / 3, believedMs);
      const isFresh = clock.elapsed() - saidAt.elapsed < believed && Math.abs(clock.now() - saidAt.now) < believed;
      return isFresh || ask('renew');
    },
    keep() {
      const ended = new AbortController();
      const renew = async (): Promise<void> => {
        await clock.sleep(ttlMs / 3, ended.signal);
        if (ended.signal.aborted || !held) return;
        await ask('renew').catch(() => false);
        return renew();
      };
      const renewing = renew();
      return () => {
        ended.abort();
        return renewing;
      };
    },
    async release() {
      await Promise.allSettled(asking);
      if (!held) return;
      held = false;
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
