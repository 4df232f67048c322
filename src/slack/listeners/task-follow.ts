import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { watchTask } from '../flows/watch-task.ts';
import { actionIds } from '../ids.ts';

/** *Follow again* on a closed card: the channel watches the task again, and gets a new card. */
export const taskFollow: Register = (app, deps) =>
  onAction(app, deps, actionIds.followAgain, async (interaction, { value }) => {
    const { task } = await deps.tasks.card(value);
    await watchTask(deps, interaction, task);
  });
