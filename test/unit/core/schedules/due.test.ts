import { describe, expect, test } from '@jest/globals';
import type { MissedPolicy, Schedule } from '../../../../src/core/model/schedule.ts';
import { createCalendar } from '../../../../src/core/schedules/calendar.ts';
import { dueOf, isFarAhead } from '../../../../src/core/schedules/due.ts';
import { isPausedElsewhere } from '../../../../src/core/schedules/paused-elsewhere.ts';
import { samplePlan, sampleSchedule } from '../../../support/every-schedule-view.ts';
import { reading } from '../../../support/store/samples.ts';

const calendar = createCalendar('Asia/Shanghai', { isWorkingDay: () => true, isKnown: () => true });
const at = (time: string, day = '2026-11-27'): number => Date.parse(`${day}T${time}:00+08:00`);
const late = (minutes: number): MissedPolicy => ({ kind: 'late', minutes });

describe('what is due', () => {
  test.each<[what: string, missed: MissedPolicy, handled: number, now: number, expected: string]>([
    ['nothing before the moment', { kind: 'skip' }, at('08:00'), at('08:59'), 'nothing'],
    ['the start at its minute', { kind: 'skip' }, at('08:00'), at('09:00'), 'act start 09:00'],
    ['and never again', { kind: 'skip' }, at('09:00'), at('09:00'), 'nothing'],
    ['nor after the clock went back', late(60), at('09:00'), at('08:50'), 'nothing'],
    ['a restart is no miss', { kind: 'skip' }, at('08:00'), at('09:02'), 'act start 09:00'],
    ['a start that was missed is skipped', { kind: 'skip' }, at('08:00'), at('09:03'), 'missed start 09:00'],
    ['made up for within its time', late(30), at('08:00'), at('09:30'), 'act start 09:00'],
    ['not after it', late(30), at('08:00'), at('09:31'), 'missed start 09:00'],
    ['or asked about', { kind: 'ask' }, at('08:00'), at('09:03'), 'asked start 09:00'],
    ['a pause is made up for, however late', { kind: 'skip' }, at('11:00'), at('13:29'), 'act pause 12:00'],
    [
      'and says which start was missed',
      { kind: 'ask' },
      at('08:00'),
      at('12:30'),
      'act pause 12:00, missed start 09:00',
    ],
    ['of several, the last decides', { kind: 'skip' }, at('11:00'), at('13:30'), 'act start 13:30'],
    ['after days, too', late(30), at('11:00'), at('13:45', '2026-11-30'), 'act start 13:30, missed start 09:00'],
    [
      'after months, too',
      { kind: 'skip' },
      at('11:00', '2026-03-02'),
      at('20:00'),
      'act pause 18:00, missed start 13:30',
    ],
  ])('%s', (_what, missed, handledUntil, now, expected) => {
    const due = dueOf({ plan: samplePlan({ days: { kind: 'every' }, missed }), handledUntil }, calendar, now);
    const said = ({ at: when, action }: { at: number; action: string }): string =>
      `${action} ${new Date(calendar.shows(when)).toISOString().slice(11, 16)}`;
    const missing = due.kind === 'act' && due.missed !== null ? `, missed ${said(due.missed)}` : '';
    expect(due.kind === 'nothing' ? due.kind : `${due.kind} ${said(due.moment)}${missing}`).toBe(expected);
  });

  test('a start that a bot was at in time is not missed because others came first, unless another moment has come', () => {
    const schedule = { plan: samplePlan({ missed: { kind: 'skip' } }), handledUntil: at('08:00') };
    expect(dueOf(schedule, calendar, at('09:10'), at('09:00'))).toMatchObject({
      kind: 'act',
      moment: { at: at('09:00') },
    });
    expect(dueOf(schedule, calendar, at('09:10'), at('09:05')).kind).toBe('missed');
    expect(dueOf(schedule, calendar, at('12:01'), at('09:00'))).toMatchObject({ moment: { at: at('12:00') } });
  });

  test('a clock that was days ahead is noticed, one that was hours ahead repeats nothing', () => {
    expect(isFarAhead(at('09:00', '2026-11-29'), at('08:00'))).toBe(true);
    expect(isFarAhead(at('18:00'), at('08:00'))).toBe(false);
  });
});

describe('a task that someone paused elsewhere', () => {
  const done = { at: 1_000, action: 'start', result: 'done', doneAt: 2_000 } as const;
  const off = reading('t', 5_000, { task: { ...reading('t', 5_000).task, started: false }, state: 'paused', acts: [] });
  const paused = { person: 'U9', action: 'paused' as const, at: 3_000, count: null };
  const started = { ...paused, person: 'U1', action: 'started' as const, at: 2_000 };
  const edited = { ...paused, action: 'edited' as const };
  const withBar = (dialed: number, total: number): typeof off => ({
    ...off,
    task: { ...off.task, progress: { total, done: dialed, source: 'progress_bar' } },
  });

  test.each<[what: string, last: Schedule['last'], of: typeof off | null, expected: boolean]>([
    ['is off although the schedule started it', done, off, true],
    ['not on although the schedule paused it', { ...done, action: 'pause' }, reading('t', 5_000, { acts: [] }), false],
    ['not as the schedule left it', done, reading('t', 5_000), false],
    ['not by an act through Dialdeck', done, { ...off, acts: [paused] }, false],
    ['but by none before the schedule acted', done, { ...off, acts: [{ ...paused, at: 1_500 }] }, true],
    ['not by one look', done, { ...off, doubt: { done: 1 } }, false],
    ['not at its end', done, { ...off, state: 'finished' }, false],
    ['nor at one that only a single poll has shown', done, withBar(10, 10), false],
    ['nor where it got new numbers after its end', done, { ...withBar(10, 20), leftSince: 3_000 }, false],
    ['but where it was on with them', done, { ...withBar(10, 20), leftSince: 3_000, startedAt: 3_000 }, true],
    ['and where they came before it was started', done, { ...withBar(10, 20), leftSince: 1_000 }, true],
    ['not by a look from before', done, { ...off, takenAt: 2_000 }, false],
    ['not where the schedule did nothing', { ...done, result: 'refused' }, off, false],
    ['not where nothing is known', done, null, false],
    ['not where it has never acted', null, off, false],
    // Where the clock was set since, or that of another bot differs.
    [
      'not by an act after its own, whatever their times',
      done,
      { ...off, acts: [started, { ...paused, at: 1_500 }] },
      false,
    ],
    ['but where its own act is the last one', done, { ...off, acts: [{ ...paused, at: 1_500 }, started] }, true],
    ['not where what was done first is not known any more', done, { ...off, acts: [edited, edited, edited] }, false],
  ])('%s', (_what, last, of, expected) => {
    expect(isPausedElsewhere(sampleSchedule({ last }), of)).toBe(expected);
  });
});
