import { expect, test } from '@jest/globals';
import { readReport } from '../../../../src/slack/commands/report.ts';

// The word goes with the choice of a task that is not clear, so it has to mean the same period again.

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
  const { word, ...read } = readReport(text);
  expect(read).toEqual({ period, ref });
  expect(readReport(`${word} task-1`)).toMatchObject({ period, ref: 'task-1' });
});
