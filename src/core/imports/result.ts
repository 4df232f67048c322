import type { ImportBatch } from '../ports.ts';

/** What a run came to. All figures are numbers of the list, except `accepted`. */
export interface ImportResult {
  /** How far the task's total grew by what was sent; null when the platform gave no total for some of it. */
  accepted: number | null;
  ready: number;
  /** By the platform's words; null where it said nothing. */
  refused: { count: number; message: string | null }[];
  /** Sent, and nobody knows whether they arrived. Never sent again. */
  unknown: number;
  /** Never sent, because the run stopped before. */
  unsent: number;
  /** Something is unknown or was not sent. */
  stopped: boolean;
}

/** @param batches with their entries, before those are forgotten. A batch still `sending` counts as unknown. */
export function resultOf(batches: readonly ImportBatch[]): ImportResult {
  const result: ImportResult = { accepted: 0, ready: 0, refused: [], unknown: 0, unsent: 0, stopped: false };
  for (const { entries, state, accepted, message } of batches) {
    const count = entries.length;
    result.ready += count;
    if (state === 'accepted')
      result.accepted = result.accepted === null || accepted === null ? null : result.accepted + accepted;
    else if (state === 'planned') result.unsent += count;
    else if (state === 'refused') addRefused(result.refused, count, message);
    else result.unknown += count;
  }
  return { ...result, stopped: result.unknown > 0 || result.unsent > 0 };
}

function addRefused(refused: ImportResult['refused'], count: number, message: string | null): void {
  const same = refused.find((entry) => entry.message === message);
  if (same) same.count += count;
  else refused.push({ count, message });
}
