import { onSubmit } from '../bolt/listen.ts';
import { errorsAt, working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { previewImport, readImportForm } from '../flows/import-numbers.ts';
import { callbackIds } from '../ids.ts';

/** The import form: its submission shows what would be sent. */
export const taskImport: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.importNumbers, (view, data, t) => {
    const given = readImportForm(view.state.values, data, t);
    if ('errors' in given) return errorsAt(given.errors);
    return working(workingView('reading_numbers', data, t), (interaction) =>
      previewImport(deps, interaction, data, given),
    );
  });
