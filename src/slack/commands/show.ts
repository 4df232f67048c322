import { wholeList } from '../../core/tasks/finder.ts';
import { showList } from '../flows/show-list.ts';
import { showTask } from '../flows/show-task.ts';
import { findAnyway, oneOrAsk } from '../flows/which-task.ts';
import type { Subcommand } from './subcommand.ts';

/** `show <task>`; without one, the list to choose from. */
export const show: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return showList(deps, interaction, wholeList);
  const { found, isOut } = await findAnyway(deps, interaction.person, rest);
  const task = await oneOrAsk(deps, interaction, { ref: rest, operation: 'show' }, found);
  if (task !== null) await showTask(deps, interaction, task.id, isOut);
};
