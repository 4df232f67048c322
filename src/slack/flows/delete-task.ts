import type { ViewOutput } from '@slack/bolt';
import { AppError } from '../../core/errors.ts';
import { confirms } from '../../core/tasks/confirmation.ts';
import { unescapeMarkup } from '../../i18n/escape.ts';
import { writeCheck } from '../bolt/check-value.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { failureText, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { type PrivateData, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import { readState, readValue } from '../bolt/read-form.ts';
import type { SlackDeps } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { deletedView, unknownView } from '../views/results.ts';
import { problemView } from '../views/waiting.ts';

/** Whether the name of the task was typed as the form shows it; Slack may show `&amp;` in a name as `&`. */
export function nameTyped(view: ViewOutput, data: PrivateData): boolean {
  const typed = readValue(readState(view.state.values), inputIds.confirmName);
  return data.name !== undefined && confirms(unescapeMarkup(typed), unescapeMarkup(data.name));
}

/** The name was typed: deletes the task once and shows the outcome. */
export async function deleteFromForm(deps: SlackDeps, interaction: Interaction, data: PrivateData): Promise<void> {
  const { t, person, channel } = interaction;
  const { taskId, name } = data;
  if (taskId === undefined || name === undefined) throw new AppError('internal', 'the form carries no task');
  const result = await deps.tasks.remove({ taskId, person, channel, name });
  const deleted = result.kind === 'done' || (result.kind === 'refused' && result.error.code === 'task_gone');
  if (deleted) return show(deletedView(name, t));
  const text = result.kind === 'busy' ? t.work.busy : failureText(deps, t, result.error, 'delete');
  if (result.kind === 'unknown') {
    return show(unknownView({ kind: 'delete', text, checkValue: writeCheck({ of: 'delete', taskId, name }) }, t));
  }
  const retry = writeRequest({ form: 'delete', task: taskId });
  await show(problemView({ title: t.titles.delete, text, retry, privateMetadata: writePrivateData(data) }, t));

  async function show(view: Parameters<typeof viewOutcome>[0]): Promise<void> {
    await showOutcome(deps, interaction, viewOutcome(view));
  }
}
