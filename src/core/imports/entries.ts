import { type CellReading, meant, readCell } from './cell.ts';
import { labelOf } from './labels.ts';
import { normalizePhone, type PhoneRules } from './phone.ts';
import type { Row } from './records.ts';

/** A number of a list, with what is beside it. */
export interface Entry {
  line: number;
  cell: string;
  reading: CellReading;
}

/**
 * The entries of a list, one by one: a single line may hold millions.
 * @param obeys whether what the list says of not calling someone rejects a number.
 */
export function* entriesOf(rows: Iterable<Row>, rules: PhoneRules, obeys = true): Generator<Entry> {
  const heading = new Heading();
  for (const { line, cells } of rows) {
    for (const { cell, reading } of withExtensions(piecesOf(cells, rules), rules)) {
      if (cell.trim() === '') continue;
      if (!obeys) {
        yield { line, cell, reading: meant(reading, cell, rules) };
        continue;
      }
      if ('reason' in reading) heading.read(cell, line);
      yield {
        line,
        cell,
        reading: 'phones' in reading && heading.isOfOthers(line) ? { reason: 'other_person' } : reading,
      };
    }
  }
}

/** Lines without a number that say whose the numbers below them are: `推荐人：王五`, `请勿拨打：`. */
class Heading {
  #others = false;
  #ownSeen = false;
  #line = 0;

  read(cell: string, line: number): void {
    const [, key = cell, value = ''] = /^([^:：]{1,20})[:：](.*)$/.exec(cell.trim()) ?? [];
    const label = labelOf(key);
    if (label?.kind !== 'phone' && label?.kind !== 'name') return;
    // It holds the number itself: what follows is a line of its own.
    if (label.kind === 'phone' && /\d{3}/.test(value)) return;
    // `制表：小周` above a list is about the list; among names it is about who comes next.
    const concerns = value.trim() === '' || this.#ownSeen;
    if (label.whose === 'other' && concerns) this.#others = true;
    else if (label.whose === 'own') this.#others = false;
    if (label.whose === 'own') this.#ownSeen = true;
    this.#line = line;
  }

  /** A blank line ends what a heading says. */
  isOfOthers(line: number): boolean {
    if (line > this.#line + 1) this.#others = false;
    this.#line = line;
    return this.#others;
  }
}

type Piece = Omit<Entry, 'line'>;

/** What may separate two numbers, or a number and its label. */
const separators = /[\s,;，；、|]/;

/** Blanks may occur within a number or between two: a cell is split there only when all its parts are figures. */
function* piecesOf(cells: readonly string[], rules: PhoneRules): Generator<Piece> {
  for (const [index, written] of cells.entries()) {
    const cell = index === 0 ? withoutOrdinal(written, rules) : written;
    const reading = readCell(cell, rules);
    const negative = 'reason' in reading && reading.reason === 'negative';
    // One number, or a name with its numbers.
    if (
      negative ||
      !separators.test(cell) ||
      ('phones' in reading && (reading.phones.length === 1 || reading.name !== null))
    ) {
      yield { cell, reading };
      continue;
    }
    for (const part of cell.split(/[,;，；、|\t]+/)) {
      const words = part.trim().split(/\s+/);
      const figures =
        words.length > 1 && !isPhone(part, rules) && words.every((word) => /^[\d０-９+＋()（）.-]+$/.test(word));
      const pieces = figures && words.some((word) => isPhone(word, rules)) ? words : [part];
      for (const piece of pieces) yield { cell: piece, reading: readCell(piece, rules) };
    }
  }
}

/** Without the ordinal of a numbered list: `1. `, `2、`, `(3) `. */
function withoutOrdinal(cell: string, rules: PhoneRules): string {
  const ordinal = /^\s*[(（]?\d{1,4}[.、)）:：][\s.)）]*/.exec(cell)?.[0];
  const rest = ordinal === undefined ? '' : cell.slice(ordinal.length);
  return rest !== '' && 'phones' in readCell(rest, rules) ? rest : cell;
}

/** A landline followed by a few digits has an extension: it stays one entry, which cannot be dialed. */
function* withExtensions(pieces: Iterable<Piece>, rules: PhoneRules): Generator<Piece> {
  let held: Piece | null = null;
  for (const piece of pieces) {
    if (held !== null && /^\s*\d{1,5}\s*$/.test(piece.cell)) {
      const cell: string = `${held.cell},${piece.cell.trim()}`;
      yield { cell, reading: readCell(cell, rules) };
      held = null;
      continue;
    }
    if (held !== null) yield held;
    held = null;
    if ('phones' in piece.reading && /^\s*[(（]?0\d/.test(piece.cell)) held = piece;
    else yield piece;
  }
  if (held !== null) yield held;
}

const minPhoneLength = 7;

function isPhone(cell: string, rules: PhoneRules): boolean {
  return cell.length >= minPhoneLength && 'phone' in normalizePhone(cell, rules);
}
