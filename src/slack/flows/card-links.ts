import type { ChannelRef } from '../../core/model/address.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { addressOf } from './channel-of.ts';

type Watches = Awaited<ReturnType<SlackDeps['watches']['of']>>;

/** What a place watches, each with the address of its card; null where it has none. Throws `store_failed`. */
export async function linkedWatches(
  deps: SlackDeps,
  interaction: Interaction,
  channel: ChannelRef = interaction.channel,
): Promise<(Watches[number] & { link: string | null })[]> {
  // Direct messages had another address in earlier releases.
  const places = [...new Set([addressOf(interaction, channel), channel])];
  const watches = (await Promise.all(places.map((place) => deps.watches.of(place)))).flat();
  return Promise.all(
    watches.map(async (watch) => ({
      ...watch,
      link: watch.cardRef === null ? null : await deps.linkTo(watch.channel, watch.cardRef),
    })),
  );
}

/** The addresses of the cards that the place of an interaction has, by task. Throws `store_failed`. */
export async function cardLinks(deps: SlackDeps, interaction: Interaction): Promise<Map<string, string>> {
  const watches = await linkedWatches(deps, interaction);
  return new Map(watches.flatMap(({ taskId, link }) => (link === null ? [] : [[taskId, link] as const])));
}
