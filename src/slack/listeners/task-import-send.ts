import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { sendImport } from '../flows/import-numbers.ts';
import { callbackIds } from '../ids.ts';
import { loadingView } from '../views/waiting.ts';

/** *Import n numbers* beneath the preview. */
export const taskImportSend: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.sendImport, (view, data, t) => ({
    ack: {
      response_action: 'update',
      view: loadingView({ kind: 'sending_numbers', privateMetadata: writePrivateData(data) }, t),
    },
    after: (interaction) => sendImport(deps, interaction, data, view),
  }));
