import { beyond } from '../../core/imports/read.ts';
import type { Row } from '../../core/imports/records.ts';
import { type Format, numberText } from './formats.ts';
import type { StringTable } from './string-table.ts';
import { TextRuns, unescaped } from './texts.ts';
import type { XmlHandler } from './xml.ts';

/** What cells refer to. */
export interface CellContext {
  strings: StringTable;
  formats: readonly Format[];
  since1904: boolean;
}

export interface SheetLimits {
  maxRows: number;
  maxColumns: number;
}

/** What was counted in a sheet, as it is read. */
export interface SheetCounts {
  /** Rows with anything in them. */
  rows: number;
  /** Those of them that the workbook does not show, because of a filter or by hand. */
  hiddenRows: number;
  /** Formulas whose result was not saved with them. */
  uncalculated: number;
}

/** Of a sheet in Excel. */
const maxSheetRows = 1_048_576;
const maxSheetColumns = 16_384;

interface Cell {
  column: number;
  type: string;
  format: Format;
  value: string;
  formula: boolean;
}

/**
 * Reads the rows of a sheet that have anything in them, and counts in `counts`. Throws `file_too_many_rows` and
 * `file_too_many_columns` as soon as one of the limits is passed.
 * @param enough after so many rows the reading ends.
 */
export function sheetRows(
  { counts, take }: { counts: SheetCounts; take: (row: Row) => void },
  context: CellContext,
  { maxRows, maxColumns }: SheetLimits,
  enough = Number.POSITIVE_INFINITY,
): XmlHandler {
  const runs = new TextRuns();
  let line = 0;
  let rowsSeen = 0;
  let hidden = false;
  let cells: string[] = [];
  let cell: Cell | null = null;
  let column = 0;
  let inValue = false;
  let ended = false;

  const endCell = (of: Cell): void => {
    const text = textOf(of, runs, context);
    // A result that is an empty text is marked as text.
    if (of.formula && of.type === 'n' && of.value === '') counts.uncalculated += 1;
    if (text === '') return;
    if (of.column >= maxColumns) throw beyond('columns', maxColumns);
    while (cells.length < of.column) cells.push('');
    cells[of.column] = text;
  };
  const endRow = (): void => {
    if (cells.some((text) => text.trim() !== '')) {
      take({ line, cells });
      counts.rows += 1;
      if (hidden) counts.hiddenRows += 1;
    }
    cells = [];
  };

  return {
    opened(name, attributes) {
      if (name === 'c') {
        runs.reset();
        column = columnOf(attributes.r) ?? column;
        if (column >= maxSheetColumns) throw beyond('columns', maxColumns);
        const { t: type = 'n', s: style = '0' } = attributes;
        cell = { column, type, format: context.formats[Number(style)] ?? 'plain', value: '', formula: false };
        column += 1;
      } else if (name === 'row') {
        const given = Number(attributes.r);
        line = Number.isSafeInteger(given) && given > 0 ? given : line + 1;
        hidden = /^(?:1|true)$/.test(attributes.hidden ?? '');
        column = 0;
        // Empty rows count as well once there are more of them than any spreadsheet has.
        rowsSeen += 1;
        if (counts.rows > maxRows || rowsSeen > Math.max(maxRows, maxSheetRows)) throw beyond('rows', maxRows);
      } else if (name === 'v') inValue = true;
      else if (name === 'f' && cell !== null) cell.formula = true;
      else runs.opened(name);
    },
    text(text) {
      if (inValue && cell !== null) cell.value += text;
      else runs.text(text);
    },
    closed(name) {
      if (name === 'v') inValue = false;
      else if (name === 'c' && cell !== null) {
        endCell(cell);
        cell = null;
      } else if (name === 'row') endRow();
      else if (name === 'sheetData') ended = true;
      else runs.closed(name);
    },
    isDone: () => ended || counts.rows >= enough,
  };
}

function textOf({ type, value, format }: Cell, runs: TextRuns, { strings, since1904 }: CellContext): string {
  switch (type) {
    case 's':
      return strings.at(Number(value));
    case 'inlineStr':
      return runs.take();
    case 'str':
    case 'd':
      return unescaped(value);
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    // An error such as `#N/A` is no value.
    case 'e':
      return '';
    default:
      return value === '' ? runs.take() : numberText(value, format, since1904);
  }
}

/** From 0, of a reference such as `AB12`; null when there is none. */
function columnOf(reference: string | undefined): number | null {
  if (reference === undefined) return null;
  let column = 0;
  for (let at = 0; at < reference.length && at < 4; at += 1) {
    const letter = reference.charCodeAt(at) & ~0x20;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column === 0 ? null : column - 1;
}
