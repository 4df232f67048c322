import { fields } from '../../core/model/fields.ts';
import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { redrawForm } from '../flows/form-session.ts';
import { keepOpen } from '../flows/keep-form.ts';

/** What is entered into a form of a task is kept. Choosing a line redraws a form, with the concurrency that line allows. */
export const formChanged: Register = (app, deps) => {
  for (const { name } of fields) {
    onAction(app, deps, name, async (interaction, { body }) => {
      if (body.view === undefined) return;
      if (name === 'line') await redrawForm(deps, interaction, body.view);
      await keepOpen(deps, interaction.person, body.view);
    });
  }
};
