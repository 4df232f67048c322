import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { saveEdit } from '../flows/edit-task.ts';
import { loadingView } from '../views/waiting.ts';

/** *Save* beneath the difference between old and new. */
export const taskEditSave: Register = (app, deps) =>
  onSubmit(app, deps, 'task_edit_save', (_view, data, t) => ({
    ack: {
      response_action: 'update',
      view: loadingView({ t, kind: 'saving', privateMetadata: writePrivateData(data) }),
    },
    after: (interaction) => saveEdit(deps, interaction, data),
  }));
