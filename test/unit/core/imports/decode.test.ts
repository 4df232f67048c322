import { describe, expect, test } from '@jest/globals';
import { AppError, type FileKind } from '../../../../src/core/errors.ts';
import { decodeText } from '../../../../src/core/imports/decode.ts';

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
    expect(decodeText(input)).toEqual({ text: list, encoding });
  });

  test('GB18030 beyond GBK: four bytes', () => {
    const four = bytes('8139 ef30');
    expect([...decodeText(Buffer.concat([gbk, four])).text].length).toBe([...list].length + 1);
  });

  test('plain figures', () => {
    expect(decodeText(Buffer.from('13800138000\n'))).toEqual({ text: '13800138000\n', encoding: 'utf-8' });
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
    expect(decoded.encoding).toBe('utf-8 (damaged)');
    expect(decoded.text).toContain('李四,13900139000\n王五,13700137000');
  });

  test('a cut tail does not either', () => {
    const cut = Buffer.from(`${list}王`).subarray(0, -1);
    expect(decodeText(cut)).toEqual({ text: `${list}\ufffd`, encoding: 'utf-8 (damaged)' });
  });

  test('UTF-16 that is mostly Chinese, with few zero bytes and some of them on the other side', () => {
    const text = `姓名,电话\n${Array.from({ length: 20 }, (_, i) => `一一,${13_800_138_000 + i},${'这是一段一直不断的说明文字'.repeat(8)}`).join('\n')}`;
    expect(decodeText(Buffer.from(text, 'utf16le'))).toEqual({ text, encoding: 'utf-16le' });
    expect(decodeText(utf16be(text))).toEqual({ text, encoding: 'utf-16be' });
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
    expect(decodeText(input)).toEqual({ text, encoding });
  });

  test.each(['Сл,1\nИван,2\n', 'Иванов,1\n', 'José,1\nZoë,2\n', 'Müller,1\n', 'Αθηνά,1\n'])(
    'names of Europe stay what they are: %j',
    (text) => {
      expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'utf-8' });
    },
  );

  test('nothing', () => {
    expect(decodeText(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' });
    expect(decodeText(bytes('efbbbf'))).toEqual({ text: '', encoding: 'utf-8' });
  });
});

describe('no text', () => {
  test.each<[string, FileKind | undefined, Uint8Array]>([
    ['an xlsx workbook', 'xlsx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(50)])],
    ['an xls workbook', 'xls', bytes('d0cf11e0a1b11ae1')],
    ['a PDF', 'pdf', Buffer.from('%PDF-1.7\n')],
    ['a gzip archive', 'archive', bytes('1f8b0800')],
    ['a PNG', 'picture', bytes('89504e470d0a1a0a')],
    ['a JPEG', 'picture', bytes('ffd8ffe0')],
    ['a web page named .xls', 'web_page', Buffer.from('\n <html><table><tr><td>13800138000')],
    ['a table of a web page', 'web_page', Buffer.from('<style>td{}</style><table><tr><td>13800138000')],
    ['a vCard', 'vcard', Buffer.from('BEGIN:VCARD\nVERSION:3.0\nTEL:13800138000\nUID:18800188000\nEND:VCARD\n')],
    ['JSON', 'json', Buffer.from('[{"phone": "13800138000"}]')],
    ['zeros', undefined, Buffer.alloc(1000)],
    ['noise', undefined, Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 31 + i * 7 + 5) % 251)],
  ])('%s', (_, fileKind, input) => {
    expect(() => decodeText(input)).toThrow(AppError);
    const details = fileKind === undefined ? {} : { fileKind };
    expect(() => decodeText(input)).toThrow(expect.objectContaining({ code: 'file_unreadable', details }));
  });

  test('a single NUL in a list is the business of its row', () => {
    const text = '1380013\x008000\n13900139000\n13700137000\n';
    expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'utf-8' });
  });
});
