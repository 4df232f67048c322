import type { ViewOutput } from '@slack/bolt';
import type { RawDraft, TaskDraft } from '../../core/model/fields.ts';
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
import { readForm } from '../bolt/read-form.ts';
import { errorsAt, type Reply } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { callbackIds } from '../ids.ts';
import { lostFormMessage } from '../views/answers.ts';
import { taskFormView } from '../views/forms.ts';
import { limits } from '../views/limits.ts';
import { problemView } from '../views/waiting.ts';

/** A submitted task form on its way to an outcome: who submitted it, its data, and what was typed. */
export interface FormSession {
  deps: SlackDeps;
  interaction: Interaction;
  mode: 'create' | 'edit';
  data: PrivateData;
  raw: RawDraft;
}

/**
 * A submitted form: errors are shown at their fields at once. Without any metadata (the bot was restarted while the
 * form was open) the form stays as it is, because a form that was replaced could not be filled in again.
 */
export function checkSubmitted(
  deps: SlackDeps,
  t: Catalogue,
  { view, data }: { view: ViewOutput; data: PrivateData },
  reply: (raw: RawDraft) => Reply,
): Reply {
  const raw = readForm(view.state.values);
  const choices = deps.choices.last(data.current);
  if (choices === null) {
    deps.choices.atHand();
    return errorsAt({ name: t.work.notReady });
  }
  const checked = checkDraft(raw, choices);
  return checked.ok ? reply(raw) : errorsAt(errorsByBlock(t, checked.issues, view));
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
 * button that opens it that way. A create gets a new key: it is a new attempt.
 */
export async function refill(
  { deps, interaction, mode, data, raw }: FormSession,
  { alert = null, issues = [] }: { alert?: string | null; issues?: FieldIssue[] },
): Promise<void> {
  const { t } = interaction;
  const request = typedAgain(mode, data, raw);
  const text = [...(alert === null ? [] : [alert]), ...issues.map((issue) => labeled(t, issue))].join('\n');
  const choices = deps.choices.last(data.current);
  const privateMetadata = writePrivateData(mode === 'create' ? { ...data, key: deps.newId() } : data);
  const view =
    choices === null
      ? problemView({ title: t.titles[mode], text, retry: request, privateMetadata }, t)
      : taskFormView({ mode, values: raw, issues, alert, choices, privateMetadata }, t);
  await showOutcome(deps, interaction, viewOutcome(view, lostFormMessage({ text, value: request }, t)));
}

/** A button's value that opens the form as it was typed, within the 2,000 characters Slack allows. */
function typedAgain(mode: FormSession['mode'], data: PrivateData, typed: RawDraft): string {
  const bare: FormRequest = mode === 'create' ? { form: 'new' } : { form: 'edit', task: data.taskId ?? '' };
  const known = bare.form === 'edit' && data.alteredAt !== undefined ? { alteredAt: data.alteredAt } : {};
  const whole = writeRequest({ ...bare, ...known, typed });
  return whole.length <= limits.buttonValue ? whole : writeRequest(bare);
}

/** Redraws an open form from its current values, for instance after another line was chosen. */
export async function redrawForm(deps: SlackDeps, { t, view }: Interaction, shown: ViewOutput): Promise<void> {
  const choices = deps.choices.last(readPrivateData(shown.private_metadata).current);
  if (choices === null || view === null) return;
  const mode = shown.callback_id === callbackIds.editTask ? 'edit' : 'create';
  const values = readForm(shown.state.values);
  const privateMetadata = shown.private_metadata;
  await view.update(taskFormView({ mode, values, choices, issues: [], alert: null, privateMetadata }, t));
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
