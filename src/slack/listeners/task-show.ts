import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { showTask } from '../flows/show-task.ts';
import { actionIds } from '../ids.ts';

/** *Show* beside a row of a list. */
export const taskShow: Register = (app, deps) =>
  onAction(app, deps, actionIds.showTask, (interaction, { value }) => showTask(deps, interaction, value));
