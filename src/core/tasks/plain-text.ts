import type { Task } from '../model/task.ts';
import { fold } from '../text/fold.ts';
import { derivedOnce } from './derived.ts';

/** Text as used for comparing names. Without the … with which a message cuts a long name, since people paste that. */
export function plainText(text: string): string {
  return fold(text.replace(/…$/, ''));
}

/** A task's id and name as they are compared. */
export interface PlainTask {
  task: Task;
  id: string;
  name: string;
}

/** Each made plain once between two polls, not once per command. */
export const plainOf = derivedOnce(
  (task: Task): PlainTask => ({ task, id: plainText(task.id), name: plainText(task.name) }),
);
