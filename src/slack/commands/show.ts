import { wholeList } from '../../core/tasks/finder.ts';
import { showList } from '../flows/show-list.ts';
import { showTask } from '../flows/show-task.ts';
import { taskNamed } from '../flows/which-task.ts';
import type { Subcommand } from './subcommand.ts';

/** `show <task>`; without one, the list to choose from. */
export const show: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return showList(deps, interaction, wholeList);
  const task = await taskNamed(deps, interaction, { ref: rest, operation: 'show' });
  if (task !== null) await showTask(deps, interaction, task.id);
};
