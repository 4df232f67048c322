import { describe, expect, test } from '@jest/globals';
import type { ScheduleDays, SchedulePlan, ScheduleTime } from '../../../../src/core/model/schedule.ts';
import { createCalendar } from '../../../../src/core/schedules/calendar.ts';
import { momentsBetween, nextMoments, wantedAt } from '../../../../src/core/schedules/moments.ts';
import { readTimes } from '../../../../src/core/schedules/read-times.ts';
import { chineseWorkingDays } from '../../../../src/working-days.ts';

const china = createCalendar('Asia/Shanghai', chineseWorkingDays());
const every: ScheduleDays = { kind: 'every' };
const weekdays: ScheduleDays = { kind: 'week', days: [1, 2, 3, 4, 5] };

function times(typed: string): ScheduleTime[] {
  const given = readTimes(typed);
  if (given.kind === 'issue') throw new Error(JSON.stringify(given.issue));
  return given.times;
}

const planOf = (typed: string, days: ScheduleDays, change: Partial<SchedulePlan> = {}): SchedulePlan => ({
  days,
  times: times(typed),
  since: null,
  until: null,
  missed: { kind: 'skip' },
  ...change,
});

/** The moments of whole days in a zone, as `11-27 09:00 start`, with the distance from UTC where that changes. */
function momentsOf(plan: SchedulePlan, first: string, last: string, zone = 'Asia/Shanghai'): string[] {
  const calendar = createCalendar(zone, chineseWorkingDays());
  const span = {
    after: calendar.instantOf(Date.parse(`${first}T00:00:00Z`)) - 1,
    until: calendar.instantOf(Date.parse(`${last}T23:59:00Z`)),
  };
  return momentsBetween(plan, calendar, span).map(({ at, action }) => {
    const shown = new Date(calendar.shows(at)).toISOString();
    const utc = new Date(at).toISOString();
    return `${shown.slice(5, 10)} ${shown.slice(11, 16)}${zone === 'Asia/Shanghai' ? '' : ` (${utc.slice(11, 16)}Z)`} ${action}`;
  });
}

describe('moments', () => {
  test.each<[what: string, typed: string, days: ScheduleDays, first: string, last: string, expected: string[]]>([
    [
      'a lunch gap',
      '09:00–12:00, 13:30–18:00',
      every,
      '2026-11-27',
      '2026-11-27',
      ['11-27 09:00 start', '11-27 12:00 pause', '11-27 13:30 start', '11-27 18:00 pause'],
    ],
    [
      'touching periods are one',
      '09:00-12:00, 12:00-18:00',
      every,
      '2026-11-27',
      '2026-11-27',
      ['11-27 09:00 start', '11-27 18:00 pause'],
    ],
    [
      'overlapping periods are one',
      '09:00-15:00, 12:00-18:00, 10:00-11:00',
      every,
      '2026-11-27',
      '2026-11-27',
      ['11-27 09:00 start', '11-27 18:00 pause'],
    ],
    [
      'past midnight',
      '21:00-02:00',
      { kind: 'week', days: [5] },
      '2026-11-27',
      '2026-11-29',
      ['11-27 21:00 start', '11-28 02:00 pause'],
    ],
    [
      'whole days join into a week',
      '00:00-24:00',
      weekdays,
      '2026-11-26',
      '2026-12-01',
      ['11-28 00:00 pause', '11-30 00:00 start'],
    ],
    ['a start alone', 'start 9am', weekdays, '2026-11-27', '2026-11-30', ['11-27 09:00 start', '11-30 09:00 start']],
    ['a pause alone', '暂停 18点', every, '2026-11-27', '2026-11-28', ['11-27 18:00 pause', '11-28 18:00 pause']],
    [
      'a start and a pause together: the pause',
      'start 09:00, pause 09:00',
      every,
      '2026-11-27',
      '2026-11-27',
      ['11-27 09:00 pause'],
    ],
    [
      'plain weekdays know no holiday',
      '09:00-10:00',
      weekdays,
      '2026-10-01',
      '2026-10-02',
      ['10-01 09:00 start', '10-01 10:00 pause', '10-02 09:00 start', '10-02 10:00 pause'],
    ],
    ['the National Day has none', '09:00-10:00', { kind: 'working' }, '2026-10-01', '2026-10-07', []],
    [
      'a Saturday that makes up for it has',
      '09:00-10:00',
      { kind: 'working' },
      '2026-10-10',
      '2026-10-11',
      ['10-10 09:00 start', '10-10 10:00 pause'],
    ],
    [
      'a Sunday that makes up for it has',
      '09:00-10:00',
      { kind: 'working' },
      '2026-01-03',
      '2026-01-04',
      ['01-04 09:00 start', '01-04 10:00 pause'],
    ],
    [
      'a year that is not announced: Monday to Friday',
      '09:00-10:00',
      { kind: 'working' },
      '2035-10-01',
      '2035-10-01',
      ['10-01 09:00 start', '10-01 10:00 pause'],
    ],
  ])('%s', (_what, typed, days, first, last, expected) => {
    expect(momentsOf(planOf(typed, days), first, last)).toEqual(expected);
  });

  test('begin with the first day and end with the last', () => {
    const plan = planOf('21:00-02:00', every, { since: '2026-11-27', until: '2026-11-28' });
    expect(momentsOf(plan, '2026-11-20', '2026-12-10')).toEqual([
      '11-27 21:00 start',
      '11-28 02:00 pause',
      '11-28 21:00 start',
      '11-29 02:00 pause',
    ]);
  });

  test.each([
    [
      'a time that is skipped is the moment at which it is',
      'America/New_York',
      '02:30-10:00',
      '2026-03-08',
      ['03-08 03:00 (07:00Z) start', '03-08 10:00 (14:00Z) pause'],
    ],
    ['a period that is skipped is none', 'America/New_York', '02:10-02:50', '2026-03-08', []],
    [
      'a time that is shown twice is the first of the two',
      'America/New_York',
      '01:30-10:00',
      '2026-11-01',
      ['11-01 01:30 (05:30Z) start', '11-01 10:00 (15:00Z) pause'],
    ],
    [
      'an end that is shown twice, too',
      'America/New_York',
      '00:00-01:30',
      '2026-11-01',
      ['11-01 00:00 (04:00Z) start', '11-01 01:30 (05:30Z) pause'],
    ],
    [
      'half an hour is skipped',
      'Australia/Lord_Howe',
      '02:15-09:00',
      '2026-10-04',
      ['10-04 02:30 (15:30Z) start', '10-04 09:00 (22:00Z) pause'],
    ],
    [
      'midnight is skipped',
      'Africa/Cairo',
      '00:00-09:00',
      '2026-04-24',
      ['04-24 01:00 (22:00Z) start', '04-24 09:00 (06:00Z) pause'],
    ],
    [
      'in the southern half of the year',
      'Europe/Berlin',
      '02:30-03:30',
      '2026-03-29',
      ['03-29 03:00 (01:00Z) start', '03-29 03:30 (01:30Z) pause'],
    ],
  ])('%s (%s)', (_what, zone, typed, on, expected) => {
    expect(momentsOf(planOf(typed, every), on, on, zone)).toEqual(expected);
  });

  test('the next ones are found over a long holiday, before a first day, and not after the last', () => {
    const after = Date.parse('2026-09-30T18:00:00+08:00');
    const first = (plan: SchedulePlan) =>
      nextMoments(plan, china, { after, count: 1 }).map(({ at }) =>
        new Date(china.shows(at)).toISOString().slice(0, 16),
      );
    expect(first(planOf('09:00-18:00', { kind: 'working' }))).toEqual(['2026-10-08T09:00']);
    expect(first(planOf('09:00-18:00', every, { since: '2031-05-01' }))).toEqual(['2031-05-01T09:00']);
    expect(first(planOf('09:00-18:00', every, { until: '2026-09-30' }))).toEqual([]);
    expect(first(planOf('00:00-24:00', every))).toEqual([]);
    expect(nextMoments(planOf('09:00-18:00', weekdays), china, { after, count: 5 })).toHaveLength(5);
  });

  test('what is wanted is what the last of them did', () => {
    const plan = planOf('09:00-12:00', { kind: 'working' });
    const wanted = (shanghai: string) => wantedAt(plan, china, Date.parse(`${shanghai}:00+08:00`))?.action ?? null;
    expect([wanted('2026-11-27T08:59'), wanted('2026-11-27T09:00'), wanted('2026-11-27T12:00')]).toEqual([
      'pause',
      'start',
      'pause',
    ]);
    expect(wanted('2026-10-06T10:00')).toBe('pause');
    expect(wantedAt({ ...plan, since: '2026-11-27' }, china, Date.parse('2026-11-27T08:00:00+08:00'))).toBeNull();
  });
});
