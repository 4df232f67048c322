import type { ListWarning, LossKind } from '../model/numbers.ts';
import { narrow } from '../text/narrow.ts';
import { readCell } from './cell.ts';
import type { Layout, Table } from './columns.ts';
import { isGarbled } from './garbled.ts';
import type { PhoneRules } from './phone.ts';
import type { Row } from './records.ts';
import { type Seen, sampledRows } from './survey.ts';

/** What is looked at of a cell. */
const maxCellLength = 300;
/** Without a column of names, text is looked for in so many columns. */
const maxTextColumns = 20;
/** So few cells say nothing about a column. */
const minFilled = 4;

/** Of columns with numbers, so many are looked at. */
const maxNumberColumns = 10;
/** Of a line with a number per cell. */
const maxCellsOfRow = 20;
/** So many are enough for anyone. */
const maxWarnings = 6;

/**
 * What looks wrong with a list although each of its rows may be fine: one number that fills a column, names that are
 * garbled, a column that lost its digits. It is judged by the rows that stand for all others, so it costs no more for a
 * long list.
 */
export function warningsOf(layout: Layout, seen: Seen, rules: PhoneRules): ListWarning[] {
  const sample = evenly(seen);
  const found = layout.kind === 'table' ? warningsOfTable(layout, sample, rules) : warningsOfEntries(sample, rules);
  return found.filter((one) => one !== null).slice(0, maxWarnings);
}

/** Rows from all over the list: of the first, which are all in the sample, as few as of the others. */
function evenly({ sample, data }: Seen): Row[] {
  const others = sample.length - sampledRows;
  if (others <= 0) return sample;
  const step = Math.max(1, Math.round((data - sampledRows) / others));
  return sample.filter((_, index) => index >= sampledRows || index % step === 0);
}

type Found = (ListWarning | null)[];

function warningsOfTable(table: Table, sample: readonly Row[], rules: PhoneRules): Found {
  const called = table.phones.slice(0, maxNumberColumns).map(({ index }) => index);
  const cellsOf = (index: number): string[] => filledIn(sample.map(({ cells }) => cells[index]));
  const nameOf = (index: number) => titleOf(table, index);
  return [
    ...called.map((index) => commonest(cellsOf(index), nameOf(index), rules)),
    ...[...called, ...table.open.slice(0, maxNumberColumns)].map((index) =>
      lossOf(cellsOf(index), nameOf(index), rules),
    ),
    garbledIn(table, cellsOf),
  ];
}

/** Every cell of a list without columns is an entry. */
function warningsOfEntries(sample: readonly Row[], rules: PhoneRules): Found {
  const cells = filledIn(sample.flatMap((row) => row.cells.slice(0, maxCellsOfRow)));
  const words = cells.map((cell) => cell.replace(/[\d\s+()（）,，;；:：|、-]+/g, ' ').trim());
  const column = { title: null, position: null };
  return [commonest(cells, column, rules), lossOf(cells, column, rules), garbled(filledIn(words), column)];
}

type Named = Pick<ListWarning, 'title' | 'position'>;

function titleOf({ header }: Table, index: number): Named {
  return { title: header?.titles[index]?.trim() || null, position: index + 1 };
}

const filledIn = (cells: readonly (string | undefined)[]): string[] =>
  cells.map((cell) => (cell ?? '').slice(0, maxCellLength).trim()).filter((cell) => cell !== '');

/** The number that more than half of the cells of a column hold. */
function commonest(cells: readonly string[], column: Named, rules: PhoneRules): ListWarning | null {
  const counts = new Map<string, number>();
  let numbers = 0;
  for (const cell of cells) {
    const reading = readCell(cell, rules);
    if (!('phones' in reading)) continue;
    numbers += 1;
    for (const { phone } of reading.phones) counts.set(phone, (counts.get(phone) ?? 0) + 1);
  }
  const [phone = '', count = 0] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  if (numbers < minFilled || count * 2 <= numbers) return null;
  return { kind: 'one_number', ...column, phone, cells: count, of: numbers };
}

/** What most cells of a column lost. */
function lossOf(cells: readonly string[], column: Named, rules: PhoneRules): ListWarning | null {
  const counts: Record<LossKind, number> = { scientific: 0, rounded: 0, dates: 0, errors: 0 };
  for (const cell of cells) {
    const kind = lossIn(cell, rules);
    if (kind !== null) counts[kind] += 1;
  }
  const all = counts.scientific + counts.rounded + counts.dates + counts.errors;
  if (all < 2 || all * 2 <= cells.length) return null;
  const [loss] = lossKinds.toSorted((a, b) => counts[b] - counts[a]);
  return loss === undefined ? null : { kind: 'lossy', loss, ...column, cells: all, of: cells.length };
}

const lossKinds: readonly LossKind[] = ['scientific', 'rounded', 'dates', 'errors'];

/**
 * `1.38E+10`; `13800100000`, which a program made of `1.38001E+10`, and what a spreadsheet keeps of more than 15 digits;
 * dates, of which nobody knows what number they were; and `#####` or an error in the place of a value.
 */
function lossIn(cell: string, rules: PhoneRules): LossKind | null {
  if (/^#(?:#{2,}|[A-Z/0]{2,7}[!?]?)$/.test(cell)) return 'errors';
  const text = narrow(cell);
  if (/^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?:日|\D.{0,20})?$/.test(text)) return 'dates';
  if (/^\d{1,2}[-/.月](?:\d{1,2}|[A-Za-z]{3,9})(?:日|[-/.]\d{2,4})?$/.test(text)) return 'dates';
  const reading = readCell(cell, rules);
  if ('reason' in reading && reading.reason === 'scientific_lossy') return 'scientific';
  if (/^'?\d{15}0+$/.test(text)) return 'rounded';
  return 'phones' in reading && reading.phones.some(({ phone }) => /^1\d{5}0{5}$/.test(phone)) ? 'rounded' : null;
}

/** The names of a table; where it is not known which they are, whatever text it has. */
function garbledIn(table: Table, cellsOf: (index: number) => string[]): ListWarning | null {
  const names = table.phones.flatMap(({ name }) => [name?.full, name?.first, name?.last]).filter((at) => at != null);
  const text = table.columns
    .filter(({ index, ready, unusable }) => ready + unusable === 0 && !table.phones.some((one) => one.index === index))
    .map(({ index }) => index);
  for (const index of names.length > 0 ? new Set(names) : text.slice(0, maxTextColumns)) {
    const found = garbled(cellsOf(index), titleOf(table, index));
    if (found !== null) return found;
  }
  return null;
}

function garbled(cells: readonly string[], column: Named): ListWarning | null {
  const words = cells.filter((cell) => /[^\d\s.,:/-]/.test(cell));
  const wrong = words.filter(isGarbled);
  const [sample] = wrong;
  if (sample === undefined || wrong.length * 2 <= words.length) return null;
  // One unknown name is none that lost its letters.
  if (wrong.length === 1 && /^[?？]/.test(sample)) return null;
  return {
    kind: 'garbled',
    ...column,
    sample: sample.slice(0, maxSampleLength),
    cells: wrong.length,
    of: words.length,
  };
}

const maxSampleLength = 20;
