import { z } from 'zod';
import { onAction } from '../bolt/listen.ts';
import { understood } from '../bolt/read-value.ts';
import type { Register } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds } from '../ids.ts';

/**
 * *Start anyway* beneath the warnings of the preflight. Its value is `<id>:<n>:<as of>`: the numbers that are agreed to,
 * empty where they are not known, and what the gate of starts said. Earlier releases wrote less of it: what they asked
 * counts until the first emergency stop.
 */
export const taskStartAnyway: Register = (app, deps) =>
  onAction(
    app,
    deps,
    actionIds.startAnyway,
    (interaction, { value }) => {
      const [taskId = '', left = '', gate = '0'] = value.split(':');
      const agreed = left === '' ? null : understood(z.coerce.number(), left);
      const asOf = understood(z.coerce.number(), gate);
      return actOnTask(deps, interaction, { verb: 'start', taskId, sure: true, agreed, asOf });
    },
    { inPlace: 'private' },
  );
