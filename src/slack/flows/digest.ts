import type { ChannelRef } from '../../core/model/address.ts';
import type { DigestTime } from '../../core/reports/digest-time.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { examplesMessage, textMessage } from '../views/answers.ts';
import { digestSettingsMessage } from '../views/digest.ts';
import { named } from '../views/mrkdwn.ts';
import { placeText } from '../views/scope.ts';
import { warning } from '../views/state.ts';
import { canPost } from './channel-of.ts';

/** From now on a digest is posted in a place; the person is answered, also when that cannot be. */
export async function setDigest(
  deps: SlackDeps,
  interaction: Interaction,
  { channel, place, time }: { channel: ChannelRef; place: ChannelRef; time: DigestTime },
): Promise<void> {
  if (!(await canPost(interaction, channel))) return;
  const { person } = interaction;
  const digest = { ...time, owner: person, since: deps.clock.now(), brokenBy: null };
  await deps.subscriptions.change({ channel: place, person, change: { channel: { digest } } });
  await showDigest(deps, interaction, place);
}

/** No digest is posted in a place any more. */
export async function endDigest(
  { subscriptions }: SlackDeps,
  { person, t, answer }: Interaction,
  place: ChannelRef,
): Promise<void> {
  await subscriptions.change({ channel: place, person, change: { channel: { digest: null } } });
  await answer(textMessage(t.digest.off(placeText(place, person, t))));
}

/** Shows when a digest is posted in a place. */
export async function showDigest(
  { subscriptions, reports, clock }: SlackDeps,
  { person, t, answer, command }: Interaction,
  place: ChannelRef,
): Promise<void> {
  const { channel: settings } = await subscriptions.settings({ channel: place, person });
  const { digest } = settings;
  const next = digest === null || digest.brokenBy !== null ? null : reports.nextDigest(digest);
  const about = { place, reader: person, zone: reports.zone, now: clock.now(), command };
  await answer(digestSettingsMessage({ ...about, settings, next }, t));
}

/** What was typed is no time. */
export async function unclearDigest({ t, answer }: Interaction, typed: string): Promise<void> {
  const text = `${warning} ${t.digest.unclear(t.units.quote(named(typed, 40)))}`;
  await answer(examplesMessage({ text, examples: t.commands.digest.examples }, t));
}
