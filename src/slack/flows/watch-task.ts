import type { ChannelRef, PersonRef } from '../../core/model/address.ts';
import type { Task } from '../../core/model/task.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { textMessage } from '../views/answers.ts';
import { channelLink, named, person as personLink } from '../views/mrkdwn.ts';
import { watchMessage } from '../views/watches.ts';
import { addressOf, canPost } from './channel-of.ts';

type NamedTask = Pick<Task, 'id' | 'name'>;

/** From now on the channel watches the task; the person is answered. Nothing is promised where nothing can be posted. */
export async function watchTask(
  deps: SlackDeps,
  interaction: Interaction,
  { id, name }: NamedTask,
  channel: ChannelRef = interaction.channel,
): Promise<void> {
  if (!(await canPost(interaction, channel))) return;
  const place = await placeOf(deps, interaction, { taskId: id, channel });
  const { already } = await deps.watches.add({ taskId: id, channel: place, person: interaction.person });
  const { channel: settings } = await deps.subscriptions.settings({ channel: place, person: interaction.person });
  const kind = already ? 'already' : settings.style === 'board' ? 'addedToBoard' : 'added';
  await interaction.answer(
    watchMessage({ kind, taskName: name, channel: place, reader: interaction.person }, interaction.t),
  );
}

/** Direct messages had another address in earlier releases: where a card of theirs is kept up to date, it stays. */
async function placeOf(
  { watches }: SlackDeps,
  interaction: Interaction,
  { taskId, channel }: { taskId: string; channel: ChannelRef },
): Promise<ChannelRef> {
  const place = addressOf(interaction, channel);
  if (place === channel) return place;
  const earlier = await watches.of(channel);
  return earlier.some((watch) => watch.taskId === taskId) ? channel : place;
}

/** Ends the watch of a task in a channel; notifies the person, and the one who had created the watch. */
export async function endWatch(
  deps: SlackDeps,
  interaction: Interaction,
  task: NamedTask,
  channel: ChannelRef,
): Promise<void> {
  const { person, t } = interaction;
  const place = addressOf(interaction, channel);
  let owner = await deps.watches.remove({ taskId: task.id, channel: place, person });
  // Direct messages had another address in earlier releases.
  if (owner === null && place !== channel) owner = await deps.watches.remove({ taskId: task.id, channel, person });
  const kind = owner === null ? 'notWatched' : 'removed';
  await interaction.answer(watchMessage({ kind, taskName: task.name, channel: place, reader: person }, t));
  if (owner !== null && owner !== person) {
    await reportEnded(deps, interaction, { owner, task, channel }).catch((thrown) =>
      noteFailure(deps, thrown, 'unwatch'),
    );
  }
}

async function reportEnded(
  { catalogueFor }: SlackDeps,
  { client, person }: Interaction,
  { owner, task, channel }: { owner: PersonRef; task: NamedTask; channel: ChannelRef },
): Promise<void> {
  const t = await catalogueFor(owner, client);
  const text = t.channels.ended(personLink(person), named(task.name), channelLink(channel, t));
  await client.chat.postMessage({ channel: owner, ...textMessage(text) });
}
