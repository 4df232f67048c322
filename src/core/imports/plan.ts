import type { ImportBatch } from '../ports.ts';
import type { PhoneEntry } from './types.ts';

/** The batches of a run, none of them sent: the entries in their order, `batchSize` (≥ 1) to a request. */
export function planBatches(runId: string, entries: readonly PhoneEntry[], batchSize: number): ImportBatch[] {
  const size = Math.max(1, Math.trunc(batchSize) || 1);
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, ordinal) => ({
    runId,
    ordinal,
    entries: entries.slice(ordinal * size, (ordinal + 1) * size),
    state: 'planned',
    accepted: null,
    message: null,
  }));
}
