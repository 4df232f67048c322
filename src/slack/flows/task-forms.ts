import type { ModalView } from '@slack/types';
import { draftOf, type RawDraft, rawOf, sameRaw } from '../../core/model/fields.ts';
import type { Task } from '../../core/model/task.ts';
import { type Choices, currentLine } from '../../core/tasks/choices.ts';
import { copyName } from '../../core/tasks/copy-name.ts';
import { checkDraft } from '../../core/tasks/draft.ts';
import { prefilled } from '../../core/tasks/prefill.ts';
import { monthAndDay } from '../../core/time/zone.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { type FormRequest, type PrivateData, writePrivateData } from '../bolt/private-data.ts';
import type { SlackDeps } from '../deps.ts';
import { taskFormView } from '../views/forms.ts';

/** A form being opened: what was requested, and the data its view will carry. */
export interface Opening {
  deps: SlackDeps;
  /** Who asked for it. */
  person: string;
  t: Catalogue;
  data: PrivateData;
}

/** The form of a new task. `from`: the task that it is a copy of. */
export async function newForm(
  { deps, person, t, data }: Opening,
  choices: Choices,
  { name, typed, kept: continued, files = [] }: Extract<FormRequest, { form: 'new' }>,
  from: Task | null,
): Promise<ModalView> {
  const key = deps.newId();
  const taken = continued === undefined ? null : await deps.forms.take({ key: continued, person, as: key });
  const given = taken?.raw ?? typed;
  const filled = given ?? (from === null ? null : copyOf(deps, from, name));
  const { last, kept } = filled === null ? await deps.forms.of(person) : { last: null, kept: [] };
  const tasks = deps.finder.known().map(({ task }) => task);
  const { values, gone } =
    filled === null ? prefilled(choices, name ?? '', { last, tasks }) : { values: filled, gone: [] };
  const { file = null, channel = data.channel } = taken ?? {};
  const privateMetadata = writePrivateData({
    channel,
    key,
    ...(file !== null && { uploaded: file }),
    ...(files.length > 0 && { files }),
  });
  const alert = continued !== undefined && given === undefined ? t.form.keptGone : null;
  const numbers = { text: '', file, files };
  return taskFormView({ mode: 'create', values, choices, issues: [], alert, gone, numbers, kept, privateMetadata }, t);
}

/** In the time zone of the platform, where the days of its campaigns begin. */
function copyNameOf({ finder, quietHours, clock }: SlackDeps, { name }: Task): string {
  const taken = finder.known().map(({ task }) => task.name);
  return copyName(name, monthAndDay(quietHours.zone, clock.now()), taken);
}

function copyOf(deps: SlackDeps, task: Task, name: string | undefined): RawDraft {
  return { ...rawOf(draftOf(task)), name: name ?? copyNameOf(deps, task) };
}

/**
 * The form that changes a task. A draft of it that is continued keeps the time at which the task was last changed then,
 * so that its review points out what it would overwrite.
 */
export async function editForm(
  { deps, person, t, data }: Opening,
  choices: Choices,
  request: Extract<FormRequest, { form: 'edit' }>,
  task: Task,
): Promise<ModalView> {
  const { typed, focus, kept: continued } = request;
  const key = deps.newId();
  const taken = continued === undefined ? null : await deps.forms.take({ key: continued, person, as: key });
  const now = rawOf(draftOf(task));
  const given = taken?.raw ?? typed;
  const opened = taken?.task ?? { alteredAt: request.alteredAt === undefined ? task.alteredAt : request.alteredAt };
  const kept = given === undefined ? await draftsOf({ deps, person }, task, now) : [];
  const privateMetadata = writePrivateData({
    channel: taken?.channel ?? data.channel,
    key,
    taskId: task.id,
    alteredAt: opened.alteredAt,
    current: currentLine(task),
  });
  const values = given ?? now;
  // What has to be changed is pointed out where the form is opened for that.
  const checked = focus === undefined ? null : checkDraft(values, choices);
  const issues = checked === null || checked.ok ? [] : checked.issues;
  const alert = alertOf(
    request,
    { isGone: continued !== undefined && taken === null, isOutdated: opened.alteredAt !== task.alteredAt },
    t,
  );
  const outdated = kept[0]?.task?.alteredAt !== task.alteredAt;
  return taskFormView({ mode: 'edit', values, choices, issues, alert, focus, kept, outdated, privateMetadata }, t);
}

/** What the person has typed for that task before; what the task has by now is no draft. */
async function draftsOf({ deps, person }: Pick<Opening, 'deps' | 'person'>, { id }: Task, now: RawDraft) {
  return (await deps.forms.editsOf(person, id)).filter(({ raw }) => !sameRaw(raw, now));
}

function alertOf(
  { typed, focus, kept }: Extract<FormRequest, { form: 'edit' }>,
  { isGone, isOutdated }: { isGone: boolean; isOutdated: boolean },
  t: Catalogue,
): string | null {
  if (isGone && typed === undefined) return t.form.keptGone;
  if (typed !== undefined && focus !== undefined) return t.repair.incomplete;
  return kept !== undefined && isOutdated ? t.form.changedSince : null;
}
