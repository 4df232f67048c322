import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { watchTask } from '../flows/watch-task.ts';
import { oneOrAsk, taskNamed } from '../flows/which-task.ts';
import { watchListMessage, watchMessage } from '../views/watches.ts';
import type { Subcommand } from './subcommand.ts';

/** Slack writes a channel typed by a person as `<#C123|name>` when the command asks for escaping. */
const target = /(?:(?:to|in|到|在)\s+)?<#([A-Z0-9]+)(?:\|[^<>]*)?>\s*$/i;

/** `watch <task> [to #channel]`; alone it lists what this channel watches. */
export const watch: Subcommand = async (deps, interaction, rest) => {
  if (rest === '' || rest === 'list' || rest === '列表') return listWatches(deps, interaction);
  const { ref, channel } = targetOf(rest, interaction);
  const task = await taskNamed(deps, interaction, { ref, operation: 'watch' });
  if (task !== null) await watchTask(deps, interaction, task, channel);
};

/** `unwatch <task> [in #channel]` */
export const unwatch: Subcommand = async (deps, interaction, rest) => {
  const { t, person } = interaction;
  if (rest === '') return listWatches(deps, interaction);
  const { ref, channel } = targetOf(rest, interaction);
  const found = await deps.watches.find({ person, channel, ref });
  const task = await oneOrAsk(interaction, { ref, operation: 'unwatch' }, found);
  if (task === null) return;
  const removed = await deps.watches.remove({ taskId: task.id, channel });
  await interaction.answer(watchMessage({ kind: removed ? 'removed' : 'notWatched', taskName: task.name, channel }, t));
};

function targetOf(rest: string, { channel }: Interaction): { ref: string; channel: string } {
  return { ref: rest.replace(target, '').trimEnd(), channel: target.exec(rest)?.[1] ?? channel };
}

async function listWatches(deps: SlackDeps, { t, channel, answer }: Interaction): Promise<void> {
  await answer(watchListMessage(await deps.watches.of(channel), t));
}
