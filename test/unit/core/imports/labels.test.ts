import { describe, expect, test } from '@jest/globals';
import { labelOf, namesOther } from '../../../../src/core/imports/labels.ts';

describe('titles of phone numbers, by the words in them', () => {
  test.each([
    ...[
      '手机',
      '手机号',
      '手机号码',
      '电话',
      '联系电话',
      '联系方式',
      '号码',
      '被叫号码',
      '客户号码',
      '客户手机号码',
      '有效手机号',
    ],
    ...[
      '手机号（必填）',
      '*手机号',
      '手机号：',
      '手机/电话',
      '电话 Tel',
      '电话（含区号）',
      '公司电话',
      '法人手机',
      '微信手机号',
      '行動電話',
    ],
    ...[
      'phone',
      'Phone Number',
      'phone_number',
      'phoneNumber',
      'phonenumber',
      'Mobile',
      'Cell #',
      'Tel.',
      'Contact No.',
    ],
    ...['customer_phone', 'Work Phone', 'Mobile (WhatsApp)', 'to_number'],
  ])('%s is the customer’s own', (title) => {
    expect(labelOf(title)).toMatchObject({ kind: 'phone', whose: 'own', party: '' });
  });

  test.each([
    ...[
      '推荐人手机',
      '介绍人电话',
      '紧急联系人电话号码',
      '客户经理电话',
      '业务员手机号',
      '客服电话',
      '传真',
      '家长电话',
      '配偶手机号',
      '快递员电话',
    ],
    ...['旧手机号', '无效手机号', '手机号码（紧急联系人）', '主叫号码', '緊急聯絡人電話'],
    ...['Fax', 'Fax No.', 'Emergency Contact Phone', 'emergencycontactphone', 'referrer_phone', 'Sales Rep Mobile'],
    ...['Lead Owner Phone', 'from_number', "Parent's phone", 'old phone'],
  ])('%s is someone else’s', (title) => {
    expect(labelOf(title)).toMatchObject({ kind: 'phone', whose: 'other' });
    expect(namesOther(title)).toBe(true);
  });

  test.each(['联系电话2', '更多电话', '备用', '备用手机', 'Phone 2', 'Alternate Phone'])('%s is one more', (title) => {
    expect(labelOf(title)).toMatchObject({ kind: 'phone', whose: 'own', further: true });
  });

  test.each(['村长电话', '王总电话', '甲方电话', '网格员手机'])('%s is someone’s with an office', (title) => {
    expect(labelOf(title)).toMatchObject({ kind: 'phone', whose: 'other' });
  });

  test.each(['有赞电话', '回访库手机'])('%s is unclear', (title) => {
    expect(labelOf(title)).toMatchObject({ kind: 'phone', whose: 'unclear' });
  });

  test('a person with a part of their own is named', () => {
    expect(labelOf('收货人手机号码')).toMatchObject({ kind: 'phone', whose: 'own', party: '收货人' });
    expect(labelOf('被保险人手机')).toMatchObject({ whose: 'own', party: '被保险人' });
  });
});

test.each([
  ...[
    '身份证号码',
    '订单号码',
    '手机归属地',
    '电话状态',
    '会员号码',
    'customer number',
    'No.',
    '序号',
    '企业名称',
    '商品名称',
    'username',
  ],
])('%s is a column of something else', (title) => {
  expect(labelOf(title)).toMatchObject({ kind: 'column' });
});

describe('names', () => {
  test.each([
    ['姓名', 'full'],
    ['客户姓名', 'full'],
    ['联系人', 'full'],
    ['法定代表人', 'full'],
    ['Full Name', 'full'],
    ['customer_name', 'full'],
    ['first_name', 'first'],
    ['Last Name', 'last'],
    ['姓', 'last'],
    ['名', 'first'],
  ])('%s', (title, part) => {
    expect(labelOf(title)).toMatchObject({ kind: 'name', part, whose: 'own' });
  });
  test.each(['推荐人', '紧急联系人姓名', 'Lead Owner'])('%s is someone else’s', (title) => {
    expect(labelOf(title)).toMatchObject({ kind: 'name', whose: 'other' });
  });
});

test.each([
  ...['', '张三', '北京', '待补', 'hotel', 'Intel', '13800138000', '说明：号码必填，姓名和公司选填', '请勿修改表头。'],
  '电话'.repeat(100),
])('%s is no title', (text) => {
  expect(labelOf(text)).toBeNull();
});

test('area and country codes', () => {
  expect(labelOf('区号')).toEqual({ kind: 'area' });
  expect(labelOf('area code')).toEqual({ kind: 'area' });
  expect(labelOf('国家代码')).toEqual({ kind: 'country' });
  expect(labelOf('Country Code')).toEqual({ kind: 'country' });
});
