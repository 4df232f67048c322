import { taskRef } from '../../core/model/task.ts';
import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { actionIds } from '../ids.ts';
import { importRunsMessage } from '../views/import-runs.ts';

/** *Decide* and *Show* beside an import on Home: the imports of its task, with what can be done about each. */
export const importsShow: Register = (app, deps) =>
  onAction(app, deps, actionIds.showImports, async (interaction, { value }) => {
    const runs = await deps.imports.runs(taskRef.parse(value));
    const taskName = runs[0]?.run.taskName ?? null;
    await interaction.answer(importRunsMessage({ taskName, runs }, interaction.t));
  });
