import { toAppError } from '../errors.ts';
import type { Actor, Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import type { Log } from '../ports.ts';
import type { Board } from './board.ts';
import { goneReading, nextReading } from './infer.ts';
import type { Readings } from './ports.ts';

/**
 * The reading right after an action taken through Dialdeck, from the task as it was read back (`takenAt`: when that
 * was known; for a deletion, the task as it was last seen).
 */
export function readingAfter(before: Reading | null, task: Task, takenAt: number, actor: Actor): Reading {
  const reading = { ...nextReading(before, task, takenAt, { look: 'glance' }), actor };
  return actor.action === 'deleted' ? goneReading(reading, takenAt) : reading;
}

/** Another bot may write a reading of the same task in between, but hardly this many times in a row. */
const maxAttempts = 3;

/**
 * Records our own action at once, so that the next poll finds no difference and does not announce it as someone else's.
 * Never throws: the platform has done what was asked, and a person who hears otherwise would do it again.
 */
export async function recordAction(
  { store, board, log }: { store: Readings; board: Board; log: Pick<Log, 'error'> },
  task: Task,
  actor: Actor,
): Promise<Reading> {
  let before = board.get(task.id);
  let reading = readingAfter(before, task, actor.at, actor);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const [saved] = await store.saveReadings([{ reading, notices: [] }]);
      if (saved !== undefined) reading = saved;
      if (saved !== undefined || attempt === maxAttempts) break;
      before = (await store.readings([task.id])).get(task.id) ?? null;
      reading = readingAfter(before, task, actor.at, actor);
    }
  } catch (thrown) {
    log.error('an action could not be recorded', { action: actor.action, code: toAppError(thrown).code });
  }
  board.put(reading);
  return reading;
}
