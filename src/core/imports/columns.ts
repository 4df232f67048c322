import { narrow } from '../text/narrow.ts';
import { isPhone } from './phone.ts';
import type { Row } from './table.ts';

/** How to read the rows of a list. */
export type Layout =
  /** Every cell is a number, or several. */
  | { kind: 'list'; header: Row | null }
  /** Several columns contain numbers alike and no header decides: `phones` then has more than one. */
  | { kind: 'table'; header: Row | null; phones: number[]; name: number | null };

const sampledRows = 500;
const sampledColumns = 64;

/** Compared ignoring blanks, underscores, dashes and case. */
const phoneHeaders = new Set([
  ...[
    'phone',
    'phonenumber',
    'phoneno',
    'mobile',
    'mobilephone',
    'mobilenumber',
    'cell',
    'cellphone',
    'tel',
    'telephone',
  ],
  ...[
    '手机',
    '手机号',
    '手机号码',
    '电话',
    '电话号码',
    '联系电话',
    '联系手机',
    '联系方式',
    '号码',
    '客户电话',
    '客户手机',
  ],
  ...['客户号码', '被叫', '被叫号码', '移动电话'],
]);
const nameHeaders = new Set([
  ...[
    'name',
    'fullname',
    'customer',
    'customername',
    'client',
    'clientname',
    'contact',
    'contactname',
    'contactperson',
  ],
  ...['姓名', '名字', '客户', '客户姓名', '客户名', '客户名称', '联系人', '联系人姓名', '称呼', '用户姓名'],
]);

/** The phone column is detected by its content, the name column by its header. */
export function layoutOf(rows: readonly Row[]): Layout {
  const sample = rows.slice(0, sampledRows);
  const columns = columnsOf(sample);
  const first = rows[0];
  const phones = phoneColumns(columns, first?.cells ?? []);
  const header = first && isHeader(first, phones) ? first : null;
  if (header === null && isList(sample, columns)) return { kind: 'list', header: null };
  if (columns.length <= 1) return { kind: 'list', header };
  const name = header?.cells.findIndex((cell, index) => !phones.includes(index) && nameHeaders.has(headerWord(cell)));
  return { kind: 'table', header, phones, name: name === undefined || name < 0 ? null : name };
}

interface Column {
  filled: number;
  valid: number;
  digits: number;
}

function columnsOf(sample: readonly Row[]): Column[] {
  const columns: Column[] = [];
  for (const { cells } of sample) {
    for (const [index, cell] of cells.slice(0, sampledColumns).entries()) {
      const column = columns[index] ?? { filled: 0, valid: 0, digits: 0 };
      columns[index] = column;
      if (cell.trim() === '') continue;
      column.filled += 1;
      if (isPhone(cell)) column.valid += 1;
      if (/\d{5}/.test(narrow(cell))) column.digits += 1;
    }
  }
  return columns;
}

/** The columns with about as many numbers as the best one; where there are several, a header may single out one. */
function phoneColumns(columns: readonly Column[], first: readonly string[]): number[] {
  const best = Math.max(0, ...columns.map(({ valid }) => valid));
  const indexes = columns.map((_, index) => index);
  const named = (index: number): boolean => phoneHeaders.has(headerWord(first[index] ?? ''));
  if (best === 0) {
    const headed = indexes.find(named);
    const maxDigits = Math.max(0, ...columns.map(({ digits }) => digits));
    return [headed ?? indexes.find((index) => columns[index]?.digits === maxDigits) ?? 0];
  }
  const candidates = indexes.filter((index) => (columns[index]?.valid ?? 0) >= best / 2);
  const singled = candidates.filter(named);
  return singled.length === 1 ? singled : candidates;
}

/** Words without digits where numbers are expected. "None" in the first row is a row without a number, not a header. */
function isHeader({ cells }: Row, phones: readonly number[]): boolean {
  if (cells.some(isPhone)) return false;
  if (cells.some((cell) => phoneHeaders.has(headerWord(cell)) || nameHeaders.has(headerWord(cell)))) return true;
  const titles = phones.map((index) => narrow(cells[index] ?? '').trim());
  return titles.every(
    (title) => /\p{L}/u.test(title) && !/\d/.test(title) && !/^(?:n\/?a|null|none|无|空|未知|没有)$/i.test(title),
  );
}

/** Not a table: one column, or cells that are numbers throughout, or digits in lines of different length. */
function isList(sample: readonly Row[], columns: readonly Column[]): boolean {
  if (columns.length <= 1) return true;
  const filled = columns.filter((column) => column.filled > 0);
  if (filled.every((column) => column.valid >= column.filled / 2)) return true;
  const widths = new Set(sample.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length));
  const shapeless = sample.length === 1 || widths.size > 1;
  return shapeless && sample.every(({ cells }) => cells.every((cell) => !/\p{L}/u.test(cell)));
}

function headerWord(cell: string): string {
  return narrow(cell)
    .toLowerCase()
    .replace(/[\s_\-*()\p{Cf}]/gu, '');
}
