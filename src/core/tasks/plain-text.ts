import type { Task } from '../model/task.ts';
import { type Searchable, searchable } from '../text/search.ts';
import { derivedOnce } from './derived.ts';

/** A task as it is searched for: by its name and id, and in a list by its line, script and remark as well. */
export interface PlainTask extends Searchable {
  task: Task;
}

/** Each made plain once between two polls, not once per command. */
export const plainOf = derivedOnce((task: Task): PlainTask => {
  const { id, name, line, script, remark } = task;
  return { task, ...searchable(name, id, [line.name, script.name, remark]) };
});
