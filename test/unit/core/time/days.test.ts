import { describe, expect, test } from '@jest/globals';
import { createDays, daysAfter, daysBetween, daysShownBy, weekdayOf } from '../../../../src/core/time/days.ts';

const at = (iso: string): number => Date.parse(iso);

describe('days of a zone', () => {
  test.each([
    ['Asia/Shanghai', '2026-11-26T15:59:59Z', '2026-11-26', 23],
    ['Asia/Shanghai', '2026-11-26T16:00:00Z', '2026-11-27', 0],
    ['Asia/Kathmandu', '2026-11-26T18:14:59Z', '2026-11-26', 23],
    ['Asia/Kathmandu', '2026-11-26T18:15:00Z', '2026-11-27', 0],
    ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-01', 1],
    ['America/New_York', '2026-11-01T06:30:00Z', '2026-11-01', 1],
    ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08', 3],
  ])('%s: %s is %s, hour %i', (zone, instant, day, hour) => {
    const days = createDays(zone);
    expect([days.dayOf(at(instant)), days.hourOf(at(instant))]).toEqual([day, hour]);
  });

  test.each([
    ['Asia/Shanghai', '2026-11-26', 9 * 60, '2026-11-26T01:00:00Z'],
    // The day of 23 hours has no 02:30: the clock skips it at 07:00 UTC. The one of 25 hours has two 01:30.
    ['America/New_York', '2026-03-08', 150, '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-03-08', 180, '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-11-01', 90, '2026-11-01T05:30:00Z'],
    ['America/New_York', '2026-11-01', 24 * 60, '2026-11-02T05:00:00Z'],
    // No midnight: clocks go from 00:00 to 01:00.
    ['Asia/Beirut', '2026-03-29', 0, '2026-03-28T22:00:00Z'],
  ])('%s: on %s, minute %i', (zone, day, minutes, instant) => {
    expect(new Date(createDays(zone).instantOf(day, minutes)).toISOString()).toBe(new Date(instant).toISOString());
  });

  test('of a clock that is ahead and runs ten times as fast', () => {
    const now = at('2026-11-26T02:00:00Z');
    const shown = { now: at('2026-11-27T12:50:00Z'), speed: 10 };
    const days = daysShownBy(createDays('Asia/Shanghai'), { now: () => now }, () => shown);
    const minute = 60_000;
    expect([days.dayOf(now), days.hourOf(now), days.hourOf(now + minute)]).toEqual(['2026-11-27', 20, 21]);
    expect(days.dayOf(now + 19 * minute)).toBe('2026-11-28');
    expect(days.instantOf('2026-11-27', 21 * 60)).toBe(now + minute);
  });

  test('every day of a year begins where the day before ends', () => {
    for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut', 'Asia/Shanghai']) {
      const days = createDays(zone);
      for (const day of daysBetween('2026-01-01', '2026-12-31')) {
        const begin = days.instantOf(day, 0);
        expect([day, days.dayOf(begin), days.dayOf(begin - 1)]).toEqual([day, day, daysAfter(day, -1)]);
      }
    }
  });

  test('days are counted, not hours', () => {
    expect(daysAfter('2026-02-28', 1)).toBe('2026-03-01');
    expect(daysAfter('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-11-29', '2026-12-02')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02']);
    expect(daysBetween('2026-12-02', '2026-11-29')).toEqual([]);
    expect(['2026-11-23', '2026-11-26', '2026-11-29'].map(weekdayOf)).toEqual([1, 4, 7]);
  });
});
