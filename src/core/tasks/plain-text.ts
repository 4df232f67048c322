import type { Task } from '../model/task.ts';

/** Text as names are compared: full-width forms, case and runs of blanks make no difference. */
export function plainText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
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
