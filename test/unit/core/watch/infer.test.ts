import { describe, expect, test } from '@jest/globals';
import type { TaskState } from '../../../../src/core/model/reading.ts';
import { goneReading, nextReading, waitingAfterPolls } from '../../../../src/core/watch/infer.ts';
import { issued, type Look, lastOf, readingsOf, t0, taskOf, tick } from '../../../support/core/looks.ts';

const on = (done: number, total: number): Look => ({ on: true, bar: [done, total] });
const off = (done: number, total: number): Look => ({ on: false, bar: [done, total] });
const full: Look[] = [on(9, 9), on(9, 9)];
/** `'dialing*2 finished'` → dialing, dialing, finished. */
const states = (text: string): TaskState[] =>
  text.split(' ').flatMap((part) => {
    const [state, times = '1'] = part.split('*');
    return Array<TaskState>(Number(times)).fill(state as TaskState);
  });
/** Minute by minute: three still polls are longer than the example task may stand still (165 s). */
const statesOf = (looks: readonly Look[]): TaskState[] => readingsOf(looks, 60_000).map((reading) => reading.state);

describe('the states of a task', () => {
  const table: [title: string, looks: Look[], states: TaskState[]][] = [
    ['off and without numbers: draft', [off(0, 0), off(0, 0)], ['draft', 'draft']],
    ['draft → paused when numbers come', [off(0, 0), off(0, 10)], ['draft', 'paused']],
    ['draft → waiting when started without numbers', [off(0, 0), on(0, 0)], ['draft', 'waiting']],
    ['started without numbers, then paused: no draft any more', [on(0, 0), off(0, 0)], ['waiting', 'paused']],
    ['emptied after it had moved: no draft any more', [off(2, 10), off(0, 0)], ['paused', 'paused']],
    ['paused → dialing', [off(0, 10), on(0, 10)], ['paused', 'dialing']],
    ['dialing → paused', [on(1, 10), off(2, 10)], ['dialing', 'paused']],
    [
      'dialing → waiting after three polls without movement, not before',
      [on(1, 10), on(2, 10), on(2, 10), on(2, 10), on(2, 10)],
      ['dialing', 'dialing', 'dialing', 'dialing', 'waiting'],
    ],
    ['waiting → dialing', [on(2, 9), on(2, 9), on(2, 9), on(2, 9), on(3, 9)], states('dialing*3 waiting dialing')],
    ['waiting → paused', [on(2, 9), on(2, 9), on(2, 9), on(2, 9), off(2, 9)], states('dialing*3 waiting paused')],
    ['a new start waits anew', [on(2, 9), on(2, 9), on(2, 9), off(2, 9), on(2, 9)], states('dialing*3 paused dialing')],
    ['one full poll is no finish', [on(9, 10), on(10, 10)], ['dialing', 'dialing']],
    ['dialing → finished at the second', [on(9, 10), on(10, 10), on(10, 10)], ['dialing', 'dialing', 'finished']],
    ['paused → finished', [off(10, 10), off(10, 10)], ['paused', 'finished']],
    [
      'full, taken back for a single poll, full: two full polls',
      [on(9, 9), on(7, 9), on(9, 9)],
      states('dialing*2 finished'),
    ],
    [
      'full, taken back by a redial, full: no finish yet',
      [on(9, 9), on(7, 9), on(7, 9), on(9, 9)],
      states('dialing*4'),
    ],
    ['two full polls that differ are not equal', [on(9, 9), on(12, 12), on(12, 12)], states('dialing*2 finished')],
    ['finished stays while switched off and on', [...full, off(9, 9), on(9, 9)], states('dialing finished*3')],
    ['finished stays for ever', [...full, on(9, 9), on(9, 9), on(9, 9), on(9, 9)], states('dialing finished*5')],
    [
      'finished → dialing when numbers are added',
      [...full, on(9, 20), on(9, 20)],
      states('dialing finished*2 dialing'),
    ],
    [
      'finished → paused when numbers are added',
      [...full, off(9, 20), off(9, 20)],
      states('dialing finished*2 paused'),
    ],
    ['finished → dialing when progress falls', [...full, on(8, 9), on(8, 9)], states('dialing finished*2 dialing')],
    ['finished → paused when progress falls', [...full, off(0, 9), off(0, 9)], states('dialing finished*2 paused')],
    [
      'numbers added and dialed at once: once more',
      [...full, on(20, 20), on(20, 20), on(20, 20)],
      states('dialing finished*2 dialing finished'),
    ],
    ['dialed numbers removed: still all dialed', [...full, on(5, 5)], states('dialing finished*2')],
    ['no figures, off', [{ on: false, bar: null }], ['paused']],
    ['no figures, on: never waiting, never finished', Array(6).fill({ on: true, bar: null }), states('dialing*6')],
    [
      'figures that vanish do not undo a finish',
      [...full, { on: true, bar: null }, on(9, 9)],
      states('dialing finished*3'),
    ],
    [
      'nor hide what follows',
      [...full, { on: true, bar: null }, on(8, 9), on(8, 9)],
      states('dialing finished*3 dialing'),
    ],
    [
      'figures that vanish at the end do not make one',
      [on(9, 9), { on: true, bar: null }, on(9, 9)],
      states('dialing*3'),
    ],
  ];
  test.each(table)('%s', (_title, looks, expected) => {
    expect(statesOf(looks)).toEqual(expected);
  });

  test('the number of still polls that make a task wait is three', () => {
    expect(waitingAfterPolls).toBe(3);
  });

  test('gone keeps the last description, and coming back keeps the history', () => {
    const finished = issued(lastOf(full), 4);
    const gone = goneReading(finished, t0 + 5 * tick);
    expect(gone).toMatchObject({ state: 'gone', task: finished.task, campaign: 4, takenAt: t0 + 5 * tick });
    const back = nextReading(gone, taskOf(off(9, 9)), t0 + 6 * tick);
    expect(back).toMatchObject({ state: 'finished', campaign: 4 });
    const more = nextReading(gone, taskOf(off(9, 12)), t0 + 6 * tick);
    expect(more).toMatchObject({ state: 'paused', campaign: null });
  });

  test('gone keeps a finish that outlasted the figures that showed it', () => {
    const finished = nextReading(issued(lastOf(full), 4), taskOf({ on: true, bar: null }), t0 + 4 * tick);
    const gone = goneReading(finished, t0 + 5 * tick);
    expect(nextReading(gone, taskOf(off(9, 9)), t0 + 6 * tick)).toMatchObject({ state: 'finished', campaign: 4 });
    expect(nextReading(gone, taskOf(on(9, 12)), t0 + 6 * tick)).toMatchObject({ state: 'dialing', campaign: null });
  });
});

describe('two sources of progress', () => {
  const endpoint = (done: number, total: number): Look => ({ on: true, bar: [done, total], source: 'endpoint' });

  test('a change of source is neither movement nor standing still', () => {
    const reading = lastOf([on(1, 10), on(2, 10), endpoint(5, 10)]);
    expect(reading).toMatchObject({ movedAt: t0 + tick, stillPolls: 0, state: 'dialing' });
  });

  test('full by one source and then by the other is one full poll', () => {
    expect(statesOf([on(9, 10), on(10, 10), endpoint(10, 10), endpoint(10, 10)])).toEqual(states('dialing*3 finished'));
  });

  test('the bar does not undo what the endpoint finished', () => {
    expect(statesOf([endpoint(9, 9), endpoint(9, 9), on(7, 9), endpoint(9, 9)])).toEqual(states('dialing finished*3'));
  });

  test('the endpoint overrules a finish that the bar showed', () => {
    expect(statesOf([...full, endpoint(7, 9), endpoint(7, 9)])).toEqual(states('dialing finished*2 dialing'));
  });

  test('the run continues across the change', () => {
    const reading = lastOf([on(0, 100), on(10, 100), endpoint(12, 100), endpoint(15, 100)]);
    expect(reading.startedAt).toBe(t0);
    expect(reading.doneAtStart).toBe(2);
  });
});

describe('the base of rate and duration', () => {
  test('a run begins where the task is first seen started', () => {
    const reading = lastOf([off(3, 10), on(4, 10), on(5, 10)]);
    expect(reading).toMatchObject({ startedAt: t0 + tick, doneAtStart: 4, movedAt: t0 + 2 * tick });
  });

  test('a pause keeps it, the next start begins anew', () => {
    const paused = lastOf([on(0, 10), on(4, 10), off(4, 10)]);
    expect(paused).toMatchObject({ startedAt: t0, doneAtStart: 0 });
    expect(nextReading(paused, taskOf(on(4, 10)), t0 + 3 * tick)).toMatchObject({
      startedAt: t0 + 3 * tick,
      doneAtStart: 4,
    });
  });

  test('reopening begins anew', () => {
    const doubted = nextReading(issued(lastOf(full), 4), taskOf(on(9, 20)), t0 + 2 * tick);
    const more = nextReading(doubted, taskOf(on(9, 20)), t0 + 3 * tick);
    expect(more).toMatchObject({ startedAt: t0 + 3 * tick, doneAtStart: 9, campaign: null, revision: 4 });
  });
});

describe('a glance', () => {
  test('counts neither towards standing still nor towards a finish', () => {
    let reading = issued(lastOf([on(9, 9)]), 4);
    for (let i = 1; i < 5; i += 1) reading = nextReading(reading, taskOf(on(9, 9)), t0 + i, { look: 'glance' });
    expect(reading).toMatchObject({ state: 'dialing', fullPolls: 1, stillPolls: 0, campaign: 4 });
  });

  test('ends a finish, whatever the source says', () => {
    const finished = lastOf([
      { on: false, bar: [9, 9], source: 'endpoint' },
      { on: false, bar: [9, 9], source: 'endpoint' },
    ]);
    expect(finished.state).toBe('finished');
    expect(nextReading(finished, taskOf(off(9, 20)), t0 + 3 * tick, { look: 'glance' }).state).toBe('paused');
  });
});

test('readings are made from plain data and leave their sources alone', () => {
  const before = Object.freeze(lastOf([on(9, 10)]));
  const task = Object.freeze(taskOf(on(10, 10)));
  expect(nextReading(before, task, t0 + tick)).toEqual(nextReading(before, task, t0 + tick));
});
