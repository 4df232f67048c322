import { expect, test } from '@jest/globals';
import { createTimeHeap } from '../../../../sandbox/dialer/heap.ts';
import { chance } from '../../../../sandbox/dialer/random.ts';

test('things come out by time, and in their order of arrival within one moment', () => {
  const heap = createTimeHeap<number>();
  const put = Array.from({ length: 2000 }, (_, order) => ({ at: Math.floor(chance(3, order) * 50), order }));
  for (const { at, order } of put) heap.push(at, order);
  const taken = [];
  for (let next = heap.popUntil(24); next !== undefined; next = heap.popUntil(24)) taken.push(next);
  const expected = put.filter(({ at }) => at <= 24).sort((a, b) => a.at - b.at || a.order - b.order);
  expect(taken).toEqual(expected.map(({ at, order }) => ({ at, item: order })));
  heap.push(10, -1);
  expect(heap.popUntil(24)).toEqual({ at: 10, item: -1 });
  expect(heap.popUntil(24)).toBeUndefined();
  expect(heap.popUntil(25)?.at).toBe(25);
});
