import type { InputBlock, PlainTextOption } from '@slack/types';
import type { Task } from '../../core/model/task.ts';
import { plainOf } from '../../core/tasks/plain-text.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { inputIds } from '../ids.ts';
import { fitsAsValue } from './limits.ts';
import { type MenuEntry, matching, menu } from './menus.ts';
import { plainName } from './mrkdwn.ts';
import { option, plain } from './parts.ts';
import { progressText } from './state.ts';

/** The tasks that a menu can offer. */
export function taskEntries(tasks: readonly Task[], t: Catalogue): MenuEntry[] {
  return tasks
    .filter((task) => fitsAsValue(task.id))
    .map((task) => ({
      id: task.id,
      plain: () => plainOf(task),
      option: () => taskOption(task, t),
    }));
}

function taskOption(task: Task, t: Catalogue): PlainTextOption {
  const details = [task.started ? t.answers.on : t.answers.off, progressText(task.progress, t)];
  const name = plainName(task.name.trim() === '' ? task.id : task.name, 75);
  return option(task.id, name, details.filter((part) => part !== null).join(t.units.separator));
}

/** The input that asks for a task; `selected` is the one that is chosen to begin with. */
export function taskInput(entries: MenuEntry[], selected: string, t: Catalogue): InputBlock {
  return {
    type: 'input',
    block_id: inputIds.task,
    label: plain(t.imports.task),
    element: menu({ actionId: inputIds.task, placeholder: t.imports.taskPlaceholder, entries, selected }),
  };
}

/** Tasks matching what was typed, for the external select of `taskInput`. */
export function suggestTasks({ tasks, query }: { tasks: Task[]; query: string }, t: Catalogue): PlainTextOption[] {
  return matching(taskEntries(tasks, t), query);
}
