import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';

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

test('a sleep leaves no listener behind', async () => {
  const { signal } = new AbortController();
  const sleeping = Array.from({ length: 5 }, () => systemClock.sleep(20, signal));
  expect(getEventListeners(signal, 'abort')).toHaveLength(5);
  await Promise.all(sleeping);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('many may sleep on one signal without a warning of a leak', async () => {
  // In a process of its own: inside the test runner's context Node does not warn.
  const code = `
    import { systemClock } from ${JSON.stringify(pathToFileURL(resolve('src/clock.ts')).href)};
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 30 }, () => systemClock.sleep(20, signal)));
    console.log('slept');`;
  const loader = pathToFileURL(resolve('node_modules/tsx/dist/esm/index.mjs')).href;
  const args = ['--import', loader, '--input-type=module', '--eval', code];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toContain('slept');
  expect(stderr).not.toContain('MaxListeners');
});
