import { cardStyles, noticeGroups } from '../../core/model/channel-settings.ts';
import { alertWays } from '../../core/model/person-settings.ts';
import { onSubmit } from '../bolt/listen.ts';
import { readState, readValue, readValues } from '../bolt/read-form.ts';
import { working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { type ChosenSettings, saveSettings } from '../flows/notice-settings.ts';
import { callbackIds, inputIds } from '../ids.ts';
import { muteEntries, muteTimes } from '../views/notice-settings.ts';

/** The form for how a place, and the person themselves, want to be notified. */
export const noticeSettingsSave: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.saveSettings, (view, data, t) => {
    const chosen = chosenSettings(view.state.values);
    return working(workingView('saving_notices', data, t), (interaction) =>
      saveSettings(deps, interaction, data, chosen),
    );
  });

/** What was chosen; an input that is missing or unreadable changes nothing. */
function chosenSettings(values: unknown): ChosenSettings {
  const state = readState(values);
  const kinds = readValues(state, inputIds.noticeKinds);
  const threads = readValue(state, inputIds.noticeThreads);
  const style = cardStyles.find((known) => known === readValue(state, inputIds.noticeStyle));
  const alertsBy = alertWays.find((known) => known === readValue(state, inputIds.ownAlerts));
  const mute = readValue(state, inputIds.noticeMute);
  const muteForMs = mute === muteEntries.off ? null : muteTimes.find((ms) => String(ms) === mute);
  return {
    change: {
      channel: {
        ...(inputIds.noticeKinds in state && { kinds: noticeGroups.filter((group) => kinds.includes(group)) }),
        ...((threads === 'thread' || threads === 'channel') && { threads: threads === 'thread' }),
        ...(style !== undefined && { style }),
      },
      ...(alertsBy !== undefined && { own: { alertsBy } }),
    },
    ...(muteForMs !== undefined && { muteForMs }),
  };
}
