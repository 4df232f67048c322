import { createLease, type LeaseSpec } from '../time/leases.ts';
import { type OpenRun, runLeaseMs } from './book.ts';
import { outlasting } from './outage.ts';

/**
 * Numbers go into a task from one run at a time. Of two that are sent side by side, neither would know which numbers are
 * on their way from the other, and no total could tell whose of them arrived.
 */

/** How often a run looks whether it is its turn, ms. */
const lookEveryMs = 1_000;

function leaseInto(taskId: string): LeaseSpec {
  return { name: `import-into:${taskId}`, owner: crypto.randomUUID(), ttlMs: runLeaseMs };
}

/**
 * Acts while no other run sends into the task. While one does, `isPatient` is asked from time to time; null once it is
 * not. Throws as `act`, and what `outlasting` throws.
 */
export async function inTurn<T>(
  open: OpenRun,
  act: () => Promise<T>,
  isPatient: () => Promise<boolean>,
): Promise<T | null> {
  const lease = createLease(open, leaseInto(open.run.taskId));
  while (!(await outlasting(open, () => lease.take()))) {
    if (!(await isPatient())) return null;
    open.waits('import');
    await open.clock.sleep(lookEveryMs, open.stopping);
  }
  const stop = lease.keep();
  const own = open.lease;
  // A run that lost its turn sends nothing more, as one that lost the run.
  open.lease = { ...own, isHeld: async () => (await Promise.all([own.isHeld(), lease.isHeld()])).every(Boolean) };
  try {
    return await act();
  } finally {
    open.lease = own;
    await stop();
    await lease.release();
  }
}
