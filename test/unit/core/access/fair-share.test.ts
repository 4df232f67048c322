import { expect, test } from '@jest/globals';
import { createFairShare } from '../../../../src/core/access/fair-share.ts';

const limits = { interactions: 20, windowMs: 10_000 };

test('a person has their share at once, is told once that it is used up, and earns it back', () => {
  let now = 0;
  const take = createFairShare(limits, { elapsed: () => now });
  const many = (count: number) => Array.from({ length: count }, () => take('U1'));
  expect(new Set(many(20))).toEqual(new Set(['granted']));
  expect(many(3)).toEqual(['over', 'still_over', 'still_over']);
  now += 1_000;
  expect(many(3)).toEqual(['granted', 'granted', 'still_over']);
  now += 9_000;
  expect(new Set(many(18))).toEqual(new Set(['granted']));
  expect(many(2)).toEqual(['over', 'still_over']);
});

test('each person has a share of their own, and thousands of them cost no memory for ever', () => {
  let now = 0;
  const take = createFairShare({ interactions: 1, windowMs: 1_000 }, { elapsed: () => now });
  const taken = new Set<string>();
  for (let person = 0; person < 5_000; person += 1) {
    now += 10;
    taken.add(take(`U${person}`));
  }
  expect(taken).toEqual(new Set(['granted']));
  expect(take('U4999')).toBe('over');
});
