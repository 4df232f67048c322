import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { saveEdit } from '../flows/edit-task.ts';
import { callbackIds } from '../ids.ts';
import { loadingView } from '../views/waiting.ts';

/** *Save* beneath the difference between old and new. */
export const taskEditSave: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.saveEdit, (_view, data, t) => ({
    ack: {
      response_action: 'update',
      view: loadingView({ kind: 'saving', privateMetadata: writePrivateData(data) }, t),
    },
    after: (interaction) => saveEdit(deps, interaction, data),
  }));
