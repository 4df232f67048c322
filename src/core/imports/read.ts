import { AppError } from '../errors.ts';
import type { NumberList, PhoneEntry, RejectedRow } from '../model/numbers.ts';
import { layoutOf } from './columns.ts';
import { decodeText } from './decode.ts';
import { isPhone, normalizePhone, type PhoneRules } from './phone.ts';
import { type Row, rowsOf } from './table.ts';

/** A list of numbers as it was given: a file, or pasted text. */
export type GivenList = { bytes: Uint8Array } | { text: string };

export interface ReadOptions {
  /** Also accept numbers outside the mainland. Default false. */
  allowForeign?: boolean;
  /** Default 10 MB of file, or as many characters of pasted text. */
  maxBytes?: number;
  /** Rows in the list. Default 100,000. */
  maxRows?: number;
}

const maxNameLength = 100;
const maxShownCellLength = 200;

/**
 * The numbers in a CSV or TXT file, or in pasted text: one per line, or a table, or several per line. Throws
 * `file_too_large` beyond the limits and `file_unreadable` for anything that is not text (workbooks, archives, images).
 */
export function readNumbers(input: GivenList, options: ReadOptions = {}): NumberList {
  const { allowForeign = false, maxBytes = 10 * 1024 * 1024, maxRows = 100_000 } = options;
  const size = 'bytes' in input ? input.bytes.length : input.text.length;
  if (size > maxBytes) throw new AppError('file_too_large', `the list is larger than ${maxBytes} bytes`);
  const { text, encoding } = 'bytes' in input ? decodeText(input.bytes) : { text: input.text, encoding: null };

  const tooMany = () => new AppError('file_too_large', `the list has more than ${maxRows} rows`);
  const rows = rowsOf(text);
  // One may be the header; a line may hold several, which are counted below.
  if (rows.length > maxRows + 1) throw tooMany();
  const layout = layoutOf(rows);
  const data = layout.header ? rows.slice(1) : rows;
  const readings: Row[] = [];
  for (const row of layout.kind === 'list' ? listed(data, layout.header === null) : data) {
    if (readings.push(row) > maxRows) throw tooMany();
  }

  const collected = new Collector({ allowForeign });
  for (const row of readings) {
    if (layout.kind === 'list') collected.add(row.line, row.cells, null);
    else {
      const cells = layout.phones.map((index) => row.cells[index] ?? '');
      collected.add(row.line, cells, layout.name === null ? null : nameOf(row.cells[layout.name] ?? ''));
    }
  }
  const titleOf = (index: number): string => layout.header?.cells[index]?.trim() ?? '';
  return {
    rows: readings.length,
    ...collected.result(),
    phoneColumn: layout.kind === 'table' && layout.header ? layout.phones.map(titleOf).join(' / ') : null,
    nameColumn: layout.kind === 'table' && layout.name !== null ? titleOf(layout.name) : null,
    encoding,
  };
}

/** Sorts rows into ready, rejected and repeated: each into exactly one of them. */
class Collector {
  readonly #rules: PhoneRules;
  readonly #ready: PhoneEntry[] = [];
  readonly #rejected: RejectedRow[] = [];
  readonly #seen = new Set<number>();
  #repeated = 0;

  constructor(rules: PhoneRules) {
    this.#rules = rules;
  }

  /** @param cells those that may contain the row's number: two different numbers in them are one too many. */
  add(line: number, cells: readonly string[], name: string | null): void {
    const readings = cells.map((cell) => normalizePhone(cell, this.#rules));
    const numbers = readings.filter((reading) => 'phone' in reading);
    const [number] = numbers;
    if (number && numbers.every(({ key }) => key === number.key)) {
      if (this.#seen.has(number.key)) this.#repeated += 1;
      else {
        this.#seen.add(number.key);
        this.#ready.push({ phone: number.phone, name });
      }
      return;
    }
    const reasons = readings.flatMap((reading) => ('reason' in reading ? [reading.reason] : []));
    this.#rejected.push({
      line,
      cell: cells.filter(Boolean).join(' / ').slice(0, maxShownCellLength),
      reason: number ? 'two_numbers' : (reasons.find((reason) => reason !== 'empty') ?? 'empty'),
    });
  }

  result(): Pick<NumberList, 'ready' | 'rejected' | 'repeated'> {
    return { ready: this.#ready, rejected: this.#rejected, repeated: this.#repeated };
  }
}

/** The entries of a list, each as a row of one cell, one by one: a single line may hold millions. */
function* listed(rows: readonly Row[], several: boolean): Generator<Row> {
  for (const { line, cells } of rows) {
    for (const cell of cells) {
      for (const piece of piecesOf(cell, several)) {
        if (piece.trim() !== '') yield { line, cells: [piece] };
      }
    }
  }
}

/** What may separate two numbers, or a number and its label. */
const separators = /[\s,;，；、|:：]/;

/**
 * The numbers in one cell of a list. Blanks may occur within a number or between two, and a name or a label beside it:
 * a cell is split only where a part is a number on its own.
 * @param several whether a cell may contain more than one (under a header it may not).
 */
function piecesOf(cell: string, several: boolean): string[] {
  if (!separators.test(cell) || isPhone(cell)) return [cell];
  const parts = several ? cell.split(/[,;，；、|\t]+/).filter((part) => part.trim() !== '') : [cell];
  if (parts.length > 1) return parts.flatMap((part) => piecesOf(part, several));
  // An extension is not a number of its own, and dialing its switchboard would reach someone else.
  if (/转|轉|分机|ext|#/i.test(cell)) return [cell];
  const words = cell.trim().split(/[\s:：]+/);
  const figures = words.filter((word) => /[\d０-９]/.test(word));
  return words.length > 1 && figures.some(isPhone) && (several || figures.length === 1) ? figures : [cell];
}

/** A name as it may be sent; no text is better than damaged text. */
function nameOf(cell: string): string | null {
  const name = cell
    .replace(/^=\s*"(.*)"$/, '$1')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return name === '' || name.includes('\ufffd') ? null : [...name].slice(0, maxNameLength).join('');
}
