import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { startTask } from '../flows/act-on-task.ts';
import { startFromModal } from '../flows/start-from-modal.ts';
import { actionIds } from '../ids.ts';

/** *Start anyway* beneath the warnings of the preflight. */
export const taskStartAnyway: Register = (app, deps) =>
  onAction(app, deps, actionIds.startAnyway, async (interaction, { value }) => {
    if (interaction.view !== null) return startFromModal(deps, interaction, interaction.view, value, true);
    await startTask(deps, interaction, value, { sure: true, pressed: null });
  });
