import type { Task } from '../model/task.ts';
import { fold } from '../text/fold.ts';

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

/** Tasks never change: a poll brings new ones. So each is made plain once between two polls, not once per command. */
const plain = new WeakMap<Task, PlainTask>();

export function plainOf(task: Task): PlainTask {
  const known = plain.get(task);
  if (known !== undefined) return known;
  const made = { task, id: plainText(task.id), name: plainText(task.name) };
  plain.set(task, made);
  return made;
}
