import { AppError } from '../../core/errors.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import { changedFields } from '../../core/tasks/draft.ts';
import { draftOf, type RawDraft, rawOf, type Task, type TaskDraft } from '../../core/tasks/task.ts';
import type { SlackDeps } from '../deps.ts';
import { type Interaction, noteFailure } from '../interaction.ts';
import { carrying, type PrivateData, writePrivateData } from '../private-data.ts';
import { textMessage } from '../views/answers.ts';
import { differenceView } from '../views/difference.ts';
import { savedView, unknownView } from '../views/results.ts';
import { writeCheck } from './check-value.ts';
import { failureText } from './failures.ts';
import { showOutcome } from './show-outcome.ts';
import { checkFresh, choicesFor, orRefilled, refill } from './task-form.ts';

/** The edit form is submitted: reads the task as it is now and shows old → new before anything is saved. */
export async function showDifference(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  raw: RawDraft,
): Promise<void> {
  await orRefilled(deps, interaction, 'edit', data, raw, async () => {
    const checked = await checkFresh(deps, interaction, 'edit', data, raw);
    if (checked === null) return;
    const { task } = await deps.tasks.card(data.taskId ?? '');
    const { draft, choices } = checked;
    const movedMeanwhile = task.alteredAt !== (data.alteredAt ?? null);
    if (changedFields(draftOf(task), draft).length === 0) {
      const alert = interaction.t.difference.nothing(task.name);
      await refill(deps, interaction, 'edit', data, raw, { choices, issues: [], alert });
      return;
    }
    await difference(deps, interaction, data, task, draft, choices, movedMeanwhile);
  });
}

async function difference(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  task: Task,
  draft: TaskDraft,
  choices: Choices,
  movedMeanwhile: boolean,
): Promise<void> {
  const { t, view } = interaction;
  const privateMetadata = writePrivateData({ ...data, draft, alteredAt: task.alteredAt });
  const changed = changedFields(draftOf(task), draft);
  const shown = await view?.update(
    differenceView({
      t,
      before: task,
      draft,
      choices,
      changed,
      movedMeanwhile,
      running: task.started,
      privateMetadata,
    }),
  );
  // Whoever closed the window before anything was sent gave the change up.
  if (shown === false) deps.log.info('an edit was closed before it was reviewed');
}

/** *Save*: sends the whole definition once, unless the task moved again since the difference was shown. */
export async function saveEdit(deps: SlackDeps, interaction: Interaction, data: PrivateData): Promise<void> {
  const { t, person, channel } = interaction;
  const { draft, taskId } = data;
  if (draft === undefined || taskId === undefined) throw new AppError('internal', 'the review form carries no draft');
  const result = await orRefilled(deps, interaction, 'edit', data, rawOf(draft), async () => {
    const { task } = await deps.tasks.card(taskId);
    const moved = task.alteredAt !== (data.alteredAt ?? null);
    const saved = moved ? null : await deps.tasks.save({ taskId, draft, person });
    if (saved?.kind === 'refused') throw saved.error;
    if (saved !== null && saved.kind !== 'busy') return saved;
    await difference(deps, interaction, data, task, draft, choicesFor(deps, data, await deps.metadata.fresh()), moved);
    if (saved !== null) await interaction.answer(textMessage({ t, text: t.work.busy }));
    return null;
  });
  if (result?.kind === 'done') {
    await showOutcome(deps, interaction, carrying(savedView({ t, card: result.card }), { channel }));
  } else if (result?.kind === 'unknown') {
    const text = failureText(t, noteFailure(deps, result.error, 'save'));
    const checkValue = writeCheck({ of: 'save', taskId, draft });
    await showOutcome(deps, interaction, carrying(unknownView({ t, kind: 'save', text, checkValue }), { channel }));
  }
}
