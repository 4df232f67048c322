import { AppError } from '../errors.ts';
import type { Task } from '../model/task.ts';
import type { Dialer } from '../ports.ts';

/** A task must be missing from this many lists in a row: a single one may be an old page, or incomplete. */
const absences = 2;

/** The task as the platform lists it now. Throws `task_gone`, and whatever prevents the list from being read. */
export async function listedTask(dialer: Pick<Dialer, 'list'>, taskId: string): Promise<Task> {
  for (let lists = 0; lists < absences; lists += 1) {
    const task = (await dialer.list()).find(({ id }) => id === taskId);
    if (task !== undefined) return task;
  }
  throw new AppError('task_gone', 'the task is no longer in the list');
}
