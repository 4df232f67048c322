import { describe, expect, test } from '@jest/globals';
import { daysOfWeek, type QuietWindow } from '../../../../src/core/model/quiet-hours.ts';
import { readHours } from '../../../../src/core/quiet/read-hours.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { hoursSavedMessage, quietHoursView, quietListMessage } from '../../../../src/slack/views/quiet-hours.ts';
import { parts, wordsOf } from '../../../support/view-text.ts';

const zone = 'Asia/Shanghai';
const daily = [...daysOfWeek];
const groupOf = (windows: QuietWindow[] | null, tasks = 3, id = 'noon') => ({
  id,
  name: `Group ${id}`,
  tasks,
  hours: windows === null ? null : { groupId: id, windows, person: 'U1', at: 0 },
});

const sets: QuietWindow[][] = [
  [{ days: daily, from: 720, until: 810 }],
  [
    { days: daily, from: 720, until: 810 },
    { days: daily, from: 1230, until: 510 },
  ],
  [
    { days: [1, 2, 3, 4, 5], from: 1260, until: 510 },
    { days: [6, 7], from: 0, until: 1440 },
  ],
  [{ days: [1, 3, 5], from: 1, until: 1439 }],
  [{ days: [1, 2, 4, 5, 6, 7], from: 1439, until: 1 }],
  [],
];

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('%s', (_, t) => {
  test.each(sets.map((windows) => [JSON.stringify(windows), windows] as const))(
    '%s can be typed as shown',
    (_text, windows) => {
      const form = quietHoursView(
        { group: groupOf(windows), zone, typed: null, alert: null, privateMetadata: '{}' },
        t,
      );
      const [input] = parts(form, 'plain_text_input');
      expect(readHours(String(input?.initial_value))).toEqual({ kind: 'known', windows });
      const [, shown = ''] =
        /^[^*]*\*[^*]+\*[:：] ?(.*)[.。]$/.exec(hoursSavedMessage({ group: groupOf(windows), zone }, t).text) ?? [];
      if (windows.length > 0) expect(readHours(shown)).toEqual({ kind: 'known', windows });
      else expect(shown).toBe(t.quiet.none);
    },
  );

  test('the examples of the command can be typed as shown', () => {
    for (const example of t.commands.quiet.examples.slice(1)) {
      const hours = example.split(' ').slice(2).join(' ');
      expect(readHours(hours)).toMatchObject({ kind: 'known' });
    }
    expect(readHours(t.quiet.placeholder)).toMatchObject({ kind: 'known' });
    for (const word of t.quiet.formHint.match(/[“”]([^“”]+)[“”]/g) ?? []) {
      expect(readHours(word.slice(1, -1)).kind).not.toBe('issue');
    }
  });
});

test('what is missing and needed comes first, and what was typed comes back', () => {
  const groups = [groupOf(sets[0] ?? null, 9, 'a'), groupOf(null, 0, 'b'), groupOf(null, 1, 'c')];
  const list = wordsOf(quietListMessage({ command: '/dial', zone, groups }, en)).join('\n');
  const place = (id: string) => list.indexOf(`Group ${id}`);
  expect(place('c')).toBeLessThan(place('a'));
  expect(place('a')).toBeLessThan(place('b'));
  expect(list).toContain('hours not entered yet');
  expect(list).toContain('daily 12:00–13:30');
  const form = quietHoursView({ group: groupOf(null), zone, typed: '25:00', alert: 'No.', privateMetadata: '{}' }, en);
  expect(parts(form, 'plain_text_input')[0]?.initial_value).toBe('25:00');
});
