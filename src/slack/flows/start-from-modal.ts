import type { ModalView } from '@slack/types';
import type { StartResult } from '../../core/tasks/actions.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure, type ShownView } from '../bolt/interaction.ts';
import { carrying, writePrivateData } from '../bolt/private-data.ts';
import type { SlackDeps } from '../deps.ts';
import { unknownView } from '../views/results.ts';
import { askStartView, startedView } from '../views/start.ts';
import { loadingView, problemView } from '../views/waiting.ts';
import { failureText } from './failures.ts';
import { showOutcome } from './show-outcome.ts';

/** *Start* in a result view: question and outcome stand in the same modal. */
export async function startFromModal(
  deps: SlackDeps,
  interaction: Interaction,
  view: ShownView,
  taskId: string,
  sure: boolean,
): Promise<void> {
  const { t, person, channel } = interaction;
  await view.update(loadingView({ kind: 'starting', privateMetadata: writePrivateData({ channel }) }, t));
  const result = await deps.tasks.start({ taskId, person, sure });
  await showOutcome(deps, interaction, carrying(viewOf(deps, interaction, taskId, result), { channel }));
}

function viewOf(deps: SlackDeps, { t, channel }: Interaction, taskId: string, result: StartResult): ModalView {
  const problem = (text: string): ModalView =>
    problemView({ title: t.titles.start, text, retry: null, privateMetadata: writePrivateData({ channel }) }, t);
  switch (result.kind) {
    case 'done':
      return startedView(result.card, t);
    case 'ask':
    case 'stopped':
      return askStartView(result, t);
    case 'busy':
      return problem(t.work.busy);
    case 'overtaken':
      return problem(t.work.overtaken);
    case 'refused':
      return problem(failureText(t, noteFailure(deps, result.error, 'task start')));
    case 'unknown': {
      const text = failureText(t, noteFailure(deps, result.error, 'task start'));
      return unknownView({ kind: 'start', text, checkValue: writeCheck({ of: 'start', taskId }) }, t);
    }
  }
}
