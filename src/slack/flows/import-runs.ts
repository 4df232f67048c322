import { z } from 'zod';
import { runChoices } from '../../core/imports/decide.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { showOutcome } from '../bolt/outcome.ts';
import { readValue } from '../bolt/read-value.ts';
import type { SlackDeps } from '../deps.ts';
import { importRunChoices } from '../ids.ts';
import { textMessage } from '../views/answers.ts';
import { importRunsMessage } from '../views/import-runs.ts';
import { named } from '../views/mrkdwn.ts';
import { importProgress } from './import-progress.ts';
import { recordedTask } from './recorded-task.ts';
import { importOutcome } from './report-import.ts';

/** `imports` lists the newest runs; `imports <task>` those of one task. */
export async function listImports(deps: SlackDeps, interaction: Interaction, ref: string): Promise<void> {
  const task = ref === '' ? null : await recordedTask(deps, interaction, { ref, operation: 'imports' });
  if (ref !== '' && task === null) return;
  const runs = await deps.imports.runs(task?.id ?? null);
  await interaction.answer(importRunsMessage({ taskName: task?.name ?? null, runs }, interaction.t));
}

/** A result that takes longer than this is sent as a direct message, ms: its person may be elsewhere by then. */
const promptMs = 60_000;

const pressed = z.object({ run: z.string().max(100), choice: z.enum(importRunChoices) });

/** A button of an import run: carries out what its person decided, and shows what came of it. */
export async function decideOnImport(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const { t, person, view, client, channel } = interaction;
  const { run: runId, choice } = readValue(pressed, value);
  if (choice === 'file') {
    await deps.imports.errorFile({ runId, person });
    return interaction.answer(textMessage(t.imports.fileSent));
  }
  const began = deps.clock.elapsed();
  const progress = importProgress(deps, { t, view });
  const place = view?.id ?? null;
  const decision = { runId, person, choice: runChoices[runChoices.indexOf(choice)] ?? choice, place };
  const outcome = await deps.imports.decide(decision, progress.show);
  await progress.shown();
  if (outcome.result.state === 'continues' && choice === 'cancel') {
    // The sender shows the result where its progress is shown.
    if (view === null) await interaction.answer(textMessage(t.imports.cancelling(named(outcome.run.taskName))));
    return;
  }
  const shown = importOutcome(deps, outcome, t);
  if (outcome.run.person !== person || deps.clock.elapsed() - began < promptMs) {
    await showOutcome(deps, { ...interaction, channel }, shown);
  } else if ((await view?.update(shown.view).catch(() => false)) !== true) {
    await client.chat.postMessage({ channel: person, ...shown.message });
  }
  // Someone else’s run is reported to its person as well.
  if (outcome.run.person === person) await deps.imports.conclude(runId);
}
