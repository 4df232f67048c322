import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds } from '../ids.ts';

/** *Start* on a card, a result view or a private message. */
export const taskStart: Register = (app, deps) =>
  onAction(
    app,
    deps,
    actionIds.startTask,
    (interaction, { value, pressed }) => actOnTask(deps, interaction, { verb: 'start', taskId: value, pressed }),
    { inPlace: 'card' },
  );
