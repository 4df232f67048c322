import { AppError } from '../../core/errors.ts';
import type { SettingsChange } from '../../core/subscriptions/subscriptions.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { failureText, messageOutcome, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { type PrivateData, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import type { SlackDeps } from '../deps.ts';
import { lostFormMessage } from '../views/answers.ts';
import { settingsSavedMessage } from '../views/notice-settings.ts';
import { problemView } from '../views/waiting.ts';
import { placeMeant } from './channel-of.ts';

/** What was chosen in the form; a mute is for so long (ms), for no time (null), or as it is (absent). */
export interface ChosenSettings {
  change: SettingsChange;
  muteForMs?: number | null;
}

/** The form was submitted: saves the settings and shows them. */
export async function saveSettings(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  { change, muteForMs }: ChosenSettings,
): Promise<void> {
  const { t, person } = interaction;
  const { subscriptions, clock } = deps;
  const { place } = data;
  if (place === undefined) throw new AppError('internal', 'the form carries no place');
  const retry = writeRequest({ form: 'notices', place });
  try {
    // They may have left the channel while the form was open.
    if ((await placeMeant(deps, interaction, place)) === null) return;
    if (muteForMs !== undefined) await subscriptions.mute({ channel: place, person, forMs: muteForMs });
    const saved = await subscriptions.change({ channel: place, person, change });
    const message = settingsSavedMessage({ ...saved, person, now: clock.now() }, t);
    await showOutcome(deps, interaction, messageOutcome(t.titles.notices, message, t));
  } catch (thrown) {
    const text = failureText(deps, t, thrown, 'notice settings');
    const view = problemView({ title: t.titles.notices, text, retry, privateMetadata: writePrivateData(data) }, t);
    await showOutcome(deps, interaction, viewOutcome(view, lostFormMessage({ text, value: retry }, t)));
  }
}
