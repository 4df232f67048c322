import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { actionFamilies } from '../ids.ts';

/** *Enter hours* beside a quiet-hours group. */
export const quietHoursOpen: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.enterHours, (interaction, { value }) =>
    openForm(deps, interaction, { form: 'quiet_hours', group: value }),
  );
