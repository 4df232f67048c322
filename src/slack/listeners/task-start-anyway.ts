import { z } from 'zod';
import { onAction } from '../bolt/listen.ts';
import { understood } from '../bolt/read-value.ts';
import type { Register } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds } from '../ids.ts';

/** *Start anyway* beneath the warnings of the preflight; its value holds the numbers that are agreed to, as `<id>:<n>`. */
export const taskStartAnyway: Register = (app, deps) =>
  onAction(
    app,
    deps,
    actionIds.startAnyway,
    (interaction, { value }) => {
      const [taskId = '', left] = value.split(':');
      const agreed = left === undefined ? null : understood(z.coerce.number(), left);
      return actOnTask(deps, interaction, { verb: 'start', taskId, sure: true, agreed });
    },
    { inPlace: 'private' },
  );
