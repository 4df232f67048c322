import { findTask } from '../../core/tasks/find.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { taskNamed } from '../flows/find-task.ts';
import { watchListMessage, watchMessage } from '../views/watches.ts';
import type { Subcommand } from './subcommand.ts';

/** Slack writes a channel typed by a person as `<#C123|name>` when the command asks for escaping. */
const target = /\s*(?:(?:to|in|到|在)\s+)?<#([A-Z0-9]+)(?:\|[^>]*)?>\s*$/i;

/** `watch <task> [to #channel]`; alone it lists what this channel watches. */
export const watch: Subcommand = async (deps, interaction, rest) => {
  const { t, person } = interaction;
  if (rest === '' || rest === 'list' || rest === '列表') return listWatches(deps, interaction);
  const channel = target.exec(rest)?.[1] ?? interaction.channel;
  const task = await taskNamed(deps, interaction, rest.replace(target, ''), 'watch');
  if (task === null) return;
  const { already } = await deps.watches.add({ task, channel, person });
  const kind = already ? 'already' : 'added';
  await interaction.answer(watchMessage({ kind, taskName: task.name, channel }, t));
};

/** `unwatch <task> [in #channel]` */
export const unwatch: Subcommand = async (deps, interaction, rest) => {
  const { t } = interaction;
  if (rest === '') return listWatches(deps, interaction);
  const channel = target.exec(rest)?.[1] ?? interaction.channel;
  const ref = rest.replace(target, '');
  // Among the watched tasks first: one that was deleted on the platform is still watched, but in no list any more.
  const watched = (await deps.watches.of(channel)).flatMap((seen) => deps.board.get(seen.taskId)?.task ?? []);
  const found = findTask(ref, watched, await deps.store.lastList(interaction.person));
  const task = found.kind === 'one' ? found.task : await taskNamed(deps, interaction, ref, 'unwatch');
  if (task === null) return;
  const removed = await deps.watches.remove({ taskId: task.id, channel });
  await interaction.answer(watchMessage({ kind: removed ? 'removed' : 'notWatched', taskName: task.name, channel }, t));
};

async function listWatches(deps: SlackDeps, { t, channel, answer }: Interaction): Promise<void> {
  const watches = (await deps.watches.of(channel)).map((watch) => ({
    taskName: deps.board.get(watch.taskId)?.task.name ?? watch.taskId,
    channel: watch.channel,
    brokenBy: watch.brokenBy,
  }));
  await answer(watchListMessage(watches, t));
}
