import { expect, test } from '@jest/globals';
import { standstillLimitMs } from '../../../../src/core/watch/standstill.ts';
import { taskOf } from '../../../support/core/looks.ts';

const task = (concurrency: number, left = 100, pauseSeconds = 0, ringTimeout = 60) => ({
  ...taskOf({ on: true, bar: [0, left] }),
  concurrency,
  pauseSeconds,
  ringTimeout,
});

test.each([
  ['one call at a time rings out, is spoken and pauses', task(1, 100, 10), null, 310],
  ['several at once are unlikely to all be long', task(4), null, 165],
  ['many', task(60), null, 123],
  ['the last number is a single call, whatever the concurrency', task(60, 1), null, 300],
  ['a long pause is part of it', task(4, 100, 3_600), null, 3_765],
  ['a short ring', task(1, 100, 0, 10), null, 250],
  ['a pace that is faster changes nothing', task(4), 10_000, 165],
  ['a slower one extends it', task(4), 60_000, 360],
  ['up to an hour', task(4), 3_600_000, 3_600],
])('%s', (_title, subject, intervalMs, seconds) => {
  expect(standstillLimitMs(subject, intervalMs)).toBe(seconds * 1000);
});

test('where the platform’s clock is fast, both its timeouts and the pace that is counted by it are short', () => {
  expect(standstillLimitMs(task(4), null, 10)).toBe(16_500);
  expect(standstillLimitMs(task(4), 60_000, 10)).toBe(36_000);
});
