import { AppError } from '../errors.ts';
import { type ImportChoices, importChoices } from '../model/import-choices.ts';
import { mainland, type NumberList } from '../model/numbers.ts';
import { Collector } from './collect.ts';
import { layoutOf } from './columns.ts';
import { decodeText } from './decode.ts';
import { entriesOf } from './entries.ts';
import type { PhoneRules } from './phone.ts';
import type { Row } from './records.ts';
import { rowsOf } from './table.ts';
import { describeTable, readTable } from './table-reading.ts';

/** A list of numbers as it was given, a file or pasted text, and what the person decided about it. */
export type GivenList = ({ bytes: Uint8Array } | { text: string }) & { choices?: ImportChoices };

export interface ReadOptions {
  /** Whose numbers are sent (ISO 3166, two letters), the country of numbers without a country code first. Default CN. */
  countries?: readonly string[];
  /** Default 10 MB of file, or as many characters of pasted text. */
  maxBytes?: number;
  /** Rows in the list. Default 100,000. */
  maxRows?: number;
}

/**
 * The numbers in a CSV or TXT file, or in pasted text: one per line, or a table, or several per line. Throws
 * `file_too_large` beyond the limits and `file_unreadable` for anything that is not text (workbooks, archives, images).
 */
export function readNumbers(input: GivenList, options: ReadOptions = {}): NumberList {
  const { countries = [mainland], maxBytes = 10 * 1024 * 1024, maxRows = 100_000 } = options;
  const size = 'bytes' in input ? input.bytes.length : input.text.length;
  if (size > maxBytes) throw new AppError('file_too_large', `the list is larger than ${maxBytes} bytes`);
  const { text, encoding } = 'bytes' in input ? decodeText(input.bytes) : { text: input.text, encoding: null };
  const rules = { countries };
  return { ...readRows(rowsOf(text, rules), { rules, choices: input.choices, maxRows }), encoding };
}

interface RowOptions {
  rules: PhoneRules;
  choices?: ImportChoices | undefined;
  maxRows: number;
}

function quotedIn(rows: readonly Row[]): NumberList['quotedNumbers'] {
  const found = rows.filter(
    ({ cells, multiline }) => multiline && cells.some((cell) => /\n[^\n]*(?<!\d)1[3-9]\d{9}(?!\d)/.test(cell)),
  );
  return found[0] === undefined ? null : { rows: found.length, line: found[0].line };
}

/** The numbers in the rows of any source. */
function readRows(rows: readonly Row[], { rules, choices, maxRows }: RowOptions): Omit<NumberList, 'encoding'> {
  const tooMany = () => new AppError('file_too_large', `the list has more than ${maxRows} rows`);
  const { several } = choices ?? importChoices.parse({});
  const collector = new Collector(several);
  const layout = layoutOf(rows, rules, choices);
  if (layout.kind === 'table') {
    // Titles and what is above them are no rows of data.
    if (rows.length - (layout.header?.from ?? 0) > maxRows) throw tooMany();
    const skipped = readTable(rows, layout, { rules, collector });
    const quotedNumbers = quotedIn(rows);
    return { rows: rows.length, ...collector.result(), skipped, quotedNumbers, ...describeTable(layout) };
  }
  let entries = 0;
  for (const { line, cell, reading } of entriesOf(rows, rules)) {
    entries += 1;
    if (entries > maxRows) throw tooMany();
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
