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

/** Whether messages can be posted there; where they cannot, the person hears so before anything is promised. */
export async function canPost({ client, t, answer }: Interaction, channel: ChannelRef): Promise<boolean> {
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
