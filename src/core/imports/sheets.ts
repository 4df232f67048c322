import { numberIn } from './cell.ts';
import type { PhoneRules } from './phone.ts';
import type { Row } from './records.ts';

/** A sheet of a workbook, as far as it was looked into. */
export interface SeenSheet {
  hidden: boolean;
  /** Whether anything in it is a number. */
  numbers: boolean;
  empty: boolean;
}

/** How many rows of a sheet are looked at before one is chosen. */
export const maxSeenRows = 1_000;

export function seenSheet(rows: readonly Row[], hidden: boolean, rules: PhoneRules): SeenSheet {
  const numbers = rows.some(({ cells }) => cells.some((cell) => numberIn(cell, rules) !== null));
  return { hidden, numbers, empty: rows.length === 0 };
}

/**
 * The sheet to read: the one that was chosen, else the only visible one with numbers. null when a person has to choose:
 * several have numbers, or only hidden ones do.
 */
export function sheetToRead(sheets: readonly SeenSheet[], chosen: number | undefined): number | null {
  if (chosen !== undefined && chosen < sheets.length) return chosen;
  const visible = sheets.flatMap(({ hidden, numbers }, index) => (!hidden && numbers ? [index] : []));
  if (visible.length > 1) return null;
  const [only] = visible;
  if (only !== undefined) return only;
  if (sheets.some(({ numbers }) => numbers)) return null;
  // Nothing can be sent; what is there is shown.
  const shown = sheets.findIndex(({ hidden, empty }) => !hidden && !empty);
  return Math.max(0, shown);
}
