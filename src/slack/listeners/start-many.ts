import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { startAgreed } from '../flows/start-many.ts';
import { actionIds } from '../ids.ts';

/** The one confirmation of a start of several tasks. */
export const startMany: Register = (app, deps) =>
  onAction(app, deps, actionIds.startMany, (interaction, { value }) => startAgreed(deps, interaction, value), {
    inPlace: 'private',
  });
