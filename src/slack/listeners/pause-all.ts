import { interact } from '../bolt/interaction.ts';
import { onAction } from '../bolt/listen.ts';
import { fromGlobalShortcut } from '../bolt/sources.ts';
import type { Register } from '../deps.ts';
import { pauseMany } from '../flows/pause-many.ts';
import { actionIds, shortcutIds } from '../ids.ts';

/** *Pause all* on the panel, and *Pause all calling* among the shortcuts. */
export const pauseAll: Register = (app, deps) => {
  onAction(app, deps, actionIds.pauseAll, (interaction) => pauseMany(deps, interaction, { kind: 'all' }));
  app.shortcut({ type: 'shortcut', callback_id: shortcutIds.pauseAll }, async ({ shortcut, client, context }) => {
    context.taken = true;
    await interact(deps, 'shortcut pause all', fromGlobalShortcut(shortcut, client), (interaction) =>
      pauseMany(deps, interaction, { kind: 'all' }),
    );
  });
};
