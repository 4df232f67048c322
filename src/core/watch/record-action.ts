import type { Actor, Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import { goneReading, nextReading } from './infer.ts';

/**
 * The reading right after an action taken through Dialdeck, from the task as it was read back (`takenAt`: when that
 * was known; for a deletion, the task as it was last seen). Saved at once, it makes the next poll find no difference:
 * nobody is told of their own action as if somebody else had done it.
 */
export function recordAction(before: Reading | null, task: Task, takenAt: number, actor: Actor): Reading {
  const reading = { ...nextReading(before, task, takenAt, 'glance'), actor };
  return actor.action === 'deleted' ? goneReading(reading, takenAt) : reading;
}
