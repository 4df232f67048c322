import { interact } from '../bolt/interaction.ts';
import { onAction } from '../bolt/listen.ts';
import { fromGlobalShortcut } from '../bolt/sources.ts';
import type { Register } from '../deps.ts';
import { askToResume, liftStop, resumeStop, stopEverything } from '../flows/stop.ts';
import { actionIds, shortcutIds } from '../ids.ts';

/** *Pause all calling* among the shortcuts, and the buttons that end the stop. */
export const stop: Register = (app, deps) => {
  app.shortcut({ type: 'shortcut', callback_id: shortcutIds.pauseAll }, async ({ shortcut, client, context }) => {
    context.taken = true;
    await interact(deps, 'shortcut pause all', fromGlobalShortcut(shortcut, client), (interaction) =>
      stopEverything(deps, interaction),
    );
  });
  onAction(app, deps, actionIds.askResume, (interaction) => askToResume(deps, interaction));
  const inPlace = { inPlace: 'private' } as const;
  onAction(app, deps, actionIds.resumeStop, (at, { value }) => resumeStop(deps, at, value), inPlace);
  onAction(app, deps, actionIds.liftStop, (at, { value }) => liftStop(deps, at, value), inPlace);
};
