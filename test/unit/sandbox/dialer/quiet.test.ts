import { describe, expect, test } from '@jest/globals';
import { onShanghaiDay, parseTimeOfDay, shanghaiDatetime } from '../../../../sandbox/dialer/clock.ts';
import { isQuiet, quietRanges, quietUntil } from '../../../../sandbox/dialer/quiet.ts';
import { morning } from '../../../support/sandbox/dialer-call.ts';

const at = (time: string): number => onShanghaiDay(morning, time);
const clockOf = (moment: number | null): string | null => (moment === null ? null : shanghaiDatetime(moment));

describe('quiet ranges', () => {
  test('a stretch over midnight is two ranges', () => {
    expect(quietRanges([['21:00', '08:30']])).toEqual([
      { from: 21 * 3_600_000, to: 86_400_000 },
      { from: 0, to: 8.5 * 3_600_000 },
    ]);
    expect(quietRanges([['21:00', '24:00']])).toHaveLength(1);
    expect(quietRanges([['21:00', '00:00']])).toHaveLength(1);
  });

  test.each([
    ['20:59', false],
    ['21:00', true],
    ['23:59', true],
    ['00:00', true],
    ['08:29', true],
    ['08:30', false],
    ['12:00', true],
    ['13:30', false],
  ])('at %s: %s', (time, expected) => {
    expect(
      isQuiet(
        quietRanges([
          ['21:00', '08:30'],
          ['12:00', '13:30'],
        ]),
        at(time),
      ),
    ).toBe(expected);
  });

  test('end on the next day when they run over midnight', () => {
    const ranges = quietRanges([['21:00', '08:30']]);
    expect(clockOf(quietUntil(ranges, at('22:00')))).toBe('2026-11-24 08:30:00');
    expect(clockOf(quietUntil(ranges, at('03:00')))).toBe('2026-11-23 08:30:00');
    expect(clockOf(quietUntil(ranges, at('10:00')))).toBe('2026-11-23 10:00:00');
  });

  test('that touch are one stretch, and those that cover the day never end', () => {
    expect(
      clockOf(
        quietUntil(
          quietRanges([
            ['13:00', '14:00'],
            ['12:00', '13:00'],
          ]),
          at('12:30'),
        ),
      ),
    ).toBe('2026-11-23 14:00:00');
    expect(quietUntil(quietRanges([['00:00', '24:00']]), at('12:30'))).toBeNull();
    expect(quietUntil(quietRanges([['08:00', '08:00']]), at('12:30'))).toBeNull();
  });

  test('refuse what is no time of day', () => {
    for (const text of ['8:30', '24:01', '12:60', 'noon']) expect(() => parseTimeOfDay(text)).toThrow(RangeError);
  });
});
