import type { Register } from '../deps.ts';
import { pauseTask } from '../flows/act-on-task.ts';
import { orProblem } from '../flows/open-form.ts';
import { onAction } from '../listen.ts';
import { readPrivateData, writePrivateData } from '../private-data.ts';
import { deleteView } from '../views/delete.ts';

/** *Pause* on a card or a private message, and in the delete modal of a running task. */
export const taskPause: Register = (app, deps) =>
  onAction(app, deps, 'task_pause', async (interaction, { value, pressed, body }) => {
    const { view, t, person } = interaction;
    if (view === null || body.view === undefined) return pauseTask(deps, interaction, value, pressed);
    const data = readPrivateData(body.view.private_metadata);
    await orProblem(deps, interaction, view, 'delete', data, async () => {
      const result = await deps.tasks.pause({ taskId: value, person });
      if (result.kind === 'refused' || result.kind === 'unknown') throw result.error;
      const { task } = result.kind === 'done' ? result.card : await deps.tasks.card(value);
      await view.update(deleteView({ t, task, running: task.started, privateMetadata: writePrivateData(data) }));
    });
  });
