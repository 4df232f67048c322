import { onAction } from '../bolt/listen.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { pauseTask } from '../flows/act-on-task.ts';
import { pauseFromModal } from '../flows/pause-from-modal.ts';
import { actionIds, callbackIds } from '../ids.ts';

/** *Pause* on a card or a private message, and in a modal: that of a deletion goes on to ask for the name. */
export const taskPause: Register = (app, deps) =>
  onAction(app, deps, actionIds.pauseTask, async (interaction, { value, pressed, body }) => {
    const { view } = interaction;
    if (view === null || body.view === undefined) return pauseTask(deps, interaction, value, pressed);
    const data = readPrivateData(body.view.private_metadata);
    await pauseFromModal(deps, interaction, view, value, data, body.view.callback_id === callbackIds.deleteTask);
  });
