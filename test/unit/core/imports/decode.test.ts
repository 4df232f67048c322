import { describe, expect, test } from '@jest/globals';
import { AppError, type FileKind } from '../../../../src/core/errors.ts';
import * as decode from '../../../../src/core/imports/decode.ts';

const decodeText = (...asked: Parameters<typeof decode.decodeText>) => {
  const { text, ...decoded } = decode.decodeText(...asked);
  return { text: [...text()].join(''), ...decoded };
};
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** `张三,13800138000` and `李四,13900139000` in GBK. */
const gbk = Buffer.concat([
  bytes('d5c5 c8fd'),
  Buffer.from(',13800138000\n'),
  bytes('c0ee cbc4'),
  Buffer.from(',13900139000\n'),
]);
const list = '张三,13800138000\n李四,13900139000\n';

describe('encodings', () => {
  test.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from(list), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${list}`), 'utf-8'],
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${list}`, 'utf16le'), 'utf-16le'],
    ['UTF-16LE', Buffer.from(list, 'utf16le'), 'utf-16le'],
    ['UTF-16BE with a mark', utf16be(`\ufeff${list}`), 'utf-16be'],
    ['UTF-16BE', utf16be(list), 'utf-16be'],
    ['GBK', gbk, 'gb18030'],
  ])('%s', (_, input, encoding) => {
    expect(decodeText(input)).toEqual({ text: list, encoding, encodingDoubtful: false });
  });

  test('GB18030 beyond GBK: four bytes', () => {
    const four = bytes('8139 ef30');
    expect([...decodeText(Buffer.concat([gbk, four])).text].length).toBe([...list].length + 1);
  });

  test('plain figures', () => {
    expect(decodeText(Buffer.from('13800138000\n'))).toEqual({
      text: '13800138000\n',
      encoding: 'utf-8',
      encodingDoubtful: false,
    });
  });

  test('one row of GBK is not taken for damaged UTF-8', () => {
    for (const name of ['d5c5c8fd', 'c0eecbc4', 'cdf5ced', 'b3c2cffe', 'd6dcd0c7b3db'].filter(
      (hex) => hex.length % 4 === 0,
    )) {
      const input = Buffer.concat([bytes(name), Buffer.from(',13800138000\n')]);
      expect(decodeText(input).encoding).toBe('gb18030');
    }
  });

  test('one bad byte does not turn a UTF-8 file into mojibake', () => {
    const good = Buffer.from('张三,13800138000\n李四,13900139000\n王五,13700137000\n');
    const damaged = Buffer.from(good);
    damaged[1] = 0x41;
    const decoded = decodeText(damaged);
    expect(decoded).toMatchObject({ encoding: 'utf-8', encodingDoubtful: true });
    expect(decoded.text).toContain('李四,13900139000\n王五,13700137000');
  });

  test('a cut tail does not either', () => {
    const cut = Buffer.from(`${list}王`).subarray(0, -1);
    expect(decodeText(cut)).toEqual({ text: `${list}\ufffd`, encoding: 'utf-8', encodingDoubtful: true });
  });

  test('UTF-16 that is mostly Chinese, with few zero bytes and some of them on the other side', () => {
    const text = `姓名,电话\n${Array.from({ length: 20 }, (_, i) => `一一,${13_800_138_000 + i},${'这是一段一直不断的说明文字'.repeat(8)}`).join('\n')}`;
    expect(decodeText(Buffer.from(text, 'utf16le'))).toEqual({ text, encoding: 'utf-16le', encodingDoubtful: false });
    expect(decodeText(utf16be(text))).toEqual({ text, encoding: 'utf-16be', encodingDoubtful: false });
  });

  test.each([
    [
      'big5',
      '王小美,13800138000\n陳大文,13900139000\n林志明,13700137000\n',
      'a4fd a470 acfc|b3af a46a a4e5|aa4c a7d3 a9fa',
    ],
    ['shift_jis', '田中,13800138000\n鈴木,13900139000\n佐藤,13700137000\n', '9363 9286|97e9 96d8|8db2 93a1'],
    ['gb18030', '谢应,13800138000\n', 'd0bb d3a6'],
    ['gb18030', '张三,13800138000\n李四,13900139000\n', 'd5c5 c8fd|c0ee cbc4'],
  ])('%s: %j', (encoding, text, hex) => {
    const names = hex.split('|').map(bytes);
    const lines = text.trimEnd().split('\n');
    const input = Buffer.concat(
      lines.flatMap((line, row) => [names[row] ?? bytes(''), Buffer.from(`${line.slice(line.indexOf(','))}\n`)]),
    );
    expect(decodeText(input)).toEqual({ text, encoding, encodingDoubtful: !text.startsWith('张三') });
  });

  test.each(['Сл,1\nИван,2\n', 'Иванов,1\n', 'José,1\nZoë,2\n', 'Müller,1\n', 'Αθηνά,1\n'])(
    'names of Europe stay what they are: %j',
    (text) => {
      expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'utf-8', encodingDoubtful: false });
    },
  );

  test('nothing', () => {
    expect(decodeText(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8', encodingDoubtful: false });
    expect(decodeText(bytes('efbbbf'))).toEqual({ text: '', encoding: 'utf-8', encodingDoubtful: false });
  });
});

test('what a person says the encoding is, it is', () => {
  const big5 = Buffer.concat([bytes('b3af a46a a4e5'), Buffer.from(',13900139000\n')]);
  expect(decodeText(big5, 'big5')).toEqual({ text: '陳大文,13900139000\n', encoding: 'big5', encodingDoubtful: false });
  expect(decodeText(big5, 'gb18030').text).not.toContain('陳大文');
});

test.each([
  ['names with rare characters among common ones', 'b3c2 88d2|d5c5 c8fd|c0ee cbc4|cdf5 cee5|d5d4 c1f9', false],
  ['characters of which most are rare', '8140 8141 8142|8243 8244|e040 e041', true],
])('GB18030, %s', (_, hex, encodingDoubtful) => {
  const lines = hex.split('|').map((name) => Buffer.concat([bytes(name), Buffer.from(',13800138000\n')]));
  expect(decodeText(Buffer.concat(lines))).toMatchObject({ encoding: 'gb18030', encodingDoubtful });
});

describe('no text', () => {
  test.each<[string, FileKind | undefined, Uint8Array]>([
    ['an archive', 'archive', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(50)])],
    ['an xls workbook', 'xls', bytes('d0cf11e0a1b11ae1')],
    ['a PDF', 'pdf', Buffer.from('%PDF-1.7\n')],
    ['a gzip archive', 'archive', bytes('1f8b0800')],
    ['a PNG', 'picture', bytes('89504e470d0a1a0a')],
    ['a JPEG', 'picture', bytes('ffd8ffe0')],
    ['a web page named .xls', 'web_page', Buffer.from('\n <html><table><tr><td>13800138000')],
    ['a table of a web page', 'web_page', Buffer.from('<style>td{}</style><table><tr><td>13800138000')],
    [
      'a workbook of Excel 2003 as XML',
      'xml',
      Buffer.from('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>'),
    ],
    ['a web page that is XML', 'web_page', Buffer.from('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html>')],
    [
      'a web archive',
      'web_page',
      Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n'),
    ],
    [
      'a workbook with a password',
      'encrypted',
      Buffer.concat([bytes('d0cf11e0a1b11ae1'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    [
      'an old text document',
      'document',
      Buffer.concat([bytes('d0cf11e0a1b11ae1'), Buffer.alloc(600), Buffer.from('WordDocument', 'utf16le')]),
    ],
    [
      'an email of Outlook',
      'email',
      Buffer.concat([bytes('d0cf11e0a1b11ae1'), Buffer.from('__substg1.0_001A', 'utf16le')]),
    ],
    ['an email', 'email', Buffer.from('Subject: list\nFrom: a@example.com\nDate: x\nMessage-ID: <x>\n\n13800138000\n')],
    ['rich text', 'document', Buffer.from('{\\rtf1\\ansi 13800138000}')],
    ['a GIF', 'picture', Buffer.from('GIF89a')],
    ['a WebP', 'picture', Buffer.from('RIFF\x01\x02\x03\x04WEBP')],
    ['a picture of a phone', 'picture', bytes('00000024 66747970 68656963')],
    ['a film', 'media', bytes('00000024 66747970 6d703432')],
    ['a tar archive', 'archive', Buffer.concat([Buffer.alloc(257, 48), Buffer.from('ustar')])],
    ['a database', 'binary', Buffer.from('SQLite format 3\0')],
    ['JSON without anything in it', 'json', Buffer.from('[]')],
    ['JSON in UTF-16', 'json', Buffer.from('\ufeff{"phones": ["13800138000"]}', 'utf16le')],
    ['a vCard', 'vcard', Buffer.from('BEGIN:VCARD\nVERSION:3.0\nTEL:13800138000\nUID:18800188000\nEND:VCARD\n')],
    ['JSON', 'json', Buffer.from('[{"phone": "13800138000"}]')],
    ['zeros', undefined, Buffer.alloc(1000)],
    ['noise', undefined, Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 31 + i * 7 + 5) % 251)],
  ])('%s', (_, fileKind, input) => {
    expect(() => decodeText(input)).toThrow(AppError);
    const details = fileKind === undefined ? {} : { fileKind };
    expect(() => decodeText(input)).toThrow(expect.objectContaining({ code: 'file_unreadable', details }));
  });

  test.each([
    'From,To\n张三,13800138000\n',
    'Date: 2026-01-05\n13800138000\n',
    '{张三},13800138000\n',
    'PAR1,13800138000',
  ])('a list that begins a little like something else: %j', (text) => {
    expect(decodeText(Buffer.from(text)).text).toBe(text);
  });

  test('a single NUL in a list is the business of its row', () => {
    const text = '1380013\x008000\n13900139000\n13700137000\n';
    expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'utf-8', encodingDoubtful: false });
  });
});
