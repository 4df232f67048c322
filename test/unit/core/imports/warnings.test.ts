import { describe, expect, test } from '@jest/globals';
import type { ImportChoices } from '../../../../src/core/model/import-choices.ts';
import type { ListWarning } from '../../../../src/core/model/numbers.ts';
import { readNumbers } from '../../../support/core/read-list.ts';

const warningsIn = (text: string, choices?: ImportChoices): ListWarning[] =>
  readNumbers({ text, ...(choices !== undefined && { choices }) }).warnings;

/** Numbers of that many people. */
const phone = (index: number): string => String(13_500_000_017 + index * 7919);
/** A table: its titles, and `count` rows of them. */
const table = (titles: string, count: number, row: (index: number) => string): string =>
  [titles, ...Array.from({ length: count }, (_, index) => row(index))].join('\n');
const names = ['张伟', '王芳', '李娜', '刘洋', '陈静', '杨帆', '赵磊', '黄敏', '周杰', '吴倩'];
const name = (index: number): string => names[index % names.length] ?? '';
const hotline = '13800138000';

describe('one number that fills a column', () => {
  test.each([
    [
      'most rows of the only column',
      table('姓名,手机号', 10, (i) => `${name(i)},${i < 6 ? hotline : phone(i)}`),
      6,
      10,
    ],
    ['all rows', table('姓名,手机号', 5, (i) => `${name(i)},${hotline}`), 5, 5],
    ['a further column', table('姓名,手机号,备用电话', 20, (i) => `${name(i)},${phone(i)},${hotline}`), 20, 20],
    ['a switchboard', table('name,phone', 9, (i) => `Ann B,${i % 3 === 0 ? phone(i) : '010-65123456'}`), 6, 9],
    ['beside another in the cell', table('姓名,手机号', 8, (i) => `${name(i)},${phone(i)}/${hotline}`), 8, 8],
    [
      'written in different ways',
      table('姓名,手机号', 4, (i) => `${name(i)},${['138 0013 8000', '+8613800138000', '138-0013-8000', phone(1)][i]}`),
      3,
      4,
    ],
    ['a list without titles', Array.from({ length: 7 }, (_, i) => (i < 5 ? hotline : phone(i))).join('\n'), 5, 7],
    ['far down', table('手机号', 3_000, (i) => (i < 800 ? phone(i) : hotline)), expect.any(Number), expect.any(Number)],
  ])('%s', (_, text, cells, of) => {
    expect(warningsIn(text)).toEqual([expect.objectContaining({ kind: 'one_number', cells, of })]);
  });

  test('it is told which number and which column, and only of columns that are called', () => {
    const text = table('姓名,手机号,备用电话,推荐人手机', 10, (i) => `${name(i)},${phone(i)},${hotline},13900139000`);
    expect(warningsIn(text)).toMatchObject([{ phone: hotline, title: '备用电话', position: 3 }]);
    expect(warningsIn(text, { phones: [1], several: 'all' })).toEqual([]);
    expect(warningsIn(text, { phones: [3], several: 'all' })).toMatchObject([{ phone: '13900139000', position: 4 }]);
  });
});

describe('garbled names', () => {
  const utf8AsLatin = ['å¼ ä¼Ÿ', 'çŽ‹èŠ³', 'æŽå¨œ', 'åˆ˜æ´‹'];
  const utf8AsGbk = ['寮犱紵', '鐜嬭姵', '鏉庡', '鍒樻磱'];
  const gbkAsLatin = ['ÕÅÎ°', 'Íõ·¼', 'ÀîÄÈ', 'ÁõÑó'];
  test.each([
    ['UTF-8 as Latin-1', utf8AsLatin],
    ['UTF-8 as GBK', utf8AsGbk],
    ['GBK as Latin-1', gbkAsLatin],
    ['replacement characters', ['\ufffd\ufffd', '张\ufffd', '\ufffd\ufffd\ufffd', '李\ufffd']],
    ['what GBK makes of them', ['锟斤拷', '锟斤拷锟斤拷', '锟斤拷', '锟斤拷']],
    ['question marks', ['???', '??', '？？', '????']],
    ['codes of HTML', ['&#24352;&#20255;', '&#29579;&#33459;', '&#26446;&#23068;', '&#21016;&#27915;']],
    ['escapes', ['\\u5f20\\u4f1f', '\\u738b\\u82b3', '\\u674e\\u5a1c', '\\u5218\\u6d0b']],
    ['percent signs', ['%E5%BC%A0%E4%BC%9F', '%E7%8E%8B%E8%8A%B3', '%E6%9D%8E%E5%A8%9C', '%E5%88%98%E6%B4%8B']],
    ['accents', ['MÃ¼ller', 'JosÃ©', 'BjÃ¶rk', 'FranÃ§ois']],
  ])('%s', (_, garbled) => {
    const row = (i: number) => `${i % 5 === 4 ? name(i) : garbled[i % 4]},${phone(i)}`;
    const found = expect.objectContaining({ kind: 'garbled', title: '姓名', position: 1 });
    expect(warningsIn(table('姓名,手机号', 10, row))).toEqual([found]);
    // Their titles are garbled as well, so nobody knows which column has the names.
    expect(warningsIn(table('å§“å,æ‰‹æœº', 10, row))).toMatchObject([{ kind: 'garbled', position: 1 }]);
  });

  test('beside the numbers of a list', () => {
    const text = utf8AsGbk.map((garbled, i) => `${garbled} ${phone(i)}`).join('\n');
    expect(warningsIn(text)).toMatchObject([{ kind: 'garbled', sample: '寮犱紵' }]);
  });
});

describe('a column that lost its digits', () => {
  test.each([
    ['scientific', '手机号', ['1.38E+10', '1.39E+10', '1.86e10', '1.5E+10']],
    ['scientific', 'phone', ['1.38001E+10', '1.39002E+10', '1.38E10', '1.5E+10']],
    ['rounded', '手机号', ['13800000000', '13900000000', '18600000000', '15000000000']],
    ['rounded', '手机号', ['13800100000', '13912300000', '18611100000', '15000200000']],
    ['rounded', '联系电话', ['138001380001390000', '139001390001380000', '186001860001380000', '150001500001380000']],
    ['dates', '手机号', ['2026-01-05', '2026/1/6', '2026年1月7日', '2026-01-08 10:00']],
    ['dates', '电话', ['1月5日', '5-Jan', '01/05/2026', '5.1.26']],
    ['errors', '手机号', ['########', '#N/A', '#VALUE!', '#NAME?']],
    ['errors', 'mobile', ['###', '#REF!', '#NUM!', '#NULL!']],
  ])('%s in %s: %j', (loss, title, cells) => {
    const row = (i: number) => `${name(i)},${i % 5 === 4 ? phone(i) : cells[i % 4]}`;
    expect(warningsIn(table(`姓名,${title}`, 20, row))).toEqual([
      { kind: 'lossy', loss, title, position: 2, cells: 16, of: 20 },
    ]);
    expect(warningsIn(Array.from({ length: 20 }, (_, i) => cells[i % 4]).join('\n'))).toMatchObject([
      { kind: 'lossy', loss, position: null },
    ]);
  });
});

describe('lists that are fine', () => {
  test.each([
    ['different people', table('姓名,手机号', 50, (i) => `${name(i)},${phone(i)}`)],
    ['nobody twice, without titles', Array.from({ length: 50 }, (_, i) => phone(i)).join('\n')],
    ['families', table('姓名,手机号', 12, (i) => `${name(i)},${phone(Math.floor(i / 2))}`)],
    ['one number twice', table('姓名,手机号', 3, (i) => `${name(i)},${i < 2 ? hotline : phone(i)}`)],
    ['a hotline in half of the rows', table('姓名,手机号', 10, (i) => `${name(i)},${i < 5 ? hotline : phone(i)}`)],
    ['one number of a referrer', table('姓名,手机号,推荐人手机', 10, (i) => `${name(i)},${phone(i)},${hotline}`)],
    [
      'names of many languages',
      table(
        'name,phone',
        10,
        (i) =>
          `${['José', 'Zoë’s', 'Müller', 'Søren Ø', 'Иван', 'Nguyễn Văn A', 'O’Brien', 'LUKÁŠ', 'Ñuñez', 'Åse'][i]},${phone(i)}`,
      ),
    ],
    [
      'rare and traditional names',
      table(
        '姓名,手机号',
        6,
        (i) => `${['張學友', '欧阳明', '阿卜杜拉·买买提', '龍貓', '上官婉儿', '尉迟恭'][i]},${phone(i)}`,
      ),
    ],
    ['a few unknown names', table('姓名,手机号', 10, (i) => `${i < 3 ? '???' : name(i)},${phone(i)}`)],
    ['one damaged character', table('姓名,手机号', 10, (i) => `${i === 0 ? '张\ufffd' : name(i)},${phone(i)}`)],
    [
      'round numbers here and there',
      table('姓名,手机号', 10, (i) => `${name(i)},${i < 4 ? `1380010${i}000` : phone(i)}`),
    ],
    ['a date beside', table('姓名,手机号,登记日期', 10, (i) => `${name(i)},${phone(i)},2026-01-0${(i % 9) + 1}`)],
    ['some lost digits', table('姓名,手机号', 10, (i) => `${name(i)},${i < 4 ? '1.38E+10' : phone(i)}`)],
    ['amounts that are round', table('手机号,余额', 10, (i) => `${phone(i)},100000`)],
    ['one row', `姓名,手机号\n张伟,${hotline}`],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(warningsIn(text)).toEqual([]);
  });
});

test('a wide table is not looked at for long, and its warnings are few', () => {
  const titles = Array.from({ length: 500 }, (_, i) => `电话${i + 1}`).join(',');
  const row = Array.from({ length: 500 }, () => hotline).join(',');
  expect(warningsIn(table(titles, 10, () => row)).length).toBeLessThanOrEqual(6);
});
