import { AppError } from '../errors.ts';
import type { ImportRun } from '../model/import-run.ts';
import { holding } from '../time/leases.ts';
import { leaseOf, type RunDeps } from './book.ts';
import { withdrawStart } from './order.ts';

/**
 * What a person may decide about a run: `resume` sends what was not sent; `send_unknown` also sends what may have
 * arrived already; `cancel` ends it after the batch that is being sent.
 */
export const runChoices = ['resume', 'send_unknown', 'cancel'] as const;
export type RunChoice = (typeof runChoices)[number];

/**
 * Writes a decision down; the bot that holds or takes the run then acts on it. Throws `AppError`: `already_decided` when the
 * run is over or someone else was first, `held_elsewhere` while it is being sent and so needs no resuming.
 */
export async function decide(deps: RunDeps, run: ImportRun, choice: RunChoice, place: string | null): Promise<void> {
  const { store, clock } = deps;
  if (choice === 'cancel') {
    const isTaken =
      (await store.moveImport(run.id, 'running', 'cancelling')) ||
      (await store.moveImport(run.id, 'halted', 'cancelling'));
    if (!isTaken) throw overtaken();
    await withdrawStart(store, run, 'cancelled');
    return;
  }
  const resumed = async (): Promise<void> => {
    if ((await store.importRun(run.id))?.state !== 'halted') throw overtaken();
    if (choice === 'send_unknown') {
      const batches = await store.importLedger(run.id);
      for (const { ordinal, state } of batches) {
        if (state === 'unknown') await store.updateBatch(run.id, ordinal, { state: 'planned' });
      }
      // From here on a total no longer tells what of them arrived.
      await store.noteRun(run.id, { base: null });
    }
    const change = { haltedBy: null, reported: false, startedAt: clock.now(), ...(place !== null && { place }) };
    await store.noteRun(run.id, change);
    if (!(await store.moveImport(run.id, 'halted', 'running'))) throw overtaken();
  };
  await holding(deps, leaseOf(run.id), resumed, () => {
    throw new AppError('held_elsewhere', 'this import is being sent');
  });
}

function overtaken(): AppError {
  return new AppError('already_decided', 'this import is over, or someone else has decided');
}
