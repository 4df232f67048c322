import type { ModalView } from '@slack/types';
import type { ActionResult } from '../../core/tasks/actions.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure, type ShownView } from '../bolt/interaction.ts';
import { carrying, type PrivateData, writePrivateData } from '../bolt/private-data.ts';
import type { SlackDeps } from '../deps.ts';
import { deleteView } from '../views/delete.ts';
import { unknownView } from '../views/results.ts';
import { pausedMessage, pausedView } from '../views/start.ts';
import { loadingView, problemView } from '../views/waiting.ts';
import { failureText } from './failures.ts';
import { showOutcome } from './show-outcome.ts';

/** *Pause* in a modal. `deleting`: the modal is that of a deletion, which goes on once the task is paused. */
export async function pauseFromModal(
  deps: SlackDeps,
  interaction: Interaction,
  view: ShownView,
  taskId: string,
  data: PrivateData,
  deleting: boolean,
): Promise<void> {
  const { t, person } = interaction;
  // A modal that cannot be told so must not keep the pause from being sent.
  await view
    .update(loadingView({ kind: 'pausing', privateMetadata: writePrivateData(data) }, t))
    .catch((thrown) => noteFailure(deps, thrown, 'task pause'));
  const result = await deps.tasks.pause({ taskId, person });
  if (result.kind !== 'done') {
    const failed = failedView(deps, interaction, taskId, data, result);
    await showOutcome(deps, interaction, carrying(failed, { channel: data.channel }));
    return;
  }
  const { card } = result;
  const paused = pausedMessage(card, t);
  const shown = deleting
    ? deleteView({ task: card.task, privateMetadata: writePrivateData(data) }, t)
    : carrying(pausedView(card, t), { channel: data.channel });
  await showOutcome(deps, interaction, shown, paused);
}

function failedView(
  deps: SlackDeps,
  { t }: Interaction,
  taskId: string,
  data: PrivateData,
  result: Exclude<ActionResult, { kind: 'done' }>,
): ModalView {
  const failure = 'error' in result ? noteFailure(deps, result.error, 'task pause') : null;
  const text = failure === null ? t.work.busy : failureText(t, failure);
  if (result.kind === 'unknown') {
    return unknownView({ kind: 'pause', text, checkValue: writeCheck({ of: 'pause', taskId }) }, t);
  }
  const retry = data.request ?? null;
  return problemView({ title: t.titles.problem, text, retry, privateMetadata: writePrivateData(data) }, t);
}
