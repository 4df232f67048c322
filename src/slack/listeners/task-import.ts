import { onSubmit } from '../bolt/listen.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { previewImport, readImportForm } from '../flows/import-numbers.ts';
import { loadingView } from '../views/waiting.ts';

/** The import form: its submission shows what would be sent. */
export const taskImport: Register = (app, deps) =>
  onSubmit(app, deps, 'task_import', (view, data, t) => {
    const given = readImportForm(view.state.values, data, t);
    if ('errors' in given) return { ack: { response_action: 'errors', errors: given.errors } };
    return {
      ack: {
        response_action: 'update',
        view: loadingView({ t, kind: 'reading_numbers', privateMetadata: writePrivateData(data) }),
      },
      after: (interaction) => previewImport(deps, interaction, data, given),
    };
  });
