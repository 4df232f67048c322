import type { KnownBlock, ModalView } from '@slack/types';
import { changedFields, draftOf, type Field, fields, type TaskDraft } from '../../core/model/fields.ts';
import type { Task } from '../../core/model/task.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, callbackIds } from '../ids.ts';
import { fieldValueText } from './field-value.ts';
import { fitView } from './limits.ts';
import { named } from './mrkdwn.ts';
import { actions, button, context, plain, present, section } from './parts.ts';
import { warning } from './state.ts';

/** A remark is shown in part only: the view is about the change, not the whole text. */
const remarkLength = 200;

export interface Difference {
  before: Task;
  draft: TaskDraft;
  choices: Choices;
  /** Someone else saved after the form was opened. */
  movedMeanwhile: boolean;
  privateMetadata: string;
}

/** Old → new before an edit is saved, in names, not ids. */
export function differenceView(difference: Difference, t: Catalogue): ModalView {
  const { before, draft, choices, movedMeanwhile, privateMetadata } = difference;
  const old = draftOf(before);
  const changed = changedFields(old, draft);
  const change = (field: Field): KnownBlock => {
    const value = (from: TaskDraft) => valueText(field, from, { choices, before }, t);
    return section(t.difference.change(t.fields[field.name].label, value(old), value(draft)));
  };
  const name = named(before.name);
  const save = changed.length > 0 || movedMeanwhile;
  return fitView({
    type: 'modal',
    callback_id: callbackIds.saveEdit,
    title: plain(t.titles.review),
    close: plain(t.buttons.back),
    ...(save && { submit: plain(movedMeanwhile ? t.buttons.overwrite : t.buttons.save) }),
    private_metadata: privateMetadata,
    blocks: present([
      movedMeanwhile ? section(`${warning} ${t.difference.movedMeanwhile}`) : null,
      movedMeanwhile ? actions('edit', [reloadButton(before.id, t)]) : null,
      section(changed.length > 0 ? t.difference.intro(name) : t.difference.nothing(name)),
      ...fields.filter(({ name }) => changed.includes(name)).map(change),
      before.started && changed.length > 0 ? context(`${warning} ${t.difference.running}`) : null,
    ]),
  });
}

function reloadButton(taskId: string, t: Catalogue) {
  return {
    ...button(actionIds.reloadEdit, t.buttons.reload, taskId),
    confirm: {
      title: plain(t.difference.reloadTitle),
      text: plain(t.difference.reloadText),
      confirm: plain(t.buttons.reload),
      deny: plain(t.buttons.cancel),
    },
  };
}

function valueText(
  field: Field,
  draft: TaskDraft,
  { choices, before }: { choices: Choices; before: Task },
  t: Catalogue,
): string {
  const value = draft[field.key];
  if (field.kind !== 'choice') return fieldValueText(field, value, t, remarkLength);
  const listed = choices[field.name].find((entry) => entry.id === value)?.name;
  // Falls back to the name in the task when the platform's list no longer contains the entry.
  const own = before[field.key];
  return fieldValueText(field, listed || (own?.id === value && own.name) || value, t);
}
