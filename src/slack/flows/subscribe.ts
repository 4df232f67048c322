import type { ChannelRef, PersonRef } from '../../core/model/address.ts';
import type { Subscription, SubscriptionScope } from '../../core/model/subscription.ts';
import type { NamedLine } from '../../core/subscriptions/find-line.ts';
import { maxNamePart } from '../../core/subscriptions/read-wish.ts';
import type { WideWish } from '../../core/subscriptions/subscriptions.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { textMessage } from '../views/answers.ts';
import type { MessageBody } from '../views/limits.ts';
import { channelLink, person as mention, named } from '../views/mrkdwn.ts';
import { scopeText } from '../views/scope.ts';
import { warning } from '../views/state.ts';
import { subscribedMessage, unsubscribedMessage } from '../views/subscriptions.ts';
import { addressOf, canPost } from './channel-of.ts';

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
  const about = { place, reader: person, now: deps.clock.now(), command: deps.command };
  await answer(subscribedMessage({ kind, scope, settings, ...about }, t));
  return true;
}

/** The tasks that a person means; `none`: there is no such line; `answered`: it is not clear which they mean. */
async function scopeOf(
  { subscriptions }: SlackDeps,
  { person, t, answer }: Interaction,
  wish: WideWish,
): Promise<SubscriptionScope | 'none' | 'answered'> {
  switch (wish.kind) {
    case 'all':
      return { kind: 'all' };
    case 'mine':
      return { kind: 'mine', person };
    case 'name':
      if (wish.text.length <= maxNamePart) return { kind: 'name', text: wish.text };
      await answer(textMessage(`${warning} ${t.subscriptions.nameTooLong}`));
      return 'answered';
    case 'line': {
      const found = await subscriptions.lineNamed(wish.text);
      if (found.kind === 'one') return { kind: 'line', lineId: found.line.id, name: found.line.name };
      if (found.kind === 'none') return 'none';
      await answer(whichLineMessage(found.lines, t));
      return 'answered';
    }
  }
}

const shownLines = 10;

function whichLineMessage(lines: readonly NamedLine[], t: Catalogue): MessageBody {
  const names = lines.slice(0, shownLines).map(({ name }) => `*${named(name)}*`);
  return textMessage(`${warning} ${t.subscriptions.whichLine(names.join(t.units.separator))}`);
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
