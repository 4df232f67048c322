import { onAction } from '../bolt/listen.ts';
import { workingView } from '../bolt/reply.ts';
import { isOnHome } from '../bolt/sources.ts';
import type { Register, SlackDeps } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { actionIds } from '../ids.ts';

/** So long after a pause, a press may be meant for *Pause*, which was in the same place, ms. */
const hastyMs = 10_000;

function wasJustPaused({ finder, clock }: SlackDeps, taskId: string): boolean {
  const last = finder
    .known()
    .find(({ task }) => task.id === taskId)
    ?.acts.at(-1);
  return last?.action === 'paused' && Math.abs(clock.now() - last.at) < hastyMs;
}

/** *Start* on a card, a result view or a private message, and on Home, where a modal says what comes of it. */
export const taskStart: Register = (app, deps) =>
  onAction(
    app,
    deps,
    actionIds.startTask,
    async (interaction, { value, pressed, body }) => {
      const isHome = isOnHome(body);
      if (isHome) {
        const working = workingView('starting', { channel: interaction.channel }, interaction.t);
        await interaction.show(working, null);
      }
      // On a card, the two buttons have places of their own.
      const confirm = isHome && wasJustPaused(deps, value);
      await actOnTask(deps, interaction, { verb: 'start', taskId: value, pressed, confirm });
    },
    { inPlace: 'card' },
  );
