import { describe, expect, test } from '@jest/globals';
import { launcherOf, onLauncherGone } from '../../../src/cli/launcher.ts';

/** A clock whose sleeps end when the test says so. */
function steppedClock() {
  const waiting: (() => void)[] = [];
  return {
    sleeps: () => waiting.length,
    sleep: () => new Promise<void>((resolve) => void waiting.push(resolve)),
  };
}

describe('the process that ends with its launcher', () => {
  test('there is one where npm started it, and it is the parent', () => {
    expect(launcherOf({ npm_lifecycle_event: 'start' })).toBe(process.ppid);
    expect(launcherOf({})).toBeNull();
  });

  test('goes on while the launcher lives', () => {
    const clock = steppedClock();
    let gone = 0;
    onLauncherGone(process.ppid, clock, () => (gone += 1));
    expect([gone, clock.sleeps()]).toEqual([0, 1]);
  });

  test('ends at once when the launcher ended while this process was starting', () => {
    let gone = 0;
    onLauncherGone(process.ppid + 1, steppedClock(), () => (gone += 1));
    expect(gone).toBe(1);
  });

  test('started by itself, it watches nobody', () => {
    const clock = steppedClock();
    let gone = 0;
    onLauncherGone(null, clock, () => (gone += 1));
    expect([gone, clock.sleeps()]).toEqual([0, 0]);
  });
});
