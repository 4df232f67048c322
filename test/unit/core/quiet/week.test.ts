import { describe, expect, test } from '@jest/globals';
import { daysOfWeek, type QuietWindow } from '../../../../src/core/model/quiet-hours.ts';
import { coversWeek, quietIntervals } from '../../../../src/core/quiet/week.ts';
import { wallIn } from '../../../support/wall.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const at = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const window = (from: string, until: string, days: readonly number[] = daysOfWeek): QuietWindow => ({
  days: [...days],
  from: at(from),
  until: at(until),
});

/** What a clock on the wall shows, asked of the platform's own calendar and not of ours. */
function onTheWall(zone: string) {
  const wall = wallIn(zone);
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  let quarter = { begins: Number.NaN, day: 0, minute: 0 };
  return (instant: number): { day: number; minute: number } => {
    // Clocks change, and days begin, at a quarter of an hour everywhere: within one the minutes count on.
    const begins = instant - (instant % (15 * minute));
    if (begins !== quarter.begins) {
      const parts = wall(begins);
      const shown = Number(parts.hour) * 60 + Number(parts.minute);
      quarter = { begins, day: names.indexOf(parts.weekday) + 1, minute: shown };
    }
    return { day: quarter.day, minute: quarter.minute + (instant - begins) / minute };
  };
}

function isQuiet(windows: readonly QuietWindow[], now: { day: number; minute: number }): boolean {
  return windows.some(({ days, from, until }) => {
    const dayBefore = ((now.day + 5) % 7) + 1;
    if (until > from) return days.includes(now.day) && now.minute >= from && now.minute < until;
    return (days.includes(now.day) && now.minute >= from) || (days.includes(dayBefore) && now.minute < until);
  });
}

const written = (intervals: readonly { from: number; until: number }[], offsetHours = 0): string[] =>
  intervals.map(({ from, until }) =>
    [from, until].map((instant) => new Date(instant + offsetHours * hour).toISOString().slice(5, 16)).join(' '),
  );

describe('the quiet hours of some days', () => {
  /** 23 November 2026 is a Monday; the span is 23 and 24 November in Shanghai. */
  const span = { from: Date.UTC(2026, 10, 22, 16), until: Date.UTC(2026, 10, 24, 16) };
  const inShanghai = (windows: QuietWindow[]) => written(quietIntervals(windows, 'Asia/Shanghai', span), 8);

  test.each<[string, QuietWindow[], string[]]>([
    ['none', [], []],
    ['at noon', [window('12:00', '13:30')], ['11-23T12:00 11-23T13:30', '11-24T12:00 11-24T13:30']],
    [
      'over midnight, cut at the ends of the span',
      [window('21:00', '08:30')],
      ['11-23T00:00 11-23T08:30', '11-23T21:00 11-24T08:30', '11-24T21:00 11-25T00:00'],
    ],
    [
      'two that touch at midnight are one',
      [window('21:00', '24:00'), window('00:00', '08:30')],
      ['11-23T00:00 11-23T08:30', '11-23T21:00 11-24T08:30', '11-24T21:00 11-25T00:00'],
    ],
    [
      'two that overlap are one, whichever comes first',
      [window('13:00', '14:00'), window('12:00', '13:30')],
      ['11-23T12:00 11-23T14:00', '11-24T12:00 11-24T14:00'],
    ],
    ['on Tuesdays', [window('12:00', '13:30', [2])], ['11-24T12:00 11-24T13:30']],
    ['on Sundays, over midnight', [window('21:00', '08:30', [7])], ['11-23T00:00 11-23T08:30']],
    [
      'on Mondays, all day',
      [window('00:00', '24:00', [1]), window('00:00', '01:00', [2])],
      ['11-23T00:00 11-24T01:00'],
    ],
  ])('%s', (_title, windows, expected) => {
    expect(inShanghai(windows)).toEqual(expected);
  });

  test('a week without a minute for calls is recognized', () => {
    expect(coversWeek([window('00:00', '24:00')])).toBe(true);
    expect(coversWeek([window('09:00', '08:00'), window('07:30', '09:30')])).toBe(true);
    expect(coversWeek([window('00:00', '24:00', [1, 2, 3, 4, 5, 6]), window('00:00', '23:59', [7])])).toBe(false);
    expect(coversWeek([window('09:01', '09:00')])).toBe(false);
    expect(coversWeek([])).toBe(false);
  });
});

describe('where clocks change', () => {
  /** Sunday, 29 March 2026, 02:00 → 03:00 in Berlin; 25 October 2026, 03:00 → 02:00. */
  const spring = { from: Date.UTC(2026, 2, 28, 12), until: Date.UTC(2026, 2, 29, 12) };
  const autumn = { from: Date.UTC(2026, 9, 24, 12), until: Date.UTC(2026, 9, 25, 12) };

  test.each<[string, typeof spring, QuietWindow, string[]]>([
    ['the night is an hour shorter', spring, window('21:00', '08:30'), ['03-28T20:00 03-29T06:30']],
    ['an hour that is skipped is no time', spring, window('02:00', '03:00'), []],
    ['the part of it that exists', spring, window('01:30', '02:30'), ['03-29T00:30 03-29T01:00']],
    ['the night is an hour longer', autumn, window('21:00', '08:30'), ['10-24T19:00 10-25T07:30']],
    ['an hour that comes twice', autumn, window('02:00', '03:00'), ['10-25T00:00 10-25T02:00']],
    [
      'half an hour that comes twice',
      autumn,
      window('02:00', '02:30'),
      ['10-25T00:00 10-25T00:30', '10-25T01:00 10-25T01:30'],
    ],
  ])('%s', (_title, span, quiet, expected) => {
    expect(written(quietIntervals([quiet], 'Europe/Berlin', span))).toEqual(expected);
  });
});

describe.each([
  ['Asia/Shanghai', Date.UTC(2026, 10, 20)],
  ['Europe/Berlin', Date.UTC(2026, 2, 25)],
  ['Europe/Berlin', Date.UTC(2026, 9, 21)],
  ['America/St_Johns', Date.UTC(2026, 2, 5)],
  ['Australia/Lord_Howe', Date.UTC(2026, 3, 2)],
  ['Asia/Kathmandu', Date.UTC(2026, 0, 1)],
])('%s, minute by minute', (zone, from) => {
  const sets: QuietWindow[][] = [
    [window('21:00', '08:30')],
    [window('12:00', '13:30'), window('20:30', '08:30')],
    [window('01:45', '02:15'), window('23:59', '00:01', [6, 7])],
    [window('00:00', '24:00', [7]), window('18:00', '09:00', [1, 2, 3, 4, 5])],
    [window('02:30', '02:29')],
  ];

  test.each(sets.map((windows, i) => [i, windows] as const))(
    'set %i is what the clock on the wall says',
    (_i, windows) => {
      const wall = onTheWall(zone);
      const span = { from: from + 7 * minute, until: from + 9 * day };
      const intervals = quietIntervals(windows, zone, span);
      const wrong: string[] = [];
      let next = 0;
      for (let now = span.from; now < span.until; now += minute) {
        while ((intervals[next]?.until ?? Number.POSITIVE_INFINITY) <= now) next += 1;
        const quiet = (intervals[next]?.from ?? Number.POSITIVE_INFINITY) <= now;
        if (quiet !== isQuiet(windows, wall(now))) wrong.push(new Date(now).toISOString());
      }
      expect(wrong).toEqual([]);
      for (const [i, { from: begins }] of intervals.entries()) {
        expect(begins).toBeGreaterThan(intervals[i - 1]?.until ?? 0);
      }
    },
  );
});

test('a span costs what its days cost', () => {
  const intervals = quietIntervals([window('21:00', '08:30')], 'Asia/Shanghai', { from: 0, until: 42 * day });
  expect(intervals).toHaveLength(43);
});
