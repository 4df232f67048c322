import type { ImportRun, LedgerBatch } from '../model/import-run.ts';
import type { ErrorRow, Imports } from './ports.ts';

/** Whether a batch has numbers for the error file, and why. What the task has already is no error. */
function whyOf({ state }: LedgerBatch): ErrorRow['why'] | null {
  if (state === 'planned') return 'unsent';
  if (state === 'sending') return 'unknown';
  return state === 'refused' || state === 'unknown' || state === 'withheld' ? state : null;
}

/** Whether there is anything to give back: rows of the list, or numbers of the run. */
export function hasErrorRows({ counts }: ImportRun, batches: readonly LedgerBatch[]): boolean {
  return counts.rejected > 0 || batches.some((batch) => whyOf(batch) !== null);
}

/** What could not be sent, from the store and piece by piece: first the rows that were rejected, then the numbers. */
export async function* errorRows(
  store: Pick<Imports, 'importRejects' | 'batchEntries'>,
  { id }: ImportRun,
  batches: readonly LedgerBatch[],
): AsyncGenerator<ErrorRow, void> {
  for (let piece = 0; ; piece += 1) {
    const rows = await store.importRejects(id, piece);
    if (rows.length === 0) break;
    for (const { line, cell, name = null, reason } of rows)
      yield { why: 'rejected', line, phone: cell, name, detail: reason };
  }
  for (const batch of batches) {
    const why = whyOf(batch);
    if (why === null) continue;
    for (const { phone, name, line } of await store.batchEntries(id, batch.ordinal))
      yield { why, line, phone, name, detail: batch.message };
  }
}
