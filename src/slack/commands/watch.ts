import type { ChannelRef } from '../../core/model/address.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { Target } from '../bolt/typed-target.ts';
import type { SlackDeps } from '../deps.ts';
import { channelMeant } from '../flows/channel-of.ts';
import { endWatch, watchTask } from '../flows/watch-task.ts';
import { oneOrAsk, taskNamed } from '../flows/which-task.ts';
import { watchListMessage } from '../views/watches.ts';
import type { Subcommand } from './subcommand.ts';

const listWords: readonly string[] = ['', 'list', '列表'];

/** `watch <task> [to #channel]`; without a task it lists what the channel watches. */
export const watch: Subcommand = async (deps, interaction, rest, target = nowhere(rest)) => {
  const { ref, mention } = target;
  const channel = await channelMeant(deps, interaction, mention);
  if (channel === null) return;
  if (listWords.includes(ref)) return listWatches(deps, interaction, channel);
  const task = await taskNamed(deps, interaction, { ref, operation: 'watch', channel });
  if (task !== null) await watchTask(deps, interaction, task, channel);
};

/** `unwatch <task> [in #channel]` */
export const unwatch: Subcommand = async (deps, interaction, rest, target = nowhere(rest)) => {
  const { ref, mention } = target;
  const channel = await channelMeant(deps, interaction, mention);
  if (channel === null) return;
  if (ref === '') return listWatches(deps, interaction, channel);
  const found = await deps.watches.find({ person: interaction.person, channel, ref });
  const task = await oneOrAsk(interaction, { ref, operation: 'unwatch', channel }, found);
  if (task !== null) await endWatch(deps, interaction, task, channel);
};

const nowhere = (rest: string): Target => ({ ref: rest, mention: { kind: 'none' } });

async function listWatches(deps: SlackDeps, { t, answer }: Interaction, channel: ChannelRef): Promise<void> {
  await answer(watchListMessage(await deps.watches.of(channel), t));
}
