import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { pullLever } from '../flows/pull-lever.ts';
import { actionFamilies } from '../ids.ts';

/** The buttons and menus beneath an alert, in channels and direct messages. */
export const alertLevers: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.alert, (interaction, { value }) => pullLever(deps, interaction, value));
