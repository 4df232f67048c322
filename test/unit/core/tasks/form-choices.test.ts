import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { CurrentLine } from '../../../../src/core/tasks/choices.ts';
import { createFormChoices } from '../../../../src/core/tasks/form-choices.ts';
import type { DatedMetadata } from '../../../../src/core/tasks/metadata-cache.ts';
import { metadataOf, now } from '../../../support/core/task-samples.ts';

const line = (id: string, free: number) => ({ id, name: id, free, total: 10, callerNumber: null });
const metadata = metadataOf({ lines: [line('full', 0), line('free', 4)] });
const older: DatedMetadata = { metadata, readAt: now - 600_000 };
const newer: DatedMetadata = { metadata, readAt: now };
/** The line of an edited task, which has all of its concurrency. */
const current: CurrentLine = { line: 'full', concurrency: 3 };

function choicesFrom(cache: { peek?: DatedMetadata | null; last?: DatedMetadata | null; minResidue?: number }) {
  const { peek = null, last = null, minResidue = 1 } = cache;
  return createFormChoices({ peek: () => peek, last: () => last, fresh: async () => newer }, minResidue);
}

describe.each(['atHand', 'last'] as const)('%s', (which) => {
  test('null without metadata', () => {
    expect(choicesFrom({})[which](current)).toBeNull();
  });
});

test('at hand are those of a recent reading alone, the last ones are of any age', () => {
  const choices = choicesFrom({ peek: null, last: older });
  expect(choices.atHand()).toBeNull();
  expect(choices.last()?.readAt).toBe(older.readAt);
  expect(choicesFrom({ peek: newer, last: older }).atHand()?.readAt).toBe(newer.readAt);
});

test('fresh ones are read, whatever is at hand', async () => {
  expect((await choicesFrom({ peek: older, last: older }).fresh()).readAt).toBe(newer.readAt);
});

test('a line needs the free concurrency that was set', async () => {
  const idsAt = async (minResidue: number) => (await choicesFrom({ minResidue }).fresh()).line.map(({ id }) => id);
  expect([await idsAt(4), await idsAt(5)]).toEqual([['free'], []]);
});

test('an edited task keeps its own line in all of them, also when that is still being read', async () => {
  const choices = choicesFrom({ peek: newer, last: older });
  const results = [choices.atHand(current), choices.last(current), await choices.fresh(Promise.resolve(current))];
  expect(results.map((result) => result?.line.map(({ id, max }) => [id, max]))).toEqual(
    results.map(() => [
      ['full', 3],
      ['free', 4],
    ]),
  );
});

test('an edited task that cannot be read fails the fresh ones', async () => {
  const gone = new AppError('task_gone', 'gone');
  await expect(choicesFrom({}).fresh(Promise.reject(gone))).rejects.toBe(gone);
});
