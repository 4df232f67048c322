import { toAppError } from '../errors.ts';
import type { ImportBatch, ImportRun } from '../model/import-run.ts';
import type { Dialer } from '../ports.ts';
import { holding } from '../time/leases.ts';
import { endRun, type ImportResult, leaseOf, type RunDeps, totalOf } from './run.ts';

export interface SettledImport {
  run: ImportRun;
  result: ImportResult;
}

/**
 * Settles the runs whose process died: nothing is sent. A batch that was being sent counts as accepted when the task's
 * total has since grown by exactly that batch, else as unknown; the batches after it remain unsent. The caller notifies
 * each run's person. Call it at startup and from time to time: a run is left alone while its process lives, and for
 * some seconds after. A run that cannot be settled now (`store_failed`) is retried next time, and so is one whose task
 * is not `readable`.
 */
export async function resumeImports(
  deps: RunDeps,
  readable: (taskId: string) => boolean = () => true,
): Promise<SettledImport[]> {
  const settled: SettledImport[] = [];
  for (const run of await deps.store.runningImports()) {
    if (!readable(run.taskId)) continue;
    try {
      const result = await settle(deps, run);
      if (result !== null) settled.push({ run, result });
    } catch (thrown) {
      deps.log.error('import could not be settled', { run: run.id, code: toAppError(thrown).code });
    }
  }
  return settled;
}

async function settle(deps: RunDeps, { id }: ImportRun): Promise<ImportResult | null> {
  const alone = async (): Promise<ImportResult | null> => {
    // Read again: its process may have ended it between the query and the lease.
    const run = await deps.store.importRun(id);
    if (run?.state !== 'running') return null;
    const batches = await deps.store.importBatches(id);
    for (const batch of batches.filter(({ state }) => state === 'sending')) {
      const change = await judge(deps.dialer, run.taskId, batch);
      await deps.store.updateBatch(id, batch.ordinal, change);
      Object.assign(batch, change);
    }
    return endRun(deps, run, batches);
  };
  return holding(deps, leaseOf(id), alone, () => null);
}

type Judgment = Pick<ImportBatch, 'state' | 'accepted' | 'message'>;

/** Less growth proves nothing: someone else may have added numbers, or the platform may still be counting. */
async function judge(dialer: Dialer, taskId: string, batch: ImportBatch): Promise<Judgment> {
  const before = batch.totalBefore;
  const after = before === null ? null : await totalOf(dialer, taskId).catch(() => null);
  const arrived = before !== null && after !== null && after - before === batch.entries.length;
  return arrived
    ? { state: 'accepted', accepted: batch.entries.length, message: null }
    : { state: 'unknown', accepted: null, message: null };
}
