import type { ChannelRef } from '../../core/model/address.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { followingMessage } from '../views/subscriptions.ts';
import { linkedWatches } from './card-links.ts';
import { addressOf } from './channel-of.ts';

/** Shows what a place watches, with links to the cards. */
export async function listFollowed(deps: SlackDeps, interaction: Interaction, channel: ChannelRef): Promise<void> {
  const { person, t, answer } = interaction;
  const place = addressOf(interaction, channel);
  const { watches: _same, ...following } = await deps.subscriptions.of(place);
  const watches = await linkedWatches(deps, interaction, channel);
  const now = deps.clock.now();
  const list = { ...following, watches, place, reader: person, now, command: interaction.command };
  await answer(followingMessage(list, t));
}
