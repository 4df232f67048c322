import type { ChannelRef, PersonRef } from '../../core/model/address.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import type { WideWish } from '../../core/subscriptions/subscriptions.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { textMessage } from '../views/answers.ts';
import { channelLink, person as mention } from '../views/mrkdwn.ts';
import { scopeText } from '../views/scope.ts';
import { subscribedMessage, unsubscribedMessage } from '../views/subscriptions.ts';
import { addressOf, canPost } from './channel-of.ts';
import { scopeOf, whichLineMessage } from './scope-of.ts';

/**
 * Subscribes a place to more than one task; the person is answered. False when a line was meant and there is none of
 * that name: then nobody has been answered.
 */
export async function subscribe(
  deps: SlackDeps,
  interaction: Interaction,
  channel: ChannelRef,
  wish: WideWish,
): Promise<boolean> {
  const { person, t, answer } = interaction;
  const scope = await scopeOf(deps, interaction, wish);
  if (scope === 'none') return false;
  if (scope === 'answered' || !(await canPost(interaction, channel))) return true;
  const place = addressOf(interaction, channel);
  const { already } = await deps.subscriptions.add({ channel: place, person, scope });
  const { channel: settings } = await deps.subscriptions.settings({ channel: place, person });
  const kind = already ? 'already' : 'added';
  const about = { place, reader: person, now: deps.clock.now(), command: interaction.command };
  await answer(subscribedMessage({ kind, scope, settings, ...about }, t));
  return true;
}

/**
 * Ends a subscription; the person is answered, and its owner is notified. `silent`: nobody is answered when
 * there is no such subscription. Returns false then.
 */
export async function endSubscription(
  deps: SlackDeps,
  interaction: Interaction,
  channel: ChannelRef,
  { wish, what, silent = false }: { wish: WideWish; what: string; silent?: boolean },
): Promise<boolean> {
  const { person, t, answer } = interaction;
  const place = addressOf(interaction, channel);
  const removal = await deps.subscriptions.remove({ channel: place, person, wish });
  if (removal.kind === 'many') {
    await answer(whichLineMessage(removal.lines, t));
    return true;
  }
  const removed = removal.kind === 'removed' ? removal.subscription : null;
  if (removed === null && silent) return false;
  await answer(unsubscribedMessage({ removed, what, place, reader: person }, t));
  if (removed !== null && removed.owner !== person) {
    await reportEnded(deps, interaction, removed.owner, removed).catch((thrown) =>
      noteFailure(deps, thrown, 'unwatch'),
    );
  }
  return removed !== null;
}

async function reportEnded(
  { catalogueFor }: SlackDeps,
  { client, person }: Interaction,
  owner: PersonRef,
  { scope, channel }: Subscription,
): Promise<void> {
  const t = await catalogueFor(owner, client);
  const text = t.subscriptions.ended(mention(person), scopeText(scope, t), channelLink(channel, t));
  await client.chat.postMessage({ channel: owner, ...textMessage(text) });
}
