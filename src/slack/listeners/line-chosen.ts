import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { redrawForm } from '../flows/form-session.ts';

/** Choosing a line redraws the form, with the concurrency that line allows. */
export const lineChosen: Register = (app, deps) =>
  onAction(app, deps, 'line', async (interaction, { body }) => {
    if (body.view !== undefined) await redrawForm(deps, interaction, body.view);
  });
