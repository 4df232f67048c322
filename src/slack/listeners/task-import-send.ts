import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { sendImport } from '../flows/import-numbers.ts';
import { loadingView } from '../views/waiting.ts';

/** *Import n numbers* beneath the preview. */
export const taskImportSend: Register = (app, deps) =>
  onSubmit(app, deps, 'task_import_send', (view, data, t) => ({
    ack: {
      response_action: 'update',
      view: loadingView({ t, kind: 'sending_numbers', privateMetadata: writePrivateData(data) }),
    },
    after: (interaction) => sendImport(deps, interaction, data, view),
  }));
