import { describe, expect, test } from '@jest/globals';
import { readNumbers } from '../../../support/core/read-list.ts';
import type { WholeList } from '../../../support/core/whole-list.ts';

const A = '13800138000';
const B = '13900139000';
const C = '13700137000';

const readText = (text: string): WholeList => {
  const list = readNumbers({ text });
  expect(list.readyRows + list.rejected.length + list.repeated + list.skipped).toBe(list.rows);
  return list;
};
const phones = (list: WholeList): string[] => list.ready.map(({ phone }) => phone);
const rejects = (list: WholeList): string[] => list.rejected.map(({ line, reason }) => `${line} ${reason}`);

describe('the same two numbers, in many shapes', () => {
  const table = (delimiter: string): string =>
    [`姓名${delimiter}手机号`, `张三${delimiter}${A}`, `李四${delimiter}${B}`].join('\n');
  test.each([
    ['comma', table(',')],
    ['semicolon', table(';')],
    ['tab', table('\t')],
    ['full-width comma', table('，')],
    ['sep=', `sep=;\n${table(';')}`],
    ['sep=|', `sep=|\r\n${table('|').replaceAll('\n', '\r\n')}`],
    ['byte order mark', `\ufeff${table(',')}`],
    ['CRLF', table(',').replaceAll('\n', '\r\n')],
    ['CR only', table(',').replaceAll('\n', '\r')],
    ['blank lines', `\n\n${table(',').replaceAll('\n', '\n\n')}\n\n`],
    ['rows of blanks and delimiters', `${table(',')}\n , \n,,,\n`],
    ['quotes', `"姓名","手机号"\n"张三","${A}"\n"李四","${B}"`],
    ['quoted line breaks', `姓名,手机号,备注\n张三,${A},"a\nb"\n李四,${B},"c, ""d"""`],
    ['ragged rows', `姓名,手机号\n张三,${A},x,y\n李四,${B}`],
    ['a stray quote', `姓名,手机号\n"张三,${A}\n李四,${B}`],
    ['a quote within a cell', `姓名,手机号\n张"三,${A}\n李四,${B}`],
    ['formulas that keep text', `姓名,手机号\n张三,="${A}"\n李四,="${B}"`],
    ['an apostrophe', `姓名,手机号\n张三,'${A}\n李四,'${B}`],
    ['the phone first', `phone,name\n${A},张三\n${B},李四`],
    [
      'a column of ids',
      `姓名,身份证,订单号,手机号\n张三,110101199003071234,20260105001,${A}\n李四,110101199003071235,20260105002,${B}`,
    ],
    ['order numbers like mobiles', `订单号,手机号\n13100000001,${A}\n13100000002,${B}`],
    ['an unknown header', `甲,乙\n张三,${A}\n李四,${B}`],
    ['no header', `张三,${A}\n李四,${B}`],
    ['one number per line', `${A}\n${B}\n`],
    ['a title and one number per line', `手机号\n${A}\n${B}`],
    ['one line, commas', `${A},${B}`],
    ['one line, blanks', `${A} ${B}`],
    ['one line, mixed', `${A}，${B}；`],
    ['one line, Chinese commas', `${A}、${B}`],
    ['several, ragged', `${A}, ${B}\n${A}`],
    ['labels', `电话：${A}\n电话：${B}`],
    ['names beside', `张三 ${A}\n李四 ${B}`],
    ['gaps within the numbers', '138 0013 8000\n139-0013-9000'],
  ])('%s', (_, text) => {
    expect(phones(readText(text))).toEqual([A, B]);
  });
});

describe('columns', () => {
  test('names come by the header, in either language', () => {
    for (const header of ['姓名', '客户姓名', '联系人', 'Name', 'customer_name', ' Full Name ']) {
      const list = readText(`城市,${header},电话\n北京, 张三 ,${A}\n上海,,${B}`);
      expect(list.ready).toEqual([
        { phone: A, name: '张三', line: 2 },
        { phone: B, name: null, line: 3 },
      ]);
      expect([list.phoneColumn, list.nameColumn]).toEqual(['电话', header.trim()]);
    }
  });

  test('without a header nobody’s city becomes a name', () => {
    const list = readText(`北京,${A}\n上海,${B}`);
    expect(list.ready).toEqual([
      { phone: A, name: null, line: 1 },
      { phone: B, name: null, line: 2 },
    ]);
    expect([list.phoneColumn, list.nameColumn]).toEqual([null, null]);
  });

  test('a header that names the customer’s own number decides, whatever other columns hold', () => {
    const list = readText(`电话,备注\n无,${A}\n见备注,${B}`);
    expect(list.ready).toEqual([]);
    expect(rejects(list)).toEqual(['2 empty', '3 letters']);
    expect(list.phoneColumn).toBe('电话');
  });

  test('further columns of the same person are taken as well', () => {
    const list = readText(`姓名,手机号,备用\n张三,${A},${C}\n李四,${B},\n王五,,13600136000`);
    expect(list.ready).toEqual([
      { phone: A, name: '张三', line: 2 },
      { phone: C, name: '张三', line: 2 },
      { phone: B, name: '李四', line: 3 },
      { phone: '13600136000', name: '王五', line: 4 },
    ]);
    expect([list.phoneColumn, list.readyRows, list.severalRows]).toEqual(['手机号 / 备用', 3, 1]);
  });

  test('one number in two columns is one', () => {
    const list = readText(`姓名,手机,电话\n赵六,${A},+86 ${A}`);
    expect([phones(list), list.severalRows, list.repeated]).toEqual([[A], 0, 0]);
  });

  test('no numbers at all: the column that should hold them is reported', () => {
    const list = readText('姓名,电话\n张三,12345\n李四,abc');
    expect(rejects(list)).toEqual(['2 too_short', '3 letters']);
    expect(list.phoneColumn).toBe('电话');
  });

  test('a first row without a number is a row, when it holds none of a header’s words', () => {
    expect(rejects(readText(`张三,N/A\n李四,${A}\n王五,${B}`))).toEqual(['1 empty']);
    expect(rejects(readText(`张三,\n李四,${A}\n王五,${B}`))).toEqual(['1 empty']);
    expect(rejects(readText(`张三,abc13800138000\n李四,${A}`))).toEqual(['1 letters']);
  });
});

describe('rows', () => {
  test('repeated numbers count once, however they are written', () => {
    const list = readText(`phone\n${A}\n+86 138-0013-8000\n0086${A}\n${B}\n'${A}`);
    expect([list.rows, list.skipped, list.repeated, phones(list)]).toEqual([6, 1, 3, [A, B]]);
  });

  test('the first name of a repeated number stays', () => {
    expect(readText(`name,phone\n张三,${A}\n李四,${A}`).ready).toEqual([{ phone: A, name: '张三', line: 2 }]);
  });

  test('rejected rows keep their line, cell and name', () => {
    const list = readText(
      `phone,name\n${A},a\n\n1.35305E+10,b\r\n"${B}-${C}",c\n,d\n"note\nof two lines",e\n138****8000,f\n`,
    );
    expect(list.rejected).toEqual([
      { line: 4, cell: '1.35305E+10', reason: 'scientific_lossy', name: 'b' },
      { line: 5, cell: `${B}-${C}`, reason: 'two_numbers', name: 'c' },
      { line: 6, cell: '', reason: 'empty', name: 'd' },
      { line: 7, cell: 'note\nof two lines', reason: 'letters', name: 'e' },
      { line: 9, cell: '138****8000', reason: 'masked', name: 'f' },
    ]);
    expect([list.rows, list.skipped]).toEqual([7, 1]);
  });

  test('lines count on after sep=', () => {
    expect(rejects(readText(`sep=;\nname;phone\na;${A}\nb;123`))).toEqual(['4 too_short']);
  });

  test.each(['/', ' ', '；', '、', ',', '|', '\\', ' ::: ', '或', '+', '&', '_', '\n'])(
    'several numbers of one person in a cell, separated by %j',
    (separator) => {
      const list = readText(`name,phone\nLi,"${A}${separator}${B}"\nHan,${C}`);
      expect(list.ready).toEqual([
        { phone: A, name: 'Li', line: 2 },
        { phone: B, name: 'Li', line: 2 },
        // A line break within a cell is a line of the file.
        { phone: C, name: 'Han', line: separator === '\n' ? 4 : 3 },
      ]);
      expect([list.rows, list.skipped, list.readyRows, list.severalRows]).toEqual([3, 1, 2, 1]);
    },
  );

  test.each([`${A}${B}`, `${A}-${B}`, `${A}/1`, `${A}/张三`])('%s is none of them by guess', (cell) => {
    expect(readText(`name,phone\nLi,${cell}`).ready).toEqual([]);
  });

  test('rows that stray quotes enclose are a note by the rules of CSV; that there are numbers in it is said', () => {
    const list = readText(`姓名,手机号,备注\n张三,${A},"x\n李四,${B},y"\n王五,${C},"a\nb"`);
    expect([phones(list), list.quotedNumbers]).toEqual([[A, C], { rows: 1, line: 2 }]);
  });

  test('what a ready row has beyond its number is counted', () => {
    const list = readText(`姓名,电话,电话2\n张三,${A},1.38E+10`);
    expect(phones(list)).toEqual([A]);
    expect(list.leftOut).toEqual([{ line: 2, cell: '1.38E+10', reason: 'scientific_lossy' }]);
  });

  test('a minus with a blank after it is still a minus', () => {
    expect(rejects(readText(`- ${A}\n- ${B}`))).toEqual(['1 negative', '2 negative']);
  });

  test('in a pasted list one wrong number does not hide the next', () => {
    const list = readText(`${A} 12345 ${B}\n${C}\nabc`);
    expect(phones(list)).toEqual([A, B, C]);
    expect(rejects(list)).toEqual(['1 too_short', '3 letters']);
  });

  test('an extension is not left out in silence', () => {
    expect(rejects(readText('01012345678 转 8\n13800138000'))).toEqual(['1 extension']);
  });

  test('foreign numbers only when allowed', () => {
    const text = `${A}\n+1 415 555 2671`;
    expect(rejects(readText(text))).toEqual(['2 foreign_not_allowed']);
    expect(phones(readNumbers({ text }, { countries: ['CN', 'US'] }))).toEqual([A, '+14155552671']);
  });

  test('damaged names are left out, the number stays', () => {
    expect(readText(`name,phone\n张\ufffd,${A}`).ready).toEqual([{ phone: A, name: null, line: 2 }]);
  });
});

describe('nothing to read', () => {
  test.each([
    ['', 0],
    ['\ufeff', 0],
    ['\n\n', 0],
    [' \t ', 0],
    ['sep=;', 0],
    ['手机号', 1],
    ['name,phone\n', 1],
    [',,,\n,', 0],
  ])('%j', (text, titles) => {
    expect(readText(text)).toMatchObject({ rows: titles, skipped: titles, ready: [], rejected: [], repeated: 0 });
  });
});

describe('files', () => {
  test('GBK, from its bytes', () => {
    const bytes = Buffer.concat([
      Buffer.from('d0d5c3fb', 'hex'),
      Buffer.from(','),
      Buffer.from('cad6bbfabac5', 'hex'),
      Buffer.from('\r\n'),
      Buffer.from('d5c5c8fd', 'hex'),
      Buffer.from(`,${A}\r\n`),
    ]);
    expect(readNumbers({ bytes })).toEqual({
      rows: 2,
      ready: [{ phone: A, name: '张三', line: 2 }],
      readyRows: 1,
      rejected: [],
      repeated: 0,
      skipped: 1,
      leftOut: [],
      quotedNumbers: null,
      severalRows: 0,
      columns: [
        { index: 0, title: '姓名', numbers: 0 },
        { index: 1, title: '手机号', numbers: 1 },
      ],
      phones: [1],
      name: 0,
      open: [],
      phoneColumn: '手机号',
      nameColumn: '姓名',
      encoding: 'gb18030',
      encodingDoubtful: false,
      workbook: null,
      warnings: [],
    });
  });

  test('UTF-16 as Excel saves it', () => {
    const bytes = Buffer.from(`\ufeff姓名\t手机号\r\n张三\t${A}\r\n`, 'utf16le');
    expect(readNumbers({ bytes })).toMatchObject({
      ready: [{ phone: A, name: '张三', line: 2 }],
      encoding: 'utf-16le',
    });
  });

  test('a workbook is refused', () => {
    expect(() => readNumbers({ bytes: Buffer.from('PK\x03\x04…') })).toThrow(
      expect.objectContaining({ code: 'file_unreadable' }),
    );
  });

  test('too many bytes, characters or rows', () => {
    const refused = (code: string, limit: number) => expect.objectContaining({ code, details: { limit } });
    const megabyte = 1024 * 1024;
    expect(() => readNumbers({ bytes: new Uint8Array(50 * megabyte + 1) })).toThrow(refused('file_too_large', 50));
    expect(() => readNumbers({ text: '1'.repeat(megabyte + 1) }, { maxMb: 1 })).toThrow(refused('file_too_large', 1));
    expect(readNumbers({ text: `${A}\n${B}` }, { maxRows: 2 }).rows).toBe(2);
    const three = { text: `${A}\n${B}\n${A}` };
    expect(() => readNumbers(three, { maxRows: 2 })).toThrow(refused('file_too_many_rows', 2));
    expect(() => readNumbers({ text: `phone,name\n${A},b\n${B},c\n${C},d` }, { maxRows: 2 })).toThrow(
      refused('file_too_many_rows', 2),
    );
  });

  test('columns with anything in them are counted, not those of a line of numbers', () => {
    const wide = (last: string) => ({ text: `phone${','.repeat(500)}${last}\n${A}${','.repeat(500)}` });
    expect(readNumbers(wide('')).ready).toHaveLength(1);
    const refused = expect.objectContaining({ code: 'file_too_many_columns', details: { limit: 500 } });
    expect(() => readNumbers(wide('note'))).toThrow(refused);
    expect(readNumbers({ text: Array(600).fill(A).join(',') })).toMatchObject({ rows: 600, repeated: 599 });
  });
});
