import type { FileSource } from '../../../src/core/imports/read.ts';
import { type WorkbookCell, workbookOf } from './workbook.ts';

/** One table as the files in which people have it. */

export type TextFormat = 'utf-8' | 'utf-8 with a mark' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'shift_jis';

/** The bytes of every character of an encoding with two bytes, by what its decoder makes of them. */
const tables = new Map<string, Map<string, readonly number[]>>();

function tableOf(encoding: 'gb18030' | 'big5' | 'shift_jis'): Map<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const text = decoder.decode(Uint8Array.of(lead, second));
      if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, [lead, second]);
    }
  }
  tables.set(encoding, table);
  return table;
}

/** A text in an encoding. Throws for a character that it does not have. */
export function encoded(text: string, format: TextFormat): Uint8Array {
  if (format === 'utf-8') return Buffer.from(text);
  if (format === 'utf-8 with a mark') return Buffer.from(`\ufeff${text}`);
  if (format === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (format === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = tableOf(format);
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.codePointAt(0) ?? 0;
      const bytes = code < 0x80 ? [code] : table.get(character);
      if (bytes === undefined) throw new Error(`${character} is not in ${format}`);
      return bytes;
    }),
  );
}

export type Table = readonly (readonly string[])[];

/** The table as a text, quoted where the rules of CSV ask for it. */
export function csvOf(rows: Table, delimiter = ',', end = '\n'): string {
  const quoted = (cell: string): string =>
    cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return rows.map((cells) => cells.map(quoted).join(delimiter) + end).join('');
}

/** What a spreadsheet makes of a cell that is typed into it: a number where it is one, and shows all its digits. */
const typed = (cell: string): WorkbookCell => (/^[1-9]\d{0,14}$/.test(cell) ? Number(cell) : cell);

/** Every file that holds exactly this table. */
export const fileFormats: readonly (readonly [name: string, (rows: Table) => Uint8Array])[] = [
  ['CSV', (rows) => encoded(csvOf(rows), 'utf-8')],
  ['CSV of Excel', (rows) => encoded(csvOf(rows, ',', '\r\n'), 'utf-8 with a mark')],
  ['CSV with semicolons', (rows) => encoded(csvOf(rows, ';', '\r\n'), 'utf-8')],
  ['text of Excel', (rows) => encoded(`\ufeff${csvOf(rows, '\t', '\r\n')}`, 'utf-16le')],
  ['CSV in UTF-16BE', (rows) => encoded(`\ufeff${csvOf(rows)}`, 'utf-16be')],
  ['CSV in GB18030', (rows) => encoded(csvOf(rows), 'gb18030')],
  ['a workbook', (rows) => workbookOf([{ rows }])],
  ['a workbook with numbers', (rows) => workbookOf([{ rows: rows.map((cells) => cells.map(typed)) }])],
  [
    'a workbook of a program',
    (rows) =>
      workbookOf([{ rows: rows.map((cells) => cells.map((inline) => ({ inline }))) }], {
        unnumbered: true,
        prefix: 'x:',
      }),
  ],
];

/** The whole of a file that comes in parts. */
export async function bytesOf(source: FileSource): Promise<Uint8Array> {
  let parts: Uint8Array[] = [];
  await source(async (part) => {
    if (part === null) parts = [];
    else parts.push(part);
  });
  return Buffer.concat(parts);
}
