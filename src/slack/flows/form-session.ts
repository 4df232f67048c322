import type { ViewOutput } from '@slack/bolt';
import { perField, type RawDraft, rawOf, type TaskDraft } from '../../core/model/fields.ts';
import type { KeptForm } from '../../core/model/form-memory.ts';
import type { FieldIssue } from '../../core/tasks/checked.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import { checkDraft } from '../../core/tasks/draft.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { issueSentence } from '../../i18n/sentences.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { failureText, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import {
  type FormRequest,
  type PrivateData,
  readPrivateData,
  writePrivateData,
  writeRequest,
} from '../bolt/private-data.ts';
import { readFile, readForm, readState, readValue } from '../bolt/read-form.ts';
import { errorsAt, type Reply } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { callbackIds, inputIds } from '../ids.ts';
import { lostFormMessage } from '../views/answers.ts';
import { type FormNumbers, noNumbers, taskFormView } from '../views/forms.ts';
import { problemView } from '../views/waiting.ts';

/** A submitted task form on its way to an outcome: who submitted it, its data, and what was typed. */
export interface FormSession {
  deps: SlackDeps;
  interaction: Interaction;
  mode: 'create' | 'edit';
  data: PrivateData;
  raw: RawDraft;
  /** The numbers that were given with it, in the form that creates a task. */
  numbers?: FormNumbers;
}

/**
 * A submitted form: errors are shown at their fields at once. Without any metadata (the bot was restarted while the
 * form was open) the form stays as it is, because a form that was replaced could not be filled in again.
 */
export function checkSubmitted(
  deps: SlackDeps,
  t: Catalogue,
  { view, data }: { view: ViewOutput; data: PrivateData },
  reply: (raw: RawDraft, draft: TaskDraft) => Reply,
): Reply {
  const raw = readForm(view.state.values);
  const choices = deps.choices.last(data.current);
  if (choices === null) {
    deps.choices.atHand();
    return errorsAt({ name: t.work.notReady });
  }
  const checked = checkDraft(raw, choices);
  return checked.ok ? reply(raw, checked.value) : errorsAt(errorsByBlock(t, checked.issues, view));
}

/** Slack accepts an error only for a block of the view; an issue of a field that is not drawn is shown at the name. */
function errorsByBlock(t: Catalogue, issues: readonly FieldIssue[], view: ViewOutput): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const drawn = view.state.values[issue.field] !== undefined;
    errors[drawn ? issue.field : 'name'] ??= drawn ? issueSentence(t, issue) : labeled(t, issue);
  }
  return errors;
}

const labeled = (t: Catalogue, issue: FieldIssue): string =>
  `${t.fields[issue.field].label}: ${issueSentence(t, issue)}`;

/** Validates once more, against fresh metadata; a draft that no longer passes comes back in the filled form. */
export async function checkFresh(session: FormSession): Promise<{ draft: TaskDraft; choices: Choices } | null> {
  const choices = await session.deps.choices.fresh(session.data.current);
  const checked = checkDraft(session.raw, choices);
  if (checked.ok) return { draft: checked.value, choices };
  await refill(session, { issues: checked.issues });
  return null;
}

/**
 * Restores the form as it was typed, with its errors; without cached choices, or when the modal is closed, shows a
 * button that opens it that way. What was typed is kept; a create gets a new key, as it is a new attempt.
 */
export async function refill(
  { deps, interaction, mode, data: before, raw, numbers = noNumbers }: FormSession,
  { alert = null, issues = [] }: { alert?: string | null; issues?: FieldIssue[] },
): Promise<void> {
  const { t } = interaction;
  const keep = mode === 'create' ? keptAnew : keptEdit;
  const data = await keep(deps, interaction, { data: before, raw, numbers });
  const request = typedAgain(mode, data, raw);
  const text = [...(alert === null ? [] : [alert]), ...issues.map((issue) => labeled(t, issue))].join('\n');
  const choices = deps.choices.last(data.current);
  const privateMetadata = writePrivateData(data);
  const view =
    choices === null
      ? problemView({ title: t.titles[mode], text, retry: request, privateMetadata }, t)
      : taskFormView({ mode, values: raw, issues, alert, choices, numbers, privateMetadata }, t);
  await showOutcome(deps, interaction, viewOutcome(view, lostFormMessage({ text, value: request }, t)));
}

/** What was typed, and the form in which it was. */
interface Typed {
  data: PrivateData;
  raw: RawDraft;
  numbers?: FormNumbers;
}

/** The task that a form changes, as it was when the form was opened; null for a form that creates one. */
export const editedIn = ({ taskId, alteredAt = null }: PrivateData): KeptForm['task'] =>
  taskId === undefined ? null : { id: taskId, alteredAt };

/** A form that changes a task, whose contents are kept under its key. One of an earlier release has none yet. */
export async function keptEdit(
  { forms, newId }: SlackDeps,
  { person }: Interaction,
  { data, raw }: Typed,
): Promise<PrivateData> {
  const { key = newId(), channel, draft: _draft, ...rest } = data;
  await forms.keep({ key, person, channel, raw, file: null, task: editedIn(data) });
  return { ...rest, channel, key };
}

/** A new attempt at a form that creates a task, whose contents are kept under its key. */
async function keptAnew(
  { forms, newId }: SlackDeps,
  { person }: Interaction,
  { data, raw, numbers = noNumbers }: Typed,
): Promise<PrivateData> {
  const { key: former, uploaded: _uploaded, draft: _draft, automatic: _automatic, runId: _run, ...rest } = data;
  const file = uploadedIn(numbers);
  const key = newId();
  await forms.keep({ key, person, channel: data.channel, raw, file, task: null });
  if (former !== undefined) await forms.drop(former, person);
  return { ...rest, key, ...(file !== null && { uploaded: file }) };
}

/** The file that was uploaded into the form: one of a message is not kept with what was typed, it is someone's there. */
export const uploadedIn = ({ file, files }: FormNumbers): FormNumbers['file'] => (files.length > 0 ? null : file);

/** A button's value that opens the form as it was typed, within the 2,000 characters Slack allows. */
function typedAgain(mode: FormSession['mode'], data: PrivateData, typed: RawDraft): string {
  const bare: FormRequest = mode === 'create' ? { form: 'new' } : { form: 'edit', task: data.taskId ?? '' };
  const known = bare.form === 'edit' && data.alteredAt !== undefined ? { alteredAt: data.alteredAt } : {};
  const kept = data.key === undefined ? bare : { ...bare, kept: data.key };
  return writeRequest({ ...kept, ...known, typed });
}

/** The form behind a preview of a launch, to be filled in again; null for a preview of an import alone. */
export function formBehind(
  deps: SlackDeps,
  interaction: Interaction,
  { data, text }: { data: PrivateData; text: string },
): FormSession | null {
  const { draft, automatic = [], uploaded = null, files = [] } = data;
  if (draft === undefined) return null;
  const numbers = { text, file: uploaded, files };
  const filled = rawOf(draft);
  const raw = perField(({ name }) => (automatic.includes(name) ? '' : filled[name]));
  return { deps, interaction, mode: 'create', data, raw, numbers };
}

/** Redraws an open form from its current values, for instance after another line was chosen. */
export async function redrawForm(deps: SlackDeps, { t, view }: Interaction, shown: ViewOutput): Promise<void> {
  const choices = deps.choices.last(readPrivateData(shown.private_metadata).current);
  if (choices === null || view === null) return;
  const mode = shown.callback_id === callbackIds.editTask ? 'edit' : 'create';
  const values = readForm(shown.state.values);
  const privateMetadata = shown.private_metadata;
  const numbers = numbersGiven(shown.state.values, readPrivateData(privateMetadata));
  await view.update(taskFormView({ mode, values, choices, issues: [], alert: null, numbers, privateMetadata }, t));
}

/** The numbers in the create form, so far. What is typed takes the place of an earlier file. */
export function numbersGiven(values: unknown, { uploaded, files = [] }: PrivateData): FormNumbers {
  const state = readState(values);
  const chosen = readValue(state, inputIds.messageFile);
  // What was chosen is said by the client: only a file of the message counts.
  const shared = files.find(({ id }) => id === chosen) ?? files[0];
  if (shared !== undefined) return { text: '', file: shared, files };
  const text = readValue(state, inputIds.numbers).trim();
  return { text, file: readFile(state, inputIds.file) ?? (text === '' ? (uploaded ?? null) : null), files };
}

/**
 * Runs a step after a submitted form; when it fails, the form comes back as it was typed, with the reason at the top,
 * and the result is null. The step must end with the change itself: failing to show an outcome is no reason to offer
 * the form again.
 */
export async function orRefilled<T>(session: FormSession, step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch (thrown) {
    const { deps, interaction, mode } = session;
    await refill(session, { alert: failureText(deps, interaction.t, thrown, `form ${mode}`) });
    return null;
  }
}
