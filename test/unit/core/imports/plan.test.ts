import { expect, test } from '@jest/globals';
import { planBatches } from '../../../../src/core/imports/plan.ts';
import { entries } from '../../../support/core/import-rig.ts';

test.each([
  [0, 100, []],
  [1, 100, [1]],
  [100, 100, [100]],
  [101, 100, [100, 1]],
  [5, 2, [2, 2, 1]],
  [3, 0, [1, 1, 1]],
  [3, Number.NaN, [1, 1, 1]],
])('%i numbers, %d to a batch', (count, size, lengths) => {
  const all = entries(count);
  const batches = planBatches(all, size);
  expect(batches.map(({ length }) => length)).toEqual(lengths);
  expect(batches.flat()).toEqual(all);
});
