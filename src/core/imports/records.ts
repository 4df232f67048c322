/** A non-empty row of the list. */
export interface Row {
  /** Line on which it begins, from 1. */
  line: number;
  /** As written, without the quotes of CSV. */
  cells: string[];
  /** The cell with a quotation mark that breaks the rules of CSV: the row was split at every delimiter instead. */
  brokenAt?: number;
  /** Quotes in it enclose line breaks. */
  multiline?: true;
}

/** `blanks`: cells are separated by any number of blanks; null: a line is one cell. */
export type Delimiter = string | 'blanks' | null;

/** A record longer than this is an open quote that swallows the file. Characters. */
const maxRecordLength = 65_536;
/** How often a text may be gone through again in search of the end of quotes that have none. */
const maxSearches = 4;
const minSearch = 1_000_000;

/**
 * The rows of a text, by the rules of CSV (RFC 4180) row by row: where they are broken, only that row is taken
 * literally, and the next line begins a new one. What is inside correct quotes stays one cell, whatever it contains.
 * @param parts the lines of the text, of which no more are held than a row takes.
 * @param from the line to begin with, from 0.
 */
export function* readRows(parts: Iterable<readonly string[]>, delimiter: Delimiter, from = 0): Generator<Row> {
  const lines = new Lines(parts);
  for (let index = from; ; ) {
    const line = lines.first(index);
    if (line === undefined) return;
    if (!line.includes('"')) {
      if (line !== '') yield { line: index + 1, cells: cellsOf(line, delimiter) };
      index += 1;
      continue;
    }
    const record = delimiter === 'blanks' ? null : quotedRecord(lines, index, delimiter);
    yield {
      line: index + 1,
      ...(record === null
        ? literal(line, delimiter)
        : { cells: record.cells, ...(record.lines > 1 && { multiline: true as const }) }),
    };
    index += record?.lines ?? 1;
  }
}

/** The lines from which rows are made: those of the row that is being read, and of a part after them. */
class Lines {
  readonly #parts: Iterator<readonly string[]>;
  #held: readonly string[] = [];
  /** The index of the first that is held, and of the first that is needed. */
  #from = 0;
  #needed = 0;
  /** Characters that may still be looked through beyond the line on which a record begins. */
  search = minSearch;

  constructor(parts: Iterable<readonly string[]>) {
    this.#parts = parts[Symbol.iterator]();
  }

  /** The line with which a row begins; those before it are not asked for again. Undefined beyond the end. */
  first(index: number): string | undefined {
    this.#needed = index;
    return this.at(index);
  }

  at(index: number): string | undefined {
    for (;;) {
      const line = this.#held[index - this.#from];
      if (line !== undefined) return line;
      const { done, value } = this.#parts.next();
      if (done) return undefined;
      const rest = this.#held.slice(this.#needed - this.#from);
      this.#from = Math.min(this.#needed, this.#from + this.#held.length);
      this.#held = rest.length === 0 ? value : [...rest, ...value];
      for (const one of value) this.search += maxSearches * (one.length + 1);
    }
  }
}

/** The cells of a line without quotes. */
function cellsOf(line: string, delimiter: Delimiter): string[] {
  if (delimiter === null) return [line];
  return delimiter === 'blanks' ? words(line.trim()) : line.split(delimiter);
}

/** A minus belongs to what follows it, and an extension to its number: `170 1234 5678 转 1234`. */
function words(line: string): string[] {
  const joined = /[转轉机機x#]/i.test(line)
    ? line.replace(/(\d)\s{1,9}(转|轉|分机|分機|ext\.?|extension|x|#)\s{0,9}(?=\d)/gi, '$1$2')
    : line;
  return joined.split(/(?<!^[-\u2010-\u2015\u2212])[\s\u3000]+/);
}

/** The record that begins on this line, and how many lines it takes; null when its quotes break the rules. */
function quotedRecord(
  lines: Lines,
  first: number,
  delimiter: string | null,
): { cells: string[]; lines: number } | null {
  const cells: string[] = [];
  let index = first;
  let line = lines.at(index) ?? '';
  let at = 0;
  for (;;) {
    let open = at;
    while (line[open] === ' ') open += 1;
    if (line[open] !== '"') {
      const end = delimiter === null ? -1 : line.indexOf(delimiter, at);
      cells.push(end < 0 ? line.slice(at) : line.slice(at, end));
      if (end < 0) return { cells, lines: index - first + 1 };
      at = end + 1;
      continue;
    }
    const value: string[] = [];
    let length = 0;
    for (let from = open + 1; ; ) {
      const quote = line.indexOf('"', from);
      if (quote >= 0 && line[quote + 1] !== '"') {
        value.push(line.slice(from, quote));
        at = quote + 1;
        break;
      }
      const end = quote < 0 ? line.length : quote + 1;
      value.push(line.slice(from, end), quote < 0 ? '\n' : '');
      length += end - from + 1;
      from = end + 1;
      if (quote >= 0) continue;
      index += 1;
      const next = length > maxRecordLength ? undefined : lines.at(index);
      if (next === undefined) return null;
      line = next;
      from = 0;
      lines.search -= line.length + 1;
      if (lines.search < 0) return null;
    }
    cells.push(value.join(''));
    while (line[at] === ' ') at += 1;
    if (at === line.length) return { cells, lines: index - first + 1 };
    if (delimiter === null || !line.startsWith(delimiter, at)) return null;
    at += delimiter.length;
  }
}

/** A line split at every delimiter, its quotes taken literally. */
function literal(line: string, delimiter: Delimiter): Pick<Row, 'cells' | 'brokenAt'> {
  const cells = cellsOf(line, delimiter);
  // A quotation mark within a cell is a character like others.
  const brokenAt = cells.findIndex((cell) => cell.trimStart().startsWith('"') && !/^\s*"[^"]*"\s*$/.test(cell));
  return { cells: cells.map(unquoted), ...(brokenAt >= 0 && { brokenAt }) };
}

function unquoted(cell: string): string {
  const text = cell.trim();
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : cell;
}
