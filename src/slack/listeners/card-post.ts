import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { watchTask } from '../flows/watch-task.ts';
import { actionIds } from '../ids.ts';

/** *Post here* on a private card: the channel watches the task from now on. */
export const cardPost: Register = (app, deps) =>
  onAction(app, deps, actionIds.postCard, async (interaction, { value }) => {
    const { task } = await deps.tasks.card(value);
    await watchTask(deps, interaction, task);
  });
