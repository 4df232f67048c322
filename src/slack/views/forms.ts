import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import {
  type ChoiceField,
  choiceFields,
  type Field,
  type FieldName,
  fields,
  type RawDraft,
} from '../../core/model/fields.ts';
import type { KeptFile, KeptForm } from '../../core/model/form-memory.ts';
import type { FieldIssue } from '../../core/tasks/checked.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import type { GoneChoice } from '../../core/tasks/prefill.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { issueSentence } from '../../i18n/sentences.ts';
import { actionIds, callbackIds } from '../ids.ts';
import { fileInput, messageFile, numbersInput } from './imports.ts';
import { writeJson } from './json-value.ts';
import { fitView } from './limits.ts';
import { entriesOf, matching, menu, menuEntries } from './menus.ts';
import { date, named } from './mrkdwn.ts';
import { actions, button, context, plain, present, section } from './parts.ts';
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
  /** What the person chose last and cannot be chosen now. */
  gone?: readonly GoneChoice[];
  /** The numbers that are to be imported into a new task. */
  numbers?: FormNumbers;
  /** Forms that were not submitted, of which the first can be continued instead. */
  kept?: readonly KeptForm[];
  /** The task was changed after the first of them had been opened. */
  outdated?: boolean;
  privateMetadata: string;
}

/** Numbers in the create form: pasted, or a file that was uploaded into it. */
export interface FormNumbers {
  text: string;
  file: KeptFile | null;
  /** The files of a message, of which one is imported instead; none elsewhere. */
  files: readonly KeptFile[];
}

export const noNumbers: FormNumbers = { text: '', file: null, files: [] };

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
      : [
          ...keptBlocks(form, t),
          ...fields.flatMap((field) => fieldBlocks(form, field, t)),
          ...(hidden ? [hidden] : []),
          ...(mode === 'create' ? numbersBlocks(form.numbers ?? noNumbers, t) : []),
        ];
  return fitView({
    type: 'modal',
    callback_id: mode === 'create' ? callbackIds.createTask : callbackIds.editTask,
    // What was typed is kept when it is closed.
    ...(blocked.length === 0 && { notify_on_close: true }),
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
  const gone = (form.gone ?? []).filter((one) => one.field === field.name);
  return [
    drawn,
    ...issues.map((issue) => context(`${warning} ${issueSentence(t, issue)}`)),
    ...gone.map((one) => context(`${warning} ${goneText(one, t)}`)),
  ];
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
    // Choosing a line redraws the form: the concurrency hint names its limit. What is entered is kept, as Slack does not
    // document that it reports the inputs of a window that is closed.
    dispatch_action: true,
    element: { ...elementOf(form, field, t), ...(form.focus === field.name && { focus_on_load: true }) },
  };
}

/** Reports what is typed while it is typed. */
const reported = { dispatch_action_config: { trigger_actions_on: ['on_character_entered' as const] } };

function elementOf({ values, choices }: TaskForm, field: Field, t: Catalogue): InputBlock['element'] {
  const { placeholder } = t.fields[field.name];
  const common = {
    action_id: field.name,
    ...(placeholder !== '' && { placeholder: plain(placeholder) }),
    ...(field.kind !== 'choice' && reported),
  };
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

/** A choice of last time that cannot be made now. */
function goneText({ field, said, why }: GoneChoice, t: Catalogue): string {
  const quoted = t.units.quote(named(said, 60));
  if (typeof why === 'object') return t.form.lastNotFilled(quoted, issueSentence(t, { field, ...why }));
  return t.form.lastGone[why](quoted);
}

function keptBlocks({ kept = [], outdated = false }: TaskForm, t: Catalogue): KnownBlock[] {
  const [newest] = kept;
  if (newest === undefined) return [];
  return [
    section(keptText(newest, { others: kept.length - 1, outdated }, t)),
    actions('kept', [
      button(actionIds.openForm, t.form.takeUp, continuing(newest), { style: 'primary' }),
      button(actionIds.discardForm, t.form.startAfresh, newest.key),
    ]),
    { type: 'divider' },
  ];
}

function keptText(
  { savedAt, raw, task }: KeptForm,
  { others, outdated }: { others: number; outdated: boolean },
  t: Catalogue,
): string {
  const at = date(savedAt, t.dates.moment);
  const more = others > 0 ? [t.form.moreKept(others)] : [];
  if (task !== null)
    return t.units.sentences([t.form.keptEdit(at), ...(outdated ? [t.form.changedSince] : []), ...more]);
  const name = raw.name.trim() === '' ? t.form.unnamed : `*${named(raw.name)}*`;
  return t.units.sentences([t.form.kept(name, at), ...more]);
}

/** The value of the button that continues a kept form. */
export function continuing({ key, task }: KeptForm): string {
  return writeJson(task === null ? { form: 'new', kept: key } : { form: 'edit', task: task.id, kept: key });
}

/** What a new task may be given at once. */
function numbersBlocks({ text, file, files }: FormNumbers, t: Catalogue): KnownBlock[] {
  const lead = section(`*${t.form.numbers}*\n${t.form.numbersLead}`);
  if (files.length > 0) return [{ type: 'divider' }, lead, messageFile(files, t)];
  return present([
    { type: 'divider' },
    lead,
    numbersInput(text, t),
    fileInput(t),
    file === null ? null : context(t.form.fileKept(named(file.name, 100))),
    context(t.form.numbersNotKept),
  ]);
}

/** What was left out of the menus, with counts and reasons, in the order of the form. */
function hiddenBlock(t: Catalogue, choices: Choices): KnownBlock | null {
  const lines = choiceFields
    .filter(({ name }) => !isEmpty(choices, name))
    .flatMap(({ name }) => choices.hidden.filter((hidden) => hidden.field === name && hidden.count > 0))
    .map(({ reason, count }) => t.choices.hidden[reason](count));
  return lines.length === 0 ? null : context(lines.join('\n'));
}
