import type { KnownBlock, ModalView } from '@slack/types';
import { draftOf, type FieldName, type Named, type Task, type TaskDraft } from '../../core/model/task.ts';
import type { ChoiceField, Choices } from '../../core/tasks/choices.ts';
import { changedFields } from '../../core/tasks/draft.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, callbackIds } from '../ids.ts';
import { fitView } from './limits.ts';
import { named } from './mrkdwn.ts';
import { actions, button, context, plain, present, section } from './parts.ts';
import { warning } from './state.ts';

/** A remark is shown in part only: the change is told, not the whole text. */
const remarkLength = 200;

export interface Difference {
  before: Task;
  draft: TaskDraft;
  choices: Choices;
  /** Somebody else saved after the form opened. */
  movedMeanwhile: boolean;
  privateMetadata: string;
}

/** Old → new before an edit is saved, in names, not ids. */
export function differenceView(difference: Difference, t: Catalogue): ModalView {
  const { before, draft, choices, movedMeanwhile, privateMetadata } = difference;
  const old = draftOf(before);
  const changed = changedFields(old, draft);
  const known = namesOf(before);
  const change = (field: FieldName): KnownBlock => {
    const value = (from: TaskDraft) => valueText(t, field, from, choices, known);
    return section(t.difference.change(t.fields[field].label, value(old), value(draft)));
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
      movedMeanwhile ? actions('edit', [reloadButton(t, before.id)]) : null,
      section(changed.length > 0 ? t.difference.intro(name) : t.difference.nothing(name)),
      ...changed.map(change),
      before.started && changed.length > 0 ? context(`${warning} ${t.difference.running}`) : null,
    ]),
  });
}

function reloadButton(t: Catalogue, taskId: string) {
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

/** The task's own names serve where the platform's lists no longer hold an entry. */
function namesOf(task: Task): Record<ChoiceField, Named | null> {
  return {
    script: task.script,
    line: task.line,
    quiet_hours: task.quietHours,
    redial_rule: task.redialRule,
    agent_group: task.agentGroup,
  };
}

function valueText(
  t: Catalogue,
  field: FieldName,
  draft: TaskDraft,
  choices: Choices,
  known: Record<ChoiceField, Named | null>,
): string {
  const chosen = (of: ChoiceField, id: string | null): string => {
    if (id === null || id === '') return t.units.none;
    const listed = choices[of].find((entry) => entry.id === id)?.name;
    const own = known[of]?.id === id ? known[of].name : null;
    return named(listed || own || id);
  };
  switch (field) {
    case 'name':
      return named(draft.name, remarkLength);
    case 'script':
      return chosen('script', draft.script);
    case 'line':
      return chosen('line', draft.line);
    case 'concurrency':
      return t.units.number(draft.concurrency);
    case 'pause_seconds':
      return t.units.seconds(draft.pauseSeconds);
    case 'ring_timeout':
      return t.units.seconds(draft.ringTimeout);
    case 'quiet_hours':
      return chosen('quiet_hours', draft.quietHours);
    case 'redial_rule':
      return chosen('redial_rule', draft.redialRule);
    case 'agent_group':
      return chosen('agent_group', draft.agentGroup);
    case 'remark':
      return draft.remark === null || draft.remark.trim() === '' ? t.units.none : named(draft.remark, remarkLength);
  }
}
