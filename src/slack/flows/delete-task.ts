import type { ViewOutput } from '@slack/bolt';
import { AppError } from '../../core/errors.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import { carrying, type PrivateData, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import { readState, readValue } from '../bolt/read-form.ts';
import type { SlackDeps } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { deletedView, unknownView } from '../views/results.ts';
import { problemView } from '../views/waiting.ts';
import { failureText } from './failures.ts';
import { showOutcome } from './show-outcome.ts';

/** Whether the name of the task was typed as it stands in the form. */
export function nameTyped(view: ViewOutput, data: PrivateData): boolean {
  const typed = readValue(readState(view.state.values), inputIds.confirmName);
  return data.name !== undefined && typed.trim() === data.name.trim();
}

/** The name was typed: deletes the task once and shows what became of it. */
export async function deleteFromForm(deps: SlackDeps, interaction: Interaction, data: PrivateData): Promise<void> {
  const { t, person } = interaction;
  const { taskId, name } = data;
  if (taskId === undefined || name === undefined) throw new AppError('internal', 'the form carries no task');
  const result = await deps.tasks.remove({ taskId, person, name });
  if (result.kind === 'done' || (result.kind === 'refused' && result.error.code === 'task_gone')) {
    await showOutcome(deps, interaction, deletedView(name, t));
    return;
  }
  if (result.kind === 'unknown') {
    const text = failureText(t, noteFailure(deps, result.error, 'delete'));
    const checkValue = writeCheck({ of: 'delete', taskId, name });
    const view = unknownView({ kind: 'delete', text, checkValue }, t);
    await showOutcome(deps, interaction, carrying(view, { channel: data.channel }));
    return;
  }
  const text = result.kind === 'busy' ? t.work.busy : failureText(t, noteFailure(deps, result.error, 'delete'));
  await showOutcome(
    deps,
    interaction,
    problemView(
      {
        title: t.titles.delete,
        text,
        retry: writeRequest({ form: 'delete', task: taskId }),
        privateMetadata: writePrivateData(data),
      },
      t,
    ),
  );
}
