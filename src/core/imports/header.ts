import { numberIn } from './cell.ts';
import { type Label, labelOf, namesOther } from './labels.ts';
import type { PhoneRules } from './phone.ts';
import type { Row } from './records.ts';

/** The titles of a table. */
export interface Header {
  row: Row;
  /** By column; where titles stand in two rows, both. */
  titles: string[];
  labels: (Label | null)[];
  /** The index of the first row of data. */
  from: number;
}

/** How far down titles may stand, below notes, instructions and examples. */
const maxRowsAbove = 50;
/** Above its titles a table has a few examples at most. */
const maxNumbersAbove = 3;
const maxExamples = 3;
export const maxColumns = 500;

/** The row with the titles, by the known words in it; null when there is none. */
export function headerOf(rows: readonly Row[], rules: PhoneRules): Header | null {
  const top = rows.slice(0, maxRowsAbove + 1);
  const hasNumber = top.map((row) => holdsNumber(row, rules));
  const usual = usualFilled(rows);
  const scores = top.map((row, index) => (hasNumber[index] ? 0 : titleScore(row, usual)));
  const numbersIn = (from: number, to: number): number => hasNumber.slice(from, to).filter(Boolean).length;
  let best = scores.findIndex((score) => score > 0);
  if (best < 0) return null;
  for (let index = best + 1; index < top.length; index += 1) {
    const score = scores[index] ?? 0;
    const between = numbersIn(best + 1, index);
    // A caption of one cell may stand above an example; titles proper are those of the rows that follow them.
    const caption = (scores[best] ?? 0) < 2 * captionScore && score > (scores[best] ?? 0);
    if (score >= (scores[best] ?? 0) && score > 0 && (between === 0 || (caption && between <= maxNumbersAbove)))
      best = index;
  }
  const above = numbersIn(0, best);
  const below = rows.slice(best + 1, best + 1 + maxRowsAbove).some((row) => holdsNumber(row, rules));
  // Otherwise they are the titles of another table below the first.
  if (above > maxNumbersAbove || (above > 0 && !below)) return null;
  return withNeighbors(rows, best, rules);
}

/** Whether a row is one of titles, for recognizing those of a second table further down. */
export function isTitleRow(row: Row): boolean {
  return titleScore(row, 2) >= 2 * captionScore;
}

const captionScore = 2;

function holdsNumber({ cells }: Row, rules: PhoneRules): boolean {
  return cells.slice(0, maxColumns).some((cell) => numberIn(cell, rules) !== null);
}

/** How many cells most rows fill. */
function usualFilled(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows.slice(0, 2 * maxRowsAbove)) {
    const filled = cells.filter((cell) => cell.trim() !== '').length;
    counts.set(filled, (counts.get(filled) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** 0 when the row is none of titles. */
function titleScore({ cells }: Row, usual: number): number {
  const filled = cells.slice(0, maxColumns).filter((cell) => cell.trim() !== '');
  // A caption belongs to a table, not to its first column.
  if (filled.length === 1 && usual > 1) return 0;
  const labels = filled.map(labelOf);
  const known = labels.filter((label) => label !== null).length;
  const phone = labels.some((label) => label?.kind === 'phone' && label.whose !== 'other');
  const named = labels.some((label) => label?.kind === 'name' && label.whose === 'own');
  const mostly = known * 2 > filled.length && (named || known > 1);
  return phone || mostly ? known * captionScore + (phone ? 1 : 0) : 0;
}

/** Titles in two rows: groups above them, which say whose columns are beneath, or the parts of a group below. */
function withNeighbors(rows: readonly Row[], best: number, rules: PhoneRules): Header {
  const row = rows[best] ?? { line: 1, cells: [] };
  const cells = row.cells.slice(0, maxColumns);
  const below = rows[best + 1];
  const isSecond = below !== undefined && isContinuation(below, cells, rules);
  const above = best > 0 ? rows[best - 1] : undefined;
  const groups = above !== undefined && isGroups(above, rules) ? filledOn(above.cells, cells.length) : null;
  const seconds = isSecond ? below.cells.slice(0, maxColumns) : [];
  const mains = isSecond ? filledOn(cells, Math.max(cells.length, seconds.length)) : cells;

  const titles: string[] = [];
  const labels: (Label | null)[] = [];
  for (let index = 0; index < Math.max(cells.length, seconds.length); index += 1) {
    const [main = '', second = ''] = [mains[index], seconds[index]].map((cell) => cell?.trim());
    const group = second === '' ? (groups?.[index] ?? '') : main;
    const own = second === '' ? (cells[index] ?? '').trim() : second;
    titles.push([group, own].filter((part) => part !== '').join(' '));
    labels.push(within(labelOf(own), group));
  }
  let from = best + (isSecond ? 2 : 1);
  for (const end = from + maxExamples; from < end && isExample(rows[from]); ) from += 1;
  return { row, titles, labels, from };
}

/** A title beneath that of a group: `紧急联系人` above `电话`. */
function within(label: Label | null, group: string): Label | null {
  if (label === null || (label.kind !== 'phone' && label.kind !== 'name') || group === '') return label;
  if (namesOther(group)) return { ...label, whose: 'other' };
  const of = labelOf(group);
  const party = of?.kind === 'name' || of?.kind === 'phone' ? of.party : '';
  return party === '' ? label : { ...label, party };
}

/** Each cell with the text of the last one that is not blank: merged cells hold theirs in the first. */
function filledOn(cells: readonly string[], length: number): string[] {
  let last = '';
  return Array.from({ length }, (_, index) => {
    const cell = (cells[index] ?? '').trim();
    if (cell !== '') last = cell;
    return last;
  });
}

function isGroups(row: Row, rules: PhoneRules): boolean {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  return (
    filled.length > 1 &&
    !holdsNumber(row, rules) &&
    filled.every((cell) => cell.length <= 20 && !/[\d:：。，]/.test(cell))
  );
}

/** A row below titles that names the parts of a group, and is blank where the title above has none. */
function isContinuation(row: Row, titles: readonly string[], rules: PhoneRules): boolean {
  const parts = row.cells.map((cell, index) => ({ cell, index })).filter(({ cell }) => cell.trim() !== '');
  if (parts.length < 2 || holdsNumber(row, rules)) return false;
  const blanksAbove = parts.some(({ index }) => (titles[index] ?? '').trim() === '');
  return blanksAbove && parts.every(({ cell }) => labelOf(cell) !== null);
}

/** A row directly below the titles that shows how to fill in the table. */
function isExample(row: Row | undefined): boolean {
  const filled = row?.cells.map((cell) => cell.trim()).filter((cell) => cell !== '') ?? [];
  if (filled.length === 0) return false;
  if (filled.every((cell) => /^[(（]?(?:必填|选填|required|optional)[)）]?$/i.test(cell))) return true;
  return filled.some((cell) => cell.length <= maxExampleLength && exampleWords.test(cell));
}

const maxExampleLength = 40;
const exampleWords =
  /^[(（【*]?(?:举例|例如|例(?:$|[:：)）])|e\.g\.)|示例|样例|范例|範例|^[(（【*]?(?:example|sample)(?![a-z])|[(（【](?:example|sample|例)[)）】]$/i;
