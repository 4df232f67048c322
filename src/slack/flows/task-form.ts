import type { ViewOutput } from '@slack/bolt';
import type { RawDraft, TaskDraft } from '../../core/model/fields.ts';
import type { FieldIssue } from '../../core/tasks/checked.ts';
import { type Choices, choicesOf } from '../../core/tasks/choices.ts';
import { checkDraft } from '../../core/tasks/draft.ts';
import type { DatedMetadata } from '../../core/tasks/metadata-cache.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { issueSentence } from '../../i18n/sentences.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import {
  type FormRequest,
  type PrivateData,
  readPrivateData,
  writePrivateData,
  writeRequest,
} from '../bolt/private-data.ts';
import { readForm } from '../bolt/read-form.ts';
import type { Reply } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { callbackIds } from '../ids.ts';
import { lostFormMessage } from '../views/answers.ts';
import { taskFormView } from '../views/forms.ts';
import { limits } from '../views/limits.ts';
import { problemView } from '../views/waiting.ts';
import { failureText } from './failures.ts';
import { showOutcome } from './show-outcome.ts';

/** What may be chosen in this form: an edited task keeps its own line. */
export function choicesFor(deps: SlackDeps, data: PrivateData, { metadata, readAt }: DatedMetadata): Choices {
  const { current } = data;
  return choicesOf(metadata, readAt, { minResidue: deps.minResidue, ...(current && { current }) });
}

/** The same from the last metadata, whatever its age; null when none was ever read. */
export function choicesAtHand(deps: SlackDeps, data: PrivateData): Choices | null {
  const dated = deps.metadata.last();
  return dated === null ? null : choicesFor(deps, data, dated);
}

/**
 * A submitted form: errors stand at their fields at once. Without any metadata (the bot was restarted while the form
 * was open) the form stays as it is, because a form that is taken down could not be filled again.
 */
export function checkSubmitted(
  deps: SlackDeps,
  t: Catalogue,
  view: ViewOutput,
  data: PrivateData,
  reply: (raw: RawDraft) => Reply,
): Reply {
  const raw = readForm(view.state.values);
  const choices = choicesAtHand(deps, data);
  if (choices === null) {
    deps.metadata.peek();
    return { ack: { response_action: 'errors', errors: { name: t.work.notReady } } };
  }
  const checked = checkDraft(raw, choices);
  return checked.ok
    ? reply(raw)
    : { ack: { response_action: 'errors', errors: errorsByBlock(t, checked.issues, view) } };
}

/** Slack takes an error only for a block of the view; the issue of a field that is not drawn stands at the name. */
function errorsByBlock(t: Catalogue, issues: readonly FieldIssue[], view: ViewOutput): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const drawn = view.state.values[issue.field] !== undefined;
    const block = drawn ? issue.field : 'name';
    errors[block] ??= drawn ? issueSentence(t, issue) : `${t.fields[issue.field].label}: ${issueSentence(t, issue)}`;
  }
  return errors;
}

/** Checks once more, against metadata read now; a draft that no longer passes comes back in the filled form. */
export async function checkFresh(
  deps: SlackDeps,
  interaction: Interaction,
  mode: 'create' | 'edit',
  data: PrivateData,
  raw: RawDraft,
): Promise<{ draft: TaskDraft; choices: Choices } | null> {
  const choices = choicesFor(deps, data, await deps.metadata.fresh());
  const checked = checkDraft(raw, choices);
  if (checked.ok) return { draft: checked.value, choices };
  await refill(deps, interaction, mode, data, raw, { choices, issues: checked.issues, alert: null });
  return null;
}

/**
 * Puts the form back as it was typed, with what stands against it; without any choices at hand, or where the modal is
 * closed, a button that opens it so. A create gets a new key: it is a new attempt.
 */
export async function refill(
  deps: SlackDeps,
  interaction: Interaction,
  mode: 'create' | 'edit',
  data: PrivateData,
  raw: RawDraft,
  why: { choices: Choices | null; issues: FieldIssue[]; alert: string | null },
): Promise<void> {
  const { t } = interaction;
  const request = typedAgain(mode, data, raw);
  const text = [why.alert, ...why.issues.map((issue) => `${t.fields[issue.field].label}: ${issueSentence(t, issue)}`)]
    .filter((line) => line !== null)
    .join('\n');
  const { choices } = why;
  const privateMetadata = writePrivateData(mode === 'create' ? { ...data, key: deps.newId() } : data);
  const view =
    choices === null
      ? problemView({ title: t.titles[mode], text, retry: request, privateMetadata }, t)
      : taskFormView({ mode, values: raw, ...why, choices, privateMetadata }, t);
  await showOutcome(deps, interaction, view, lostFormMessage({ text, value: request }, t));
}

/** A button's value that opens the form as it was typed, within the 2,000 characters Slack allows. */
function typedAgain(mode: 'create' | 'edit', data: PrivateData, typed: RawDraft): string {
  const bare: FormRequest = mode === 'create' ? { form: 'new' } : { form: 'edit', task: data.taskId ?? '' };
  const known = bare.form === 'edit' && data.alteredAt !== undefined ? { alteredAt: data.alteredAt } : {};
  const whole = writeRequest({ ...bare, ...known, typed });
  return whole.length <= limits.buttonValue ? whole : writeRequest(bare);
}

/** Draws an open form again from what stands in it, for instance after another line was chosen. */
export async function redrawForm(deps: SlackDeps, { t, view }: Interaction, shown: ViewOutput): Promise<void> {
  const data = readPrivateData(shown.private_metadata);
  const choices = choicesAtHand(deps, data);
  if (choices === null || view === null) return;
  const mode = shown.callback_id === callbackIds.editTask ? 'edit' : 'create';
  const values = readForm(shown.state.values);
  await view.update(
    taskFormView({ mode, values, choices, issues: [], alert: null, privateMetadata: shown.private_metadata }, t),
  );
}

/**
 * Runs a step after a submitted form; when it fails, the form comes back as it was typed, with the reason on top, and
 * the answer is null. The step must end where something was changed: that an outcome could not be shown is no reason to
 * offer the form again.
 */
export async function orRefilled<T>(
  deps: SlackDeps,
  interaction: Interaction,
  mode: 'create' | 'edit',
  data: PrivateData,
  raw: RawDraft,
  step: () => Promise<T>,
): Promise<T | null> {
  try {
    return await step();
  } catch (thrown) {
    const choices = choicesAtHand(deps, data);
    const alert = failureText(interaction.t, noteFailure(deps, thrown, `form ${mode}`));
    await refill(deps, interaction, mode, data, raw, { choices, issues: [], alert });
    return null;
  }
}
