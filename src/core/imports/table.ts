import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A non-empty row of the list. */
export interface Row {
  /** Line on which it begins, from 1. */
  line: number;
  /** As written, without the quotes of CSV. */
  cells: string[];
}

/** In order of preference, for lines that support two of them equally. */
const delimiters = ['\t', ';', '，', ',', '；', '、', '|'] as const;
const sampledLines = 200;
/** A record longer than this is an open quote that swallows the file. Characters. */
const maxRecordLength = 65_536;
/** `lines` counts up to the end of the record. */
const recordsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** The rows of a text; blank lines are skipped, and so is a first line `sep=;`, which names the delimiter. */
export function rowsOf(text: string): Row[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const named = /^"?sep=(.)"?$/i.exec(lines[0] ?? '')?.[1];
  // Blanked rather than removed: the lines after it keep their numbers.
  if (named !== undefined) lines[0] = '';
  const delimiter = named ?? delimiterOf(lines);
  const rows = parsed(lines.join('\n'), delimiter) ?? split(lines, delimiter);
  return rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

/** The delimiter that most lines contain equally often. */
function delimiterOf(lines: readonly string[]): string {
  const sample: string[] = [];
  for (const line of lines) {
    if (line.trim() !== '') sample.push(line);
    if (sample.length === sampledLines) break;
  }
  const outside = sample.map((line) => line.replace(/"[^"]*"/g, ''));
  const scores = delimiters.map((delimiter) => {
    const perLine = outside.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0);
    const equal = new Map<number, number>();
    for (const count of perLine) equal.set(count, (equal.get(count) ?? 0) + 1);
    return { delimiter, equally: Math.max(0, ...equal.values()), lines: perLine.length };
  });
  // The sort is stable, so equal scores keep the order of preference.
  const [best] = scores.sort((a, b) => b.equally - a.equally || b.lines - a.lines);
  return best?.delimiter ?? ',';
}

/** As CSV; null when that gains nothing, or when a stray quote would swallow the following rows. */
function parsed(text: string, delimiter: string): Row[] | null {
  if (!text.includes('"')) return null;
  try {
    const records = parse(text, {
      delimiter,
      record_delimiter: '\n',
      info: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxRecordLength,
    });
    const rows = recordsSchema
      .parse(records)
      .map(({ record, info }) => ({ record, last: info.lines, breaks: breaksIn(record) }));
    if (rows.some(({ record, breaks }) => breaks > 0 && swallows(record))) return null;
    return rows.map(({ record, last, breaks }) => ({ line: last - breaks, cells: record }));
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
}

/** A multi-line cell that contains numbers is not a note: two stray quotes enclose whole rows. */
function swallows(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.includes('\n') && /\n.*(?<!\d)1[3-9]\d{9}(?!\d)/.test(cell));
}

/** Line by line, quotes taken literally: exact where there are none, and safe where they are broken. */
function split(lines: readonly string[], delimiter: string): Row[] {
  const rows: Row[] = [];
  for (const [index, line] of lines.entries()) {
    if (line !== '') rows.push({ line: index + 1, cells: line.split(delimiter).map(unquoted) });
  }
  return rows;
}

function unquoted(cell: string): string {
  return cell.includes('"') ? cell.trim().replace(/^"(.*)"$/, '$1') : cell;
}
