import { AppError } from '../errors.ts';
import { type ImportChoices, importChoices } from '../model/import-choices.ts';
import { mainland, type NumberList } from '../model/numbers.ts';
import { Collector } from './collect.ts';
import { type Given, layoutOf } from './columns.ts';
import { decodeText } from './decode.ts';
import { entriesOf } from './entries.ts';
import type { Row } from './records.ts';
import { rowsOf } from './table.ts';
import { describeTable, readTable } from './table-reading.ts';

/** A list of numbers as it was given, a file or pasted text, and what the person decided about it. */
export type GivenList = ({ bytes: Uint8Array } | { text: string }) & { choices?: ImportChoices };

export interface ReadOptions {
  /** Whose numbers are sent (ISO 3166, two letters), the country of numbers without a country code first. Default CN. */
  countries?: readonly string[];
  /** MB (1,048,576 bytes) of file, or as many times 1,048,576 characters of pasted text. Default 50. */
  maxMb?: number;
  /** Rows in the list. Default 1,000,000. */
  maxRows?: number;
  /** Columns of a table. Default 500. */
  maxColumns?: number;
}

export const usualLimits = { countries: [mainland], maxMb: 50, maxRows: 1_000_000, maxColumns: 500 } as const;

/**
 * The numbers in a CSV or TXT file, or in pasted text: one per line, or a table, or several per line. Throws
 * `file_too_large`, `file_too_many_rows` and `file_too_many_columns` beyond the limits and `file_unreadable` for
 * anything that is not text (archives, images); workbooks are unpacked elsewhere and read by `numbersIn`.
 */
export function readNumbers(input: GivenList, options: ReadOptions = {}): NumberList {
  checkSize('bytes' in input ? input.bytes.length : input.text.length, options);
  const { text, ...decoded } =
    'bytes' in input
      ? decodeText(input.bytes, input.choices?.encoding)
      : { text: input.text, encoding: null, encodingDoubtful: false };
  const rows = rowsOf(text, { countries: options.countries ?? usualLimits.countries });
  return { ...numbersIn(rows, options, { choices: input.choices }), ...decoded, workbook: null };
}

/** Throws `file_too_large`. */
export function checkSize(bytes: number, { maxMb = usualLimits.maxMb }: ReadOptions): void {
  if (bytes <= maxMb * 1024 * 1024) return;
  throw new AppError('file_too_large', `the list is larger than ${maxMb} MB`, { details: { limit: maxMb } });
}

function quotedIn(rows: readonly Row[]): NumberList['quotedNumbers'] {
  const found = rows.filter(
    ({ cells, multiline }) => multiline && cells.some((cell) => /\n[^\n]*(?<!\d)1[3-9]\d{9}(?!\d)/.test(cell)),
  );
  return found[0] === undefined ? null : { rows: found.length, line: found[0].line };
}

/**
 * The numbers in the rows of any source. Throws `file_too_many_rows` and `file_too_many_columns`.
 */
export function numbersIn(
  rows: readonly Row[],
  options: ReadOptions,
  given: Given,
): Omit<NumberList, 'encoding' | 'encodingDoubtful' | 'workbook'> {
  const { countries, maxRows, maxColumns } = { ...usualLimits, ...options };
  const rules = { countries };
  const { several } = given.choices ?? importChoices.parse({});
  const collector = new Collector(several);
  const layout = layoutOf(rows, rules, given);
  if (rows.some((row) => isWider(row, maxColumns, layout.kind))) throw beyond('columns', maxColumns);
  if (layout.kind === 'table') {
    // Titles and what is above them are no rows of data.
    if (rows.length - (layout.header?.from ?? 0) > maxRows) throw beyond('rows', maxRows);
    const skipped = readTable(rows, layout, { rules, collector });
    const quotedNumbers = quotedIn(rows);
    return { rows: rows.length, ...collector.result(), skipped, quotedNumbers, ...describeTable(layout) };
  }
  let entries = 0;
  for (const { line, cell, reading } of entriesOf(rows, rules)) {
    entries += 1;
    if (entries > maxRows) throw beyond('rows', maxRows);
    collector.add({ line, cells: [{ cell, reading, name: null }] });
  }
  return {
    rows: entries,
    ...collector.result(),
    skipped: 0,
    quotedNumbers: quotedIn(rows),
    columns: [],
    phones: [],
    name: null,
    open: [],
    phoneColumn: null,
    nameColumn: null,
  };
}

/** Anything beyond the columns that are looked at; a line that is full of numbers to its end has none. */
function isWider({ cells }: Row, maxColumns: number, kind: 'table' | 'list'): boolean {
  if (cells.length <= maxColumns) return false;
  const isFilled = (cell: string): boolean => cell.trim() !== '';
  return cells.slice(maxColumns).some(isFilled) && (kind === 'table' || cells.filter(isFilled).length <= maxColumns);
}

/** The error for a list with more rows or columns than it may have. */
export function beyond(what: 'rows' | 'columns', limit: number): AppError {
  return new AppError(`file_too_many_${what}`, `the list has more than ${limit} ${what}`, { details: { limit } });
}
