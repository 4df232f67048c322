import type { ChannelRef } from '../../core/model/address.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { followingMessage } from '../views/subscriptions.ts';
import { addressOf } from './channel-of.ts';

/** Shows what a place watches, with links to the cards. */
export async function listFollowed(deps: SlackDeps, interaction: Interaction, channel: ChannelRef): Promise<void> {
  const { person, t, answer } = interaction;
  const place = addressOf(interaction, channel);
  const { watches: _same, ...following } = await deps.subscriptions.of(place);
  // Direct messages had another address in earlier releases.
  const places = [...new Set([place, channel])];
  const watches = (await Promise.all(places.map((each) => deps.watches.of(each)))).flat();
  const listed = await Promise.all(
    watches.map(async ({ taskName, brokenBy, channel: where, cardRef }) => ({
      taskName,
      brokenBy,
      link: cardRef === null ? null : await deps.linkTo(where, cardRef),
    })),
  );
  const now = deps.clock.now();
  const list = { ...following, watches: listed, place, reader: person, now, command: deps.command };
  await answer(followingMessage(list, t));
}
