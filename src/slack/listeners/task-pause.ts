import { onAction } from '../bolt/listen.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import { isOnHome } from '../bolt/sources.ts';
import type { Register } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds, callbackIds } from '../ids.ts';

/** *Pause* on a card, on Home or a private message, and in a modal: a deletion's modal then asks for the name. */
export const taskPause: Register = (app, deps) =>
  onAction(
    app,
    deps,
    actionIds.pauseTask,
    (interaction, { value: taskId, pressed, body }) => {
      const { view } = body;
      if (isOnHome(body)) return actOnTask(deps, interaction, { verb: 'pause', taskId, showsItself: true });
      if (view === undefined) return actOnTask(deps, interaction, { verb: 'pause', taskId, pressed });
      const data = readPrivateData(view.private_metadata);
      const deleting = view.callback_id === callbackIds.deleteTask;
      return actOnTask(deps, interaction, { verb: 'pause', taskId, data, deleting });
    },
    { inPlace: 'card' },
  );
