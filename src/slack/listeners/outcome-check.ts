import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { checkOutcome } from '../flows/check-outcome.ts';
import { actionIds } from '../ids.ts';

/** *Check again* after an unknown outcome: reads, never sends. */
export const outcomeCheck: Register = (app, deps) =>
  onAction(app, deps, actionIds.checkOutcome, (interaction, { value }) => checkOutcome(deps, interaction, value), {
    inPlace: 'private',
  });
