import { describe, expect, test } from '@jest/globals';
import type { SchedulePlan, ScheduleTime } from '../../../../src/core/model/schedule.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { createCalendar } from '../../../../src/core/schedules/calendar.ts';
import { type Conflict, conflictsOf, type Surroundings } from '../../../../src/core/schedules/conflicts.ts';
import { readTimes } from '../../../../src/core/schedules/read-times.ts';
import { samplePlan } from '../../../support/every-schedule-view.ts';
import { sampleTask } from '../../../support/samples.ts';

const zone = 'Asia/Shanghai';
/** The holidays of 2026 are known, those of later years are not. */
const calendar = createCalendar(zone, { isWorkingDay: () => true, isKnown: (year) => year <= 2026 });
const at = (time: string, day = '2026-03-02'): number => Date.parse(`${day}T${time}:00+08:00`);

function times(typed: string): ScheduleTime[] {
  const given = readTimes(typed);
  if (given.kind === 'issue') throw new Error(JSON.stringify(given.issue));
  return given.times;
}

const every = (typed = '09:00–12:00, 13:30–18:00', change: Partial<SchedulePlan> = {}): SchedulePlan =>
  samplePlan({ days: { kind: 'every' }, times: times(typed), ...change });

/** Calls may be made between two hours of each day in Shanghai. */
function legal(from: number, until: number): Surroundings['legal'] {
  const hourOf = (instant: number): number => new Date(instant + 8 * 3_600_000).getUTCHours();
  return { said: `${from}-${until}`, isOpenAt: (instant) => hourOf(instant) >= from && hourOf(instant) < until };
}

const quiet = (from: number, until: number, days = [1, 2, 3, 4, 5, 6, 7]): Surroundings['quiet'] => [
  { days, from: from * 60, until: until * 60 },
];

const other = (plan: SchedulePlan, change: Partial<Task> = {}): Surroundings['others'][number] => ({
  plan,
  task: sampleTask({ name: 'Other', concurrency: 7, ...change }),
});
const elsewhere = { id: 'line-2', name: 'Line 2', total: 10, used: 0, expiresAt: null };

/** A Monday morning, for a task with a concurrency of 4 on a line that takes 10 calls. */
const around: Surroundings = {
  now: at('08:00'),
  task: sampleTask(),
  legal: null,
  quiet: null,
  lineTotal: 10,
  others: [],
  items: [],
  room: null,
  isStopped: false,
};

const outsideLegal = (kind: 'starts_outside_legal' | 'open_outside_legal', time: string, hours: string): Conflict => ({
  ...{ kind, at: at(time), hours },
});
const full = (time: string, wanted = 11, others = ['Other']): Conflict => ({
  ...{ kind: 'line_full', at: at(time), line: 'Line 1', total: 10, wanted, others },
});

describe('what a schedule meets', () => {
  test.each<[what: string, plan: SchedulePlan, change: Partial<Surroundings>, expected: Conflict[]]>([
    ['nothing', every(), {}, []],
    ['nothing where it has no moment left', every('09:00–12:00', { until: '2026-03-01' }), { isStopped: true }, []],

    ['legal hours around all of it', every(), { legal: legal(9, 18) }, []],
    [
      'a start before them',
      every(),
      { legal: legal(10, 21) },
      [outsideLegal('starts_outside_legal', '09:00', '10-21')],
    ],
    ['the first of them', every(), { legal: legal(9, 13) }, [outsideLegal('starts_outside_legal', '13:30', '9-13')]],
    ['an end after them', every(), { legal: legal(9, 17) }, [outsideLegal('open_outside_legal', '17:00', '9-17')]],
    [
      'a start without an end outside',
      every('start 22:00'),
      { legal: legal(9, 21) },
      [outsideLegal('starts_outside_legal', '22:00', '9-21')],
    ],
    ['a pause outside, which is no call', every('pause 22:00'), { legal: legal(9, 21) }, []],

    ['quiet hours in its own break', every(), { quiet: quiet(12, 13) }, []],
    [
      'quiet hours within it',
      every(),
      { quiet: quiet(11, 14) },
      [{ kind: 'quiet_hours', from: at('11:00'), until: at('12:00'), group: 'Lunch break' }],
    ],
    [
      'quiet hours of another day',
      every(),
      { quiet: quiet(10, 11, [3]) },
      [
        {
          kind: 'quiet_hours',
          from: at('10:00', '2026-03-04'),
          until: at('11:00', '2026-03-04'),
          group: 'Lunch break',
        },
      ],
    ],
    [
      'quiet hours of a day that it leaves out',
      samplePlan({ days: { kind: 'week', days: [1] } }),
      { quiet: quiet(10, 11, [3]) },
      [],
    ],
    ['quiet hours that nobody has entered', every(), { quiet: null }, []],
    ['a group without quiet hours', every(), { quiet: [] }, []],

    ['a line that has room for both', every(), { others: [other(every(), { concurrency: 6 })] }, []],
    ['a line that has not', every(), { others: [other(every())] }, [full('09:00')]],
    ['only while both are on', every('09:00–12:00'), { others: [other(every('11:00–14:00'))] }, [full('11:00')]],
    ['one after the other', every('09:00–12:00'), { others: [other(every('12:00–14:00'))] }, []],
    [
      'three together, of which two would fit',
      every(),
      {
        others: [
          other(every(), { name: 'A', concurrency: 5 }),
          other(every('14:00–15:00'), { name: 'B', concurrency: 2 }),
        ],
      },
      [full('14:00', 11, ['A', 'B'])],
    ],
    ['another line', every(), { others: [other(every(), { line: elsewhere })] }, []],
    ['a line whose size is not known', every(), { lineTotal: null, others: [other(every())] }, []],

    [
      'a task without numbers',
      every(),
      { items: ['no_numbers'] },
      [{ kind: 'preflight', item: 'no_numbers', room: null }],
    ],
    [
      'one that is finished',
      every(),
      { items: ['nothing_left'] },
      [{ kind: 'preflight', item: 'nothing_left', room: null }],
    ],
    [
      'a line without room now',
      every(),
      { items: ['line_full'], room: 2 },
      [{ kind: 'preflight', item: 'line_full', room: 2 }],
    ],
    ['an emergency stop', every(), { isStopped: true }, [{ kind: 'stopped' }]],

    ['a year whose holidays are not known', samplePlan(), {}, [{ kind: 'holidays_unknown', year: 2027 }]],
    ['a last day before that year', samplePlan({ until: '2026-12-31' }), {}, []],
    ['one within it', samplePlan({ until: '2027-01-04' }), {}, [{ kind: 'holidays_unknown', year: 2027 }]],
    ['that year itself', samplePlan(), { now: at('08:00', '2027-03-02') }, [{ kind: 'holidays_unknown', year: 2027 }]],
    ['holidays that are no matter', every(), { now: at('08:00', '2027-03-02') }, []],
  ])('%s', (_what, plan, change, expected) => {
    expect(conflictsOf(plan, calendar, { ...around, ...change })).toEqual(expected);
  });

  test('everything at once, the most serious first, each once', () => {
    const found = conflictsOf(samplePlan(), calendar, {
      ...around,
      ...{
        legal: legal(10, 21),
        quiet: quiet(9, 21),
        others: [other(every())],
        items: ['no_numbers'],
        isStopped: true,
      },
    });
    expect(found.map(({ kind }) => kind)).toEqual([
      'stopped',
      'preflight',
      'starts_outside_legal',
      'quiet_hours',
      'line_full',
      'holidays_unknown',
    ]);
  });

  test('names no more than five others on a line', () => {
    const others = Array.from({ length: 9 }, (_, i) => other(every(), { name: `Other ${i}` }));
    const [found] = conflictsOf(every(), calendar, { ...around, others });
    expect(found).toMatchObject({ kind: 'line_full', wanted: 4 + 9 * 7 });
    expect(found?.kind === 'line_full' && found.others).toHaveLength(5);
  });
});
