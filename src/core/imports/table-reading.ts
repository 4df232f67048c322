import type { ListPiece, NumberList, RejectReason } from '../model/numbers.ts';
import { type CellReading, meant, readCell } from './cell.ts';
import type { CellOfRow, Collector } from './collect.ts';
import type { Table } from './columns.ts';
import { marksNoCall, remarkForbids } from './consent.ts';
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
  const caption = new Caption();
  for (const row of rows) {
    if (skipped < from) {
      skipped += 1;
      continue;
    }
    if (table.obeys) caption.see(row);
    const cells = readingsOf(row, table, rules);
    if (table.header !== null && !secondHeader && mayBeTitles(cells, row, table) && isTitleRow(row)) {
      if (sameTitles(row, table)) {
        skipped += 1;
        continue;
      }
      secondHeader = true;
    }
    const reason = secondHeader ? 'second_header' : caption.isOfOthers ? 'other_person' : whyNot(row, table);
    if (reason === null) collector.add({ line: row.line, cells });
    else {
      const name = cells.find((one) => one.name !== null)?.name ?? null;
      collector.reject({ line: row.line, cells: cellsAt(row, table), name, reason });
    }
    yield* collector.full();
  }
  return skipped;
}

/** Lines within a table that say whose the rows below them are: `以下号码请勿拨打`, `【内部员工】`, `业务员名单`. */
class Caption {
  isOfOthers = false;

  see({ cells }: Row): void {
    let text = '';
    for (const cell of cells) {
      if (cell === '' || cell.trim() === '') continue;
      if (text !== '') return;
      text = cell;
    }
    if (text.length > maxCaptionLength || !captions.test(text) || /\d{7}/.test(text)) return;
    this.isOfOthers = namesOther(text) || remarkForbids(text);
  }
}

const maxCaptionLength = 40;
const captions =
  /^\s*[【[(（].*[】\])）]\s*$|以下|下列|如下|(?:表|名单|列表|清单|部分|：|:)\s*$|\b(?:below|following|list)\b/i;

/** Why no number of a row may be sent, whatever its cells hold. */
function whyNot(row: Row, table: Table): RejectReason | null {
  if (table.open.length > 0) return cellsAt(row, table).some((cell) => cell.trim() !== '') ? 'column_open' : 'empty';
  if (!table.obeys) return null;
  if (table.extension !== null && /\d/.test(row.cells[table.extension] ?? '') && hasExtension(row, table))
    return 'extension';
  if (table.remarks.some((index) => remarkForbids(row.cells[index] ?? ''))) return 'do_not_call';
  if (table.consents.some(({ index, consent }) => marksNoCall(consent, row.cells[index] ?? ''))) return 'do_not_call';
  if (table.phones.some(({ name }) => name !== null && isOfOthers(row.cells[name.full ?? -1] ?? '')))
    return 'other_person';
  if (table.header === null && row.cells.some((cell, index) => !isUsed(index, table) && isOfAnother(cell)))
    return 'other_person';
  return isShifted(row, table) ? 'row_shifted' : null;
}

const isUsed = (index: number, { phones }: Table): boolean =>
  phones.some((phone) => phone.index === index || phone.name?.full === index);

/** A word beside a number, in a table without titles: `推荐人电话:`, `妈妈`, `旧号`. Where customers come from is none. */
function isOfAnother(cell: string): boolean {
  if (cell.length < 2 || cell.length > maxKeyLength || /\d{3}/.test(cell)) return false;
  if (cell.length > maxWordLength && !/[:：=]\s*$/.test(cell)) return false;
  const label = labelOf(cell.replace(/[:：=]\s*$/, '').replace(/^\s*-\s/, ''));
  if (label === null || (label.kind !== 'phone' && label.kind !== 'name') || label.whose !== 'other') return false;
  return label.kind === 'phone' || !sources.test(cell);
}

const maxWordLength = 12;
const maxKeyLength = 40;
const sources =
  /推荐|推薦|介绍|邀请|邀约|销售|業務|业务|渠道|代理|门店|店|分配|推广|地推|引流|招商|refer|sales|agent|store|branch|partner|affiliate/i;

/** An extension is that of a landline; where there is none, of the only number: those that hide a mobile have some. */
function hasExtension(row: Row, { phones }: Table): boolean {
  const filled = phones.map(({ index }) => row.cells[index] ?? '').filter((cell) => cell.trim() !== '');
  return filled.length === 1 || filled.some((cell) => /^\s*[(（]?0\d/.test(cell));
}

/** A name such as `客服电话` or `制表人：小王`, as the last lines of a table have: the number is not the customer’s. */
function isOfOthers(name: string): boolean {
  if (name.length > maxFooterLength) return false;
  if (signature.test(name)) return true;
  const key = /^\s*([^:：]{1,20})[:：]/.exec(name)?.[1];
  const of = key === undefined ? null : labelOf(key);
  if (of?.kind === 'name' && of.party !== '') return true;
  if (key === undefined && !/电话|手机|号码|热线|传真|phone|mobile|\btel\b|fax/i.test(name)) return false;
  return labelOf(name)?.kind === 'phone' || namesOther(name);
}

const maxFooterLength = 60;
/** What stands before the number of those who made a list, or answer questions about it. */
const signature =
  /^\s*(?:制表|填表|录入|经办|审核|复核|审批|统计|制单|填报|登记|跟进|对接|负责|联系|聯絡)(?:人|员|者)?\s*$|如有|若有|疑问|请(?:联系|致电|拨打|咨询)|^\s*(?:咨询|投诉|举报|售后)|\bplease (?:call|contact)|\bquestions?\b|^\s*(?:prepared|created|exported) by/i;

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
    const reading = readNumber(row, index, { table, rules });
    cells.push({ cell, reading: table.obeys ? checkedName(reading, named) : meant(reading, cell, rules), name: named });
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
    wide && phones.some(({ index }) => /\d/.test(cells[index] ?? '') && /^\s*\d{1,5}\s*$/.test(cells[index + 1] ?? ''))
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
