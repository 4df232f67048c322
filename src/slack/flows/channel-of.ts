import type { ChannelRef } from '../../core/model/address.ts';
import { membershipOf, reachOf } from '../api/channels.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { Mention } from '../bolt/typed-target.ts';
import type { SlackDeps } from '../deps.ts';
import { textMessage } from '../views/answers.ts';
import { named } from '../views/mrkdwn.ts';
import { warning } from '../views/state.ts';

/**
 * The channel a person meant. Any but the one they typed in must be one they are in; about others they learn nothing,
 * not even that there is one. null: they have been answered.
 */
export async function channelMeant(
  { clock }: Pick<SlackDeps, 'clock'>,
  interaction: Interaction,
  mention: Mention,
): Promise<ChannelRef | null> {
  const { client, person, channel, t, answer } = interaction;
  if (mention.kind === 'none') return channel;
  if (mention.kind === 'me') return person;
  if (mention.kind === 'mistake') {
    await answer(textMessage(`${warning} ${t.channels.mistake(t.units.quote(named(mention.typed)))}`));
    return null;
  }
  if (mention.id === channel) return channel;
  const membership = await membershipOf(client, clock, mention.id, person);
  if (membership === 'member') return mention.id;
  await answer(textMessage(`${warning} ${t.channels[membership]}`));
  return null;
}

/** The same for a place that comes back in a button or a form. */
export function placeMeant(
  deps: Pick<SlackDeps, 'clock'>,
  interaction: Interaction,
  place: ChannelRef,
): Promise<ChannelRef | null> {
  const mention: Mention = place === interaction.person ? { kind: 'me' } : { kind: 'channel', id: place };
  return channelMeant(deps, interaction, mention);
}

/** The direct messages of this app and a person have one address, from wherever they are named: the person. */
export function addressOf({ channel: here, person }: Pick<Interaction, 'channel' | 'person'>, channel: ChannelRef) {
  return channel === here && channel.startsWith('D') ? person : channel;
}

/** Whether messages can be posted there; where they cannot, the person hears so before anything is promised. */
export async function canPost({ client, person, t, answer }: Interaction, channel: ChannelRef): Promise<boolean> {
  // Whether a person can be reached shows when a message is sent.
  if (channel === person) return true;
  const reach = await reachOf(client, channel);
  if (reach === 'open' || reach === 'unanswered') return true;
  await answer(textMessage(`${warning} ${t.channels[reach]}`));
  return false;
}

/** Where the card of a new task is posted: the channel it was asked for in, else the direct messages of the person. */
export async function landingOf({ client, person, channel }: Interaction): Promise<ChannelRef> {
  const reach = await reachOf(client, channel);
  return reach === 'absent' || reach === 'archived' ? person : channel;
}
