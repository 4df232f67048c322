import { onAction } from '../bolt/listen.ts';
import { type FormRequest, readRequest } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { actionFamilies } from '../ids.ts';

/** Its value is the id of a group, or the request of a form that is to be opened with what was typed. */
const requestOf = (value: string): FormRequest =>
  value.startsWith('{"form"') ? readRequest(value) : { form: 'quiet_hours', group: value };

/** *Enter hours* beside a quiet-hours group. */
export const quietHoursOpen: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.enterHours, (interaction, { value }) =>
    openForm(deps, interaction, requestOf(value)),
  );
