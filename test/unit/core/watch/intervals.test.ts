import { describe, expect, test } from '@jest/globals';
import { elapsedOutside, instantAfter, intervalAt } from '../../../../src/core/watch/intervals.ts';

const lunch = { from: 100, until: 200 };
const night = { from: 500, until: 800 };
const both = [lunch, night];

describe('time outside of intervals', () => {
  test.each([
    [0, 100, 100],
    [0, 150, 100],
    [0, 250, 150],
    [120, 180, 0],
    [150, 900, 400],
    [200, 500, 300],
    [300, 200, 0],
  ])('from %i to %i: %i', (from, until, expected) => {
    expect(elapsedOutside(from, until, both)).toBe(expected);
  });

  test.each([
    [0, 100, 100],
    [0, 101, 201],
    [150, 10, 210],
    [150, 301, 801],
    [250, 10, 260],
    [900, 10, 910],
  ])('from %i, %i later: %i', (from, ms, expected) => {
    expect(instantAfter(from, ms, both)).toBe(expected);
    expect(elapsedOutside(from, expected, both)).toBe(ms);
  });
});

test('an interval begins at its first instant and ends before its last', () => {
  expect([99, 100, 199, 200, 500].map((at) => intervalAt(at, both))).toEqual([null, lunch, lunch, null, night]);
});
