import { numberIn } from './cell.ts';
import { labelOf } from './labels.ts';
import type { PhoneRules } from './phone.ts';
import { type Delimiter, type Row, readRows } from './records.ts';

/** In order of preference, for texts of which two make equally good tables. */
const delimiters: readonly Delimiter[] = ['\t', ';', '，', ',', '；', '、', '|', 'blanks', null];
const sampledLines = 200;
const maxSampledLength = 20_000;
const sampledColumns = 500;

/**
 * The delimiter that gives a table: the most rows with a number, below titles, in rows of the same width. null when
 * none does better than lines of one cell.
 */
export function delimiterOf(lines: Iterable<readonly string[]>, rules: PhoneRules): Delimiter {
  const sample = sampleOf(lines);
  const tried = delimiters
    .filter(
      (one) => one === null || sample.some((line) => (one === 'blanks' ? /\S\s+\S/.test(line) : line.includes(one))),
    )
    .map((delimiter) => ({ delimiter, ...judged(readRows([sample], delimiter), delimiter, rules) }))
    // Blanks separate words wherever there is text; only numbers make a table of it.
    .filter(({ table, delimiter, numbers }) => table && (delimiter !== 'blanks' || numbers > 0));
  // The sort is stable, so equal ones keep the order of preference.
  tried.sort((a, b) => b.numbers - a.numbers || b.titles - a.titles || b.even - a.even);
  return tried[0]?.delimiter ?? null;
}

/** The first lines that are not blank. */
function sampleOf(lines: Iterable<readonly string[]>): string[] {
  const sample: string[] = [];
  for (const part of lines) {
    for (const line of part) {
      if (line.trim() !== '') sample.push(line.slice(0, maxSampledLength));
      if (sample.length === sampledLines) return sample;
    }
  }
  return sample;
}

interface Judgment {
  /** Whether most rows have the same number of cells, more than one; a line as one cell always does. */
  table: boolean;
  /** Rows with a number in a cell of its own. */
  numbers: number;
  /** Known titles in the row that has most of them. */
  titles: number;
  /** The share of rows of the usual width. */
  even: number;
}

function judged(all: Iterable<Row>, delimiter: Delimiter, rules: PhoneRules): Judgment {
  const rows = [...all].filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const [width = 0, usual = 0] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  const even = usual / Math.max(1, rows.length);
  // Blanks also stand within numbers and names.
  const table = delimiter === null || (delimiter === 'blanks' ? width > 1 && even > 0.9 : width > 1);
  if (!table) return { table, numbers: 0, titles: 0, even };
  let [numbers, titles] = [0, 0];
  for (const { cells } of rows) {
    const looked = cells.slice(0, sampledColumns);
    if (looked.some((cell) => numberIn(cell, rules) !== null)) numbers += 1;
    else titles = Math.max(titles, looked.filter((cell) => labelOf(cell) !== null).length);
  }
  return { table, numbers, titles, even };
}
