import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { deleteFromForm, nameTyped } from '../flows/delete-task.ts';
import { callbackIds, inputIds } from '../ids.ts';
import { loadingView } from '../views/waiting.ts';

/** The delete form: the name must be typed as it stands. */
export const taskDelete: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.deleteTask, (view, data, t) => {
    if (!nameTyped(view, data)) {
      return { ack: { response_action: 'errors', errors: { [inputIds.confirmName]: t.deletion.mismatch } } };
    }
    return {
      ack: {
        response_action: 'update',
        view: loadingView({ kind: 'deleting', privateMetadata: writePrivateData(data) }, t),
      },
      after: (interaction) => deleteFromForm(deps, interaction, data),
    };
  });
