import type { ListPiece, NumberList, RejectReason } from '../model/numbers.ts';
import { type CellReading, readCell } from './cell.ts';
import type { CellOfRow, Collector } from './collect.ts';
import type { Table } from './columns.ts';
import { callingCodeOf } from './countries.ts';
import { isTitleRow } from './header.ts';
import { labelOf, namesOther } from './labels.ts';
import { fullName, nameOf } from './names.ts';
import type { NameColumns } from './people.ts';
import type { PhoneRules } from './phone.ts';
import type { Row } from './records.ts';

interface TableContext {
  rules: PhoneRules;
  collector: Collector;
}

/** Collects the rows of a table. Returns how many are no data: titles, what is above them, and titles repeated. */
export function* readTable(
  rows: Iterable<Row>,
  table: Table,
  { rules, collector }: TableContext,
): Generator<ListPiece, number> {
  const from = table.header?.from ?? 0;
  let skipped = 0;
  let secondHeader = false;
  for (const row of rows) {
    if (skipped < from) {
      skipped += 1;
      continue;
    }
    const cells = readingsOf(row, table, rules);
    if (table.header !== null && !secondHeader && mayBeTitles(cells, row, table) && isTitleRow(row)) {
      if (sameTitles(row, table)) {
        skipped += 1;
        continue;
      }
      secondHeader = true;
    }
    const reason = secondHeader ? 'second_header' : whyNot(row, table);
    if (reason === null) collector.add({ line: row.line, cells });
    else collector.reject({ line: row.line, cells: cellsAt(row, table), reason });
    yield* collector.full();
  }
  return skipped;
}

/** Why no number of a row may be sent, whatever its cells hold. */
function whyNot(row: Row, table: Table): RejectReason | null {
  if (table.open.length > 0) return cellsAt(row, table).some((cell) => cell.trim() !== '') ? 'column_open' : 'empty';
  if (table.extension !== null && /\d/.test(row.cells[table.extension] ?? '') && isLandline(row, table))
    return 'extension';
  if (table.remarks.some((index) => forbids(row.cells[index] ?? ''))) return 'do_not_call';
  if (table.phones.some(({ name }) => name !== null && isOfOthers(row.cells[name.full ?? -1] ?? '')))
    return 'other_person';
  return isShifted(row, table) ? 'row_shifted' : null;
}

const isLandline = (row: Row, { phones }: Table): boolean =>
  phones.some(({ index }) => /^\s*[(（]?0\d/.test(row.cells[index] ?? ''));

/** A remark that consists of saying not to call. One that names another number may be about that. */
function forbids(remark: string): boolean {
  if (remark.length < 2 || remark.length > maxRemarkLength || /\d/.test(remark)) return false;
  return /^\s*(?:(?:请勿|请不要|不要|禁止|勿|别)(?:再|继续)*(?:拨|打|呼|联系|骚扰|致电)|(?:已?(?:进|加)?入?黑名单|已?退订|拒接|拒绝(?:来电|联系|接听)|dnc|do[\s-]?not[\s-]?call|opt(?:ed)?[\s-]?out|unsubscribed)\s*$)/i.test(
    remark,
  );
}

const maxRemarkLength = 30;

/** A name such as `客服电话` or `制表人：小王`, as the last lines of a table have: the number is not the customer’s. */
function isOfOthers(name: string): boolean {
  if (!/[:：]|电话|手机|号码|热线|传真|phone|mobile|\btel\b|fax/i.test(name)) return false;
  return labelOf(name)?.kind === 'phone' || namesOther(name);
}

/** Only rows of words are looked at again. */
function mayBeTitles(cells: readonly CellOfRow[], row: Row, table: Table): boolean {
  for (const { reading } of cells) if ('phones' in reading) return false;
  return cellsAt(row, table).every((cell) => !/\d{3}/.test(cell)) && row.cells.some((cell) => /\p{L}/u.test(cell));
}

function readingsOf(row: Row, table: Table, rules: PhoneRules): CellOfRow[] {
  const cells: CellOfRow[] = [];
  for (const { index, name } of table.phones) {
    const cell = row.cells[index] ?? '';
    const named = name === null ? null : nameIn(row, name);
    cells.push({ cell, reading: checkedName(readNumber(row, index, { table, rules }), named), name: named });
  }
  return cells;
}

/** The number of a cell, completed by the columns of country and area. */
function readNumber(row: Row, index: number, { table, rules }: { table: Table; rules: PhoneRules }): CellReading {
  const cell = row.cells[index] ?? '';
  if (table.area === null && table.country === null) return readCell(cell, rules);
  if (cell.trim() === '') return { reason: 'empty' };
  const area = table.area === null ? '' : (row.cells[table.area] ?? '').trim();
  const country = table.country === null ? '' : callingCodeOf(row.cells[table.country] ?? '');
  if (country === null) return { reason: 'country_unknown' };
  const localArea = /^0?(10|2\d|[3-9]\d{2})$/.exec(area)?.[1];
  // An area column also serves for country codes, as in `86` or `+852`.
  const code = country === '' && /^[+\d]/.test(area) && localArea === undefined ? callingCodeOf(area) : country;
  if (code === null) return { reason: 'country_unknown' };
  const whole = readCell(cell, rules, code);
  if (localArea === undefined || 'phones' in whole) return whole;
  const joined = readCell(`0${localArea}-${cell.trim()}`, rules, code);
  return 'phones' in joined || whole.reason === 'local_number' ? joined : whole;
}

/** A name in the cell of the number that is not the one of the row belongs to someone else. */
function checkedName(reading: CellReading, name: string | null): CellReading {
  const another = 'phones' in reading && reading.name !== null && name !== null && reading.name !== name;
  return another ? { reason: 'other_person' } : reading;
}

function nameIn(row: Row, { full, first, last }: NameColumns): string | null {
  if (full !== null) return nameOf(row.cells[full] ?? '');
  return fullName(
    first === null ? null : nameOf(row.cells[first] ?? ''),
    last === null ? null : nameOf(row.cells[last] ?? ''),
  );
}

/**
 * Whether the cells of a row may be in other columns than their titles say, in a table where a wrong column would be
 * another person’s number; and a number whose extension became a cell of its own.
 */
function isShifted({ cells, brokenAt }: Row, { phones, strangers, width }: Table): boolean {
  if (brokenAt === undefined && (width === null || cells.length <= width)) return false;
  const broken = brokenAt !== undefined && phones.some(({ index }) => index >= brokenAt);
  const wide = width !== null && cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '');
  if (strangers) return broken || wide;
  return (
    wide &&
    phones.some(({ index }) => /^\s*\(?0\d/.test(cells[index] ?? '') && /^\s*\d{1,5}\s*$/.test(cells[index + 1] ?? ''))
  );
}

function cellsAt(row: Row, { phones, open }: Table): string[] {
  return [...phones.map(({ index }) => index), ...open].map((index) => row.cells[index] ?? '');
}

function sameTitles(row: Row, { header, phones, open }: Table): boolean {
  const used = [...phones.map(({ index }) => index), ...open];
  return used.every((index) => (row.cells[index] ?? '').trim() === (header?.row.cells[index] ?? '').trim());
}

type Described = Pick<NumberList, 'columns' | 'phones' | 'name' | 'open' | 'phoneColumn' | 'nameColumn'>;

/** What a person is shown of how a table is read. */
export function describeTable({ header, columns, phones, open }: Table): Described {
  const titleOf = (index: number): string => header?.titles[index]?.trim() ?? '';
  const [name = null] = phones.map((phone) => phone.name);
  const nameColumns = [name?.full, name?.first, name?.last].filter((index) => index !== null && index !== undefined);
  return {
    columns: columns.map(({ index, title, ready, unusable }) => ({ index, title, numbers: ready + unusable })),
    phones: phones.map(({ index }) => index),
    name: name?.full ?? null,
    open,
    phoneColumn: header && phones.length > 0 ? phones.map(({ index }) => titleOf(index)).join(' / ') : null,
    nameColumn: header && nameColumns.length > 0 ? nameColumns.map(titleOf).join(' / ') : null,
  };
}
