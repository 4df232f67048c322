import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';

/** *Import* on a card or in a result view. */
export const taskImportOpen: Register = (app, deps) =>
  onAction(app, deps, 'task_import', (interaction, { value }) =>
    openForm(deps, interaction, { form: 'import', task: value }),
  );
