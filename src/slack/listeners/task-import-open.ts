import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { actionIds } from '../ids.ts';

/** *Import* on a card or in a result view. */
export const taskImportOpen: Register = (app, deps) =>
  onAction(app, deps, actionIds.openImport, (interaction, { value }) =>
    openForm(deps, interaction, { form: 'import', task: value }),
  );
