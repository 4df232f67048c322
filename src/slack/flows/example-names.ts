import { within } from '../../core/time/waiting.ts';
import { channelName } from '../api/channels.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { type ExampleNames, type ExampleThing, isTypable } from '../views/help.ts';

/** Help does not wait longer for a name, ms. */
const nameMs = 1_000;

/**
 * A name for each of these things, as examples may use them: a task, its line, a
 * quiet-hours group whose hours are not entered yet, and the channel in which the person is. Never throws.
 */
export async function exampleNames(
  { finder, quietHours, clock }: Pick<SlackDeps, 'finder' | 'quietHours' | 'clock'>,
  { client, channel }: Pick<Interaction, 'client' | 'channel'>,
  things: readonly ExampleThing[],
): Promise<ExampleNames> {
  // Of those that are on first: they can be paused.
  const tasks = finder
    .known()
    .map(({ task }) => task)
    .toSorted((a, b) => Number(b.started) - Number(a.started));
  const lookUp: Record<ExampleThing, () => Promise<string | null>> = {
    task: async () => first(tasks.map(({ name }) => name)),
    line: async () => first(tasks.map(({ line }) => line.name)),
    // Pasting an example must not overwrite what someone entered.
    group: async () => first((await quietHours.groups()).flatMap(({ name, hours }) => (hours === null ? [name] : []))),
    channel: () => channelName(client, channel),
  };
  const soon = (found: Promise<string | null>) => within(clock, { ms: nameMs }, found, () => null).catch(() => null);
  return Object.fromEntries(await Promise.all(things.map(async (thing) => [thing, await soon(lookUp[thing]())])));
}

const first = (names: readonly (string | null)[]): string | null =>
  names.find((name) => name !== null && isTypable(name)) ?? null;
