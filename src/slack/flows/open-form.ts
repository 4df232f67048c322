import { AppError } from '../../core/errors.ts';
import { choicesOf } from '../../core/tasks/choices.ts';
import { defaultDraft } from '../../core/tasks/draft.ts';
import type { DatedMetadata } from '../../core/tasks/metadata-cache.ts';
import { draftOf, type RawDraft, rawOf, type Task } from '../../core/tasks/task.ts';
import type { CardData } from '../../core/watch/card.ts';
import type { SlackDeps } from '../deps.ts';
import { type Interaction, noteFailure, type ShownView } from '../interaction.ts';
import { type FormRequest, type PrivateData, writePrivateData, writeRequest } from '../private-data.ts';
import { deleteView } from '../views/delete.ts';
import { taskFormView } from '../views/forms.ts';
import { importView } from '../views/imports.ts';
import { loadingView, problemView } from '../views/waiting.ts';
import { failureText } from './failures.ts';
import { cardsAtHand } from './find-task.ts';

/**
 * Opens the form a person asked for: at once from what is at hand, else a loading view that is replaced when the
 * platform has answered, or by what went wrong and *Try again*.
 */
export async function openForm(deps: SlackDeps, interaction: Interaction, request: FormRequest): Promise<void> {
  const { t } = interaction;
  const reopen = writeRequest(request);
  const data: PrivateData = { channel: interaction.channel, request: reopen };
  const atHand = formAtHand(deps, interaction, request, data);
  if (atHand !== null) {
    await interaction.show(atHand, reopen);
    return;
  }
  const kind = request.form === 'import' ? 'import' : request.form === 'new' ? 'form' : 'edit';
  const privateMetadata = writePrivateData(data);
  const shown = await interaction.show(loadingView({ t, kind, privateMetadata }), reopen);
  if (shown === null) return;
  await orProblem(deps, interaction, shown, request.form, data, async () => {
    await shown.update(await formRead(deps, interaction, request, data));
  });
}

/** Runs a step of an open form; what goes wrong is told in that form, with a way to try again. */
export async function orProblem(
  deps: SlackDeps,
  interaction: Pick<Interaction, 't'>,
  shown: ShownView,
  form: FormRequest['form'],
  data: PrivateData,
  step: () => Promise<void>,
): Promise<void> {
  const { t } = interaction;
  try {
    await step();
  } catch (thrown) {
    await shown.update(
      problemView({
        t,
        title: t.titles[form === 'new' ? 'create' : form],
        text: failureText(t, noteFailure(deps, thrown, `form ${form}`)),
        retry: data.request ? { actionId: 'form_retry', label: t.buttons.retry, value: data.request } : null,
        privateMetadata: writePrivateData(data),
      }),
    );
  }
}

/** The form without asking the platform anything; null when something it needs is not at hand. */
function formAtHand(deps: SlackDeps, interaction: Interaction, request: FormRequest, data: PrivateData) {
  if (request.form === 'new' && request.from === undefined) {
    const dated = deps.metadata.peek();
    return dated === null ? null : newForm(deps, interaction, dated, data, request, null);
  }
  if (request.form === 'import') {
    const cards = cardsAtHand(deps);
    if (cards === null) return null;
    return importForm(interaction, data, cards, request.task);
  }
  if (request.form === 'delete') {
    const card = cardsAtHand(deps)?.find((candidate) => candidate.task.id === request.task);
    return card === undefined ? null : deleteForm(interaction, data, card.task);
  }
  return null;
}

/** The form after reading what it needs. Throws `AppError`. */
async function formRead(deps: SlackDeps, interaction: Interaction, request: FormRequest, data: PrivateData) {
  if (request.form === 'new') {
    const [dated, card] = await Promise.all([
      deps.metadata.fresh(),
      request.from === undefined ? null : deps.tasks.card(request.from),
    ]);
    return newForm(deps, interaction, dated, data, request, card?.task ?? null);
  }
  if (request.form === 'import') {
    const form = importForm(interaction, data, await deps.tasks.cards(), request.task);
    if (form === null) throw new AppError('task_gone', 'the task is no longer in the list');
    return form;
  }
  if (request.form === 'delete') {
    return deleteForm(interaction, data, (await deps.tasks.card(request.task)).task);
  }
  // An edit starts from a fresh reading, never from the last poll: saving replaces the whole definition.
  const [dated, { task }] = await Promise.all([deps.metadata.fresh(), deps.tasks.card(request.task)]);
  return editForm(deps, interaction, dated, data, task, request);
}

function newForm(
  deps: SlackDeps,
  { t }: Interaction,
  { metadata, readAt }: DatedMetadata,
  data: PrivateData,
  { name, typed }: { name?: string | undefined; typed?: RawDraft | undefined },
  from: Task | null,
) {
  const choices = choicesOf(metadata, readAt, { minResidue: deps.minResidue });
  const values: RawDraft =
    typed ??
    (from === null ? defaultDraft(choices, name) : { ...rawOf(draftOf(from)), name: name ?? t.work.copyOf(from.name) });
  const privateMetadata = writePrivateData({ channel: data.channel, key: deps.newId() });
  return taskFormView({ t, mode: 'create', values, choices, issues: [], alert: null, privateMetadata });
}

function editForm(
  deps: SlackDeps,
  { t }: Interaction,
  { metadata, readAt }: DatedMetadata,
  data: PrivateData,
  task: Task,
  { typed, alteredAt = task.alteredAt }: { typed?: RawDraft | undefined; alteredAt?: number | null | undefined },
) {
  const current = { line: task.line.id, concurrency: task.concurrency };
  const choices = choicesOf(metadata, readAt, { minResidue: deps.minResidue, current });
  const privateMetadata = writePrivateData({ channel: data.channel, taskId: task.id, alteredAt, current });
  return taskFormView({
    t,
    mode: 'edit',
    values: typed ?? rawOf(draftOf(task)),
    choices,
    issues: [],
    alert: null,
    privateMetadata,
  });
}

/** null when the list does not hold the task that was asked for; without one the form asks for it. */
function importForm({ t }: Interaction, data: PrivateData, cards: readonly CardData[], taskId: string | undefined) {
  const tasks = cards.map((card) => card.task);
  const task = tasks.find((candidate) => candidate.id === taskId) ?? null;
  if (taskId !== undefined && task === null) return null;
  const privateMetadata = writePrivateData({ ...data, ...(task === null ? {} : { taskId: task.id }) });
  return importView({ t, task, tasks, text: '', alert: null, privateMetadata });
}

function deleteForm({ t }: Interaction, data: PrivateData, task: Task) {
  const privateMetadata = writePrivateData({ ...data, taskId: task.id, name: task.name });
  return deleteView({ t, task, running: task.started, privateMetadata });
}
