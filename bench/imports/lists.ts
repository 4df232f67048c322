import { csvOf, encoded, type Table, type TextFormat } from '../../test/support/core/list-files.ts';
import { workbookOf } from '../../test/support/core/workbook.ts';

/** The long lists of the bench. */

const titles = ['姓名', '手机号', '城市', '备注', '订单'];

function rowsFrom(first: number, count: number, quoted: boolean): Table {
  return Array.from({ length: count }, (_, offset) => {
    const index = first + offset;
    return [
      `客户${index}`,
      String(13_000_000_000 + ((index * 7_919) % 999_999_999)),
      '上海',
      quoted && index % 20 === 0 ? '说明，"甲", 乙' : '无',
      `A${index}`,
    ];
  });
}

const rowsAtOnce = 10_000;

function text(rows: number, format: TextFormat, quoted = false): Uint8Array {
  const piece = (part: Table): Uint8Array => encoded(csvOf(part, ',', '\r\n'), format);
  const parts = [encoded(csvOf([titles], ',', '\r\n'), format)];
  for (let first = 0; first < rows; first += rowsAtOnce)
    parts.push(piece(rowsFrom(first, Math.min(rowsAtOnce, rows - first), quoted)));
  return Buffer.concat(parts);
}

export interface LongList {
  name: string;
  /** Whether csv-parse can read it, too. */
  isText: boolean;
  bytes(): Uint8Array;
}

/** @param rows up to a million; a workbook has three tenths of them. */
export function longLists(rows: number): LongList[] {
  const inWorkbook = Math.round(rows * 0.3);
  return [
    { name: `${rows} rows, UTF-8`, isText: true, bytes: () => text(rows, 'utf-8') },
    { name: `${rows} rows, GB18030`, isText: true, bytes: () => text(rows, 'gb18030') },
    { name: `${rows} rows, 5 % quoted`, isText: true, bytes: () => text(rows, 'utf-8', true) },
    {
      name: `${inWorkbook} rows, XLSX`,
      isText: false,
      bytes: () => workbookOf([{ rows: [titles, ...rowsFrom(0, inWorkbook, false)] }]),
    },
  ];
}

export const shortList = (rows: number): Uint8Array => text(rows, 'utf-8');
