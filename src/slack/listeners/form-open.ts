import { onAction } from '../bolt/listen.ts';
import { readRequest } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';

/** *Open form* after a spent trigger, and *Try again* in a form that could not be filled. */
export const formOpen: Register = (app, deps) =>
  onAction(app, deps, /^form_(open|retry)$/, (interaction, { value }) =>
    openForm(deps, interaction, readRequest(value)),
  );
