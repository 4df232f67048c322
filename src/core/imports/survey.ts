import type { NumberList } from '../model/numbers.ts';
import { detached } from '../text/detached.ts';
import { type Header, headerOf } from './header.ts';
import type { PhoneRules } from './phone.ts';
import type { Row } from './records.ts';

/** The rows of a list, each time from its first: so they are never held as a whole. */
export type Rows = () => Iterable<Row>;

export const sampledRows = 500;
/** Titles and what is above them are among these. */
const headRows = 600;

/** What a list looks like, learned from row after row, in memory that does not depend on how many there are. */
export class Survey {
  readonly #rules: PhoneRules;
  readonly #maxColumns: number;
  #head: Row[] | null = [];
  #header: Header | null = null;
  #rows = 0;
  #data = 0;
  #quoted: NumberList['quotedNumbers'] = null;
  readonly #wider = { table: false, list: false };
  /** The first rows of data, and one in `#step` of the others. */
  readonly #first: Row[] = [];
  #rest: Row[] = [];
  #step = 1;
  /** Rows by their number of cells; and whether all fill the same number of them, and have a letter anywhere. */
  readonly #widths = new Map<number, number>();
  #filled: number | null = null;
  #isEven = true;
  #hasLetters = false;

  constructor(rules: PhoneRules, maxColumns: number) {
    this.#rules = rules;
    this.#maxColumns = maxColumns;
  }

  see(row: Row): void {
    this.#rows += 1;
    if (row.multiline && holdsNumberBelow(row)) {
      this.#quoted ??= { rows: 0, line: row.line };
      this.#quoted.rows += 1;
    }
    if (row.cells.length > this.#maxColumns) this.#measure(row);
    if (this.#head === null) this.#seeData(row);
    else if (this.#head.push(row) === headRows) this.#settle();
  }

  /** What was seen. No row may follow. */
  end() {
    this.#settle();
    return {
      header: this.#header,
      rows: this.#rows,
      data: this.#data,
      sample: [...this.#first, ...this.#rest],
      quotedNumbers: this.#quoted,
      /** Whether there is anything beyond the columns that are looked at. */
      wider: this.#wider,
      /** Whether all rows fill the same number of cells. Like the rest, only known of a list without titles. */
      isEven: this.#isEven,
      hasLetters: this.#hasLetters,
      usualWidth: this.#usualWidth(),
    };
  }

  #settle(): void {
    const head = this.#head;
    if (head === null) return;
    this.#head = null;
    this.#header = headerOf(head, this.#rules);
    for (const row of head.slice(this.#header?.from ?? 0)) this.#seeData(row);
  }

  #seeData(row: Row): void {
    this.#sample(row);
    if (this.#header !== null) return;
    const { cells } = row;
    this.#widths.set(cells.length, (this.#widths.get(cells.length) ?? 0) + 1);
    if (this.#isEven) {
      const filled = cells.filter(isFilled).length;
      this.#filled ??= filled;
      this.#isEven = filled === this.#filled;
    }
    this.#hasLetters ||= cells.some((cell) => /\p{L}/u.test(cell));
  }

  #sample(row: Row): void {
    const index = this.#data;
    this.#data += 1;
    if (index < sampledRows) this.#first.push(row);
    if (index < sampledRows || (index - sampledRows) % this.#step !== 0) return;
    this.#rest.push({ ...row, cells: row.cells.map(detached) });
    if (this.#rest.length <= 2 * sampledRows) return;
    this.#rest = this.#rest.filter((_, at) => at % 2 === 0);
    this.#step *= 2;
  }

  /** A line that is full of numbers to its end is no table, so it has no columns. */
  #measure({ cells }: Row): void {
    if (!cells.slice(this.#maxColumns).some(isFilled)) return;
    this.#wider.table = true;
    if (cells.filter(isFilled).length <= this.#maxColumns) this.#wider.list = true;
  }

  #usualWidth(): number | null {
    const [width, count] = [...this.#widths].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
    return count * 2 > this.#data ? width : null;
  }
}

export type Seen = ReturnType<Survey['end']>;

const isFilled = (cell: string): boolean => cell.trim() !== '';

function holdsNumberBelow({ cells }: Row): boolean {
  return cells.some((cell) => /\n[^\n]*(?<!\d)1[3-9]\d{9}(?!\d)/.test(cell));
}
