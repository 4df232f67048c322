import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { redrawForm } from '../flows/form-session.ts';
import { actionIds } from '../ids.ts';

/** *Discard draft* above a form of a task. */
export const formDiscard: Register = (app, deps) =>
  onAction(app, deps, actionIds.discardForm, async (interaction, { value, body }) => {
    await deps.forms.drop(value, interaction.person);
    if (body.view !== undefined) await redrawForm(deps, interaction, body.view);
  });
