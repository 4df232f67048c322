import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { pauseMany } from '../flows/pause-many.ts';
import { actionIds } from '../ids.ts';

/** *Pause all* on the panel. */
export const pauseAll: Register = (app, deps) =>
  onAction(app, deps, actionIds.pauseAll, (interaction) => pauseMany(deps, interaction, { kind: 'all' }));
