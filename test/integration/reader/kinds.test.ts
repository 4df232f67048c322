import { describe, expect, test } from '@jest/globals';
import { csvOf, encoded, fileFormats, type Table } from '../../support/core/list-files.ts';
import { readGiven } from '../../support/core/read-list.ts';
import type { WholeList } from '../../support/core/whole-list.ts';

/** Kinds of lists as people upload them. Each is the same in every format. */

const A = '13571357001';
const B = '13671367002';
const C = '13771377003';
const D = '13871387004';
/** Other people's. */
const X = '18971897001';
const Y = '18971897002';

const sumOf = ({ readyRows, rejected, repeated, skipped }: WholeList): number =>
  readyRows + rejected.length + repeated + skipped;
const readyIn = ({ ready }: WholeList): string[] =>
  ready.map(({ phone, name }) => [phone, name].filter(Boolean).join(' '));

const read = async (bytes: Uint8Array): Promise<WholeList> => {
  const list = await readGiven({ bytes });
  expect(sumOf(list)).toBe(list.rows);
  return list;
};

const kinds: readonly [name: string, rows: Table, ready: readonly string[]][] = [
  [
    'a title without rows of numbers',
    [
      ['姓名', '手机号'],
      ['高飞', '待补'],
    ],
    [],
  ],
  [
    'a first row without a number',
    [
      ['高飞', '待补'],
      ['江涛', A],
      ['林海', B],
    ],
    [`${A} 江涛`, `${B} 林海`],
  ],
  [
    'names without titles',
    [
      [A, '高飞'],
      [B, '江涛'],
    ],
    [`${A} 高飞`, `${B} 江涛`],
  ],
  [
    'captions above the titles',
    [['二月回访客户'], ['制表：小许'], ['姓名', '手机号', '城市'], ['高飞', A, '苏州'], ['江涛', B, '无锡']],
    [`${A} 高飞`, `${B} 江涛`],
  ],
  [
    'instructions with an example of a number',
    [['填写说明'], ['1、手机号必填，例如 13000130000'], ['姓名', '手机号'], ['高飞', A]],
    [`${A} 高飞`],
  ],
  [
    'a template of the platform',
    [
      ['说明：号码必填，其余选填', '', ''],
      ['号码', '姓名', '公司'],
      [A, '高飞', '一公司'],
      [B, '江涛', '二公司'],
    ],
    [`${A} 高飞`, `${B} 江涛`],
  ],
  [
    'a legal representative',
    [
      ['手机号码', '法定代表人'],
      [A, '高飞'],
      [B, '江涛'],
    ],
    [`${A} 高飞`, `${B} 江涛`],
  ],
  [
    'first names',
    [
      ['phone number', 'first_name', 'plan'],
      [`+86${A}`, 'Gao', 'a'],
      [`+86${B}`, 'Jiang', 'b'],
    ],
    [`${A} Gao`, `${B} Jiang`],
  ],
  [
    'a calculated amount',
    [
      ['姓名', '手机'],
      ['高飞', '-13571356915'],
      ['江涛', B],
    ],
    [`${B} 江涛`],
  ],
  [
    'a note that says not to call another number',
    [
      ['手机号', '备注'],
      [A, `旧号：\n${X}\n请勿拨打`],
      [B, '无'],
    ],
    [A, B],
  ],
  [
    'a salesperson in every row',
    [
      ['姓名', '手机号', '客户经理电话'],
      ['高飞', A, X],
      ['江涛', '', X],
      ['林海', '', X],
      ['何田', B, X],
    ],
    [`${A} 高飞`, `${B} 何田`],
  ],
  [
    'referrers of customers whose numbers were lost',
    [
      ['姓名', '手机号', '推荐人手机'],
      ['高飞', '1.36E+10', X],
      ['江涛', '1.36E+10', Y],
    ],
    [],
  ],
  [
    'emergency contacts of customers without a number',
    [
      ['姓名', '客户手机号码', '紧急联系人电话号码'],
      ['高飞', A, X],
      ['江涛', '', Y],
    ],
    [`${A} 高飞`],
  ],
  [
    'a fax beside the number',
    [
      ['公司', '联系人', '电话', '传真'],
      ['一公司', '高飞', '010-65771234', '010-65771235'],
      ['二公司', '江涛', '', '021-61771234'],
    ],
    ['01065771234 高飞'],
  ],
  [
    'more numbers of the same person',
    [
      ['企业名称', '法定代表人', '电话', '更多电话'],
      ['一公司', '高飞', A, B],
      ['二公司', '江涛', C, D],
    ],
    [`${A} 高飞`, `${B} 高飞`, `${C} 江涛`, `${D} 江涛`],
  ],
  [
    'a second number that fills a gap',
    [
      ['联系人', '联系电话', '联系电话2'],
      ['高飞', A, ''],
      ['江涛', '', B],
    ],
    [`${A} 高飞`, `${B} 江涛`],
  ],
  [
    'several numbers in a cell',
    [
      ['姓名', '电话'],
      ['高飞', `${A};${B}`],
      ['江涛', `${C}、${D}`],
    ],
    [`${A} 高飞`, `${B} 高飞`, `${C} 江涛`, `${D} 江涛`],
  ],
  [
    'area codes in a column of their own',
    [
      ['公司', '区号', '电话'],
      ['一公司', '010', '65771234'],
      ['二公司', '0512', '67712345'],
    ],
    ['01065771234', '051267712345'],
  ],
  ['extensions', [['电话'], ['010-65771234-801'], ['021-61771234转 8'], ['021-61771234 ext.801']], []],
  ['landlines of a wrong length', [['电话'], ['010-6577123'], ['0754-8877123'], ['0851-5577123']], []],
  [
    'numbers of Hong Kong, Macau and Taiwan',
    [['电话'], ['+85291771234'], ['+85366771234'], ['0912345678'], ['0223456789']],
    [],
  ],
  [
    'numbers of papers and orders',
    [
      ['序号', '姓名', '身份证号', '订单号', '日期', '时间戳', '手机号'],
      ['1', '高飞', '320101199001011234', '202601050001', '20260105', '1767571200', A],
      ['2', '江涛', '320101199001021234', '202601050002', '20260106', '1767657600', B],
    ],
    [`${A} 高飞`, `${B} 江涛`],
  ],
  ['prefixes of carriers', [['手机号'], [`17951${A}`], [`12593${B}`]], [A, B]],
  ['exact numbers of programs, and inexact ones', [['手机号'], ['1.357135701E10'], ['1.36E+10']], ['13571357010']],
  [
    'the number in the seventieth column',
    [
      ['name', ...Array.from({ length: 70 }, (_, index) => `c${index}`), 'phone'],
      ['Gao', ...Array<string>(70).fill('x'), A],
    ],
    [`${A} Gao`],
  ],
  [
    'commas of Chinese within cells',
    [
      ['高飞', A, '苏州市，姑苏区'],
      ['江涛', B, '无锡市，滨湖区'],
    ],
    [`${A} 高飞`, `${B} 江涛`],
  ],
  [
    'prefixes in use',
    [['手机号'], ['14971497001'], ['19271927002'], ['16271627003'], ['17471747004']],
    ['14971497001', '19271927002', '16271627003'],
  ],
];

describe.each(fileFormats)('as %s', (_, fileOf) => {
  test.each(kinds)('%s', async (_name, rows, ready) => {
    const list = await read(fileOf(rows));
    expect(readyIn(list)).toEqual(ready);
  });
});

describe('in a text alone', () => {
  test('a quotation mark that is never closed costs no more than its row, also in another encoding', async () => {
    const text = `公司,推荐人手机,手机号,备注\n"一, 公司",${X},${A},无\n二公司,${X},${B},"没写完\n三公司,${Y},${C},无\n`;
    for (const format of ['utf-8', 'gb18030', 'utf-16le'] as const) {
      expect(readyIn(await read(encoded(text, format)))).toEqual([A, B, C]);
    }
  });

  test('names glued to their numbers', async () => {
    const list = await read(encoded(`高飞${A}\n江涛：${B}\n林海 ${C}\n`, 'utf-8'));
    expect(readyIn(list)).toEqual([`${A} 高飞`, `${B} 江涛`, `${C} 林海`]);
  });

  test.each(['big5', 'shift_jis'] as const)('%s is read as what it is, and named as doubtful', async (encoding) => {
    const names = encoding === 'big5' ? ['陳大文', '林美麗', '黃家豪'] : ['田中一郎', '佐藤花子', '鈴木さくら'];
    const rows = [['name', 'phone'], ...names.map((name, index) => [name, `1357135700${index}`])];
    const list = await read(encoded(csvOf(rows), encoding));
    expect(list.ready.map(({ name }) => name)).toEqual(names);
    expect(list).toMatchObject({ encoding, encodingDoubtful: true });
  });

  test('UTF-16 without a mark that is mostly Chinese, and GBK that happens to be valid UTF-8', async () => {
    const long = csvOf(
      Array.from({ length: 30 }, (_, row) => [
        `客户${'甲乙丙丁'[row % 4]}`,
        '这是一段很长的说明文字'.repeat(9),
        String(13_571_357_000 + row),
      ]),
    );
    expect((await read(encoded(long, 'utf-16le'))).ready).toHaveLength(30);
    expect(
      readyIn(
        await read(
          encoded(
            csvOf([
              ['phone', 'name'],
              [A, '谢应'],
            ]),
            'gb18030',
          ),
        ),
      ),
    ).toEqual([`${A} 谢应`]);
  });
});

describe('every row is in exactly one part, in every format', () => {
  let state = 77;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
  const cells = [
    A,
    B,
    C,
    D,
    X,
    `+86 ${A}`,
    '010-65771234',
    '1.36E+10',
    '138',
    '',
    '',
    '无',
    '高飞',
    '江涛',
    '-13571357001',
    `${A}/${B}`,
    '请勿拨打',
    '备注 "引号"',
    '2026-01-05',
    'Gao',
    '姓名',
    '手机号',
    '转 8',
  ];
  const titles = ['姓名', '手机号', '推荐人手机', '备注', '电话', 'phone', '区号', '城市', '', '联系人', '传真'];
  const tables = Array.from({ length: 120 }, (): string[][] => {
    const width = 1 + random(6);
    const row = (from: readonly string[]): string[] => Array.from({ length: width }, () => pick(from));
    return [...(random(3) > 0 ? [row(titles)] : []), ...Array.from({ length: 1 + random(9) }, () => row(cells))];
  });

  test.each(fileFormats)('%s', async (_, fileOf) => {
    const lists = await Promise.all(tables.map((rows) => readGiven({ bytes: fileOf(rows) })));
    const faults = tables.map((rows, at) => {
      const list = lists[at];
      if (list === undefined) return ['not read'];
      // A list without columns counts its entries.
      const filled = rows.filter((row) => row.some((cell) => cell.trim() !== '')).length;
      const digits = csvOf(rows).replace(/\D/g, '');
      return [
        ...(sumOf(list) === list.rows ? [] : [`parts of ${sumOf(list)} rows, not of ${list.rows}`]),
        ...(list.columns.length === 0 || list.rows === filled ? [] : [`${list.rows} rows, not ${filled}`]),
        ...list.ready.filter(({ phone }) => !digits.includes(phone)).map(({ phone }) => `nowhere in it: ${phone}`),
      ];
    });
    expect(faults).toEqual(tables.map(() => []));
  });

  test('a workbook and a text of the same table are understood alike', async () => {
    const [, csv] = fileFormats[0] ?? [];
    const workbooks = fileFormats.filter(([name]) => name.startsWith('a workbook'));
    const wide = tables.filter(([first]) => (first?.length ?? 0) > 2);
    const texts = await Promise.all(wide.map((rows) => readGiven({ bytes: csv?.(rows) ?? new Uint8Array() })));
    for (const [name, fileOf] of workbooks) {
      const lists = await Promise.all(wide.map((rows) => readGiven({ bytes: fileOf(rows) })));
      const comparable = wide
        .map((rows, at) => ({ name, rows, list: lists[at], text: texts[at] }))
        .filter(({ list, text }) => list !== undefined && text !== undefined)
        .filter(({ list, text }) => list?.columns.length !== 0 && text?.columns.length !== 0);
      expect(comparable.length).toBeGreaterThan(wide.length / 2);
      const ready = (which: 'list' | 'text') => comparable.map((one) => [one.rows, readyIn(one[which] as WholeList)]);
      expect([name, ready('list')]).toEqual([name, ready('text')]);
    }
  });
});

describe('a list of many parts is read as if it were one, wherever they end', () => {
  const people = Array.from({ length: 4_000 }, (_, index) => ({
    name: `客户${index}`,
    phone: `138${10_000_000 + index}`,
  }));
  const notes = ['', '无', '第一行\r\n"引号"，逗号,'];

  test.each(fileFormats)('%s', async (_, fileOf) => {
    for (const shift of ['', 'x', 'xx', 'xxx']) {
      const rows = people.map(({ name, phone }, index) => [name, phone, notes[index % 3] ?? '']);
      const { ready, rejected } = await readGiven({ bytes: fileOf([['姓名', '手机号', `备注${shift}`], ...rows]) });
      expect([shift, rejected.slice(0, 3)]).toEqual([shift, []]);
      expect([shift, ready.length, ready.findIndex((entry, at) => entry.phone !== people[at]?.phone)]).toEqual([
        shift,
        4_000,
        -1,
      ]);
      expect(ready.find((entry, at) => entry.name !== people[at]?.name)).toBeUndefined();
    }
  });
});
