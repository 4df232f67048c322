import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds } from '../ids.ts';

/**
 * *Start* and *Pause* beside a line of a channel's board. The board itself shows the outcome with its next edit; until
 * then the person has been answered. Both are in the same place, one after the other, so a start always asks.
 */
export const boardLevers: Register = (app, deps) => {
  onAction(app, deps, actionIds.startOnBoard, (interaction, { value: taskId }) =>
    actOnTask(deps, interaction, { verb: 'start', taskId, confirm: true }),
  );
  onAction(app, deps, actionIds.pauseOnBoard, (interaction, { value: taskId }) =>
    actOnTask(deps, interaction, { verb: 'pause', taskId }),
  );
};
