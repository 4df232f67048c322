import { expect, test } from '@jest/globals';
import type { Reading, Tally } from '../../../../src/core/model/reading.ts';
import { estimateOf } from '../../../../src/core/tasks/estimate.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { now, taskOf } from '../../../support/core/task-samples.ts';

const minute = 60_000;
const progress = { total: 100, done: 40, source: 'endpoint' as const };

function seen(id: string, dialed: number, minutes: number, change: Parameters<typeof taskOf>[0] = {}): Reading {
  const tally: Tally = {
    since: 0,
    doneBefore: 0,
    dialed,
    dialingMs: minutes * minute,
    pace: [[0, 0]],
    settings: [0, 0],
    adjustedAt: null,
    countedTo: null,
    endedAt: null,
  };
  return { ...nextReading(null, taskOf({ id, concurrency: 2, progress, ...change }), now), tally };
}

const task = taskOf({ id: 'own', concurrency: 2, progress });

test.each([
  ['its own pace', [seen('own', 30, 10)], { ms: 20 * minute, perMinute: 3, from: 'task' }],
  [
    'the pace of others, for its concurrency',
    [seen('b', 80, 10, { concurrency: 4 })],
    { ms: 15 * minute, perMinute: 4 },
  ],
  ['others once it was moved to another line', [seen('own', 30, 10, { line: { ...task.line, id: 'x' } })], null],
  ['nothing from a few calls', [seen('own', 3, 10), seen('b', 3, 10)], null],
  ['nothing where nothing is known', [], null],
])('is taken from %s', (_, readings, expected) => {
  const estimate = estimateOf(task, readings);
  if (expected === null) expect(estimate).toBeNull();
  else expect(estimate).toMatchObject(expected);
});

test('nothing is estimated where no numbers are known to be left', () => {
  const readings = [seen('own', 30, 10)];
  expect(estimateOf({ ...task, progress: null }, readings)).toBeNull();
  expect(estimateOf({ ...task, progress: { ...progress, done: 100 } }, readings)).toBeNull();
});
