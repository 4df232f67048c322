import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { previewImport, readImportForm } from '../flows/import-numbers.ts';
import { callbackIds } from '../ids.ts';
import { loadingView } from '../views/waiting.ts';

/** The import form: its submission shows what would be sent. */
export const taskImport: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.importNumbers, (view, data, t) => {
    const given = readImportForm(view.state.values, data, t);
    if ('errors' in given) return { ack: { response_action: 'errors', errors: given.errors } };
    return {
      ack: {
        response_action: 'update',
        view: loadingView({ kind: 'reading_numbers', privateMetadata: writePrivateData(data) }, t),
      },
      after: (interaction) => previewImport(deps, interaction, data, given),
    };
  });
