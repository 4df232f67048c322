import { describe, expect, test } from '@jest/globals';
import { consentOf, marksNoCall, remarkForbids } from '../../../../src/core/imports/consent.ts';
import { readNumbers } from '../../../support/core/read-list.ts';

const A = '13800138000';
const X = '18700187000';

describe('columns of marks, by their titles', () => {
  test.each([
    ...[
      '免打扰',
      '是否免打扰',
      '黑名单',
      '是否黑名单',
      '是否退订',
      '退订时间',
      '禁止拨打',
      '不可拨打',
      '拒绝营销',
      '禁呼',
    ],
    ...['DNC', 'Do Not Call', 'do_not_contact', "Don't call", 'Opted Out', 'opt-out', 'Unsubscribed', 'Blacklisted'],
  ])('%s forbids where it is marked', (title) => {
    expect(consentOf(title)).toBe('forbids');
    for (const mark of ['是', 'Y', 'yes', 'TRUE', '1', '√', 'x', '2026-01-05', '已退订', '✓'])
      expect([mark, marksNoCall('forbids', mark)]).toEqual([mark, true]);
    for (const none of ['', ' ', '否', 'No', 'N', 'false', 'FALSE', '0', '-', '无', '未退订', '正常', '/', 'n/a'])
      expect([none, marksNoCall('forbids', none)]).toEqual([none, false]);
  });

  test.each(['是否可拨打', '可联系', '允许拨打', '同意接听', 'Can Call', 'can_be_contacted', 'Consent', 'Opted in'])(
    '%s allows unless it says no',
    (title) => {
      expect(consentOf(title)).toBe('allows');
      for (const no of ['否', '不可', '不同意', 'no', 'N', 'FALSE', '0', '×', 'x'])
        expect([no, marksNoCall('allows', no)]).toEqual([no, true]);
      for (const yes of ['', '是', '可', 'yes', 'TRUE', '1', '√', '2026-01-05'])
        expect([yes, marksNoCall('allows', yes)]).toEqual([yes, false]);
    },
  );

  test.each(['备注', '城市', '是否会员', '空号检测结果', '号码状态', 'Status', 'Notes', 'Callback time', '姓名', ''])(
    '%s says nothing of the kind',
    (title) => {
      expect(consentOf(title)).toBeNull();
    },
  );
});

describe('remarks', () => {
  test.each([
    ...[
      '请勿再打',
      '不要再打了',
      '客户说不要再打电话',
      '客户要求勿扰',
      '投诉过，别打',
      '别再打了！',
      '拒绝联系',
      '不要联系',
    ],
    ...['黑名单', '已拉黑', '已退订', '空号', '停机', '非本人', '打错了', '号码错误', '已换号', '不想再接到电话'],
    ...['do not call', "Don't call him", 'Stop calling', 'never call again', 'opted out', 'Wrong number', 'DNC'],
  ])('%s', (remark) => {
    expect(remarkForbids(remark)).toBe(true);
  });

  test.each([
    ...[
      '',
      '好',
      '无',
      '已联系',
      '正常',
      '周末别打',
      '上午不要打',
      '请勿在晚上拨打',
      '不要打座机',
      'call again',
      'no answer',
    ],
    ...['Do not call before noon', '旧号 18700187000 请勿再打', '实号', '意向强'],
  ])('%s does not', (remark) => {
    expect(remarkForbids(remark)).toBe(false);
  });
});

test.each([
  ['是否退订', '是', '否'],
  ['Do Not Call', 'TRUE', 'FALSE'],
  ['可拨打', '否', '是'],
  ['号码状态', '空号', '实号'],
  ['备注', '客户要求勿扰', ''],
])('a row is not called when its column %s says %s', (title, mark, none) => {
  const list = readNumbers({ text: `姓名,手机号,${title}\n张三,${A},${none}\n李四,${X},${mark}` });
  expect(list.ready.map(({ phone }) => phone)).toEqual([A]);
  expect(list.rejected).toEqual([{ line: 3, cell: X, name: '李四', reason: 'do_not_call' }]);
});

test('a column with numbers of its own is no mark', () => {
  const list = readNumbers({ text: `手机号,黑名单号码\n${A},${X}\n13900139000,18700187001` });
  expect(list.ready.map(({ phone }) => phone)).toEqual([A, '13900139000']);
});
