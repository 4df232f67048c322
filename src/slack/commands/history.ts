import { wholeList } from '../../core/tasks/finder.ts';
import { recordedTask } from '../flows/recorded-task.ts';
import { showHistory } from '../flows/report.ts';
import { showList } from '../flows/show-list.ts';
import type { Subcommand } from './subcommand.ts';

/** `history <task>`; without one, the list to choose from. */
export const history: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return showList(deps, interaction, wholeList);
  const task = await recordedTask(deps, interaction, { ref: rest, operation: 'history' });
  if (task !== null) await showHistory(deps, interaction, { taskId: task.id, page: 1 });
};
