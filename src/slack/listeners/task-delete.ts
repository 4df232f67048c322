import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { deleteFromForm, nameTyped } from '../flows/delete-task.ts';
import { loadingView } from '../views/waiting.ts';

/** The delete form: the name must be typed as it stands. */
export const taskDelete: Register = (app, deps) =>
  onSubmit(app, deps, 'task_delete', (view, data, t) => {
    if (!nameTyped(view, data)) {
      return { ack: { response_action: 'errors', errors: { confirm_name: t.deletion.mismatch } } };
    }
    return {
      ack: {
        response_action: 'update',
        view: loadingView({ t, kind: 'deleting', privateMetadata: writePrivateData(data) }),
      },
      after: (interaction) => deleteFromForm(deps, interaction, data),
    };
  });
