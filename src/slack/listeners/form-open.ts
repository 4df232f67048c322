import { onAction } from '../bolt/listen.ts';
import { readRequest } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { actionIds } from '../ids.ts';

/** *Open form* after an expired trigger, and *Try again* in a form that could not be prepared. */
export const formOpen: Register = (app, deps) => {
  for (const id of [actionIds.openForm, actionIds.retryForm]) {
    onAction(app, deps, id, (interaction, { value }) => openForm(deps, interaction, readRequest(value)));
  }
};
