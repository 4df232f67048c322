import { AppError, toAppError } from '../../core/errors.ts';
import type { SlackDeps } from '../deps.ts';
import { type Interaction, noteFailure } from '../interaction.ts';
import { carrying } from '../private-data.ts';
import { deletedView, savedView, unknownView } from '../views/results.ts';
import { startedView } from '../views/start.ts';
import { readCheck } from './check-value.ts';
import { showCreated } from './create-task.ts';
import { failureText } from './failures.ts';

/** Settles an unknown outcome by reading the platform. Sends nothing. */
export async function checkOutcome(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const check = readCheck(value);
  const { t, view, channel } = interaction;
  try {
    if (check.of === 'create') {
      const submission = await deps.store.submission(check.key);
      if (submission?.raw == null) throw new AppError('platform_not_found', 'the submission is not known any more');
      const result = await deps.tasks.checkCreate(check.key);
      // A reading that failed settles nothing; one that shows no such task does.
      if (result.kind === 'refused' && result.error.code !== 'platform_not_found') throw result.error;
      const data = { channel: check.channel };
      await showCreated(deps, interaction, data, check.key, submission.raw, result);
      return;
    }
    const card = await deps.tasks.card(check.taskId);
    if (check.of === 'start') await view?.update(carrying(startedView({ t, card }), { channel }));
    else await view?.update(carrying(savedView({ t, card }), { channel }));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (check.of === 'delete' && error.code === 'task_gone') {
      await view?.update(deletedView({ t, name: check.name }));
      return;
    }
    const text = failureText(t, noteFailure(deps, error, 'outcome check'));
    await view?.update(carrying(unknownView({ t, kind: check.of, text, checkValue: value }), { channel }));
  }
}
