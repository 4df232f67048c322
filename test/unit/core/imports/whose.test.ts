import { describe, expect, test } from '@jest/globals';
import { labelOf } from '../../../../src/core/imports/labels.ts';
import { readNumbers } from '../../../support/core/read-list.ts';
import type { WholeList } from '../../../support/core/whole-list.ts';

/** Whose a number is, where a title, a line or a word beside it says so only in passing. */

const A = '13800138000';
const B = '13900139000';
const X = '18700187000';
const Y = '18700187001';

const read = (text: string): WholeList => {
  const list = readNumbers({ text });
  expect(list.readyRows + list.rejected.length + list.repeated + list.skipped).toBe(list.rows);
  return list;
};
/** `number name`, in order. */
const ready = (list: WholeList): string[] =>
  list.ready.map(({ phone, name }) => [phone, name].filter(Boolean).join(' '));

describe('a title with words that are not known', () => {
  test.each([
    ...[
      '同桌电话',
      '队友手机',
      '收款人电话',
      '投顾手机号',
      '对象电话',
      '电话（搭档）',
      '手机号-搭档',
      '电话（受托人）',
    ],
    ...['Buddy phone', 'Delegate Phone', 'Mobile (buddy)', 'Zookeeper telephone number'],
  ])('%s is asked about, even where no other column has numbers', (title) => {
    const list = read(`姓名,${title}\n张三,${X}\n李四,${Y}`);
    expect([list.open, list.ready]).toEqual([[1], []]);
  });

  test.each([
    ...[
      '邻居电话',
      '舅舅电话',
      '奶奶手机',
      '财务电话',
      '教练手机号',
      '护士电话',
      '维护人电话',
      '客户服务电话',
      '村支书电话',
    ],
    ...['拨打人电话', '共同借款人电话', '电话（村长）', '电话（备用联系人）', '审批人手机', '变更前手机号'],
    ...['HR Phone', 'Grandparent phone', 'Insurance agent phone', 'Account Executive Phone', 'Co-borrower mobile'],
    ...['Nurse phone', 'Registered by phone', 'Sample phone', 'Roommate phone'],
  ])('%s is never called in place of the customer', (title) => {
    const alone = read(`姓名,${title}\n张三,${X}\n李四,${Y}`);
    expect([alone.open, alone.ready]).toEqual([[1], []]);
    for (const own of ['手机号', '电话', '客户联系电话', '借款人电话', 'Phone Number'])
      expect(ready(read(`姓名,${own},${title}\n张三,${A},${X}\n李四,,${Y}`))).toEqual([`${A} 张三`]);
  });

  test.each([
    ...[
      '姓　名,电　话',
      '"客户\n姓名","手机\n号码"',
      '客户姓名,预约手机号',
      '姓名,办公室电话',
      '姓名,宽带号码',
      '姓名,待呼号码',
    ],
    ...[
      '姓名,手机号（纯数字）',
      '姓名,手机号(文本)',
      '姓名,手機號',
      '氏名,電話番号',
      'Name,Mob No',
      'Name,Best number to call',
    ],
  ])('%s are the customer’s own', (titles) => {
    expect(ready(read(`${titles}\n张三,${A}\n李四,${B}`))).toEqual([`${A} 张三`, `${B} 李四`]);
  });

  test('a country code that says whose it is stays one', () => {
    for (const title of ['手机号国家码', '手机国家区号', 'Phone Country Code'])
      expect(labelOf(title)).toEqual({ kind: 'country' });
  });
});

describe('companies', () => {
  test.each([
    ['a merchant beside the customer', `姓名,手机号,商家电话\n张三,${A},${X}\n李四,,${X}`, [`${A} 张三`], []],
    [
      'a merchant and a recipient',
      `商家名称,商家电话,收货人,收货人电话\n甲,${X},张三,${A}\n乙,${Y},李四,${B}`,
      [],
      [1, 3],
    ],
    ['a company and a recipient', `公司,公司电话,收货人,收货人手机\n甲,${X},张三,${A}\n乙,${Y},李四,${B}`, [], [1, 3]],
    [
      'merchants alone',
      `商家名称,商家电话\n甲,${A}\n乙,${B}`,
      [`${A} 甲`, `${B} 乙`].map((one) => one.slice(0, 11)),
      [],
    ],
    [
      'a company with the person there',
      `公司名称,公司电话,联系人,联系人手机\n甲,01065123456,张三,${A}`,
      ['01065123456 张三', `${A} 张三`],
      [],
    ],
  ])('%s', (_, text, called, open) => {
    expect([ready(read(text)), read(text).open]).toEqual([called, open]);
  });
});

describe('lines that are no customers', () => {
  test.each([
    ...[
      '如有疑问请联系',
      '制表人',
      '负责人：王五',
      '审核',
      '请致电咨询',
      '投诉举报',
      '制单员',
      '客服热线',
      'Prepared by Wang',
    ],
  ])('below a table: %s', (name) => {
    expect(ready(read(`姓名,手机号\n张三,${A}\n${name},${X}`))).toEqual([`${A} 张三`]);
  });

  test.each(['王经理', '李老师', '陈总', '业主', '张三：本人', '会员'])('%s is a customer’s name', (name) => {
    expect(ready(read(`姓名,手机号\n张三,${A}\n${name},${B}`))).toHaveLength(2);
  });

  test.each([
    ...['张三（示例）,13600136000,', '示例请删除,13600136000,', '张三,13600136000,示例，请勿删除'],
    ...['John Doe,13600136000,EXAMPLE - delete this row', '【样例】张三,13600136000,'],
  ])('an example directly below the titles: %s', (example) => {
    const list = read(`姓名,手机号,备注\n${example}\n李四,${B},`);
    expect([ready(list), list.skipped]).toEqual([[`${B} 李四`], 2]);
  });

  test.each(['以下号码请勿拨打', '以下为黑名单', '【内部员工】', '业务员名单', '客服如下：'])(
    'what is below %s is not called, until another line says whose it is',
    (caption) => {
      const table = `姓名,手机号\n张三,${A}\n${caption},\n王五,${X}\n赵六,${Y}`;
      expect(ready(read(table))).toEqual([`${A} 张三`]);
      expect(ready(read(`${table}\n客户名单,\n李四,${B}`))).toEqual([`${A} 张三`, `${B} 李四`]);
    },
  );

  test('a customer without a number is no such line', () => {
    expect(ready(read(`姓名,手机号\n王经理,\n张三,${A}`))).toEqual([`${A} 张三`]);
  });
});

describe('words beside a number, without titles', () => {
  test.each([
    ['YAML', `- name: 张三\n  phone: ${A}\n  referrer_phone: ${X}\n- name: 李四\n  phone: ${B}\n`],
    ['LDIF', `dn: cn=x\nmobile: ${A}\nfacsimileTelephoneNumber: 01065123456\nmobile: ${B}\n`],
    ['records', `姓名：张三\n电话：${A}\n推荐人电话：${X}\n\n姓名：李四\n推荐人电话：${Y}\n电话：${B}`],
    ['members of a family', `张三,${A},本人\n王芳,${X},配偶\n王敏,${Y},母亲\n李四,${B},`],
    ['old numbers', `张三 ${A} 新号\n王五 ${X} 旧号\n李四 ${B} 新号`],
  ])('%s', (_, text) => {
    expect(read(text).ready.map(({ phone }) => phone)).toEqual([A, B]);
  });

  test('where customers come from says nothing about whose the number is', () => {
    expect(read(`张三,${A},转介绍\n李四,${B},门店`).ready).toHaveLength(2);
  });

  test.each([
    ['a vCard', 'vcard', `BEGIN:VCARD\nFN:张三\nTEL:${A}\nX-ASSISTANT:${X}\nEND:VCARD`],
    ['JSON', 'json', `[{"name":"张三","phone":"${A}","referrer":"${X}"}]`],
    ['JSON in lines', 'json', `{"phone":"${A}"}\n{"phone":"${B}"}`],
    ['a web page', 'web_page', `<table><tr><td>${A}</td></tr></table>`],
  ])('%s that is pasted is named for what it is', (_, fileKind, text) => {
    expect(() => readNumbers({ text })).toThrow(
      expect.objectContaining({ code: 'file_unreadable', details: { fileKind } }),
    );
  });

  test.each([`[1] ${A}\n[2] ${B}`, `(1) ${A}\n(2) ${B}`, `1.${A}\n2.${B}`])('%j is a numbered list', (text) => {
    expect(read(text).ready.map(({ phone }) => phone)).toEqual([A, B]);
  });
});

describe('extensions', () => {
  test.each([
    `17012345678 转 1234\n17012345679 转 1235`,
    `张三 17012345678 分机 1234\n李四 17012345679 分机 1235`,
    `电话,分机号\n17012345678,1234\n01065123456,801`,
    `收货人,手机号\n张三,17012345678,1234`,
    `收货人,手机号\n张三,17012345678[1234]`,
  ])('%j cannot be dialed', (text) => {
    expect(read(text).ready).toEqual([]);
  });

  test('of a landline beside a mobile, the row is refused as a whole; without one it is called', () => {
    const list = read(`姓名,电话,手机,分机\n张三,01065123456,${A},801\n李四,,${B},`);
    expect([ready(list), list.rejected.map(({ reason }) => reason)]).toEqual([[`${B} 李四`], ['extension']]);
  });
});

test('a name in brackets beside a number, or around it', () => {
  expect(ready(read(`张三(${A})\n李四（${B}）`))).toEqual([`${A} 张三`, `${B} 李四`]);
  expect(ready(read(`${A}(张三)\n${B}（李四）`))).toEqual([`${A} 张三`, `${B} 李四`]);
  expect(ready(read(`${X}(妈妈)\n${Y}（推荐人）`))).toEqual([]);
});
