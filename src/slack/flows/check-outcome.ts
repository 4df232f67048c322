import type { ModalView } from '@slack/types';
import { toAppError } from '../../core/errors.ts';
import { draftOf, rawDraft, rawOf, type TaskDraft } from '../../core/model/fields.ts';
import type { Task } from '../../core/model/task.ts';
import { currentLine } from '../../core/tasks/choices.ts';
import { definitionHash } from '../../core/tasks/definition-hash.ts';
import { showingOf } from '../../core/tasks/verdict.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { type CheckValue, readCheck } from '../bolt/check-value.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { failureText, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { writeRequest } from '../bolt/private-data.ts';
import { workingView } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { named } from '../views/mrkdwn.ts';
import { deletedView, notDoneView, savedView, unknownView } from '../views/results.ts';
import { pausedView, startedView } from '../views/start.ts';
import { problemView } from '../views/waiting.ts';
import { showCreated } from './create-task.ts';
import { type FormSession, refill } from './form-session.ts';

/** Settles an unknown outcome by reading the platform, and shows it. Sends nothing. */
export async function checkOutcome(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const check = readCheck(value);
  const { t, view, channel } = interaction;
  try {
    await view?.update(workingView('checking', { channel }, t));
    if (check.of === 'create') await checkCreate(deps, interaction, check);
    else await checkTask(deps, interaction, check);
  } catch (thrown) {
    const text = failureText(deps, t, thrown, 'outcome check');
    await showOutcome(deps, interaction, viewOutcome(unknownView({ kind: check.of, text, checkValue: value }, t)));
  }
}

async function checkCreate(
  deps: SlackDeps,
  interaction: Interaction,
  { key, channel }: Extract<CheckValue, { of: 'create' }>,
): Promise<void> {
  const result = await deps.tasks.checkCreate(key);
  // A failed read settles nothing.
  if (result.kind === 'refused') throw result.error;
  const raw = result.kind === 'not_created' ? result.raw : rawDraft.parse({});
  await showCreated({ deps, interaction, mode: 'create', data: { channel }, raw }, key, result);
}

async function checkTask(
  deps: SlackDeps,
  interaction: Interaction,
  check: Exclude<CheckValue, { of: 'create' }>,
): Promise<void> {
  const { t, person } = interaction;
  const card = await deps.tasks.card(check.taskId).catch((thrown) => {
    if (check.of === 'delete' && toAppError(thrown).code === 'task_gone') return null;
    throw thrown;
  });
  const { of: kind, taskId: id } = check;
  const draft = check.of === 'save' ? draftIn(check, card?.task ?? null) : null;
  const showing = showingOf({ kind, draft }, card?.task ?? null, true);
  if (showing !== null) await deps.tasks.answered({ taskId: id, kind, person }, showing);
  if (card !== null && check.of === 'save' && showing === 'not_done') {
    return showNotSaved(deps, interaction, { ...check, draft }, card.task);
  }
  if (check.of === 'save' && check.key !== undefined) await deps.forms.drop(check.key, person);
  await showOutcome(deps, interaction, viewOutcome(settledView(check, card, t)));
}

type SaveCheck = Extract<CheckValue, { of: 'save' }>;

/** What was to be saved, as far as it is known: where there was no room for it, no more than whether the task has it. */
function draftIn({ draft, hash }: SaveCheck, task: Task | null): TaskDraft | null {
  if (draft !== undefined || task === null) return draft ?? null;
  const now = draftOf(task);
  return definitionHash(now) === hash ? now : null;
}

/** The form comes back as it was filled in, or is opened anew where that is not known any more. */
async function showNotSaved(
  deps: SlackDeps,
  interaction: Interaction,
  { taskId, key, draft }: Pick<SaveCheck, 'taskId' | 'key'> & { draft: TaskDraft | null },
  task: Task,
): Promise<void> {
  const { t, channel, person } = interaction;
  const alert = t.unknown.notSaved(named(task.name));
  const kept = draft === null && key !== undefined ? await deps.forms.kept(key, person) : null;
  const raw = draft === null ? kept?.raw : rawOf(draft);
  if (raw === undefined) {
    const retry = writeRequest({ form: 'edit', task: taskId });
    const view = problemView({ title: t.titles.edit, text: alert, retry, privateMetadata: '' }, t);
    return void (await showOutcome(deps, interaction, viewOutcome(view)));
  }
  const data = { channel, taskId, alteredAt: task.alteredAt, current: currentLine(task) };
  const session: FormSession = {
    deps,
    interaction,
    mode: 'edit',
    data: { ...data, ...(key !== undefined && { key }) },
    raw,
  };
  await refill(session, { alert });
}

/** @param card null when the task no longer exists. */
function settledView(
  check: Exclude<CheckValue, { of: 'create' }>,
  card: Parameters<typeof savedView>[0] | null,
  t: Catalogue,
): ModalView {
  if (card === null) return deletedView(check.of === 'delete' ? check.name : check.taskId, t);
  const { started, name, id } = card.task;
  switch (check.of) {
    case 'save':
      return savedView(card, t);
    case 'start':
      return started ? startedView(card, t) : notDoneView(card, t);
    case 'pause':
      return started ? notDoneView(card, t) : pausedView(card, t);
    case 'delete': {
      const text = t.unknown.notDeleted(named(name));
      const retry = writeRequest({ form: 'delete', task: id });
      return problemView({ title: t.titles.delete, text, retry, privateMetadata: '' }, t);
    }
  }
}
