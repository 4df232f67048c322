import { expect, test } from '@jest/globals';
import { redials } from '../../../../src/core/text/redials.ts';

test.each([
  ['默认', '不重呼'],
  ['默认/不重呼', null],
  ['不重呼', null],
  ['不重呼', 'test'],
  ['不重呼', '不重呼'],
  ['不自动重呼', ''],
  ['无需重呼', '系统默认'],
  ['系统默认（不重呼）', null],
  ['【默认】不重拨', null],
  ['重呼0次', null],
  ['测试重呼规则', '不重呼'],
  ['No redial', null],
  ['Default', 'No redials'],
  ['Default - no retry', null],
  ['default rule', 'Never redial'],
  ['Do not recall', null],
  ['Don’t redial', null],
])('%s / %s redials nothing', (name, remark) => {
  expect(redials({ name, remark, enabled: true })).toBe(false);
});

test.each([
  ['默认', null],
  ['默认', '默认'],
  ['测试重呼规则', 'test'],
  ['测试重呼规则', '无应答、占线重呼1次,间隔10分钟'],
  ['关机停机重呼', '关机、停机重呼2次,间隔60分钟'],
  // Conditions: these numbers are not redialed, and others are.
  ['关机不重呼', null],
  ['空号、停机不重呼', null],
  ['空号/不重呼', null],
  ['不重呼空号', null],
  ['No redial of invalid numbers', null],
  ['Busy', 'no redial after 21:00'],
  // The one contradicts the other.
  ['不重呼', '无应答重呼1次'],
  ['无应答重呼', '不重呼'],
  ['Retry ×2', 'no redial'],
  ['不重呼以外', null],
  ['不是不重呼', null],
  ['Redial', null],
  ['Retry no answer ×2', 'No answer, busy or rejected: twice, 30 minutes apart'],
  ['', null],
  ['-', '/'],
  [`不重呼${'。'.repeat(100)}重呼`, null],
  ['x'.repeat(100_000), '不'.repeat(100_000)],
])('%s / %s may redial', (name, remark) => {
  expect(redials({ name, remark, enabled: true })).toBe(true);
  expect(redials({ name, remark, enabled: false })).toBe(false);
});
