import type { ImportChoices } from '../model/import-choices.ts';
import { isPlaceholder, numberIn } from './cell.ts';
import { type Consent, consentOf, isStatus } from './consent.ts';
import { type Header, maxColumns } from './header.ts';
import { looksLikeName } from './names.ts';
import { type Column, decide, holdsNumbers, type NameColumns, nameFor } from './people.ts';
import type { PhoneRules } from './phone.ts';
import type { Row } from './records.ts';
import { type Rows, type Seen, sampledRows } from './survey.ts';

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
  /** Whether what the list says of not calling someone rejects a row: not where that is why the list was given. */
  obeys: boolean;
  /** Columns of remarks, which may say not to call. */
  remarks: number[];
  /** Columns whose marks say whether a row may be called. */
  consents: { index: number; consent: Consent }[];
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

/** A number table without titles that is narrower than this is no list in lines of several. */
const maxGridWidth = 5;

/**
 * Titles decide what the columns are, content where they are silent, and a person’s choices above both.
 * @param seen all rows, as the survey saw them; only where titles leave something open are they gone through again.
 */
export function layoutOf(seen: Seen, rows: Rows, rules: PhoneRules, { choices, placed = false }: Given = {}): Layout {
  const { header, sample, data } = seen;
  const columns = columnsOf(header, sample, rules);
  if (header === null && isList(seen, columns)) return { kind: 'list' };

  let decision = decide(columns);
  // What titles leave open is decided by all rows.
  const certain = 'phones' in decision && columns.some(({ label }) => label?.kind === 'phone' && label.whose === 'own');
  let counted = columns;
  if (!certain && data > 2 * sampledRows) {
    const counts = countNumbers(after(rows(), header?.from ?? 0), columns.length, rules);
    counted = columns.map((column, index) => ({ ...column, ...counts[index] }));
    decision = decide(counted);
  }

  const fits = choices?.phones?.filter((index) => index < counted.length) ?? [];
  const obeys = choices?.doNotCall === undefined;
  const decided = 'phones' in decision ? decision.phones : choices?.doNotCall === 'add' ? decision.open : [];
  const chosen = fits.length > 0 ? fits : obeys ? decided : withForbidden(decided, counted);
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
    obeys,
    remarks: counted.filter((column) => !chosen.includes(column.index) && isRemark(column)).map(({ index }) => index),
    consents: counted.flatMap((column) => {
      const consent = chosen.includes(column.index) || holdsNumbers(column) ? null : consentOf(column.title);
      return consent === null ? [] : [{ index: column.index, consent }];
    }),
    strangers: counted.some(
      (column) => !chosen.includes(column.index) && (column.label?.kind === 'phone' || holdsNumbers(column)),
    ),
    width: placed ? null : header === null ? seen.usualWidth : header.titles.length,
  };
}

/** With the columns of numbers whose titles say that they must not be called. */
function withForbidden(phones: readonly number[], columns: readonly Column[]): number[] {
  const forbidden = columns.filter((column) => column.ready > 0 && consentOf(column.title) === 'forbids');
  return [...new Set([...phones, ...forbidden.map(({ index }) => index)])];
}

/** The columns as the sample shows them. */
function columnsOf(header: Header | null, sample: readonly Row[], rules: PhoneRules): Column[] {
  const width = sample.reduce((most, { cells }) => Math.max(most, cells.length), header?.titles.length ?? 0);
  return countNumbers(sample, Math.min(width, maxColumns), rules).map((counts, index) => {
    const label = header?.labels[index] ?? null;
    const people = label === null && holdsPeople(sample, index);
    return { index, title: header?.titles[index] ?? '', label, people, ...counts };
  });
}

/** Shorter cells hold no number. */
const minNumberLength = 7;

type Counts = Pick<Column, 'filled' | 'ready' | 'unusable'>;

/** What the first `width` columns hold. */
function countNumbers(rows: Iterable<Row>, width: number, rules: PhoneRules): Counts[] {
  const columns = Array.from({ length: width }, (): Counts => ({ filled: 0, ready: 0, unusable: 0 }));
  for (const { cells } of rows) {
    for (let index = 0; index < width && index < cells.length; index += 1) {
      const [cell, counts] = [cells[index], columns[index]];
      if (cell !== undefined && counts !== undefined) count(cell, counts, rules);
    }
  }
  return columns;
}

function count(cell: string, counts: Counts, rules: PhoneRules): void {
  if (cell === '' || cell.trim() === '') return;
  if (cell.length < minNumberLength) {
    if (!isPlaceholder(cell)) counts.filled += 1;
    return;
  }
  counts.filled += 1;
  const number = numberIn(cell, rules);
  if (number !== null) counts[number] += 1;
}

function* after(rows: Iterable<Row>, skipped: number): Generator<Row> {
  let index = 0;
  for (const row of rows) {
    if (index >= skipped) yield row;
    index += 1;
  }
}

function holdsPeople(sample: readonly Row[], index: number): boolean {
  const filled = sample.map(({ cells }) => cells[index] ?? '').filter((cell) => cell.trim() !== '');
  const names = filled.filter(looksLikeName).length;
  return names > 0 && names * 5 >= filled.length * 3;
}

const isRemark = ({ label, title }: Column): boolean => label === null || label.kind === 'remark' || isStatus(title);

function columnLabeled(columns: readonly Column[], kind: 'area' | 'country' | 'extension'): number | null {
  return columns.find(({ label }) => label?.kind === kind)?.index ?? null;
}

/** Not a table: one column, or cells that are numbers throughout, or digits in lines of different length. */
function isList({ data, isEven, hasLetters }: Seen, columns: readonly Column[]): boolean {
  if (columns.length <= 1) return true;
  const grid = data > 1 && isEven && columns.length <= maxGridWidth;
  if (grid) return false;
  if (columns.filter(({ filled }) => filled > 0).every(holdsNumbers)) return true;
  return (data === 1 || !isEven) && !hasLetters;
}
