import type { ModalView } from '@slack/types';
import { AppError } from '../../core/errors.ts';
import type { LinesBoard } from '../../core/lines/standing.ts';
import type { CardData } from '../../core/model/card.ts';
import type { Task } from '../../core/model/task.ts';
import type { QuietGroup } from '../../core/quiet/quiet-hours.ts';
import { type Choices, currentLine } from '../../core/tasks/choices.ts';
import { confirmationOf } from '../../core/tasks/confirmation.ts';
import { inListOrder } from '../../core/tasks/filter.ts';
import { isPerson } from '../api/addresses.ts';
import type { Interaction, ShownView } from '../bolt/interaction.ts';
import { failureText } from '../bolt/outcome.ts';
import { type FormRequest, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import { workingView } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { deleteView } from '../views/delete.ts';
import { doNotCallView } from '../views/do-not-call.ts';
import { importView } from '../views/imports.ts';
import { moveView } from '../views/move.ts';
import { settingsView } from '../views/notice-settings.ts';
import { quietHoursView } from '../views/quiet-hours.ts';
import { repairView } from '../views/repair.ts';
import { scheduleFormView } from '../views/schedule-form.ts';
import { problemView, type WaitingKind } from '../views/waiting.ts';
import { watchHereView } from '../views/watch-here.ts';
import { editForm, newForm, type Opening } from './task-forms.ts';

/** What the view says while the form is being prepared. */
export const waitingFor: Record<FormRequest['form'], WaitingKind> = {
  new: 'form',
  edit: 'edit',
  import: 'import',
  delete: 'edit',
  line: 'edit',
  concurrency: 'edit',
  quiet_hours: 'quiet_hours',
  do_not_call: 'import',
  notices: 'notices',
  watch: 'watch',
  move: 'lines',
  schedule: 'schedule',
};

/**
 * Opens the form a person asked for: at once from cached data; otherwise with a loading view that is replaced by the
 * form when the platform has answered, or by the error with *Try again*.
 */
export async function openForm(deps: SlackDeps, interaction: Interaction, request: FormRequest): Promise<void> {
  const { t, channel, person } = interaction;
  const reopen = writeRequest(request);
  const opening: Opening = { deps, person, t, data: { channel, request: reopen } };
  const atHand = await formAtHand(opening, request);
  if (atHand !== null) {
    await interaction.show(atHand, reopen);
    return;
  }
  const shown = await interaction.show(workingView(waitingFor[request.form], opening.data, t), reopen);
  if (shown === null) return;
  await orProblem(opening, shown, request.form, async () => {
    await shown.update(await formRead(opening, request));
  });
}

/** Runs a step of an open form; an error is shown in that form, with a way to try again. */
export async function orProblem(
  { deps, t, data }: Opening,
  shown: ShownView,
  form: FormRequest['form'],
  step: () => Promise<void>,
): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    const title = t.titles[form === 'new' ? 'create' : form];
    const text = failureText(deps, t, thrown, `form ${form}`);
    const retry = data.request ?? null;
    await shown.update(problemView({ title, text, retry, privateMetadata: writePrivateData(data) }, t));
  }
}

/** The form without a request to the platform; null when something it needs is not cached. */
async function formAtHand(opening: Opening, request: FormRequest): Promise<ModalView | null> {
  const { deps } = opening;
  const { choices, finder } = deps;
  switch (request.form) {
    case 'new': {
      // One that is continued takes the place of another form, whose inputs would keep what they have.
      const isFresh = request.from === undefined && request.kept === undefined;
      const atHand = isFresh ? choices.atHand() : null;
      return atHand === null ? null : newForm(opening, atHand, request, null);
    }
    case 'import': {
      const dated = finder.atHand();
      return dated === null ? null : importForm(opening, dated.cards, request);
    }
    case 'watch': {
      const dated = finder.atHand();
      return dated === null ? null : watchForm(opening, dated.cards, request);
    }
    case 'delete': {
      const task = finder.atHand()?.cards.find((card) => card.task.id === request.task)?.task;
      return task === undefined ? null : deleteForm(opening, task);
    }
    case 'move':
      return finder.atHand() === null ? null : moveForm(opening, deps.lines.atHand(), request);
    case 'do_not_call':
      return doNotCallView({ privateMetadata: writePrivateData(opening.data) }, opening.t);
    case 'quiet_hours':
    case 'notices':
    case 'schedule':
      // What others have entered is in the store.
      return null;
    case 'edit':
    case 'line':
    case 'concurrency':
      // It starts from a fresh read, never from the last poll: saving replaces the whole definition.
      return null;
  }
}

/** The form after reading what it needs. Throws `AppError`. */
async function formRead(opening: Opening, request: FormRequest): Promise<ModalView> {
  const { choices, tasks } = opening.deps;
  switch (request.form) {
    case 'new': {
      const from = request.from === undefined ? null : tasks.card(request.from);
      const [fresh, card] = await Promise.all([choices.fresh(), from]);
      return newForm(opening, fresh, request, card?.task ?? null);
    }
    case 'import': {
      const form = importForm(opening, await tasks.cards(), request);
      if (form === null) throw new AppError('task_gone', 'the task is no longer in the list');
      return form;
    }
    case 'watch':
      return watchForm(opening, await tasks.cards(), request);
    case 'delete':
      return deleteForm(opening, (await tasks.card(request.task)).task);
    case 'move':
      return moveForm(opening, await opening.deps.lines.board(), request);
    case 'do_not_call':
      return doNotCallView({ privateMetadata: writePrivateData(opening.data) }, opening.t);
    case 'quiet_hours':
      return quietHoursForm(opening, await opening.deps.quietHours.group(request.group), request.typed);
    case 'schedule':
      return scheduleForm(opening, request);
    case 'notices':
      return settingsForm(opening, request.place);
    case 'edit':
    case 'line':
    case 'concurrency': {
      const reading = tasks.card(request.task);
      const fresh = await choices.fresh(reading.then(({ task }) => currentLine(task)));
      const { task } = await reading;
      if (request.form === 'edit') return editForm(opening, fresh, request, task);
      return repairForm(opening, fresh, request.form, task);
    }
  }
}

function repairForm({ t, data }: Opening, choices: Choices, kind: 'line' | 'concurrency', task: Task): ModalView {
  const privateMetadata = writePrivateData({
    channel: data.channel,
    taskId: task.id,
    current: currentLine(task),
    repair: kind,
  });
  return repairView({ kind, task, choices, privateMetadata }, t);
}

/** null when the requested task is not in the list; without one, the form asks for it. */
function importForm(
  { t, data }: Opening,
  cards: readonly CardData[],
  { task: taskId, suggested, files }: Extract<FormRequest, { form: 'import' }>,
): ModalView | null {
  const task = cards.find((card) => card.task.id === taskId)?.task ?? null;
  if (taskId !== undefined && task === null) return null;
  const { request: _request, ...began } = data;
  const privateMetadata = writePrivateData({
    ...began,
    ...(task !== null && { taskId: task.id }),
    ...(files !== undefined && { files }),
  });
  return importView(
    {
      task,
      cards: inListOrder(cards),
      suggested,
      files: files ?? [],
      text: '',
      alert: null,
      privateMetadata,
    },
    t,
  );
}

function watchForm(
  { t, data }: Opening,
  cards: readonly CardData[],
  { place, suggested }: Extract<FormRequest, { form: 'watch' }>,
): ModalView {
  const privateMetadata = writePrivateData({ ...data, place });
  return watchHereView({ place, cards: inListOrder(cards), suggested, privateMetadata }, t);
}

function deleteForm({ t, data }: Opening, task: Task): ModalView {
  const privateMetadata = writePrivateData({ ...data, taskId: task.id, name: confirmationOf(task) });
  return deleteView({ task, privateMetadata }, t);
}

function moveForm(
  { t, data }: Opening,
  { lines }: LinesBoard,
  { line: id, typed }: Extract<FormRequest, { form: 'move' }>,
): ModalView {
  const line = lines.find((one) => one.id === id) ?? null;
  const privateMetadata = writePrivateData({ ...data, line: id });
  return moveView({ line, lineId: id, typed: typed ?? null, privateMetadata }, t);
}

async function settingsForm({ deps, person, t, data }: Opening, place: string): Promise<ModalView> {
  if (isPerson(place) && place !== person) throw new AppError('not_yours', 'these are the messages of someone else');
  const settings = await deps.subscriptions.settings({ channel: place, person });
  const privateMetadata = writePrivateData({ channel: data.channel, place });
  return settingsView({ ...settings, person, now: deps.clock.now(), privateMetadata }, t);
}

/** Of a task that was listed, whether or not the platform answers now. */
async function scheduleForm(
  { deps, t, data }: Opening,
  { task: taskId, typed }: Extract<FormRequest, { form: 'schedule' }>,
): Promise<ModalView> {
  const { schedules, finder, tasks } = deps;
  const known = finder.known().find(({ task }) => task.id === taskId);
  const [shown, { task }] = await Promise.all([schedules.of(taskId), known ?? tasks.card(taskId)]);
  const revision = shown?.schedule.revision ?? null;
  const privateMetadata = writePrivateData({ channel: data.channel, taskId, schedule: { revision } });
  const plan = typed ?? shown?.schedule.plan ?? null;
  return scheduleFormView({ task, plan, zone: schedules.calendar.zone, privateMetadata }, t);
}

function quietHoursForm({ deps, t, data }: Opening, group: QuietGroup, typed: string | undefined): ModalView {
  const privateMetadata = writePrivateData({ channel: data.channel, group: group.id });
  return quietHoursView({ group, zone: deps.quietHours.zone, typed: typed ?? null, alert: null, privateMetadata }, t);
}
