import type { Reading } from '../../../src/core/model/reading.ts';
import type { Progress, Task } from '../../../src/core/model/task.ts';
import { nextReading } from '../../../src/core/watch/infer.ts';
import { sampleTask } from '../samples.ts';

export const t0 = Date.UTC(2026, 0, 5, 1, 0, 0);
/** The interval of the polls in these tests. */
export const tick = 20_000;

function exampleTask(change: Partial<Task> = {}): Task {
  return sampleTask({
    id: 'task-1',
    remark: null,
    script: { id: '7', name: 'Renewal', debug: false, deleted: false },
    line: { id: 'line-a', name: 'Line A', total: 10, used: 0, expiresAt: null },
    quietHours: { id: 'quiet-1', name: 'Nights' },
    redialRule: { id: '3', name: 'Twice', redials: null },
    progress: { total: 0, done: 0, source: 'progress_bar' },
    createdAt: t0 - 3_600_000,
    alteredAt: t0 - 3_600_000,
    ...change,
  });
}

/** One look at the example task: on or off, and its figures (`null`: none). */
export interface Look {
  on: boolean;
  bar: readonly [done: number, total: number] | null;
  source?: Progress['source'];
  id?: string;
}

export function taskOf({ on, bar, source = 'progress_bar', id = 'task-1' }: Look): Task {
  const progress = bar === null ? null : { done: bar[0], total: bar[1], source };
  return exampleTask({ id, started: on, progress });
}

/** The readings of a series of looks from t0, one tick apart or as far as said (ms). */
export function readingsOf(looks: readonly Look[], every = tick): Reading[] {
  const readings: Reading[] = [];
  for (const [index, look] of looks.entries()) {
    readings.push(nextReading(readings.at(-1) ?? null, taskOf(look), t0 + index * every));
  }
  return readings;
}

/** A reading as the store gives it back: with that revision, and a campaign of its own if it begins one. */
export function issued(reading: Reading, revision: number): Reading {
  return { ...reading, revision, campaign: reading.campaign ?? revision };
}

export function lastOf(looks: readonly Look[], every = tick): Reading {
  const last = readingsOf(looks, every).at(-1);
  if (last === undefined) throw new Error('no looks');
  return last;
}
