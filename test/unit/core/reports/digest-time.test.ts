import { describe, expect, test } from '@jest/globals';
import type { DigestSettings } from '../../../../src/core/model/channel-settings.ts';
import {
  coveredBy,
  dueDigest,
  maxLateMs,
  nextDigest,
  readDigestTime,
} from '../../../../src/core/reports/digest-time.ts';
import { createDays } from '../../../../src/core/time/days.ts';

const daily = [1, 2, 3, 4, 5, 6, 7];
const weekdays = [1, 2, 3, 4, 5];
const minute = 60_000;

test.each([
  ['18:30', 18 * 60 + 30, daily],
  ['at 9am', 9 * 60, daily],
  ['9am weekdays', 9 * 60, weekdays],
  ['Mon-Fri 18:30', 18 * 60 + 30, weekdays],
  ['18:30 Mon, Wed', 18 * 60 + 30, [1, 3]],
  ['０：３０', 30, daily],
  ['工作日 9点', 9 * 60, weekdays],
  ['每天下午6点半', 18 * 60 + 30, daily],
  ['周一至周五 18:30', 18 * 60 + 30, weekdays],
])('%s is a time', (text, minutes, days) => {
  expect(readDigestTime(text)).toEqual({ minutes, days });
});

test.each(['', 'tomorrow', '25:00', '24:00', '18:30 19:30', 'weekdays', '18:30 x', '18:30-19:30', '9'.repeat(500)])(
  '%s is none',
  (text) => {
    expect(readDigestTime(text)).toBeNull();
  },
);

describe('a digest', () => {
  const days = createDays('Asia/Shanghai');
  const at = (day: string, time: string): number => Date.parse(`${day}T${time}:00+08:00`);
  // November 26, 2026 is a Thursday.
  const digest = (change: Partial<DigestSettings> = {}): DigestSettings => {
    return { minutes: 18 * 60 + 30, days: daily, owner: 'U1', since: 0, brokenBy: null, ...change };
  };

  test.each([
    ['before its time', at('2026-11-26', '18:29'), '2026-11-25'],
    ['at its time', at('2026-11-26', '18:30'), '2026-11-26'],
    ['a while later', at('2026-11-26', '23:59'), '2026-11-26'],
    ['after midnight', at('2026-11-27', '00:29'), '2026-11-26'],
  ])('%s', (_when, now, day) => {
    const due = dueDigest(digest(), now, days);
    if (day === '2026-11-25') expect(due).toBeNull();
    else expect(due).toMatchObject({ day, dueAt: at(day, '18:30') });
  });

  test('is left out when it is too late for it, and days that were missed are not made up for', () => {
    const due = at('2026-11-26', '18:30');
    expect(dueDigest(digest(), due + maxLateMs, days)).toMatchObject({ late: true });
    expect(dueDigest(digest(), due + maxLateMs + minute, days)).toBeNull();
    expect(dueDigest(digest(), due + 11 * minute, days)).toMatchObject({ late: true });
    expect(dueDigest(digest(), due + 9 * minute, days)).toMatchObject({ late: false });
    expect(dueDigest(digest({ days: [5] }), due, days)).toBeNull();
  });

  test('is not due for a time before it was set up', () => {
    const due = at('2026-11-26', '18:30');
    expect(dueDigest(digest({ since: due + minute }), due + 2 * minute, days)).toBeNull();
    expect(dueDigest(digest({ since: due - minute }), due + 2 * minute, days)).not.toBeNull();
  });

  test.each([
    ['evening, every day', { minutes: 1110, days: daily }, '2026-11-26', '2026-11-26', '2026-11-26'],
    ['morning, every day', { minutes: 540, days: daily }, '2026-11-26', '2026-11-25', '2026-11-25'],
    ['morning, weekdays, on Monday', { minutes: 540, days: weekdays }, '2026-11-30', '2026-11-27', '2026-11-29'],
    ['evening, weekdays, on Monday', { minutes: 1110, days: weekdays }, '2026-11-30', '2026-11-28', '2026-11-30'],
    ['morning, Thursdays', { minutes: 540, days: [4] }, '2026-11-26', '2026-11-19', '2026-11-25'],
  ])('covers what came since the one before: %s', (_when, time, day, from, until) => {
    expect(coveredBy(time, day)).toEqual({ from, until });
  });

  test('covers each day once, whatever its days', () => {
    for (const minutes of [540, 1110]) {
      for (const set of [daily, weekdays, [1, 4], [7]]) {
        const seen = new Map<string, number>();
        for (let i = 0; i < 35; i += 1) {
          const day = days.dayOf(at('2026-10-01', '12:00') + i * 24 * 60 * minute);
          const due = dueDigest(digest({ minutes, days: set }), days.instantOf(day, minutes), days);
          if (due === null || due.day !== day) continue;
          for (let at = Date.parse(due.span.from); at <= Date.parse(due.span.until); at += 24 * 60 * minute) {
            const covered = new Date(at).toISOString().slice(0, 10);
            seen.set(covered, (seen.get(covered) ?? 0) + 1);
          }
        }
        expect([...seen.values()].every((times) => times === 1)).toBe(true);
        expect(seen.size).toBeGreaterThan(27);
      }
    }
  });

  test('is due every day at its time of the wall clock, also where clocks change', () => {
    const newYork = createDays('America/New_York');
    let now = Date.parse('2026-03-06T12:00:00Z');
    const due: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      now = nextDigest({ minutes: 150, days: daily }, now, newYork);
      due.push(new Date(now).toISOString().slice(5, 16));
    }
    // 02:30 does not exist on the 8th.
    expect(due).toEqual(['03-07T07:30', '03-08T07:00', '03-09T06:30', '03-10T06:30']);
    expect(nextDigest({ minutes: 540, days: [4] }, at('2026-11-26', '09:00'), days)).toBe(at('2026-12-03', '09:00'));
  });
});
