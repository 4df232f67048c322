import { constants, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import type { GivenList } from '../../../src/core/imports/read.ts';
import type { ListPiece, PhoneEntry } from '../../../src/core/model/numbers.ts';
import { createReader, type Reader } from '../../../src/reader/reader.ts';
import { workbookOf, workbookParts, type ZipPart, zipOf } from '../../support/core/workbook.ts';

/** Files made to take memory and time. Each is refused within the limits of the process, and the next list is read. */

const leave = async (): Promise<void> => undefined;
let reader: Reader;
beforeAll(() => {
  // A busy machine is no fault of a file: each of these reaches its own limit long before that of time.
  reader = createReader(systemClock, { maxMs: 240_000, maxMemoryMb: 400, options: { maxUnpackedMb: 64 } });
});
afterAll(() => reader.close());

const text = (content: string | Uint8Array): GivenList => ({ bytes: Buffer.from(content) });
const megabyte = 1024 * 1024;

/** Two gigabytes of a piece, over and over, in some megabytes. */
function endless(start: string, piece: string, gigabytes = 2): Pick<ZipPart, 'content' | 'deflated'> {
  const flushed = (content: string) => deflateRawSync(content, { finishFlush: constants.Z_FULL_FLUSH });
  const size = gigabytes * 1024 * megabyte;
  const block = piece.repeat(Math.ceil(megabyte / piece.length));
  const times = Math.ceil(size / block.length);
  const middle = flushed(block);
  const content = Buffer.concat([flushed(start), ...Array<Buffer>(times).fill(middle), deflateRawSync('')]);
  return { content, deflated: { crc: 0, size: start.length + times * block.length } };
}

/** A workbook of which one part is another. */
const withPart = (name: string, part: Pick<ZipPart, 'content' | 'deflated'>): GivenList => ({
  bytes: zipOf(
    workbookParts([{ rows: [['手机号'], ['13800138000']] }]).map((one) =>
      one.name === name ? { ...one, ...part } : one,
    ),
  ),
});
const sheet = 'xl/worksheets/sheet1.xml';
const inSheet = (piece: string) => withPart(sheet, endless('<worksheet><sheetData>', piece));
const strings = 'xl/sharedStrings.xml';

const entities = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'.replace(/./g, (name) => `<!ENTITY ${name} "${`&${String.fromCharCode(name.charCodeAt(0) - 1)};`.repeat(10)}">`)}]>`;

describe('is refused', () => {
  test.each<[name: string, given: () => GivenList, refusal: object]>([
    [
      'rows without end',
      () => inSheet('<row><c t="inlineStr"><is><t>13800138000</t></is></c></row>'),
      { code: 'file_too_many_rows' },
    ],
    ['empty rows without end', () => inSheet('<row/>'), { code: 'file_too_many_rows' }],
    ['blanks without end', () => inSheet('          '), { details: { fileKind: 'damaged' } }],
    ['other tags without end', () => inSheet('<other a="a"></other>'), { code: 'file_unpacks_too_large' }],
    ['empty cells without end', () => inSheet('<c/>'), { code: 'file_too_many_columns' }],
    [
      'a cell without end',
      () => withPart(sheet, endless('<worksheet><sheetData><row><c><v>', '1380013800')),
      { details: { fileKind: 'damaged' } },
    ],
    [
      'an attribute without end',
      () => withPart(sheet, endless('<worksheet a="', 'aaaaaaaaaa')),
      { details: { fileKind: 'damaged' } },
    ],
    [
      'a tag of attributes without end',
      () => withPart(sheet, endless('<worksheet ', 'a="1" ')),
      { details: { fileKind: 'damaged' } },
    ],
    [
      'a comment without end',
      () => withPart(sheet, endless('<worksheet><!--', 'aaaaaaaaaa')),
      { details: { fileKind: 'damaged' } },
    ],
    ['depth without end', () => withPart(sheet, endless('<worksheet>', '<a>')), { details: { fileKind: 'damaged' } }],
    [
      'a shared string without end',
      () => withPart(strings, endless('<sst><si><t>', 'aaaaaaaaaa')),
      { details: { fileKind: 'damaged' } },
    ],
    [
      'styles without end',
      () => withPart('xl/styles.xml', endless('<styleSheet><cellXfs>', '<xf/>')),
      { details: { fileKind: 'damaged' } },
    ],
    [
      'entities of entities',
      () => withPart(sheet, { content: `${entities}<worksheet>&j;</worksheet>` }),
      { details: { fileKind: 'damaged' } },
    ],
    [
      'an unknown entity',
      () => withPart(sheet, { content: '<worksheet>&nothing;</worksheet>' }),
      { details: { fileKind: 'damaged' } },
    ],
    [
      '16,384 columns',
      () => ({ bytes: workbookOf([{ rows: [Array<string>(16_384).fill('手机号')] }]) }),
      { code: 'file_too_many_columns', details: { limit: 500 } },
    ],
    [
      '60,000 parts',
      () => ({ bytes: zipOf(Array.from({ length: 60_000 }, (_, index) => ({ name: `${index}`, content: '' }))) }),
      { details: { fileKind: 'archive' } },
    ],
    [
      'a file larger than a list may be',
      () => text(Buffer.alloc(51 * megabyte, '1380013800\n')),
      { code: 'file_too_large', details: { limit: 50 } },
    ],
    [
      '16,384 columns of a text',
      () => text(`phone${',x'.repeat(16_383)}\n13800138000${',1'.repeat(16_383)}\n`),
      { code: 'file_too_many_columns' },
    ],
    ['zeros', () => text(Buffer.alloc(40 * megabyte)), { code: 'file_unreadable' }],
  ])(
    '%s',
    async (_name, given, refusal) => {
      const file = given();
      expect('bytes' in file && file.bytes.length).toBeLessThan(52 * megabyte);
      await expect(reader.readList(file, leave)).rejects.toMatchObject(refusal);
      expect((await reader.readList({ text: '13800138000' }, leave)).ready.count).toBe(1);
    },
    300_000,
  );
});

describe('ends, and calls nobody on a guess', () => {
  test.each<[name: string, given: () => GivenList]>([
    ['one line of 40 MB', () => text('x'.repeat(40 * megabyte))],
    ['one line of digits', () => text('1380013800'.repeat(2 * megabyte))],
    ['quotation marks that are never closed', () => text('"a,13800138000\n'.repeat(megabyte))],
    ['quotation marks alone', () => text('"'.repeat(8 * megabyte))],
    ['a quotation mark in front of everything', () => text(`"${'x\n'.repeat(megabyte)}`)],
    ['quotation marks after text', () => text('a"b"c,'.repeat(4 * megabyte))],
    ['blanks', () => text(' \t'.repeat(20 * megabyte))],
    ['line ends', () => text('\n\r'.repeat(8 * megabyte))],
    ['delimiters', () => text(',;\t|'.repeat(megabyte / 2))],
    ['a million short rows', () => text('1,2,3\n'.repeat(megabyte))],
    [
      'bytes of no encoding',
      () => text(Uint8Array.from({ length: 8 * megabyte }, (_, index) => 0x81 + ((index * 7) % 120))),
    ],
  ])(
    '%s',
    async (_name, given) => {
      const ready: PhoneEntry[] = [];
      const take = async (piece: ListPiece): Promise<void> => {
        ready.push(...piece.ready);
      };
      const ending = await reader.readList(given(), take).then(
        () => ready,
        ({ code }) => code,
      );
      expect(Array.isArray(ending) ? ending : String(ending)).toEqual(
        Array.isArray(ending) ? [] : expect.stringMatching(/^file_/),
      );
      expect((await reader.readList({ text: '13800138000' }, leave)).ready.count).toBe(1);
    },
    300_000,
  );
});
