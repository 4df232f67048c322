import { describe, expect, test } from '@jest/globals';
import type { ActorAction, Reading } from '../../../../src/core/model/reading.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { noticesOf } from '../../../../src/core/watch/diff.ts';
import { goneReading, nextReading } from '../../../../src/core/watch/infer.ts';
import { readingAfter } from '../../../../src/core/watch/record-action.ts';
import { issued, type Look, lastOf, readingsOf, t0, taskOf, tick } from '../../../support/core/looks.ts';

const on = (done: number, total: number): Look => ({ on: true, bar: [done, total] });
const off = (done: number, total: number): Look => ({ on: false, bar: [done, total] });

/** All notices of a series of looks, each saved as revision 1, 2, …: `kind@revision`, or `kind#campaign`. */
function newsOf(looks: readonly Look[]): string[] {
  const news: string[] = [];
  let before: Reading | null = null;
  for (const [index, look] of looks.entries()) {
    const reading = nextReading(before, taskOf(look), t0 + index * tick);
    const saved = issued(reading, index + 1);
    for (const { notice, once, corrects } of noticesOf(before, reading)) {
      const of = corrects === null ? '' : ` for ${corrects.kind}#${before?.campaign}`;
      news.push(`${notice.kind}${once === 'campaign' ? `#${saved.campaign}` : `@${saved.revision}${of}`}`);
    }
    before = saved;
  }
  return news;
}

describe('what is news', () => {
  const table: [title: string, looks: Look[], news: string[]][] = [
    ['the first reading is none', [on(3, 10)], []],
    ['movement is none', [on(3, 10), on(4, 10), on(5, 10)], []],
    ['waiting is none', [on(3, 9), on(3, 9), on(3, 9), on(3, 9), on(3, 9)], []],
    ['numbers added are none', [off(0, 0), off(0, 100)], []],
    ['started elsewhere', [off(0, 10), on(0, 10)], ['started@2']],
    ['paused elsewhere', [on(1, 10), off(2, 10)], ['paused@2']],
    [
      'paused without figures',
      [
        { on: true, bar: null },
        { on: false, bar: null },
      ],
      ['paused@2'],
    ],
    ['finished', [on(8, 9), on(9, 9), on(9, 9), on(9, 9)], ['finished#1']],
    ['switching itself off at the end is no pause', [on(8, 9), off(9, 9), off(9, 9)], ['finished#1']],
    ['finished before our time', [on(9, 9), on(9, 9), on(9, 9)], []],
    ['reopened by numbers', [on(8, 9), on(9, 9), on(9, 9), on(9, 20), on(9, 20)], ['finished#1', 'reopened#5']],
    [
      'one old page after the finish is none',
      [on(8, 9), on(9, 9), on(9, 9), on(7, 9), on(9, 9), { on: true, bar: [9, 20] }, on(9, 9)],
      ['finished#1'],
    ],
    [
      'a redial after the finish corrects it, and so does its later end',
      [on(8, 9), on(9, 9), on(9, 9), on(7, 9), on(8, 9), on(9, 9), on(9, 9)],
      ['finished#1', 'not_finished@5 for finished#1', 'finished@7 for finished#1'],
    ],
    ['started again after the finish', [on(8, 9), off(9, 9), off(9, 9), on(9, 9)], ['finished#1', 'started@4']],
    ['numbers removed after the finish are none', [on(8, 9), on(9, 9), on(9, 9), on(4, 4), on(4, 4)], ['finished#1']],
  ];
  test.each(table)('%s', (_title, looks, expected) => {
    expect(newsOf(looks)).toEqual(expected);
  });

  const before = lastOf([off(0, 10)]);
  const changes: [title: string, change: Partial<Task>, news: string[]][] = [
    ['the name', { name: 'Summer renewal' }, ['changed']],
    ['the remark', { remark: 'second wave' }, ['changed']],
    ['the script', { script: { id: '8', name: 'Other', debug: false, deleted: false } }, ['changed']],
    ['the line', { line: { ...before.task.line, id: 'line-b' } }, ['changed']],
    ['the concurrency', { concurrency: 5 }, ['changed']],
    ['the agent group', { agentGroup: { id: '1', name: 'Desk' } }, ['changed']],
    ['several at once are one', { name: 'x', concurrency: 5 }, ['changed']],
    ['use of the line is none', { line: { ...before.task.line, used: 9 } }, []],
    ['the names of what was chosen are none', { quietHours: { id: 'quiet-1', name: 'Renamed' } }, []],
    ['the date of the last change alone is none', { alteredAt: t0 }, []],
  ];
  test.each(changes)('changed elsewhere: %s', (_title, change, expected) => {
    const after = nextReading(before, { ...before.task, ...change }, t0 + tick);
    expect(noticesOf(before, after).map(({ notice }) => notice.kind)).toEqual(expected);
  });

  test('a field that an earlier release did not know is learned, not changed', () => {
    const stored = { ...before, unknownFields: ['concurrency'] };
    const after = nextReading(stored, { ...before.task, concurrency: 5 }, t0 + tick);
    expect(noticesOf(stored, after)).toEqual([]);
    const later = nextReading(after, { ...after.task, concurrency: 6 }, t0 + 2 * tick);
    expect(noticesOf(after, later)).toMatchObject([{ notice: { kind: 'changed' } }]);
    const renamed = nextReading(stored, { ...before.task, concurrency: 5, name: 'Autumn' }, t0 + tick);
    expect(noticesOf(stored, renamed)).toMatchObject([{ notice: { kind: 'changed' } }]);
  });

  test('gone once, and coming back corrects that', () => {
    const gone = goneReading(before, t0 + tick);
    expect(noticesOf(before, gone)).toMatchObject([{ notice: { kind: 'gone', taskName: 'Spring renewal' } }]);
    expect(noticesOf(gone, goneReading(gone, t0 + 2 * tick))).toEqual([]);
    expect(noticesOf(gone, nextReading(gone, taskOf(on(0, 10)), t0 + 2 * tick))).toMatchObject([
      { notice: { kind: 'not_gone', correctsAt: t0 + tick }, corrects: { kind: 'gone', once: 'revision' } },
      { notice: { kind: 'started' }, corrects: null },
    ]);
  });

  test.each([0, -3_600_000])('a reading is news whatever time is on it (%d ms)', (by) => {
    const after = nextReading(before, taskOf(on(0, 10)), before.takenAt + by);
    expect(noticesOf(before, after).map(({ notice }) => notice.kind)).toEqual(['started']);
  });
});

test('the finish says how long the run took and how fast it was', () => {
  const readings = readingsOf([off(0, 30), on(0, 30), on(12, 30), on(30, 30), on(30, 30)]);
  const [finished] = noticesOf(readings.at(-2) ?? null, readings.at(-1) as Reading);
  expect(finished?.notice).toEqual({
    kind: 'finished',
    taskId: 'task-1',
    taskName: 'Spring renewal',
    at: t0 + 3 * tick,
    total: 30,
    done: 30,
    durationMs: 2 * tick,
    ratePerMinute: 45,
    firstSeen: null,
    leftOn: true,
    correctsAt: null,
    act: null,
    changes: [],
    schedule: null,
  });
});

test.each<[string, Look, Partial<Reading>, boolean]>([
  ['still on', on(9, 9), {}, true],
  ['off by itself', off(9, 9), {}, false],
  ['on for its redials', on(9, 9), { redials: true }, false],
])('the finish of a task that is %s says whether it was left on', (_, look, change, leftOn) => {
  const before = lastOf([on(3, 9), on(8, 9)]);
  const after = { ...nextReading(before, taskOf(look), before.takenAt + tick), ...change };
  const last = { ...nextReading(after, taskOf(look), after.takenAt + tick), ...change, state: 'finished' as const };
  expect(noticesOf(after, last).map(({ notice }) => [notice.kind, notice.leftOn])).toEqual([['finished', leftOn]]);
});

describe('own actions', () => {
  const act = (before: Reading | null, look: Look, takenAt: number, action: ActorAction): Reading =>
    readingAfter(before, taskOf(look), { person: 'U1', action, at: takenAt });
  const kinds = (before: Reading, after: Reading): string[] =>
    noticesOf(before, after).map(({ notice }) => notice.kind);

  test.each<[ActorAction, Look[], Look]>([
    ['started', [off(0, 10)], on(0, 10)],
    ['paused', [on(3, 10)], off(3, 10)],
    ['imported', [off(0, 0)], off(0, 10)],
    ['imported', [on(8, 9), off(9, 9), off(9, 9)], off(9, 50)],
  ])('%s: the next poll has nothing to announce', (action, looks, look) => {
    const at = t0 + looks.length * tick;
    const own = act(lastOf(looks), look, at, action);
    const polled = nextReading(own, taskOf(look), at + tick);
    expect(kinds(own, polled)).toEqual([]);
    expect(polled.actor).toEqual({ person: 'U1', action, at });
  });

  test('a list requested before the action has nothing to announce either', () => {
    const own = act(lastOf([off(0, 10)]), on(0, 10), t0 + tick, 'started');
    expect(kinds(own, nextReading(own, taskOf(off(0, 10)), t0 + tick - 1))).toEqual([]);
  });

  test('deleting makes the task gone, and nothing follows', () => {
    const own = act(lastOf([off(0, 10)]), off(0, 10), t0 + tick, 'deleted');
    expect(own.state).toBe('gone');
    expect(kinds(own, goneReading(own, t0 + 2 * tick))).toEqual([]);
  });

  test('looking at a full task does not swallow its finish', () => {
    const own = act(lastOf([on(8, 9), on(9, 9)]), off(9, 9), t0 + 2 * tick, 'paused');
    expect(own.state).toBe('paused');
    expect(kinds(own, nextReading(own, taskOf(off(9, 9)), t0 + 3 * tick))).toEqual(['finished']);
  });

  test('numbers imported into a finished task lead to a second finish', () => {
    const first = issued(lastOf([on(8, 9), on(9, 9), on(9, 9)]), 7);
    const own = issued(act(first, on(9, 10), t0 + 3 * tick, 'imported'), 8);
    const full = issued(nextReading(own, taskOf(on(10, 10)), t0 + 4 * tick), 9);
    const finished = nextReading(full, taskOf(on(10, 10)), t0 + 5 * tick);
    expect(kinds(own, full)).toEqual([]);
    expect(noticesOf(full, finished)).toMatchObject([{ notice: { kind: 'finished' }, once: 'campaign' }]);
    expect([first.campaign, finished.campaign]).toEqual([7, 8]);
  });

  test('the first reading of a task may be an action', () => {
    expect(act(null, off(0, 0), t0, 'created')).toMatchObject({ state: 'draft', actor: { action: 'created' } });
  });
});

describe('random walks', () => {
  /** Deterministic, so that a failure can be repeated by its seed. */
  function randomOf(seed: number): (below: number) => number {
    let state = seed * 2_654_435_761 + 1;
    return (below) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
  }

  test.each(Array.from({ length: 200 }, (_, seed) => seed))('seed %i: no second finish without a reopening', (seed) => {
    const random = randomOf(seed);
    let total = random(3);
    let done = 0;
    let started = false;
    let reading: Reading | null = null;
    let open = true;
    const finishedCampaigns = new Set<number | null>();
    for (let step = 1; step <= 150; step += 1) {
      const what = random(12);
      if (what === 0) started = !started;
      if (what === 1) total += random(4);
      if (what === 2) done = Math.max(0, done - random(3));
      if (what === 3) total = done = Math.max(0, done - random(2));
      if (what > 4 && started) done = Math.min(total, done + random(4));
      const source = random(10) === 0 ? 'endpoint' : 'progress_bar';
      const task = taskOf({ on: started, bar: random(15) === 0 ? null : [done, total], source });
      const at = t0 + step * tick;
      const before: Reading | null = reading;
      const own = before !== null && random(12) === 0;
      let next: Reading;
      if (own) next = readingAfter(before, task, { person: 'U1', action: 'imported', at });
      else if (before !== null && random(25) === 0) next = goneReading(before, at);
      else next = nextReading(before, task, at);
      const saved = issued(next, step);
      reading = saved;

      // People notified that a task is gone may hear of a new finish if it comes back with something left to dial.
      if (before?.state === 'gone' && saved.state !== 'gone' && saved.state !== 'finished') open = true;
      const reopened = before?.state === 'finished' && !['finished', 'gone'].includes(saved.state);
      const more = (saved.task.progress?.total ?? 0) > (before?.task.progress?.total ?? 0);
      if (reopened) expect(next.campaign === null).toBe(more);
      if (own) {
        if (reopened && more) open = true;
        else if (before?.state !== 'gone') expect(next.campaign).toBe(before?.campaign);
        continue;
      }
      for (const { notice, once, corrects } of noticesOf(before, next)) {
        if (notice.kind === 'reopened') open = true;
        // What goes on after its end, and ends again, replaces the one message.
        if (corrects?.kind === 'finished') expect(once).toBe('revision');
        if (notice.kind !== 'finished' || corrects !== null) continue;
        expect(open).toBe(true);
        expect(once).toBe('campaign');
        expect(finishedCampaigns).not.toContain(saved.campaign);
        expect(notice.total).toBeGreaterThan(0);
        expect(notice.done).toBeGreaterThanOrEqual(notice.total ?? Number.NaN);
        open = false;
        finishedCampaigns.add(saved.campaign);
      }
    }
  });
});

test('what someone else changed is named field by field, as people know it', () => {
  const task = taskOf(on(1, 10));
  const before = nextReading(null, task, t0);
  const line = { ...task.line, id: 'other', name: 'East 2' };
  const after = nextReading(before, { ...task, line, concurrency: 7, remark: 'r'.repeat(5_000) }, t0 + tick);
  const changed = noticesOf(before, after).find(({ notice }) => notice.kind === 'changed');
  expect(changed?.notice.changes).toEqual([
    { field: 'line', before: task.line.name, after: 'East 2' },
    { field: 'concurrency', before: task.concurrency, after: 7 },
    { field: 'remark', before: task.remark, after: 'r'.repeat(300) },
  ]);
  expect(noticesOf({ ...before, unknownFields: ['line', 'concurrency', 'remark'] }, after)).toEqual([]);
});
