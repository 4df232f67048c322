import { AppError } from '../../core/errors.ts';
import type { GivenHours } from '../../core/quiet/read-hours.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { failureText, messageOutcome, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { type PrivateData, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import type { SlackDeps } from '../deps.ts';
import { lostFormMessage } from '../views/answers.ts';
import { hoursSavedMessage, quietHoursView } from '../views/quiet-hours.ts';
import { problemView } from '../views/waiting.ts';

export type ClearHours = Exclude<GivenHours, { kind: 'issue' }>;

/** Enters hours that were typed behind the command. */
export async function enterHours(
  deps: SlackDeps,
  { person, channel, answer, t }: Interaction,
  groupId: string,
  given: ClearHours,
): Promise<void> {
  const { quietHours } = deps;
  const group = await quietHours.set({ groupId, windows: windowsOf(given), person, channel });
  await answer(hoursSavedMessage({ group, zone: quietHours.zone }, t));
}

/** The form was submitted: enters the hours and shows them; when that fails, the form comes back as it was filled in. */
export async function saveHours(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  { given, typed }: { given: ClearHours; typed: string },
): Promise<void> {
  const { t, person, channel } = interaction;
  const { quietHours } = deps;
  const { group: groupId } = data;
  if (groupId === undefined) throw new AppError('internal', 'the form carries no group');
  try {
    const group = await quietHours.set({ groupId, windows: windowsOf(given), person, channel });
    const message = hoursSavedMessage({ group, zone: quietHours.zone }, t);
    await showOutcome(deps, interaction, messageOutcome(t.titles.quiet_hours, message, t));
  } catch (thrown) {
    const alert = failureText(deps, t, thrown, 'quiet hours');
    const retry = writeRequest({ form: 'quiet_hours', group: groupId, typed });
    const privateMetadata = writePrivateData(data);
    const group = await quietHours.group(groupId).catch(() => null);
    const view =
      group === null
        ? problemView({ title: t.titles.quiet_hours, text: alert, retry, privateMetadata }, t)
        : quietHoursView({ group, zone: quietHours.zone, typed, alert, privateMetadata }, t);
    await showOutcome(deps, interaction, viewOutcome(view, lostFormMessage({ text: alert, value: retry }, t)));
  }
}

const windowsOf = (given: ClearHours) => (given.kind === 'unknown' ? null : given.windows);
