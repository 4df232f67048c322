import {
  type CountedRows,
  type ListPiece,
  maxShownRows,
  type NumberList,
  type RejectedRow,
  type RejectReason,
} from '../model/numbers.ts';
import type { CellReading, Phone } from './cell.ts';
import { NumberSet } from './number-set.ts';

const maxShownCellLength = 200;

/** A cell that may hold numbers, what it says, and the name for it. */
export interface CellOfRow {
  cell: string;
  reading: CellReading;
  name: string | null;
}

export interface RowReading {
  line: number;
  cells: CellOfRow[];
}

/** A row none of whose numbers can be sent. */
interface RejectedCells {
  line: number;
  cells: readonly string[];
  name: string | null;
  reason: RejectReason;
}

type Collected = Pick<NumberList, 'ready' | 'readyRows' | 'rejected' | 'repeated' | 'leftOut' | 'severalRows'>;

/** So many entries are handed over at a time. */
const maxPieceLength = 250;

/** Sorts rows into ready, rejected and repeated, each into exactly one of them, and hands them over in pieces. */
export class Collector {
  readonly #several: 'all' | 'first' | 'ask';
  readonly #seen: NumberSet;
  readonly #result: Collected = {
    ready: { count: 0, first: [] },
    readyRows: 0,
    rejected: { count: 0, first: [], reasons: {} },
    repeated: 0,
    leftOut: { count: 0, first: [], reasons: {} },
    severalRows: 0,
  };
  #piece: ListPiece = { ready: [], rejected: [] };

  /**
   * @param several what becomes of several numbers in a row.
   * @param rows how many there are, as far as that is known.
   */
  constructor(several: 'all' | 'first' | 'ask', rows = 0) {
    this.#several = several;
    this.#seen = new NumberSet(rows);
  }

  add({ line, cells }: RowReading): void {
    const [only, second] = cells;
    // Nearly all rows.
    if (
      only !== undefined &&
      second === undefined &&
      'phones' in only.reading &&
      only.reading.phones.length === 1 &&
      !only.reading.unusable?.length
    ) {
      this.#count(this.#take(only.reading.phones[0], only.reading.name ?? only.name, line));
      return;
    }
    const found: { phone: Phone; name: string | null; cell: string }[] = [];
    const unusable: { cell: string; reason: RejectReason }[] = [];
    for (const { cell, reading, name } of cells) {
      if ('reason' in reading) unusable.push({ cell, reason: reading.reason });
      else {
        unusable.push(...(reading.unusable ?? []));
        for (const phone of reading.phones) {
          if (found.every((other) => other.phone.key !== phone.key))
            found.push({ phone, name: reading.name ?? name, cell });
        }
      }
    }
    const further = unusable.filter(({ reason }) => reason !== 'empty');
    const all = cells.map(({ cell }) => cell);
    const name = cells.find((one) => one.name !== null)?.name ?? null;
    if (found.length > 1) this.#result.severalRows += 1;
    if (found.length === 0) this.reject({ line, cells: all, name, reason: further[0]?.reason ?? 'empty' });
    else if (found.length > 1 && this.#several === 'ask')
      this.reject({ line, cells: all, name, reason: 'two_numbers' });
    else {
      const [taken, left] = this.#several === 'first' ? [found.slice(0, 1), found.slice(1)] : [found, []];
      this.#count(taken.map(({ phone, name }) => this.#take(phone, name, line)).includes(true));
      const { leftOut } = this.#result;
      for (const { phone } of left) count(leftOut, { line, cell: phone.phone, reason: 'not_chosen' });
      for (const { cell, reason } of further) count(leftOut, { line, cell: shown([cell]), reason });
    }
  }

  reject({ line, cells, name, reason }: RejectedCells): void {
    const row: RejectedRow = { line, cell: shown(cells), reason, ...(name !== null && { name }) };
    count(this.#result.rejected, row);
    this.#piece.rejected.push(row);
  }

  #count(isReady: boolean): void {
    if (isReady) this.#result.readyRows += 1;
    else this.#result.repeated += 1;
  }

  /** False for a number that an earlier row has. */
  #take(number: Phone | undefined, name: string | null, line: number): boolean {
    if (number === undefined || !this.#seen.add(number.key)) return false;
    const entry = { phone: number.phone, name, line };
    const { ready } = this.#result;
    if (ready.count < maxShownRows) ready.first.push(entry);
    ready.count += 1;
    this.#piece.ready.push(entry);
    return true;
  }

  /** What was collected since the last piece, once that is enough for one. */
  *full(): Generator<ListPiece> {
    if (this.#piece.ready.length + this.#piece.rejected.length >= maxPieceLength) yield* this.rest();
  }

  /** What was collected since the last piece. */
  *rest(): Generator<ListPiece> {
    const piece = this.#piece;
    this.#piece = { ready: [], rejected: [] };
    if (piece.ready.length + piece.rejected.length > 0) yield piece;
  }

  /** Of all pieces. */
  result(): Collected {
    return this.#result;
  }
}

function count(rows: CountedRows, row: RejectedRow): void {
  if (rows.count < maxShownRows) rows.first.push(row);
  rows.count += 1;
  rows.reasons[row.reason] = (rows.reasons[row.reason] ?? 0) + 1;
}

function shown(cells: readonly string[]): string {
  return cells
    .filter((cell) => cell.trim() !== '')
    .join(' / ')
    .slice(0, maxShownCellLength);
}
