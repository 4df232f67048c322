import { systemClock } from '../../src/clock.ts';
import type { Clock } from '../../src/core/ports.ts';

/**
 * Shows the real time, and sleeps a part of it: the app takes every wait that it would take, only sooner.
 * @param floorMs shorter sleeps are left as they are, and none becomes shorter: what the app waits for on a busy machine
 * still comes in time.
 */
export function createHurriedClock(times: number, floorMs = 0): Clock {
  const hurried = (ms: number): number => Math.max(ms / times, Math.min(ms, floorMs));
  return { ...systemClock, sleep: (ms, signal) => systemClock.sleep(hurried(ms), signal) };
}
