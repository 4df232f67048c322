import type { Button, DataTableBlock, KnownBlock, RichTextBlock } from '@slack/types';
import { printable } from '../../core/text/printable.ts';
import { cut } from './cut.ts';
import { limits } from './limits.ts';

/**
 * Slack's limits of a `data_table` (docs.slack.dev, data table block): of what the pages say at different times, the
 * less. The texts of all cells of a message count together.
 */
const tableLimits = { rows: 100, columns: 20, pageSize: 100, text: 9_500, cellText: 80, caption: 150 } as const;

interface RawText {
  type: 'raw_text';
  text: string;
}

interface RawNumber {
  type: 'raw_number';
  value: number;
  text: string;
}

/** A button; clients that draw none show the fallback. `@slack/types` does not know it yet. */
interface ActionCell {
  type: 'action';
  element: Button;
  fallback: RawText;
}

export type TableCell = RawText | RawNumber | RichTextBlock | ActionCell;

/** A cell must not be empty. */
const blank = '–';

/** On one line; nothing in it becomes an emoji, wherever Slack looks for them. */
const shownText = (text: string): string => {
  const shown = cut(printable(text).trim(), tableLimits.cellText) || blank;
  return shown.replaceAll(/:(?=[^\s:]+:)/g, ':\u200b');
};

export function textCell(text: string): RawText {
  return { type: 'raw_text', text: shownText(text) };
}

/** Sorted by its value where every cell of the column is a number. */
export function numberCell(value: number, text: string): RawNumber {
  return { type: 'raw_number', value, text: shownText(text) };
}

export function linkCell(url: string, text: string): RichTextBlock {
  return richCell({ type: 'link', url, text: shownText(text) });
}

/** A day, in the time zone of the reader; sorted as it is written. `at`: epoch ms. */
export function dayCell(at: number, fallback: string): RichTextBlock {
  return richCell({ type: 'date', timestamp: Math.floor(at / 1000), format: '{date_num}', fallback });
}

export function actionCell(element: Button): ActionCell {
  const { accessibility_label: spoken, text } = element;
  const fitted =
    spoken === undefined
      ? element
      : { ...element, accessibility_label: cut(printable(spoken), limits.accessibilityLabel) };
  return { type: 'action', element: fitted, fallback: textCell(text.text) };
}

type RichElement = Extract<RichTextBlock['elements'][number], { type: 'rich_text_section' }>['elements'][number];

function richCell(element: RichElement): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] };
}

export interface Table {
  blockId: string;
  caption: string;
  heads: readonly string[];
  /** Each with as many cells as there are heads. */
  rows: readonly (readonly TableCell[])[];
  /** Rows that are seen at a time. */
  pageSize: number;
  /** The column that names its row, from 0. */
  nameColumn: number;
}

/** A `data_table` within Slack's limits: rows for which there is no room are left out. */
export function dataTable({ blockId, caption, heads, rows, pageSize, nameColumn }: Table): KnownBlock {
  const head = heads.map(textCell);
  let text = textIn(head);
  const shown = rows.slice(0, tableLimits.rows).filter((row) => {
    text += textIn(row);
    return text <= tableLimits.text;
  });
  const block: Omit<DataTableBlock, 'rows'> & { rows: readonly (readonly TableCell[])[] } = {
    type: 'data_table',
    block_id: blockId,
    caption: cut(printable(caption), tableLimits.caption),
    page_size: Math.min(tableLimits.pageSize, pageSize),
    row_header_column_index: nameColumn,
    rows: [head, ...shown],
  };
  // The types of Slack do not know the cells with a button yet.
  return block as unknown as KnownBlock;
}

/** What counts of a row: every text that is shown. */
function textIn(row: readonly TableCell[]): number {
  return row.reduce((sum, cell) => sum + textOf(cell).length, 0);
}

/** Addresses count as well: nobody says that they do not. */
function textsIn(elements: readonly object[]): string {
  return elements
    .map((element) => {
      if ('elements' in element && Array.isArray(element.elements)) return textsIn(element.elements);
      return ['text', 'url', 'fallback'].map((key) => Reflect.get(element, key) ?? '').join('');
    })
    .join('');
}

function textOf(cell: TableCell): string {
  switch (cell.type) {
    case 'action':
      return cell.element.text.text + cell.fallback.text;
    case 'rich_text':
      return textsIn(cell.elements);
    default:
      return cell.text;
  }
}
