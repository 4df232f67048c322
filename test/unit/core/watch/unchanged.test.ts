import { describe, expect, test } from '@jest/globals';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { noticesOf } from '../../../../src/core/watch/diff.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { isAtRest, isUnchanged } from '../../../../src/core/watch/unchanged.ts';
import { issued, type Look, lastOf, readingsOf, t0, tick } from '../../../support/core/looks.ts';

const courses: [string, Look[]][] = [
  ['no numbers yet', [{ on: false, bar: [0, 0] }]],
  ['never started', [{ on: false, bar: [0, 9] }]],
  ['dialing', [0, 1, 2].map((done) => ({ on: true, bar: [done, 9] as const }))],
  [
    'paused',
    [
      { on: true, bar: [3, 9] },
      { on: false, bar: [4, 9] },
    ],
  ],
  [
    'everything dialed once',
    [
      { on: true, bar: [3, 9] },
      { on: false, bar: [9, 9] },
    ],
  ],
  ['finished', [{ on: true, bar: [3, 9] }, ...Array.from({ length: 3 }, () => ({ on: false, bar: [9, 9] as const }))]],
  [
    'a figure that fell',
    [
      { on: false, bar: [5, 9] },
      { on: false, bar: [2, 9] },
    ],
  ],
  ['no figures', [{ on: false, bar: null }]],
  ['on, no figures', [{ on: true, bar: null }]],
];

/** The same look a hundred times more; `over` is what the polls know beside it. */
function repeated(before: Reading): { before: Reading; after: Reading }[] {
  let last = before;
  return Array.from({ length: 100 }, (_, index) => {
    const pair = { before: last, after: nextReading(last, last.task, t0 + (10 + index) * tick) };
    last = pair.after;
    return pair;
  });
}

test.each(courses)('of the same look again and again, only what decides something counts: %s', (_name, looks) => {
  const pairs = repeated(issued(lastOf(looks), 1));
  const changed = pairs.filter(({ before, after }) => !isUnchanged(before, after));
  // A wait, an end, a doubt that is settled.
  expect(changed.length).toBeLessThanOrEqual(2);
  for (const { before, after } of pairs) {
    const unchanged = isUnchanged(before, after);
    if (unchanged) expect(noticesOf(before, after)).toEqual([]);
    if (unchanged) expect(after.state).toBe(before.state);
    if (isAtRest(before, before.task)) expect(unchanged).toBe(true);
  }
});

test.each(courses)('what a task at rest was not looked at does not show later: %s', (_name, looks) => {
  const before = issued(lastOf(looks), 1);
  if (!isAtRest(before, before.task)) return;
  const looked = repeated(before).at(-1)?.after;
  for (const task of [
    { ...before.task, started: true },
    { ...before.task, name: 'Other' },
  ]) {
    const skipped = { ...before, takenAt: looked?.takenAt ?? 0 };
    const at = t0 + 200 * tick;
    expect(nextReading(skipped, task, at)).toEqual({
      ...nextReading(looked ?? null, task, at),
      fullPolls: expect.any(Number),
    });
  }
});

describe('something to remember', () => {
  const before = issued(lastOf([{ on: true, bar: [3, 9] }]), 1);
  test.each<[string, Partial<Reading>]>([
    ['the task', { task: { ...before.task, line: { ...before.task.line, used: 9 } } }],
    ['the state', { state: 'waiting' }],
    ['a doubt', { doubt: { done: 1 } }],
    ['who acted', { actor: { person: 'U1', action: 'started', at: 1 } }],
    ['the pace', { tally: { ...(before.tally as NonNullable<Reading['tally']>), pace: [[0, 1]] } }],
    ['quiet hours', { quietUntil: 5 }],
    ['the first of two polls with everything dialed', { fullPolls: 1 }],
  ])('%s', (_name, change) => {
    expect(isUnchanged(before, { ...before, ...change })).toBe(false);
    expect(isUnchanged({ ...before, ...change }, structuredClone({ ...before, ...change }))).toBe(true);
  });

  test('neither the time nor the number of polls is', () => {
    const later = { ...before, takenAt: before.takenAt + tick, stillPolls: 9 };
    expect(isUnchanged(before, later)).toBe(true);
    const full = { ...before, fullPolls: 2 };
    expect(isUnchanged(full, { ...full, fullPolls: 3 })).toBe(true);
  });
});

test('readings of the courses are at rest when they are off and settled', () => {
  const rests = courses.flatMap(([name, looks]) => {
    const last = readingsOf(looks).at(-1);
    return last !== undefined && isAtRest(last, last.task) ? [name] : [];
  });
  expect(rests).toEqual(['no numbers yet', 'never started', 'paused', 'finished', 'no figures']);
});
