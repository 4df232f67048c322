import { onAction } from '../bolt/listen.ts';
import { workingView } from '../bolt/reply.ts';
import { isOnHome } from '../bolt/sources.ts';
import type { Register } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds } from '../ids.ts';

/** *Start* on a card, a result view or a private message, and on Home, where a modal says what comes of it. */
export const taskStart: Register = (app, deps) =>
  onAction(
    app,
    deps,
    actionIds.startTask,
    async (interaction, { value, pressed, body }) => {
      if (isOnHome(body)) {
        const working = workingView('starting', { channel: interaction.channel }, interaction.t);
        await interaction.show(working, null);
      }
      await actOnTask(deps, interaction, { verb: 'start', taskId: value, pressed });
    },
    { inPlace: 'card' },
  );
