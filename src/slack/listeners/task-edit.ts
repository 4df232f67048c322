import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { showDifference } from '../flows/edit-task.ts';
import { checkSubmitted } from '../flows/task-form.ts';
import { callbackIds } from '../ids.ts';
import { loadingView } from '../views/waiting.ts';

/** The edit form: its submission shows what would change. */
export const taskEdit: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.editTask, (view, data, t) =>
    checkSubmitted(deps, t, view, data, (raw) => ({
      ack: {
        response_action: 'update',
        view: loadingView({ kind: 'checking', privateMetadata: writePrivateData(data) }, t),
      },
      after: (interaction) => showDifference(deps, interaction, data, raw),
    })),
  );
