import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { placeMeant } from '../flows/channel-of.ts';
import { openForm } from '../flows/open-form.ts';
import { actionIds } from '../ids.ts';

/** *Settings* below what a place watches. */
export const noticeSettingsOpen: Register = (app, deps) =>
  onAction(app, deps, actionIds.openSettings, async (interaction, { value }) => {
    const place = await placeMeant(deps, interaction, value);
    if (place !== null) await openForm(deps, interaction, { form: 'notices', place });
  });
