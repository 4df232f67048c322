import { onAction } from '../bolt/listen.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { actionIds } from '../ids.ts';

/** *Reload* when a task was changed while it was being edited. */
export const editReload: Register = (app, deps) =>
  onAction(app, deps, actionIds.reloadEdit, async (interaction, { body }) => {
    if (body.view === undefined) return;
    const { taskId, key } = readPrivateData(body.view.private_metadata);
    // The person has agreed to lose what they typed.
    if (key !== undefined) await deps.forms.drop(key, interaction.person);
    if (taskId !== undefined) await openForm(deps, interaction, { form: 'edit', task: taskId });
  });
