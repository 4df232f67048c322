import type { ChannelRef } from '../../core/model/address.ts';
import type { Task } from '../../core/model/task.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { watchMessage } from '../views/watches.ts';

/** Makes the channel watch the task from now on, and answers the person. */
export async function watchTask(
  deps: SlackDeps,
  interaction: Interaction,
  { id, name }: Pick<Task, 'id' | 'name'>,
  channel: ChannelRef = interaction.channel,
): Promise<void> {
  const { already } = await deps.watches.add({ taskId: id, channel, person: interaction.person });
  await interaction.answer(
    watchMessage({ kind: already ? 'already' : 'added', taskName: name, channel }, interaction.t),
  );
}
