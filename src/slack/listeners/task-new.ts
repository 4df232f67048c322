import { interact } from '../bolt/interaction.ts';
import { fromGlobalShortcut } from '../bolt/sources.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { shortcutIds } from '../ids.ts';

/** *New calling task* among the shortcuts. */
export const taskNew: Register = (app, deps) => {
  app.shortcut({ type: 'shortcut', callback_id: shortcutIds.newTask }, async ({ shortcut, client, context }) => {
    context.taken = true;
    await interact(deps, 'shortcut new', fromGlobalShortcut(shortcut, client), (interaction) =>
      openForm(deps, interaction, { form: 'new' }),
    );
  });
};
