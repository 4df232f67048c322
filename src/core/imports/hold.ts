import type { Clock, Store } from '../ports.ts';

/** A process that is killed stops renewing, and another may settle its run after this. */
const leaseMs = 30_000;

export interface Hold {
  /** Asks the store whether this process still may send. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** Takes a run for this process, so that no other sends or settles it; null when another has it. */
export async function holdRun({ store, clock }: { store: Store; clock: Clock }, runId: string): Promise<Hold | null> {
  const name = `import:${runId}`;
  const owner = crypto.randomUUID();
  if (!(await store.lease(name, owner, leaseMs))) return null;
  const ended = new AbortController();
  const renewing = renew({ store, clock }, name, owner, ended.signal);
  return {
    isHeld: () => store.lease(name, owner, leaseMs),
    async release() {
      ended.abort();
      await renewing;
      // A lease that cannot be given back runs out by itself.
      await store.release(name, owner).catch(() => undefined);
    },
  };
}

/** One request with its read-back may take longer than a lease. A missed renewal shows at the next `isHeld`. */
async function renew(
  { store, clock }: { store: Store; clock: Clock },
  name: string,
  owner: string,
  ended: AbortSignal,
): Promise<void> {
  while (!ended.aborted) {
    try {
      await clock.sleep(leaseMs / 3, ended);
    } catch {
      return;
    }
    if (!ended.aborted) await store.lease(name, owner, leaseMs).catch(() => false);
  }
}
