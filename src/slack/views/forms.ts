import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { FieldIssue } from '../../core/tasks/checked.ts';
import type { ChoiceField, Choices } from '../../core/tasks/choices.ts';
import { type FieldName, fieldNames, type RawDraft } from '../../core/tasks/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { issueSentence } from '../../i18n/sentences.ts';
import { fitView } from './limits.ts';
import { entriesOf, matching, menu, menuEntries } from './menus.ts';
import { context, plain, present, section } from './parts.ts';
import { warning } from './state.ts';

const choiceFields: readonly ChoiceField[] = ['script', 'line', 'quiet_hours', 'redial_rule', 'agent_group'];
const optionalFields: readonly FieldName[] = ['pause_seconds', 'agent_group', 'remark'];

export interface TaskForm {
  t: Catalogue;
  mode: 'create' | 'edit';
  values: RawDraft;
  choices: Choices;
  issues: FieldIssue[];
  /** A sentence on top, e.g. the platform's refusal: mrkdwn, ready made. */
  alert: string | null;
  privateMetadata: string;
}

/**
 * The form that creates or edits a task. Each input's block_id and action_id are the field's name. Where a menu that
 * must be used would be empty there is no form at all, but the reason: Slack takes neither an empty menu nor inputs
 * without a submit button.
 */
export function taskFormView(form: TaskForm): ModalView {
  const { t, mode, choices, alert, privateMetadata } = form;
  const blocked = choiceFields.filter((field) => !optionalFields.includes(field) && isEmpty(choices, field));
  const hidden = hiddenBlock(t, choices);
  const body: KnownBlock[] =
    blocked.length > 0
      ? [
          section(mode === 'create' ? t.form.cannotCreate : t.form.cannotEdit),
          ...blocked.map((field) => nothingToChoose(t, field, choices)),
        ]
      : [...fieldNames.flatMap((field) => fieldBlocks(form, field)), ...(hidden ? [hidden] : [])];
  return fitView({
    type: 'modal',
    callback_id: mode === 'create' ? 'task_create' : 'task_edit',
    title: plain(mode === 'create' ? t.titles.create : t.titles.edit),
    close: plain(blocked.length > 0 ? t.buttons.close : t.buttons.cancel),
    ...(blocked.length === 0 && { submit: plain(mode === 'create' ? t.buttons.create : t.buttons.review) }),
    private_metadata: privateMetadata,
    blocks: present([alert === null ? null : section(`${warning} ${alert}`), ...body]),
  });
}

/** Options of an external select for what was typed: found by name, caller number or id; any letter case. */
export function suggestOptions({
  t,
  field,
  choices,
  query,
}: {
  t: Catalogue;
  field: ChoiceField;
  choices: Choices;
  query: string;
}): PlainTextOption[] {
  return matching(menuEntries({ t, field, choices }), query);
}

function isEmpty(choices: Choices, field: ChoiceField): boolean {
  return entriesOf(choices, field).length === 0;
}

/** The input of one field, and directly beneath it what is wrong with it. */
function fieldBlocks(form: TaskForm, field: FieldName): KnownBlock[] {
  const { t, choices } = form;
  const issues = form.issues.filter((issue) => issue.field === field);
  const drawn =
    isChoice(field) && isEmpty(choices, field) ? nothingToChoose(t, field, choices) : inputBlock(form, field);
  return [drawn, ...issues.map((issue) => context(`${warning} ${issueSentence(t, issue)}`))];
}

function inputBlock(form: TaskForm, field: FieldName): InputBlock {
  const { t } = form;
  const { label } = t.fields[field];
  const hint = hintOf(form, field);
  return {
    type: 'input',
    block_id: field,
    label: plain(label),
    optional: optionalFields.includes(field),
    ...(hint !== '' && { hint: plain(hint) }),
    // Choosing a line renders the form anew: the concurrency hint names its limit.
    ...(field === 'line' && { dispatch_action: true }),
    element: elementOf(form, field),
  };
}

function elementOf({ t, values, choices }: TaskForm, field: FieldName): InputBlock['element'] {
  const { placeholder } = t.fields[field];
  const common = { action_id: field, ...(placeholder !== '' && { placeholder: plain(placeholder) }) };
  const value = values[field];
  if (isChoice(field)) {
    return menu({ actionId: field, placeholder, entries: menuEntries({ t, field, choices }), selected: value });
  }
  if (field === 'concurrency' || field === 'pause_seconds' || field === 'ring_timeout') {
    // No min_value and max_value: Slack refuses a view whose initial value is outside them, and what was typed stays.
    const number = value.trim();
    return {
      type: 'number_input',
      is_decimal_allowed: false,
      ...common,
      ...(/^-?\d{1,15}$/.test(number) && { initial_value: number }),
    };
  }
  return {
    type: 'plain_text_input',
    ...common,
    ...(field === 'remark' && { multiline: true }),
    ...(value !== '' && { initial_value: value }),
  };
}

function hintOf({ t, values, choices }: TaskForm, field: FieldName): string {
  const line = field === 'concurrency' ? choices.line.find((entry) => entry.id === values.line) : undefined;
  return line ? t.form.concurrencyOnLine(line.max) : t.fields[field].hint;
}

/** Stands in the place of a menu without entries: says so, why, and what to do. */
function nothingToChoose(t: Catalogue, field: ChoiceField, choices: Choices): KnownBlock {
  const reasons = choices.hidden.filter((hidden) => hidden.field === field && hidden.count > 0);
  return section(
    [
      `*${t.fields[field].label}*`,
      t.form.nothingToChoose[field],
      ...reasons.map(({ reason, count }) => t.choices.hidden[reason](count)),
      t.form.howToFix[field],
    ].join('\n'),
  );
}

/** What was left out of the menus, with counts and reasons, in the order of the form. */
function hiddenBlock(t: Catalogue, choices: Choices): KnownBlock | null {
  const lines = choiceFields
    .filter((field) => !isEmpty(choices, field))
    .flatMap((field) => choices.hidden.filter((hidden) => hidden.field === field && hidden.count > 0))
    .map(({ reason, count }) => t.choices.hidden[reason](count));
  return lines.length === 0 ? null : context(lines.join('\n'));
}

function isChoice(field: FieldName): field is ChoiceField {
  return choiceFields.some((choice) => choice === field);
}
