import type { ImportRun, LedgerBatch } from '../model/import-run.ts';
import type { OpenRun } from './book.ts';
import { totalOf } from './doubt.ts';
import { isBelieved, type TotalReading } from './totals.ts';

/** The total that later ones are compared with. Throws any error of reading the task, and `store_failed`. */
export async function noteBase(open: OpenRun, earlier: readonly TotalReading[]): Promise<void> {
  const { store, clock, log, dialer, run } = open;
  const total = await totalOf(dialer, run.taskId);
  const readings = [run.facts.previewed, ...earlier];
  const base = total === null ? null : { total, believed: isBelieved(total, clock.now(), readings) };
  await store.noteRun(run.id, { base });
  open.run = { ...run, facts: { ...run.facts, base } };
  log.info('import started', { run: run.id, task: run.taskId, ready: run.counts.ready, believed: base?.believed });
}

/** Of a run that an earlier release began, the batch that was being sent says what the total was. */
export function withBase(run: ImportRun, batches: readonly LedgerBatch[]): ImportRun {
  const before = batches.find(({ state }) => state === 'sending')?.totalBefore ?? null;
  if (run.facts.base !== null || before === null) return run;
  const accepted = batches.reduce(
    (sum, { state, accepted, size }) => sum + (state === 'accepted' ? (accepted ?? size) : 0),
    0,
  );
  return { ...run, facts: { ...run.facts, base: { total: before - accepted, believed: true } } };
}

/** Whether no request of it has ever left. */
export function isUntouched({ run, batches }: OpenRun): boolean {
  return (
    run.facts.base === null && batches.every(({ state, turn }) => turn === null && /^(planned|withheld)$/.test(state))
  );
}
