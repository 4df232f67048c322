import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds } from '../ids.ts';

/** *Start anyway* beneath the warnings of the preflight. */
export const taskStartAnyway: Register = (app, deps) =>
  onAction(
    app,
    deps,
    actionIds.startAnyway,
    (interaction, { value }) => actOnTask(deps, interaction, { verb: 'start', taskId: value, sure: true }),
    { inPlace: 'private' },
  );
