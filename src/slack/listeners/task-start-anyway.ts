import { z } from 'zod';
import { onAction } from '../bolt/listen.ts';
import { understood } from '../bolt/read-value.ts';
import type { Register } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds } from '../ids.ts';

/**
 * *Start anyway* beneath the warnings of the preflight. Its value is `<id>:<n>:<as of>:<codes>`: the numbers that are
 * agreed to, empty where they are not known, what the gate of starts said, and the warnings that were shown. Earlier
 * releases wrote less of it: what they asked counts until the first emergency stop, and for none of the warnings.
 */
export const taskStartAnyway: Register = (app, deps) =>
  onAction(
    app,
    deps,
    actionIds.startAnyway,
    (interaction, { value }) => {
      const [taskId = '', left = '', gate = '0', codes = ''] = value.split(':');
      const agreed = left === '' ? null : understood(z.coerce.number(), left);
      const asOf = understood(z.coerce.number(), gate);
      return actOnTask(deps, interaction, { verb: 'start', taskId, accepted: codes.split(','), agreed, asOf });
    },
    { inPlace: 'private' },
  );
