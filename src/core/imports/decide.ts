import { AppError } from '../errors.ts';
import type { ImportRun } from '../model/import-run.ts';
import { holding } from '../time/leases.ts';
import { leaseOf, type RunDeps } from './book.ts';
import { orderFacts, withdrawStart } from './order.ts';

/**
 * What a person may decide about a run: `resume` sends what was not sent, `pause_resume` pauses the task before that and
 * starts it afterwards; `send_unknown` also sends what may have arrived already; `cancel` ends the run after the batch
 * that is being sent.
 */
export const runChoices = ['resume', 'pause_resume', 'send_unknown', 'cancel'] as const;
export type RunChoice = (typeof runChoices)[number];

/**
 * Writes a decision down; the bot that holds or takes the run then acts on it. Throws `AppError`: `already_decided` when the
 * run is over or someone else was first, `held_elsewhere` while it is being sent and so needs no resuming.
 */
export async function decide(
  deps: RunDeps,
  run: ImportRun,
  choice: RunChoice,
  { place, asOf = null }: { place: string | null; asOf?: number | null },
): Promise<void> {
  const { store, clock } = deps;
  if (choice === 'cancel') {
    // First, so that what is left of it cannot end in a start.
    await withdrawStart(store, run, 'cancelled');
    const isTaken =
      (await store.moveImport(run.id, 'running', 'cancelling')) ||
      (await store.moveImport(run.id, 'halted', 'cancelling')) ||
      (await store.moveImport(run.id, 'awaiting', 'stopped'));
    if (!isTaken) throw overtaken();
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
    const ordered = { order: 'pause_import_start', agreed: run.facts.start?.agreed ?? 0, asOf } as const;
    const change = {
      haltedBy: null,
      reported: false,
      startedAt: clock.now(),
      ...(place !== null && { place }),
      ...(choice === 'pause_resume' && orderFacts(ordered)),
    };
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
