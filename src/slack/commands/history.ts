import { recordedTask } from '../flows/recorded-task.ts';
import { showHistory } from '../flows/report.ts';
import { showList } from './list.ts';
import type { Subcommand } from './subcommand.ts';

/** `history <task>`; without one, the list to choose from. */
export const history: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return showList(deps, interaction, { page: 1, filter: null, text: '' });
  const taskId = await recordedTask(deps, interaction, { ref: rest, operation: 'history' });
  if (taskId !== null) await showHistory(deps, interaction, { taskId, page: 1 });
};
