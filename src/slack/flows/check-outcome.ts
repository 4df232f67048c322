import type { ModalView } from '@slack/types';
import { AppError, toAppError } from '../../core/errors.ts';
import { changedFields } from '../../core/tasks/draft.ts';
import { draftOf, rawOf } from '../../core/tasks/task.ts';
import type { SlackDeps } from '../deps.ts';
import { type Interaction, noteFailure } from '../interaction.ts';
import { carrying, writePrivateData, writeRequest } from '../private-data.ts';
import { pausedMessage } from '../views/answers.ts';
import { messageView } from '../views/message-view.ts';
import { named } from '../views/mrkdwn.ts';
import { deletedView, notDoneView, savedView, unknownView } from '../views/results.ts';
import { startedView } from '../views/start.ts';
import { loadingView, problemView } from '../views/waiting.ts';
import { type CheckValue, readCheck } from './check-value.ts';
import { showCreated } from './create-task.ts';
import { failureText } from './failures.ts';
import { showOutcome } from './show-outcome.ts';
import { choicesAtHand, refill } from './task-form.ts';

/** Settles an unknown outcome by reading the platform, and tells it as it is. Sends nothing. */
export async function checkOutcome(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const check = readCheck(value);
  const { t, view, channel } = interaction;
  try {
    await view?.update(loadingView({ t, kind: 'checking', privateMetadata: writePrivateData({ channel }) }));
    if (check.of === 'create') await checkCreate(deps, interaction, check);
    else await checkTask(deps, interaction, check);
  } catch (thrown) {
    const text = failureText(t, noteFailure(deps, thrown, 'outcome check'));
    const unknown = unknownView({ t, kind: check.of, text, checkValue: value });
    await showOutcome(deps, interaction, carrying(unknown, { channel }));
  }
}

async function checkCreate(
  deps: SlackDeps,
  interaction: Interaction,
  { key, channel }: Extract<CheckValue, { of: 'create' }>,
): Promise<void> {
  const { t } = interaction;
  const submission = await deps.store.submission(key);
  if (submission?.raw == null) throw new AppError('platform_not_found', 'the submission is no longer known');
  const data = { channel };
  const result = await deps.tasks.checkCreate(key);
  if (result.kind !== 'refused') return showCreated(deps, interaction, data, key, submission.raw, result);
  // A reading that failed settles nothing; one that shows no such task does.
  if (result.error.code !== 'platform_not_found') throw result.error;
  const choices = choicesAtHand(deps, data);
  const alert = t.unknown.notCreated;
  await refill(deps, interaction, 'create', data, submission.raw, { choices, issues: [], alert });
}

async function checkTask(
  deps: SlackDeps,
  interaction: Interaction,
  check: Exclude<CheckValue, { of: 'create' }>,
): Promise<void> {
  const { t, channel } = interaction;
  const show = async (view: ModalView): Promise<void> => {
    await showOutcome(deps, interaction, carrying(view, { channel }));
  };
  const card = await deps.tasks.card(check.taskId).catch((thrown) => {
    if (check.of === 'delete' && toAppError(thrown).code === 'task_gone') return null;
    throw thrown;
  });
  if (card === null) return show(deletedView({ t, name: check.of === 'delete' ? check.name : check.taskId }));

  const { task } = card;
  switch (check.of) {
    case 'save': {
      if (changedFields(draftOf(task), check.draft).length === 0) return show(savedView({ t, card }));
      const current = { line: task.line.id, concurrency: task.concurrency };
      const data = { channel, taskId: task.id, alteredAt: task.alteredAt, current };
      const alert = t.unknown.notSaved(named(task.name));
      const choices = choicesAtHand(deps, data);
      return refill(deps, interaction, 'edit', data, rawOf(check.draft), { choices, issues: [], alert });
    }
    case 'start':
      return show(task.started ? startedView({ t, card }) : notDoneView({ t, kind: 'start', card }));
    case 'pause': {
      if (task.started) return show(notDoneView({ t, kind: 'pause', card }));
      const { blocks } = pausedMessage({ t, card });
      return show(messageView({ t, title: t.states.paused, blocks }));
    }
    case 'delete':
      return show(
        problemView({
          t,
          title: t.titles.delete,
          text: t.unknown.notDeleted(named(task.name)),
          retry: {
            actionId: 'form_retry',
            label: t.buttons.retry,
            value: writeRequest({ form: 'delete', task: task.id }),
          },
          privateMetadata: writePrivateData({ channel }),
        }),
      );
  }
}
