import type { PhoneEntry } from '../model/numbers.ts';

/** The entries in their order, `batchSize` (≥ 1) to a request. */
export function planBatches(entries: readonly PhoneEntry[], batchSize: number): PhoneEntry[][] {
  const size = Math.max(1, Math.trunc(batchSize) || 1);
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, ordinal) =>
    entries.slice(ordinal * size, (ordinal + 1) * size),
  );
}
