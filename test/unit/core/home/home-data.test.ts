import { describe, expect, test } from '@jest/globals';
import { type HomeSurroundings, homeDataOf } from '../../../../src/core/home/home-data.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { lastOf } from '../../../support/core/looks.ts';
import { sampleSchedule } from '../../../support/every-schedule-view.ts';
import { sampleAction, sampleAlert, sampleImportRun, sampleNow, sampleTask } from '../../../support/samples.ts';

const base = lastOf([{ on: true, bar: [10, 100] }]);

const readingOf = (id: string, change: Partial<Reading> = {}, started = true, done = 10): Reading => ({
  ...base,
  state: started ? 'dialing' : 'paused',
  ...change,
  task: { ...sampleTask({ id, started, progress: { total: 100, done, source: 'endpoint' } }) },
});

const around: HomeSurroundings = {
  book: { revision: 0, alerts: [], posts: [] },
  actions: [],
  imports: [],
  day: null,
  kept: [],
  lines: [],
  stop: null,
  readAt: sampleNow,
  staleSince: null,
};

const ids = ({ shown }: { shown: readonly { task: { id: string } }[] }): string[] => shown.map(({ task }) => task.id);

describe('the Home of a person', () => {
  test('has their tasks apart: those that are on, then those with numbers left; others only while they are on', () => {
    const home = homeDataOf(
      'U1',
      [
        readingOf('done', { runBy: 'U1', state: 'paused' }, false, 100),
        readingOf('paused', { runBy: 'U1' }, false),
        readingOf('on', { runBy: 'U1' }),
        readingOf('other-on', { runBy: 'U2' }),
        readingOf('nobody-on'),
        readingOf('other-paused', { runBy: 'U2' }, false),
        readingOf('gone', { runBy: 'U1', state: 'gone' }),
      ],
      around,
    );
    expect(ids(home.mine)).toEqual(['on', 'paused']);
    expect(ids(home.others).sort()).toEqual(['nobody-on', 'other-on']);
    expect(home).toMatchObject({ on: 3, counts: { dialing: 3, paused: 3, gone: 0 } });
  });

  test('has what stands still first, and counts what it has no room for', () => {
    const many = Array.from({ length: 40 }, (_, i) => readingOf(`t${String(i).padStart(2, '0')}`, { runBy: 'U1' }));
    const home = homeDataOf('U1', [...many, readingOf('still', { runBy: 'U1', state: 'waiting' })], around);
    expect(ids(home.mine)[0]).toBe('still');
    expect(home.mine.shown.length + home.mine.more).toBe(41);
  });

  test('has only what is theirs: unknown outcomes, imports and alerts', () => {
    const alerts = [
      sampleAlert({ id: 'mine', taskId: 'a' }),
      sampleAlert({ id: 'addressed', taskId: 'b' }),
      sampleAlert({ id: 'platform', taskId: '', kind: 'platform_down' }),
      sampleAlert({ id: 'of another', taskId: 'b' }),
      sampleAlert({ id: 'over', taskId: 'a', endedAt: sampleNow, end: 'over' }),
      sampleAlert({ id: 'agreed', taskId: 'a', agreed: true }),
    ];
    const post = {
      ...{ id: 'p', channel: 'C1', alerts: ['addressed'], mentions: ['U1'], createdAt: 0, version: 1, shown: 1 },
      ...{ ref: null, lost: false, direct: false, closedAt: null },
    };
    const home = homeDataOf('U1', [readingOf('a', { runBy: 'U1' }), readingOf('b', { runBy: 'U2' })], {
      ...around,
      book: { revision: 1, alerts, posts: [post] },
      actions: [
        sampleAction({ id: '1', person: 'U1', state: 'unknown' }),
        sampleAction({ id: '2', person: 'U1', state: 'working' }),
        sampleAction({ id: '3', person: 'U2', state: 'unknown' }),
      ],
      imports: [
        sampleImportRun({ id: 'h', person: 'U1', state: 'halted' }),
        sampleImportRun({ id: 'r', person: 'U1', state: 'running' }),
        sampleImportRun({ id: 'x', person: 'U2', state: 'halted' }),
      ],
    });
    expect(home.alerts?.shown.map(({ id }) => id).sort()).toEqual(['addressed', 'mine', 'platform']);
    expect(home.unknown?.shown.map(({ id }) => id)).toEqual(['1']);
    expect(home.halted?.shown.map(({ id }) => id)).toEqual(['h']);
    expect(home.importing?.shown.map(({ id }) => id)).toEqual(['r']);
  });

  test('has the schedules that wait for them apart from those of others, and counts what it has no room for', () => {
    const undecided = [
      ...Array.from({ length: 5 }, (_, i) => ({ taskId: `owned-${i}`, owner: 'U1' })),
      { taskId: 'run', owner: 'U2' },
      ...Array.from({ length: 4 }, (_, i) => ({ taskId: `other-${i}`, owner: 'U2' })),
    ].map((change) => ({ schedule: sampleSchedule(change), taskName: change.taskId }));
    const calendar = { zone: 'UTC', shows: (at: number) => at };
    const today = [{ taskId: 'a', taskName: 'A', moments: [{ at: sampleNow, action: 'start' as const }] }];
    const day = { calendar, now: sampleNow, today, moreToday: 2, undecided, moreUndecided: 100 };
    const tasks = [readingOf('run', { runBy: 'U1' }), readingOf('other-1', { runBy: 'U2' })];
    const { undecided: theirs, schedules } = homeDataOf('U1', tasks, { ...around, day });
    expect(theirs?.shown.map(({ taskName }) => taskName)).toEqual(['owned-0', 'owned-1', 'owned-2']);
    expect(theirs?.more).toBe(3);
    expect(schedules?.others.shown.map(({ taskName }) => taskName)).toEqual(['other-0', 'other-1']);
    expect(schedules?.others.more).toBe(102);
    expect(schedules?.today).toEqual({ shown: today, more: 2 });
    // Whose task it starts decides as well.
    const one = { ...day, undecided: undecided.slice(5, 6), moreUndecided: 0 };
    expect(homeDataOf('U1', tasks, { ...around, day: one }).undecided?.shown).toHaveLength(1);
    expect(homeDataOf('U3', tasks, { ...around, day: one })).toMatchObject({
      undecided: { shown: [] },
      schedules: { others: { shown: [{ taskName: 'run' }] } },
    });
  });

  test('says nothing of what the store did not say', () => {
    const home = homeDataOf('U1', [], { ...around, book: null, actions: null, imports: null });
    expect(home).toMatchObject({
      alerts: null,
      unknown: null,
      halted: null,
      importing: null,
      undecided: null,
      schedules: null,
    });
  });
});
