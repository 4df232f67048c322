import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { showDifference } from '../flows/edit-task.ts';
import { checkSubmitted } from '../flows/task-form.ts';
import { loadingView } from '../views/waiting.ts';

/** The edit form: its submission shows what would change. */
export const taskEdit: Register = (app, deps) =>
  onSubmit(app, deps, 'task_edit', (view, data, t) =>
    checkSubmitted(deps, t, view, data, (raw) => ({
      ack: {
        response_action: 'update',
        view: loadingView({ t, kind: 'checking', privateMetadata: writePrivateData(data) }),
      },
      after: (interaction) => showDifference(deps, interaction, data, raw),
    })),
  );
