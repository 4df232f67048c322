import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { startTask } from '../flows/act-on-task.ts';
import { startFromModal } from '../flows/start-from-modal.ts';
import { actionIds } from '../ids.ts';

/** *Start* on a card, a result view or a private message. */
export const taskStart: Register = (app, deps) =>
  onAction(app, deps, actionIds.startTask, async (interaction, { value, pressed }) => {
    if (interaction.view !== null) return startFromModal(deps, interaction, interaction.view, value, false);
    await startTask(deps, interaction, value, { sure: false, pressed });
  });
