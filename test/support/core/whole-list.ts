import type { CountedRows, ListedNumber, ListPiece, NumberList, RejectedRow } from '../../../src/core/model/numbers.ts';
import { maxShownRows } from '../../../src/core/model/numbers.ts';

/** A list with all its entries, for lists that are short enough. */
export interface WholeList extends Omit<NumberList, 'ready' | 'rejected' | 'leftOut'> {
  ready: ListedNumber[];
  rejected: RejectedRow[];
  /** The first of them. */
  leftOut: RejectedRow[];
}

/** Puts the pieces of a list together; what is said of the whole must agree with them. */
export function whole(pieces: readonly ListPiece[], list: NumberList): WholeList {
  const ready = pieces.flatMap((piece) => piece.ready);
  const rejected = pieces.flatMap((piece) => piece.rejected);
  const said = JSON.stringify([list.ready, list.rejected]);
  if (said !== JSON.stringify([countedEntries(ready), countedRows(rejected)]))
    throw new Error(`${ready.length} ready and ${rejected.length} rejected entries, but the list says ${said}`);
  return { ...list, ready, rejected, leftOut: list.leftOut.first };
}

export function countedEntries(entries: readonly ListedNumber[]): NumberList['ready'] {
  return { count: entries.length, first: entries.slice(0, maxShownRows) };
}

export function countedRows(rows: readonly RejectedRow[]): CountedRows {
  const reasons: CountedRows['reasons'] = {};
  for (const { reason } of rows) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return { count: rows.length, first: rows.slice(0, maxShownRows), reasons };
}
