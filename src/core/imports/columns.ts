import type { ImportChoices } from '../model/import-choices.ts';
import { isPlaceholder, numberIn } from './cell.ts';
import { type Header, headerOf, maxColumns } from './header.ts';
import { looksLikeName } from './names.ts';
import { type Column, decide, holdsNumbers, type NameColumns, nameFor } from './people.ts';
import type { PhoneRules } from './phone.ts';
import type { Row } from './records.ts';

/** How to read the rows of a list. */
export type Layout =
  /** Every cell is an entry, or several. */
  { kind: 'list' } | Table;

export interface Table {
  kind: 'table';
  header: Header | null;
  columns: Column[];
  /** The columns of the customer’s own numbers, with where each finds its name; none while it is open which. */
  phones: { index: number; name: NameColumns | null }[];
  /** The columns of which a person has to choose; empty when it is clear. */
  open: number[];
  /** The columns whose cells complete a number. */
  area: number | null;
  country: number | null;
  /** Extensions, which cannot be dialed. */
  extension: number | null;
  /** Columns of remarks, which may say not to call. */
  remarks: number[];
  /** Whether other columns hold numbers, too: then a row must have its cells where they belong. */
  strangers: boolean;
  /** Cells in a row; null when cells cannot move, or when rows differ and no titles say. */
  width: number | null;
}

/** What is known of rows beside their cells. */
export interface Given {
  choices?: ImportChoices | undefined;
  /** Every cell is in its column for certain, as in a workbook; in a text, a stray delimiter moves those after it. */
  placed?: boolean;
}

const sampledRows = 500;
/** A number table without titles that is narrower than this is no list in lines of several. */
const maxGridWidth = 5;

/** Titles decide what the columns are, content where they are silent, and a person’s choices above both. */
export function layoutOf(rows: readonly Row[], rules: PhoneRules, { choices, placed = false }: Given = {}): Layout {
  const header = headerOf(rows, rules);
  const data = header === null ? rows : rows.slice(header.from);
  const columns = columnsOf(header, sampleOf(data), rules);
  if (header === null && isList(data, columns)) return { kind: 'list' };

  let decision = decide(columns);
  // What titles leave open is decided by all rows.
  const certain = 'phones' in decision && columns.some(({ label }) => label?.kind === 'phone' && label.whose === 'own');
  const counted =
    certain || data.length <= 2 * sampledRows
      ? columns
      : columns.map((column) => ({ ...column, ...countNumbers(data, column.index, rules) }));
  if (counted !== columns) decision = decide(counted);

  const fits = choices?.phones?.filter((index) => index < counted.length) ?? [];
  const chosen = fits.length > 0 ? fits : 'phones' in decision ? decision.phones : [];
  const name = choices?.name;
  return {
    kind: 'table',
    header,
    columns: counted,
    phones: chosen.map((index) => ({
      index,
      name:
        name === undefined
          ? nameFor(index, counted, header !== null)
          : name === null
            ? null
            : { full: name, first: null, last: null },
    })),
    open: chosen.length === 0 && 'open' in decision ? decision.open : [],
    area: columnLabeled(counted, 'area'),
    country: columnLabeled(counted, 'country'),
    extension: columnLabeled(counted, 'extension'),
    remarks: counted.filter(isRemark).map(({ index }) => index),
    strangers: counted.some(
      (column) => !chosen.includes(column.index) && (column.label?.kind === 'phone' || holdsNumbers(column)),
    ),
    width: placed ? null : header === null ? usualWidth(data) : header.titles.length,
  };
}

/** The first rows, and some from all over the rest. */
function sampleOf(rows: readonly Row[]): Row[] {
  const first = rows.slice(0, sampledRows);
  const step = Math.max(1, Math.ceil((rows.length - sampledRows) / sampledRows));
  for (let index = sampledRows; index < rows.length; index += step) first.push(rows[index] ?? { line: 0, cells: [] });
  return first;
}

/** The columns as the sample shows them. */
function columnsOf(header: Header | null, sample: readonly Row[], rules: PhoneRules): Column[] {
  const width = sample.reduce((most, { cells }) => Math.max(most, cells.length), header?.titles.length ?? 0);
  return Array.from({ length: Math.min(width, maxColumns) }, (_, index) => {
    const label = header?.labels[index] ?? null;
    const column = {
      index,
      title: header?.titles[index] ?? '',
      label,
      people: label === null && holdsPeople(sample, index),
    };
    return { ...column, ...countNumbers(sample, index, rules) };
  });
}

/** Shorter cells hold no number. */
const minNumberLength = 7;

function countNumbers(
  rows: readonly Row[],
  index: number,
  rules: PhoneRules,
): Pick<Column, 'filled' | 'ready' | 'unusable'> {
  const counts = { filled: 0, ready: 0, unusable: 0 };
  for (const { cells } of rows) {
    const cell = cells[index];
    if (cell === undefined || cell === '' || cell.trim() === '') continue;
    if (cell.length < minNumberLength) {
      if (!isPlaceholder(cell)) counts.filled += 1;
      continue;
    }
    counts.filled += 1;
    const number = numberIn(cell, rules);
    if (number !== null) counts[number] += 1;
  }
  return counts;
}

function holdsPeople(sample: readonly Row[], index: number): boolean {
  const filled = sample.map(({ cells }) => cells[index] ?? '').filter((cell) => cell.trim() !== '');
  const names = filled.filter(looksLikeName).length;
  return names > 0 && names * 5 >= filled.length * 3;
}

const isRemark = ({ label, title }: Column): boolean =>
  label === null ||
  label.kind === 'remark' ||
  (label.kind === 'column' && /状态|狀態|标签|结果|status|tag|result/i.test(title));

function columnLabeled(columns: readonly Column[], kind: 'area' | 'country' | 'extension'): number | null {
  return columns.find(({ label }) => label?.kind === kind)?.index ?? null;
}

/** Not a table: one column, or cells that are numbers throughout, or digits in lines of different length. */
function isList(rows: readonly Row[], columns: readonly Column[]): boolean {
  if (columns.length <= 1) return true;
  const widths = new Set(rows.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length));
  const grid = rows.length > 1 && widths.size === 1 && columns.length <= maxGridWidth;
  if (grid) return false;
  if (columns.filter(({ filled }) => filled > 0).every(holdsNumbers)) return true;
  const shapeless = rows.length === 1 || widths.size > 1;
  return shapeless && rows.every(({ cells }) => cells.every((cell) => !/\p{L}/u.test(cell)));
}

function usualWidth(rows: readonly Row[]): number | null {
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const [width, count] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return count * 2 > rows.length ? width : null;
}
