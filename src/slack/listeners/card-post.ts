import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { actionIds } from '../ids.ts';
import { watchMessage } from '../views/watches.ts';

/** *Post here* on a private card: the channel watches the task from now on. */
export const cardPost: Register = (app, deps) =>
  onAction(app, deps, actionIds.postCard, async (interaction, { value }) => {
    const { t, channel, person } = interaction;
    const { task } = await deps.tasks.card(value);
    const { already } = await deps.watches.add({ task, channel, person });
    await interaction.answer(watchMessage({ kind: already ? 'already' : 'added', taskName: task.name, channel }, t));
  });
