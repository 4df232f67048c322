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
 */
export function readRows(lines: readonly string[], delimiter: Delimiter): Row[] {
  const rows: Row[] = [];
  const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
  const search = { left: maxSearches * length + minSearch };
  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? '';
    if (!line.includes('"')) {
      if (line !== '') rows.push({ line: index + 1, cells: cellsOf(line, delimiter) });
      index += 1;
      continue;
    }
    const record = delimiter === 'blanks' ? null : quotedRecord(lines, index, { delimiter, search });
    rows.push({
      line: index + 1,
      ...(record === null
        ? literal(line, delimiter)
        : { cells: record.cells, ...(record.lines > 1 && { multiline: true as const }) }),
    });
    index += record?.lines ?? 1;
  }
  return rows;
}

/** The cells of a line without quotes. */
function cellsOf(line: string, delimiter: Delimiter): string[] {
  if (delimiter === null) return [line];
  // A minus belongs to what follows it.
  return delimiter === 'blanks' ? line.trim().split(/(?<!^[-\u2010-\u2015\u2212])[\s\u3000]+/) : line.split(delimiter);
}

interface Search {
  delimiter: string | null;
  /** Characters that may still be looked through beyond the line on which a record begins. */
  search: { left: number };
}

/** The record that begins on this line, and how many lines it takes; null when its quotes break the rules. */
function quotedRecord(
  lines: readonly string[],
  first: number,
  { delimiter, search }: Search,
): { cells: string[]; lines: number } | null {
  const cells: string[] = [];
  let index = first;
  let line = lines[index] ?? '';
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
      line = lines[index] ?? '';
      from = 0;
      search.left -= line.length + 1;
      if (index >= lines.length || length > maxRecordLength || search.left < 0) return null;
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
