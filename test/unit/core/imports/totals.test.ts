import { describe, expect, test } from '@jest/globals';
import { judgeTotal, sizeApart } from '../../../../src/core/imports/totals.ts';
import type { LedgerBatch } from '../../../../src/core/model/import-run.ts';
import { importBatch } from '../../../support/store/samples.ts';

const base = { total: 50, believed: true };
const sent = (state: LedgerBatch['state'], turn: number, accepted: number | null = null, size = 10): LedgerBatch =>
  importBatch('r', turn, { size, state, turn, accepted });

describe('a total', () => {
  /** Which batches it shows to have arrived, by their turns, and which not; null for nothing. */
  test.each<[string, number, LedgerBatch[], [number[], number[]] | null]>([
    ['that holds it', 70, [sent('accepted', 1, 10), sent('unknown', 2)], [[2], []]],
    ['that does not hold it (yet)', 60, [sent('accepted', 1, 10), sent('unknown', 2)], null],
    ['that holds a later one without it', 60, [sent('unknown', 1), sent('accepted', 2, 10)], [[], [1]]],
    ['that holds a later one whose count is not known', 60, [sent('unknown', 1), sent('accepted', 2)], null],
    ['that holds one of two', 60, [sent('unknown', 1), sent('unknown', 2)], null],
    ['that holds both of two', 70, [sent('unknown', 1), sent('unknown', 2)], [[1, 2], []]],
    [
      'that holds one of two of different sizes, and a later one',
      67,
      [sent('unknown', 1), sent('unknown', 2, null, 9), sent('accepted', 3, 8, 8)],
      [[2], [1]],
    ],
    [
      'that holds one of two of different sizes, which may be old',
      59,
      [sent('unknown', 1), sent('unknown', 2, null, 9)],
      null,
    ],
    [
      'that holds one of two of the same size',
      68,
      [sent('unknown', 1), sent('unknown', 2), sent('accepted', 3, 8, 8)],
      null,
    ],
    [
      'that someone else has changed',
      61,
      [sent('unknown', 1), sent('unknown', 2, null, 9), sent('accepted', 3, 8, 8)],
      null,
    ],
    ['that fell', 40, [sent('unknown', 1)], null],
  ])('%s', (_, total, batches, expected) => {
    const turns = (some: LedgerBatch[]) => some.map(({ turn }) => turn);
    const evidence = judgeTotal(total, base, batches);
    expect(evidence && [turns(evidence.arrived), turns(evidence.absent)]).toEqual(expected);
    expect(judgeTotal(total, { ...base, believed: false }, batches)).toBeNull();
    expect(judgeTotal(total, null, batches)).toBeNull();
  });
});

describe('a batch that is sent while others are in doubt', () => {
  test.each([2, 3, 4, 5, 6])('has a size by which a total tells what arrived of %i', (count) => {
    const doubts: LedgerBatch[] = [];
    for (let turn = 1; turn <= count; turn += 1) doubts.push(sent('unknown', turn, null, sizeApart(100, base, doubts)));
    const witness = sent('accepted', count + 1, 50, 50);
    for (let choice = 0; choice < 2 ** count; choice += 1) {
      const arrived = doubts.filter((_, index) => choice & (1 << index));
      const total = 50 + 50 + arrived.reduce((all, { size }) => all + size, 0);
      expect(judgeTotal(total, base, [...doubts, witness])?.arrived).toEqual(arrived);
    }
    expect(Math.min(...doubts.map(({ size }) => size))).toBeGreaterThan(50);
  });

  test('is sent whole when nothing is in doubt, or too much, or no part of it is of use', () => {
    expect(sizeApart(100, base, [sent('accepted', 1, 10)])).toBe(100);
    expect(
      sizeApart(
        10,
        base,
        Array.from({ length: 7 }, (_, turn) => sent('unknown', turn)),
      ),
    ).toBe(10);
    expect(sizeApart(10, base, [sent('unknown', 1), sent('accepted', 2)])).toBe(10);
    expect(sizeApart(10, null, [sent('unknown', 1)])).toBe(10);
    expect(sizeApart(1, base, [sent('unknown', 1, null, 1)])).toBe(1);
  });
});
