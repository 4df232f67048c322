import type { Button, ExternalSelect, StaticSelect } from '@slack/types';
import type { FieldName } from '../../core/model/fields.ts';
import type { Task } from '../../core/model/task.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import type { Preflight, PreflightCode } from '../../core/tasks/preflight.ts';
import { type Remedy, remediesOf } from '../../core/tasks/remedies.ts';
import { type RepairChoice, type RepairField, withoutOwn } from '../../core/tasks/repairs.ts';
import { searchable } from '../../core/text/search.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, repairId } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { type MenuEntry, menu, menuEntries, noChoice } from './menus.ts';
import { plainName } from './mrkdwn.ts';
import { button, option } from './parts.ts';

/** A task that is about to be started, with what it can be repaired by. */
export interface Repairable {
  task: Task;
  preflight: Preflight;
  /** null where they are not at hand: then the whole form is offered. */
  choices: Choices | null;
}

/** A finding with the menu that repairs it, in the block of that id. `none`: what would repair it is not to be had. */
export interface RepairMenu {
  blockId: string;
  menu: StaticSelect | ExternalSelect | null;
  none: string | null;
}

/**
 * The task as a repair refers to it: `<id>:<alter_datetime>`, the latter in epoch ms, empty where it is not known. A task
 * that was changed since is not repaired.
 */
const targetOf = ({ id, alteredAt }: Pick<Task, 'id' | 'alteredAt'>): string => `${id}:${alteredAt ?? ''}`;

/** The menus of the findings that are repaired by choosing something else: each stands beside the first of them. */
export function repairMenus(at: Repairable, t: Catalogue): ReadonlyMap<PreflightCode, RepairMenu> {
  const menus = new Map<PreflightCode, RepairMenu>();
  const offered = new Set<Remedy>();
  for (const { code } of at.preflight.items) {
    const field = remediesOf(code, at.task).find(isRepairChoice);
    if (field === undefined || at.choices === null || offered.has(field)) continue;
    offered.add(field);
    menus.set(code, menuOf(field, { task: at.task, choices: at.choices }, t));
  }
  return menus;
}

/** There may be four menus in one message. */
const maxInline = 10;

function menuOf(field: RepairChoice, { task, choices }: { task: Task; choices: Choices }, t: Catalogue): RepairMenu {
  const entries = repairEntries(field, { task, choices }, t);
  const placeholder = t.repair.choose[field];
  return {
    blockId: `${repairId(field)}:${targetOf(task)}`,
    menu:
      entries.length === 0 ? null : menu({ actionId: repairId(field), placeholder, entries, selected: '', maxInline }),
    none: entries.length === 0 ? t.repair.noOther[field] : null,
  };
}

/** What can be chosen in a field instead of what the task has. */
export function repairEntries(field: RepairChoice, at: { task: Task; choices: Choices }, t: Catalogue): MenuEntry[] {
  const entries = menuEntries({ field, choices: withoutOwn(at.task, field, at.choices) }, t);
  if (entries.length > 0 || field !== 'agent_group') return entries;
  // Without any other group, none at all is a choice.
  const none = t.form.noChoice[field];
  return [{ id: noChoice, option: () => option(noChoice, none), plain: () => searchable(none, '') }];
}

/** One button for each way on that is no menu. */
export function repairButtons(at: Repairable, t: Catalogue): Button[] {
  const { task, preflight, choices } = at;
  const remedies = [...new Set(preflight.items.flatMap(({ code }) => remediesOf(code, task)))];
  const broken = remedies.find(isRepairChoice);
  const spoken = plainName(task.name);
  return [
    ...(remedies.includes('concurrency') ? lowerButton(at, t) : []),
    ...(remedies.includes('import')
      ? [button(actionIds.openImport, t.buttons.import, task.id, { spoken: t.aria.import(spoken) })]
      : []),
    ...(remedies.includes('show')
      ? [button(actionIds.showTask, t.buttons.show, task.id, { spoken: t.aria.show(spoken) })]
      : []),
    ...(broken !== undefined && choices === null ? [editButton(task, broken, t)] : []),
  ];
}

function lowerButton({ task, preflight: { room } }: Repairable, t: Catalogue): Button[] {
  if (room === null || room < 1 || room >= task.concurrency) return [];
  return [button(repairId('concurrency'), t.buttons.lowerTo(room), `${targetOf(task)}:${room}`)];
}

/** Opens the whole form at the field that is to be changed. */
function editButton({ id }: Task, focus: FieldName, t: Catalogue): Button {
  return button(actionIds.openForm, t.buttons.edit, writeJson({ form: 'edit', task: id, focus }));
}

const choices: readonly Remedy[] = ['line', 'script', 'redial_rule', 'agent_group'] satisfies RepairField[];
const isRepairChoice = (remedy: Remedy): remedy is RepairChoice => choices.includes(remedy);
