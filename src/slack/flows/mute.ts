import type { ChannelRef } from '../../core/model/address.ts';
import type { Wish } from '../../core/subscriptions/read-wish.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { examplesMessage } from '../views/answers.ts';
import { toType } from '../views/mrkdwn.ts';
import { warning } from '../views/state.ts';
import { mutedMessage } from '../views/subscriptions.ts';

/** Mutes a place for a while, or ends its mute. */
export async function mutePlace(
  { subscriptions }: SlackDeps,
  { person, t, answer, command }: Interaction,
  place: ChannelRef,
  wish: Extract<Wish, { kind: 'mute' | 'mute_unclear' }>,
): Promise<void> {
  if (wish.kind === 'mute_unclear') {
    const examples = t.commands.mute.examples.map((example) => toType(command, example));
    const text = `${warning} ${t.subscriptions.muteUnclear(examples.join(t.units.separator))}`;
    await answer(examplesMessage({ text, examples: t.commands.mute.examples }, t));
    return;
  }
  const until = await subscriptions.mute({ channel: place, person, forMs: wish.forMs });
  await answer(mutedMessage({ until, place, reader: person }, t));
}
