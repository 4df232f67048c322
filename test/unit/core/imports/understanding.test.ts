import { describe, expect, test } from '@jest/globals';
import type { ImportChoices } from '../../../../src/core/model/import-choices.ts';
import { readNumbers } from '../../../support/core/read-list.ts';
import type { WholeList } from '../../../support/core/whole-list.ts';

const A = '13800138000';
const B = '13900139000';
const C = '13700137000';
/** Someone else’s. */
const X = '18700187000';
const Y = '18700187001';

const read = (text: string, choices?: Partial<ImportChoices>): WholeList => {
  const list = readNumbers({ text, ...(choices && { choices: { several: 'all', ...choices } }) });
  expect(list.readyRows + list.rejected.length + list.repeated + list.skipped).toBe(list.rows);
  return list;
};
/** `number name`, in order. */
const ready = (list: WholeList): string[] =>
  list.ready.map(({ phone, name }) => [phone, name].filter(Boolean).join(' '));
const rejects = (list: WholeList): string[] => list.rejected.map(({ line, reason }) => `${line} ${reason}`);

describe('titles below notes, instructions and examples', () => {
  test.each([
    ['a caption', '2026年3月回访名单,,\n制表：小周,,\n'],
    ['a caption without delimiters', '三月客户电话名单\n'],
    ['instructions', '填写说明：\n1、请勿改动标题行\n2、手机号必填，例如 13600136000\n'],
    ['a note with the words of titles', '说明：手机号必填，姓名选填,,\n'],
    ['a note with a number', '导出人：小周 13600136000\n'],
    ['a quoted note of several lines', '"说明：\n手机号填 11 位\n如 13600136000",,\n'],
    ['an example', '示例：王五,13600136000,上海\n'],
    ['English', 'Do not change the header.\nExample: 13600136000\n'],
  ])('%s', (_, above) => {
    const list = read(`${above}姓名,手机号,城市\n张三,${A},北京\n李四,${B},上海`);
    expect(ready(list)).toEqual([`${A} 张三`, `${B} 李四`]);
    expect([list.rejected, list.rows - list.skipped]).toEqual([[], 2]);
  });

  test.each(['示例：王五,13600136000', '例,13600136000', 'Example,13600136000', '必填,选填'])(
    'a row directly below them that shows how: %s',
    (example) => {
      const list = read(`姓名,手机号\n${example}\n张三,${A}`);
      expect([ready(list), list.skipped, list.rejected]).toEqual([[`${A} 张三`], 2, []]);
    },
  );

  test('repeated further down they are skipped; with other columns what follows is refused', () => {
    expect(ready(read(`姓名,手机号\n张三,${A}\n姓名,手机号\n李四,${B}`))).toEqual([`${A} 张三`, `${B} 李四`]);
    const moved = read(`姓名,手机号,推荐人手机\n张三,${A},${X}\n姓名,推荐人手机,手机号\n李四,${Y},${B}`);
    expect([ready(moved), rejects(moved)]).toEqual([[`${A} 张三`], ['3 second_header', '4 second_header']]);
  });

  test('a row with a word of titles is a row, where no titles are', () => {
    const list = read(`张三,\n李四,${A}\n王五,待补\n`);
    expect([ready(list), rejects(list)]).toEqual([[`${A} 李四`], ['1 empty', '3 letters']]);
    expect(rejects(read(`张三,待补\n李四,${A}\n王五,${B}`))).toEqual(['1 letters']);
  });

  test('titles in two rows: those of a group say whose its columns are', () => {
    const groups = read(`客户信息,,紧急联系人,\n姓名,电话,姓名,电话\n张三,${A},王芳,${X}\n李四,,王敏,${Y}`);
    expect([ready(groups), rejects(groups)]).toEqual([[`${A} 张三`], ['4 empty']]);
    const merged = read(`姓名,手机号,紧急联系人,\n,,姓名,电话\n张三,${A},王芳,${X}\n李四,,王敏,${Y}`);
    expect([ready(merged), rejects(merged), merged.skipped]).toEqual([[`${A} 张三`], ['4 empty'], 2]);
  });
});

describe('columns of other people never stand in', () => {
  test.each([
    [
      'when the own number is missing',
      `姓名,手机号,客户经理电话\n张三,${A},${X}\n李四,,${X}\n王五,无,${X}\n赵六,,${X}`,
      3,
    ],
    ['when the own number lost its digits', `姓名,手机号,推荐人手机\n李四,1.38E+10,${X}\n王五,1.39E+10,${Y}`, 2],
    ['when the column is empty', `姓名,手机号,传真\n李四,,01065123456\n王五,,01065123457`, 2],
    ['when the titles of both are the same', `姓名,手机号,推荐人,手机号\n张三,${A},王芳,${X}\n李四,,王敏,${Y}`, 1],
    ['when a word is in brackets', `姓名,手机号,手机号（紧急联系人）\n张三,${A},${X}\n李四,,${Y}`, 1],
  ])('%s', (_, text, rejected) => {
    const list = read(text);
    expect(list.open).toEqual([]);
    expect(list.rejected).toHaveLength(rejected);
    expect(ready(list)).toEqual(text.includes(A) ? [`${A} 张三`] : []);
  });

  test('a table that has only theirs is asked about', () => {
    const text = `学生姓名,家长电话\n张三,${X}\n李四,${Y}`;
    expect([read(`姓名,村长电话\n张三,${X}`).open, read(`姓名,村长电话\n张三,${X}`).ready]).toEqual([[1], []]);
    expect([ready(read(text)), read(text).open, rejects(read(text))]).toEqual([
      [],
      [1],
      ['2 column_open', '3 column_open'],
    ]);
    expect(ready(read(text, { phones: [1] }))).toEqual([X, Y]);
  });

  test('the last lines of a table are no customers', () => {
    expect(ready(read(`姓名,手机号\n张三,${A}\n客服电话,${X}`))).toEqual([`${A} 张三`]);
    expect(ready(read(`张三,${A}\n李四,${B}\n业务员：小周,${X}`))).toEqual([`${A} 张三`, `${B} 李四`]);
  });

  test('a row whose cells moved is refused, where a wrong column would be another person', () => {
    const wide = read(`公司,推荐人手机,手机号\n甲, 有限公司,${X},${A}\n乙,${Y},${B}`);
    expect([ready(wide), rejects(wide)]).toEqual([[B], ['2 row_shifted']]);
    const broken = read(`公司,推荐人手机,手机号,备注\n"甲, 有限公司,${X},${A}\n乙,${Y},${B},无`);
    expect([ready(broken), rejects(broken)]).toEqual([[B], ['2 row_shifted']]);
    // The quotation mark is behind the number, and the cells before it are where they belong.
    const after = read(
      `公司,推荐人手机,手机号,备注\n"甲, 有限公司",${X},${A},无\n乙,${Y},${B},"未写完\n丙,${X},${C},无`,
    );
    expect(ready(after)).toEqual([A, B, C]);
  });

  test('what is beside a number may say that it is not to be called', () => {
    const list = read(`张三 ${A}\n推荐人：${X}\n传真 01065123456\n李四 ${Y} 请勿再打\n老婆${X}\n电话：${B}\n王五${C}`);
    expect(ready(list)).toEqual([`${A} 张三`, B, `${C} 王五`]);
    expect(rejects(list)).toEqual(['2 other_person', '3 other_person', '4 other_person', '5 other_person']);
  });

  test('a line above numbers may say whose they are', () => {
    const headed = read(`${A}\n\n以下号码请勿拨打：\n${X}\n${Y}\n\n${B}`);
    expect([ready(headed), rejects(headed).slice(1)]).toEqual([
      [A, B],
      ['4 other_person', '5 other_person'],
    ]);
    const records = read(`姓名：张三\n手机：${A}\n紧急联系人：王芳\n电话：${X}\n姓名：李四\n手机：${B}`);
    expect(ready(records)).toEqual([A, B]);
    expect(ready(read(`制表：小周\n${A}\n${B}`))).toEqual([A, B]);
  });

  test.each([
    ['a person to contact', `姓名,手机号,与本人关系,联系人手机\n张三,${A},父子,${X}\n李四,,母子,${Y}`],
    ['one more person to contact', `姓名,手机号,备用联系人,备用联系人电话\n张三,${A},王芳,${X}\n李四,,王敏,${Y}`],
    ['in English', `Name,Phone,Alternate Contact Name,Alternate Contact Phone\n张三,${A},Wang,${X}\n李四,,Wu,${Y}`],
  ])('%s is someone else', (_, text) => {
    expect(ready(read(text))).toEqual([`${A} 张三`]);
  });

  test('what exports of address books and shops call the customer’s', () => {
    const google = `Name,Given Name,Family Name,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value\nLi Lei,Lei,Li,Mobile,${A},Work,${B}`;
    expect(ready(read(google))).toEqual([`${A} Li Lei`, `${B} Li Lei`]);
    const crm = `Lead Owner,First Name,Last Name,Assistant's Phone,Business Fax,Phone,Mobile\nBoss,Lei,Li,${X},01065123457,01065123456,${A}`;
    expect(ready(read(crm))).toEqual(['01065123456 Lei Li', `${A} Lei Li`]);
    const shop = `订单编号,买家会员名,收货人姓名,收货地址,联系电话,联系手机\n1,tb1,张三,北京,,'${A}`;
    expect(ready(read(shop))).toEqual([`${A} 张三`]);
    const registry = `数据仅供参考，客服 400-928-2212\n企业名称,法定代表人,电话,更多电话\n甲公司,张三,${A},"${B}；0571-8765432；-"\n乙公司,李四,-,-`;
    const list = read(registry);
    expect([ready(list), rejects(list)]).toEqual([[`${A} 张三`, `${B} 张三`], ['4 empty']]);
    expect(list.leftOut).toEqual([{ line: 3, cell: '0571-8765432', reason: 'landline_length' }]);
  });

  test('a word that says no more than that it is the customer’s may stand beside the number', () => {
    const list = read(`姓名,手机\n张三,${A}（微信同号）\n李四,手机：${B}\n王五,${C}(本人)`);
    expect(ready(list)).toEqual([`${A} 张三`, `${B} 李四`, `${C} 王五`]);
  });

  test('a remark that says not to call is obeyed; one about another number is a note', () => {
    expect(ready(read(`张三\t${A}\t勿打\n李四\t${B}\t好`))).toEqual([`${B} 李四`]);
    const list = read(`手机号,备注\n${A},请勿再打\n${B},"旧号:\n${X}\n请勿再打"\n${C},已联系`);
    expect([ready(list), rejects(list)]).toEqual([[B, C], ['2 do_not_call']]);
  });

  test('another name in the cell of the number is another person', () => {
    const list = read(`姓名,电话\n张三,李四 ${X}\n王五,王五 ${A}`);
    expect([ready(list), rejects(list)]).toEqual([[`${A} 王五`], ['2 other_person']]);
  });
});

describe('what stays open is asked', () => {
  test.each([
    ['two people with the same titles', `姓名,电话,姓名,电话\n张三,${A},李四,${B}`, [1, 3], [`${B} 李四`]],
    ['numbered people', `姓名1,电话1,姓名2,电话2\n张三,${A},李四,${B}`, [1, 3], [`${B} 李四`]],
    [
      'numbered people, apart from their numbers',
      `姓名1,姓名2,电话1,电话2\n张三,李四,${A},${B}`,
      [2, 3],
      [`${B} 李四`],
    ],
    ['two parties', `买家,买家手机,收货人,收货人手机\n张三,${A},李四,${B}`, [1, 3], [`${B} 李四`]],
    ['words that are not known', `姓名,有赞电话,回访库手机\n张三,${A},${B}\n王五,${C},`, [1, 2], [`${B} 张三`]],
    ['no titles', `张三,${A},李四,${B}\n王五,${C},赵六,13600136000`, [1, 3], [`${B} 李四`, '13600136000 赵六']],
    [
      'order numbers that look like mobiles',
      `13100000001,${B},李四\n13100000002,${C},王五`,
      [0, 1],
      [`${B} 李四`, `${C} 王五`],
    ],
  ])('%s', (_, text, open, chosen) => {
    const list = read(text);
    expect([list.open, list.ready]).toEqual([open, []]);
    expect(list.rejected.every(({ reason }) => reason === 'column_open')).toBe(true);
    expect(ready(read(text, { phones: [open[1] ?? 0] }))).toEqual(chosen);
  });

  test('a choice that the table does not have is none', () => {
    expect(read(`姓名,电话\n张三,${A}`, { phones: [7] }).phones).toEqual([1]);
  });
});

describe('several numbers of one person', () => {
  const text = `公司,法定代表人,电话,更多电话,备用\n甲公司,张三,${A},"${B}；${C}",\n乙公司,李四,,,13600136000`;
  test('all of them, in the order of the columns, under one name', () => {
    const list = read(text);
    expect(ready(list)).toEqual([`${A} 张三`, `${B} 张三`, `${C} 张三`, '13600136000 李四']);
    expect([list.phones, list.readyRows, list.severalRows]).toEqual([[2, 3, 4], 2, 1]);
  });
  test('the first; the others are counted', () => {
    const list = read(text, { several: 'first' });
    expect(ready(list)).toEqual([`${A} 张三`, '13600136000 李四']);
    expect(list.leftOut.map(({ reason }) => reason)).toEqual(['not_chosen', 'not_chosen']);
  });
  test('none of a row that has several', () => {
    const list = read(text, { several: 'ask' });
    expect([ready(list), rejects(list)]).toEqual([['13600136000 李四'], ['2 two_numbers']]);
  });
  test('one of the columns', () => {
    expect(ready(read(text, { phones: [3] }))).toEqual([`${B} 张三`, `${C} 张三`]);
  });
});

describe('codes in columns of their own', () => {
  test('area codes, with or without their 0', () => {
    const list = read(`公司,区号,电话\n甲,010,65123456\n乙,571,87654321\n丙,0755,26001234\n丁,,${A}\n戊,010,${B}`);
    expect(ready(list)).toEqual(['01065123456', '057187654321', '075526001234', A, B]);
  });
  test('country codes, as codes or names', () => {
    const list = read(`国家,电话\n中国,${A}\n86,${B}\n香港,91234567\nUnited States,3105551234\n火星,${C}\n,${C}`);
    expect(ready(list)).toEqual([A, B, C]);
    expect(rejects(list)).toEqual(['4 hong_kong', '5 foreign_not_allowed', '6 country_unknown']);
  });
  test('an extension cannot be dialed', () => {
    const list = read(`姓名,电话,分机\n张三,010-65123456,801\n李四,${A},\n王五,010-65123457,`);
    expect([ready(list), rejects(list)]).toEqual([[`${A} 李四`, '01065123457 王五'], ['2 extension']]);
  });
});

describe('names', () => {
  test.each([
    ['beside the number, without titles', `${A},张三\n${B},李四`],
    ['before the number, without titles', `张三,男,${A}\n李四,女,${B}`],
    ['glued', `张三${A}\n李四${B}`],
    ['after a blank', `张三 ${A}\n李四 ${B}`],
    ['before a dash', `张三-${A}\n李四 - ${B}`],
    ['of the contact of a company', `公司名称,公司电话,联系人,联系人手机\n甲,,张三,${A}\n乙,,李四,${B}`],
    [
      'of the one who was referred',
      `被推荐人,被推荐人手机,推荐人,推荐人手机\n张三,${A},王芳,${X}\n李四,${B},王敏,${Y}`,
    ],
    ['before a colon', `张三：${A}\n李四：${B}`],
    ['in a numbered list', `1、张三 ${A}\n2、李四 ${B}`],
    ['family name and given name', `姓,名,手机\n张,三,${A}\n李,四,${B}`],
    ['beside the name of a company', `公司名称,联系人,手机\n甲公司,张三,${A}\n乙公司,李四,${B}`],
    ['of the party whose number it is', `下单人,收货人,收货人手机\n周一,张三,${A}\n周一,李四,${B}`],
  ])('%s', (_, text) => {
    expect(ready(read(text))).toEqual([`${A} 张三`, `${B} 李四`]);
  });

  test('first and last names, and a first name alone', () => {
    expect(ready(read(`first_name,last_name,phone\nLei,Li,${A}\nMeimei,,${B}`))).toEqual([
      `${A} Lei Li`,
      `${B} Meimei`,
    ]);
  });

  test('a city, a rank or a number of another kind is no name', () => {
    for (const text of [`北京,${A}\n苏州,${B}`, `VIP,${A}\nVIP,${B}`, `1001,${A}\n1002,${B}`])
      expect(ready(read(text))).toEqual([A, B]);
  });

  test('chosen, or left out', () => {
    const text = `客户经理,客户姓名,手机号\n周一,张三,${A}`;
    expect(ready(read(text))).toEqual([`${A} 张三`]);
    expect(ready(read(text, { name: null }))).toEqual([A]);
    expect(ready(read(text, { name: 0 }))).toEqual([`${A} 周一`]);
  });
});

describe('large tables', () => {
  test('the number may be in the five hundredth column', () => {
    const wide = (last: string) => [...Array.from({ length: 499 }, (_, index) => `c${index}`), last].join(',');
    expect(read(`${wide('phone')}\n${wide(A)}`).phones).toEqual([499]);
  });
  test('numbers may begin after thousands of rows, and then are not overlooked', () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `x${index},,`);
    const late = read(`甲,乙,丙\n${rows.join('\n')}\ny,${A},`);
    expect([ready(late), late.phones]).toEqual([[A], [1]]);
    const two = read(
      [...rows.map((row, index) => row.replace(',,', `,${13_800_000_000 + index},`)), `y,,${X}`].join('\n'),
    );
    expect([two.open, two.ready]).toEqual([[1, 2], []]);
  });
});
