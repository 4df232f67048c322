import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { spread } from '../../../../src/core/time/spread.ts';

test('everything comes, in order', async () => {
  const items = Array.from({ length: 1_001 }, (_, index) => index);
  const seen: number[] = [];
  for await (const piece of spread(items)) seen.push(...piece);
  expect(seen).toEqual(items);
});

test('others have their turn every 100 items, and a short loop takes none', async () => {
  const turnsDuring = async (length: number): Promise<number> => {
    let turns = 0;
    let over = false;
    const other = (async () => {
      for (; !over; turns += 1) await nextTurn();
    })();
    for await (const _ of spread(Array(length).fill(0)));
    const counted = turns;
    over = true;
    await other;
    return counted;
  };
  expect(await turnsDuring(99)).toBe(0);
  expect(await turnsDuring(2_000)).toBeGreaterThanOrEqual(9);
});
