import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { systemClock } from '../src/clock.ts';

test('a sleep ends after its time, or when it is aborted, without rejecting', async () => {
  const began = Date.now();
  await systemClock.sleep(30);
  expect(Date.now() - began).toBeGreaterThanOrEqual(28);
  const stop = new AbortController();
  const sleeping = systemClock.sleep(60_000, stop.signal);
  stop.abort();
  await sleeping;
  await systemClock.sleep(60_000, stop.signal);
  expect(Date.now() - began).toBeLessThan(5_000);
});

test('many may sleep on one signal: no warning, and no listener is left', async () => {
  const warnings: string[] = [];
  const hear = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', hear);
  const { signal } = new AbortController();
  const sleeping = Array.from({ length: 30 }, () => systemClock.sleep(20, signal));
  expect(getEventListeners(signal, 'abort')).toHaveLength(30);
  await Promise.all(sleeping);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', hear);
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
