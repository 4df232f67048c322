import { describe, expect, test } from '@jest/globals';
import { daysOfWeek, type QuietWindow } from '../../../../src/core/model/quiet-hours.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { quietIntervals } from '../../../../src/core/quiet/week.ts';
import { cardOf } from '../../../../src/core/watch/card.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { taskOf } from '../../../support/core/looks.ts';
import { wallIn } from '../../../support/wall.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const shanghai = 'Asia/Shanghai';
const berlin = 'Europe/Berlin';

const at = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const window = (from: string, until: string, days: readonly number[] = daysOfWeek): QuietWindow => ({
  days: [...days],
  from: at(from),
  until: at(until),
});
const lunch = window('12:00', '13:30');
const night = window('21:00', '08:30');
const weekend = window('00:00', '24:00', [6, 7]);

/** The hours known around a time, as a bot knows them; null: nobody has entered them. */
function hoursAround(windows: QuietWindow[] | null, zone: string, now: number) {
  return windows && quietIntervals(windows, zone, { from: now - 14 * day, until: now + 28 * day });
}

/** A task that dialed ten numbers a minute for the ten minutes before `now`, with so many minutes of work left. */
function dialing(now: number, left: number, windows: QuietWindow[] | null, zone = shanghai): Reading {
  const total = 100 + left * 10;
  const quietHours = hoursAround(windows, zone, now);
  const first = nextReading(null, taskOf({ on: true, bar: [0, total] }), now - 10 * minute, { quietHours });
  return nextReading(first, taskOf({ on: true, bar: [100, total] }), now, { quietHours });
}

/** `Mon 09:30`, by the clock on the wall. */
function wall(instant: number | null, zone: string): string | null {
  if (instant === null) return null;
  const { weekday, hour, minute: minutes } = wallIn(zone)(instant);
  return `${weekday} ${hour}:${minutes}`;
}

/** An instant of the week that begins on Monday, 23 November 2026, in Shanghai: `Mon 10:00`. */
function inShanghai(text: string): number {
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(text.slice(0, 3));
  return Date.UTC(2026, 10, 23, -8) + days * day + at(text.slice(4)) * minute;
}

describe('the estimated end', () => {
  test.each<[string, string, number, QuietWindow[] | null, string | null]>([
    ['without quiet hours', 'Mon 10:00', 60, [], 'Mon 11:00'],
    ['is as if there were none while nobody knows them', 'Mon 11:30', 60, null, 'Mon 12:30'],
    ['before quiet hours', 'Mon 10:00', 60, [lunch, night], 'Mon 11:00'],
    ['as they begin', 'Mon 10:00', 120, [lunch], 'Mon 12:00'],
    ['a minute later', 'Mon 10:00', 121, [lunch], 'Mon 13:31'],
    ['after them', 'Mon 13:40', 60, [lunch], 'Mon 14:40'],
    ['when calls are made in spite of them', 'Mon 12:10', 60, [lunch], 'Mon 14:30'],
    ['over midnight', 'Mon 20:00', 120, [night], 'Tue 09:30'],
    [
      'over midnight, in two parts',
      'Mon 20:00',
      120,
      [window('21:00', '24:00'), window('00:00', '08:30')],
      'Tue 09:30',
    ],
    ['over several', 'Mon 20:00', 12 * 60, [lunch, night], 'Tue 21:00'],
    ['over several, and a night more', 'Mon 20:00', 12 * 60 + 10, [lunch, night], 'Wed 08:40'],
    ['over windows that overlap', 'Mon 11:00', 120, [lunch, window('12:30', '14:00')], 'Mon 15:00'],
    ['over a weekend', 'Fri 20:00', 120, [night, weekend], 'Mon 09:30'],
    ['on days that have none', 'Fri 11:30', 60, [window('12:00', '13:30', [1, 2, 3, 4])], 'Fri 12:30'],
    ['further ahead than hours are known', 'Mon 10:00', 60 * 24 * 60, [lunch], null],
  ])('%s', (_title, now, left, windows, expected) => {
    expect(wall(dialing(inShanghai(now), left, windows).endsAt, shanghai)).toBe(expected);
  });

  test.each([
    ['the night in which an hour is skipped', Date.UTC(2026, 2, 28, 19), Date.UTC(2026, 2, 29, 7, 30)],
    ['the night in which an hour is repeated', Date.UTC(2026, 9, 24, 18), Date.UTC(2026, 9, 25, 8, 30)],
  ])('over %s, from 20:00 to 09:30', (_title, now, expected) => {
    const { endsAt } = dialing(now, 120, [night], berlin);
    expect([wall(now, berlin), endsAt, wall(endsAt, berlin)]).toEqual(['Sat 20:00', expected, 'Sun 09:30']);
  });

  test('is kept while the task waits for the end of quiet hours, and moves with what is dialed', () => {
    const noon = inShanghai('Mon 12:00');
    const quietHours = hoursAround([lunch], shanghai, noon);
    let reading = dialing(noon - 10 * minute, 60, [lunch]);
    const { endsAt } = reading;
    expect(wall(endsAt, shanghai)).toBe('Mon 14:20');
    for (let poll = 0; poll < 4; poll += 1) {
      reading = nextReading(reading, reading.task, noon + poll * minute, { quietHours });
    }
    expect([reading.state, reading.endsAt]).toEqual(['waiting', endsAt]);
    expect(cardOf(reading, null)).toMatchObject({ endsAt, evidence: { kind: 'quiet_hours' } });
  });

  test('after a pause counts from the start, not from the last call before the pause', () => {
    const now = inShanghai('Mon 10:00');
    const before = dialing(now, 60, []);
    const paused = nextReading(before, { ...before.task, started: false }, now + minute, { quietHours: [] });
    const later = now + 120 * minute;
    const started = nextReading(paused, before.task, later, { quietHours: [] });
    expect([paused.endsAt, started.endsAt]).toEqual([null, later + 60 * minute]);
  });

  test('is not told of a task that stands still although no quiet hours are on', () => {
    const now = inShanghai('Mon 10:00');
    let reading = dialing(now, 60, [lunch]);
    const quietHours = hoursAround([lunch], shanghai, now);
    for (let poll = 1; poll < 10; poll += 1)
      reading = nextReading(reading, reading.task, now + poll * minute, { quietHours });
    expect([reading.state, reading.endsAt]).toEqual(['waiting', null]);
  });
});
