import { AppError } from '../../core/errors.ts';
import { changedFields, draftOf, rawOf, type TaskDraft } from '../../core/model/fields.ts';
import type { Task } from '../../core/model/task.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { failureText, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { writePrivateData } from '../bolt/private-data.ts';
import { textMessage } from '../views/answers.ts';
import { differenceView } from '../views/difference.ts';
import { savedView, unknownView } from '../views/results.ts';
import { checkFresh, type FormSession, keptEdit, orRefilled, refill } from './form-session.ts';

/** The edit form was submitted: reads the task as it is now and shows old → new before anything is saved. */
export async function showDifference(submitted: FormSession): Promise<void> {
  const { deps, interaction, data: given, raw } = submitted;
  // A form of one question has nothing to be continued.
  const data = given.key === undefined ? given : await keptEdit(deps, interaction, { data: given, raw });
  const session = { ...submitted, data };
  await orRefilled(session, async () => {
    const checked = await checkFresh(session);
    if (checked === null) return;
    const { task } = await deps.tasks.card(data.taskId ?? '');
    if (changedFields(draftOf(task), checked.draft).length === 0) {
      return refill(session, { alert: interaction.t.difference.nothing(task.name) });
    }
    await difference(session, task, { ...checked, moved: task.alteredAt !== (data.alteredAt ?? null) });
  });
}

/** `moved`: someone else saved the task after its form, or the difference, was shown. */
async function difference(
  { deps, interaction: { t, view }, data }: FormSession,
  before: Task,
  { draft, choices, moved }: { draft: TaskDraft; choices: Choices; moved: boolean },
): Promise<void> {
  const privateMetadata = writePrivateData({ ...data, draft, alteredAt: before.alteredAt });
  const shown = await view?.update(
    differenceView({ before, draft, choices, movedMeanwhile: moved, privateMetadata }, t),
  );
  // What was typed is kept, also of a person who closed the window before anything was sent.
  if (shown === false) deps.log.info('an edit was closed before it was reviewed');
}

/** *Save*: sends the whole definition once, unless the task changed again since the difference was shown. */
export async function saveEdit(submitted: Omit<FormSession, 'raw' | 'mode'>): Promise<void> {
  const { deps, interaction, data } = submitted;
  const { t, person, channel } = interaction;
  const { draft, taskId, alteredAt = null, key } = data;
  if (draft === undefined || taskId === undefined) throw new AppError('internal', 'the review form carries no draft');
  const session: FormSession = { ...submitted, mode: 'edit', raw: rawOf(draft) };
  const result = await orRefilled(session, async () => {
    // The draft comes back from Slack with the view: it passes the same rules as a form that is typed.
    const checked = await checkFresh(session);
    if (checked === null) return null;
    const saved = await deps.tasks.save({ taskId, draft: checked.draft, person, channel, alteredAt });
    const moved = saved.kind === 'refused' && saved.error.code === 'task_changed';
    if (saved.kind === 'refused' && !moved) throw saved.error;
    if (saved.kind === 'done' || saved.kind === 'unknown') return saved;
    const { task } = await deps.tasks.card(taskId);
    await difference(session, task, { ...checked, moved: moved || task.alteredAt !== alteredAt });
    if (saved.kind === 'busy') await interaction.answer(textMessage(t.work.busy));
    return null;
  });
  if (result === null) return;
  if (result.kind === 'done' && key !== undefined) await deps.forms.drop(key, person);
  const view =
    result.kind === 'done'
      ? savedView(result.card, t)
      : unknownView(
          {
            kind: 'save',
            text: failureText(deps, t, result.error, 'save'),
            checkValue: writeCheck({ of: 'save', taskId, draft, key }),
          },
          t,
        );
  await showOutcome(deps, interaction, viewOutcome(view));
}
