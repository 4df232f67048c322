import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import {
  type ChoiceField,
  choiceFields,
  type Field,
  type FieldName,
  fields,
  type RawDraft,
} from '../../core/model/fields.ts';
import type { FieldIssue } from '../../core/tasks/checked.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { issueSentence } from '../../i18n/sentences.ts';
import { callbackIds } from '../ids.ts';
import { fitView } from './limits.ts';
import { entriesOf, matching, menu, menuEntries } from './menus.ts';
import { context, plain, present, section } from './parts.ts';
import { warning } from './state.ts';

export interface TaskForm {
  mode: 'create' | 'edit';
  values: RawDraft;
  choices: Choices;
  issues: FieldIssue[];
  /** A sentence at the top, e.g. the platform's refusal: mrkdwn, already escaped. */
  alert: string | null;
  /** The field in which the form is opened; absent: the first one. */
  focus?: FieldName | undefined;
  privateMetadata: string;
}

/**
 * The form that creates or edits a task. Each input's block_id and action_id are the field's name. When a required menu
 * would be empty, the view shows the reason instead of a form: Slack accepts neither an empty menu nor inputs without a
 * submit button.
 */
export function taskFormView(form: TaskForm, t: Catalogue): ModalView {
  const { mode, choices, alert, privateMetadata } = form;
  const blocked = choiceFields.filter((field) => !field.optional && isEmpty(choices, field.name));
  const hidden = hiddenBlock(t, choices);
  const body: KnownBlock[] =
    blocked.length > 0
      ? [
          section(mode === 'create' ? t.form.cannotCreate : t.form.cannotEdit),
          ...blocked.map((field) => nothingToChoose(t, field.name, choices)),
        ]
      : [...fields.flatMap((field) => fieldBlocks(form, field, t)), ...(hidden ? [hidden] : [])];
  return fitView({
    type: 'modal',
    callback_id: mode === 'create' ? callbackIds.createTask : callbackIds.editTask,
    title: plain(mode === 'create' ? t.titles.create : t.titles.edit),
    close: plain(blocked.length > 0 ? t.buttons.close : t.buttons.cancel),
    ...(blocked.length === 0 && { submit: plain(mode === 'create' ? t.buttons.create : t.buttons.review) }),
    private_metadata: privateMetadata,
    blocks: present([alert === null ? null : section(`${warning} ${alert}`), ...body]),
  });
}

/** Options of an external select for what was typed: found by name, caller number or id, in any letter case. */
export function suggestOptions(
  { field, choices, query }: { field: ChoiceField; choices: Choices; query: string },
  t: Catalogue,
): PlainTextOption[] {
  return matching(menuEntries({ field, choices }, t), query);
}

function isEmpty(choices: Choices, field: ChoiceField): boolean {
  return entriesOf(choices, field).length === 0;
}

/** The input of one field, and directly beneath it what is wrong with it. */
function fieldBlocks(form: TaskForm, field: Field, t: Catalogue): KnownBlock[] {
  const { choices } = form;
  const issues = form.issues.filter((issue) => issue.field === field.name);
  const drawn =
    field.kind === 'choice' && isEmpty(choices, field.name)
      ? nothingToChoose(t, field.name, choices)
      : inputBlock(form, field, t);
  return [drawn, ...issues.map((issue) => context(`${warning} ${issueSentence(t, issue)}`))];
}

function inputBlock(form: TaskForm, field: Field, t: Catalogue): InputBlock {
  const { label } = t.fields[field.name];
  const hint = hintOf(form, field, t);
  return {
    type: 'input',
    block_id: field.name,
    label: plain(label),
    optional: field.optional,
    ...(hint !== '' && { hint: plain(hint) }),
    // Choosing a line redraws the form: the concurrency hint names its limit.
    ...(field.name === 'line' && { dispatch_action: true }),
    element: { ...elementOf(form, field, t), ...(form.focus === field.name && { focus_on_load: true }) },
  };
}

function elementOf({ values, choices }: TaskForm, field: Field, t: Catalogue): InputBlock['element'] {
  const { placeholder } = t.fields[field.name];
  const common = { action_id: field.name, ...(placeholder !== '' && { placeholder: plain(placeholder) }) };
  const value = values[field.name];
  switch (field.kind) {
    case 'choice': {
      const entries = menuEntries({ field: field.name, choices }, t);
      return menu({ actionId: field.name, placeholder, entries, selected: value });
    }
    case 'number': {
      // No min_value and max_value: Slack rejects a view whose initial value is outside them, and what was typed must
      // stay.
      const number = value.trim();
      return {
        type: 'number_input',
        is_decimal_allowed: false,
        ...common,
        ...(/^-?\d{1,15}$/.test(number) && { initial_value: number }),
      };
    }
    case 'text':
      return {
        type: 'plain_text_input',
        ...common,
        ...(field.multiline && { multiline: true }),
        ...(value !== '' && { initial_value: value }),
      };
  }
}

function hintOf({ values, choices }: TaskForm, field: Field, t: Catalogue): string {
  const bounded = field.kind === 'number' && field.max === 'line';
  const line = bounded ? choices.line.find((entry) => entry.id === values.line) : undefined;
  return line ? t.form.concurrencyOnLine(line.max) : t.fields[field.name].hint;
}

/** Replaces a menu without entries: says so, why, and what to do. */
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
    .filter(({ name }) => !isEmpty(choices, name))
    .flatMap(({ name }) => choices.hidden.filter((hidden) => hidden.field === name && hidden.count > 0))
    .map(({ reason, count }) => t.choices.hidden[reason](count));
  return lines.length === 0 ? null : context(lines.join('\n'));
}
