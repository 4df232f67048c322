import { AppError } from '../errors.ts';
import { type ImportChoices, importChoices } from '../model/import-choices.ts';
import { type ListPiece, mainland, type NumberList } from '../model/numbers.ts';
import { Collector } from './collect.ts';
import { type Given, layoutOf } from './columns.ts';
import { allCountries } from './countries.ts';
import { decodeText } from './decode.ts';
import { entriesOf } from './entries.ts';
import { markupKind, markupLength, unreadable } from './file-kind.ts';
import { type Rows, type Seen, Survey } from './survey.ts';
import { rowsOf } from './table.ts';
import { describeTable, readTable } from './table-reading.ts';
import { type Text, textOf } from './text.ts';
import { warningsOf } from './warnings.ts';

/** A list of numbers, a file or pasted text, and what the person decided about it. */
export type GivenList = ({ bytes: Uint8Array } | { text: string }) & { choices?: ImportChoices };

/** A list as it was given: a file may still have to come. */
export type ListToRead = ({ file: FileSource } | { bytes: Uint8Array } | { text: string }) & {
  choices?: ImportChoices;
};

/**
 * Hands a file over, part by part, waiting for each to be taken. null says that what came so far was not the whole, and
 * that it begins anew. Throws what prevents it.
 */
export type FileSource = (take: (part: Uint8Array | null) => Promise<void>) => Promise<void>;

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
 * The numbers in a CSV or TXT file, or in pasted text, piece by piece: one per line, or a table, or several per line.
 * Returns what is to be said of the list as a whole. Throws
 * `file_too_large`, `file_too_many_rows` and `file_too_many_columns` beyond the limits and `file_unreadable` for
 * anything that is not text (archives, images); workbooks are unpacked elsewhere and read by `numbersIn`.
 */
export function* readNumbers(input: GivenList, options: ReadOptions = {}): Generator<ListPiece, NumberList> {
  checkSize('bytes' in input ? input.bytes.length : input.text.length, options);
  const { text, encoding, encodingDoubtful } =
    'bytes' in input
      ? decodeText(input.bytes, input.choices?.encoding)
      : { text: pasted(input.text), encoding: null, encodingDoubtful: false };
  const { countries, maxColumns } = { ...usualLimits, ...options };
  const rows = rowsOf(text, { countries });
  const survey = new Survey({ countries }, maxColumns);
  for (const row of rows()) survey.see(row);
  const list = yield* numbersIn(rows, survey.end(), options, { choices: input.choices });
  return { ...list, encoding, encodingDoubtful, workbook: null };
}

/** Throws `file_unreadable` for what is a list in another form. */
function pasted(given: string): Text {
  const markup = markupKind(given.slice(0, markupLength));
  if (markup !== null) throw unreadable(markup);
  return textOf(given);
}

/** Throws `file_too_large`. */
export function checkSize(bytes: number, { maxMb = usualLimits.maxMb }: ReadOptions): void {
  if (bytes <= maxMb * 1024 * 1024) return;
  throw new AppError('file_too_large', `the list is larger than ${maxMb} MB`, { details: { limit: maxMb } });
}

/**
 * The numbers in the rows of any source, piece by piece. Throws `file_too_many_rows` and `file_too_many_columns`.
 * @param seen all those rows, as the survey saw them.
 */
export function* numbersIn(
  rows: Rows,
  seen: Seen,
  options: ReadOptions,
  given: Given,
): Generator<ListPiece, Omit<NumberList, 'encoding' | 'encodingDoubtful' | 'workbook'>> {
  const { countries, maxRows, maxColumns } = { ...usualLimits, ...options };
  const { several, doNotCall } = given.choices ?? importChoices.parse({});
  // Those of other countries may be sent one day.
  const rules = { countries: doNotCall === undefined ? countries : [...countries, ...allCountries()] };
  const collector = new Collector(several, Math.min(seen.rows, maxRows));
  const layout = layoutOf(seen, rows, rules, given);
  const { wider, quotedNumbers } = seen;
  if (wider[layout.kind]) throw beyond('columns', maxColumns);
  const warnings = warningsOf(layout, seen, rules);
  if (layout.kind === 'table') {
    // Titles and what is above them are no rows of data.
    if (seen.data > maxRows) throw beyond('rows', maxRows);
    const skipped = yield* readTable(rows(), layout, { rules, collector });
    yield* collector.rest();
    return { rows: seen.rows, ...collector.result(), skipped, quotedNumbers, warnings, ...describeTable(layout) };
  }
  let entries = 0;
  for (const { line, cell, reading } of entriesOf(rows(), rules, doNotCall === undefined)) {
    entries += 1;
    if (entries > maxRows) throw beyond('rows', maxRows);
    collector.add({ line, cells: [{ cell, reading, name: null }] });
    yield* collector.full();
  }
  yield* collector.rest();
  return {
    rows: entries,
    ...collector.result(),
    skipped: 0,
    quotedNumbers,
    warnings,
    columns: [],
    phones: [],
    name: null,
    open: [],
    phoneColumn: null,
    nameColumn: null,
  };
}

/** The error for a list with more rows or columns than it may have. */
export function beyond(what: 'rows' | 'columns', limit: number): AppError {
  return new AppError(`file_too_many_${what}`, `the list has more than ${limit} ${what}`, { details: { limit } });
}
