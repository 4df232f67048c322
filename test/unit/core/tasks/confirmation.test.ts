import { describe, expect, test } from '@jest/globals';
import { confirmationOf, confirms } from '../../../../src/core/tasks/confirmation.ts';

const id = '02f5bb4a-8a09-4eae-8969-6c2a3732f774';
const asked = (name: string): string => confirmationOf({ id, name });

describe('what is typed to confirm a deletion', () => {
  test.each([
    ['Spring renewal', 'Spring renewal'],
    ['  a\n\nb\u3000c ', 'a b c'],
    ['', id],
    [' \u200b\u3164 ', id],
    ['春'.repeat(61), '春'.repeat(60)],
    ['x'.repeat(1_000_000), 'x'.repeat(60)],
    ['👩‍👩‍👧‍👦'.repeat(100), '👩‍👩‍👧‍👦'.repeat(60)],
    [`${'x'.repeat(59)} ${'y'.repeat(9)}`, 'x'.repeat(59)],
    ['\u001b[2Jgone\u202e', '[2Jgone'],
    [`${' \n'.repeat(5_000)}late`, 'late'],
    [`a${'\u0301'.repeat(5_000)}`, `a${'\u0301'.repeat(719)}`],
  ])('of %j', (name, confirmation) => {
    expect(asked(name)).toBe(confirmation);
    expect(asked(asked(name))).toBe(confirmation);
  });
});

test.each([
  ['quotes', '"'],
  ['backslashes', '\\'],
  ['emoji', '😀'],
  ['joined emoji', '👩‍👩‍👧‍👦'],
  ['letters with many marks', `a${'\u0301'.repeat(99)}`],
  ['letters, then emoji', `${'x'.repeat(59)}${'😀'.repeat(999)}`],
  ['emoji with marks', `x${'\ud83d\ude00\u0301'.repeat(999)}`],
])('a name of many %s can be shown, carried and confirmed', (_, part) => {
  const name = part.repeat(Math.ceil(20_000 / part.length));
  const confirmation = asked(name);
  expect(JSON.stringify(confirmation).length).toBeLessThan(2_000);
  expect(asked(confirmation)).toBe(confirmation);
  expect(confirms(confirmation, confirmation)).toBe(true);
  expect(confirms(name, confirmation)).toBe(true);
});

describe('it is confirmed by', () => {
  test.each([
    ['as it stands', 'Spring “1”', 'Spring “1”'],
    ['straight quotes', 'Spring “1”', 'Spring "1"'],
    ['curly quotes of a phone', 'Li"s', 'Li”s'],
    ['plain blanks', 'a\u00a0b\u202fc\u3000d', 'a b c d'],
    ['a line break typed as a blank', 'a\nb', 'a b'],
    ['composed letters', 'Cafe\u0301', 'Caf\u00e9'],
    ['what was copied out of chat', '*VIP*', '\u200b*\u200bVIP\u200b*\u200b'],
    ['the whole of a very long name', '尊享线路'.repeat(100), '尊享线路'.repeat(100)],
    ['the beginning of a very long name', '尊享线路'.repeat(100), '尊享线路'.repeat(15)],
    ['the id of a task without a name', ' ', id],
  ])('%s', (_, name, typed) => {
    expect(confirms(typed, asked(name))).toBe(true);
  });

  test.each([
    ['Spring', ''],
    ['Spring', 'Sprin'],
    ['Spring', 'Spring 2'],
    ['尊享线路'.repeat(100), '尊享线路'.repeat(14)],
    ['', ''],
    ['', ' '],
  ])('%j is not confirmed by %j', (name, typed) => {
    expect(confirms(typed, asked(name))).toBe(false);
  });
});
