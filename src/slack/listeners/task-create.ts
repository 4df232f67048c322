import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { createFromForm } from '../flows/create-task.ts';
import { checkSubmitted } from '../flows/task-form.ts';
import { callbackIds } from '../ids.ts';
import { loadingView } from '../views/waiting.ts';

/** The create form. */
export const taskCreate: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.createTask, (view, data, t) =>
    checkSubmitted(deps, t, view, data, (raw) => ({
      ack: {
        response_action: 'update',
        view: loadingView({ kind: 'creating', privateMetadata: writePrivateData(data) }, t),
      },
      after: (interaction) => createFromForm(deps, interaction, data, raw),
    })),
  );
