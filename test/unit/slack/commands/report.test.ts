import { expect, test } from '@jest/globals';
import { readReport } from '../../../../src/slack/commands/report.ts';

test.each([
  ['', 'today', ''],
  ['today', 'today', ''],
  ['Yesterday', 'yesterday', ''],
  ['week 3', 'week', '3'],
  ['last week Spring renewal', 'last_week', 'Spring renewal'],
  ['this week', 'week', ''],
  // A task whose name begins like a period, and one of that name in Chinese, which needs no blank.
  ['weekly check', 'today', 'weekly check'],
  ['todays list', 'today', 'todays list'],
  ['昨天', 'yesterday', ''],
  ['本周 3', 'week', '3'],
  ['上周会员', 'last_week', '会员'],
  ['会员 本周', 'today', '会员 本周'],
])('report %s', (text, period, ref) => {
  expect(readReport(text)).toEqual({ period, ref });
});
