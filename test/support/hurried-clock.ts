import { systemClock } from '../../src/clock.ts';
import type { Clock } from '../../src/core/ports.ts';

/** Shows the real time, and sleeps a part of it: the app takes every wait that it would take, only sooner. */
export function createHurriedClock(times: number): Clock {
  return { now: systemClock.now, sleep: (ms, signal) => systemClock.sleep(ms / times, signal) };
}
