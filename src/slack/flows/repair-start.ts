import { z } from 'zod';
import { type FieldName, fields, rawOf } from '../../core/model/fields.ts';
import { type Task, taskRef } from '../../core/model/task.ts';
import type { RepairResult } from '../../core/tasks/repair.ts';
import { type Repair, type RepairField, repairFields } from '../../core/tasks/repairs.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { issueSentence } from '../../i18n/sentences.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import {
  beneath,
  failureText,
  messageOutcome,
  type Outcome,
  showOutcome,
  viewOutcome,
  withReference,
} from '../bolt/outcome.ts';
import { understood } from '../bolt/read-value.ts';
import { workingView } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { repairId } from '../ids.ts';
import { fieldValueText } from '../views/field-value.ts';
import { limits } from '../views/limits.ts';
import { noChoice } from '../views/menus.ts';
import { unknownView } from '../views/results.ts';
import { heldMessage } from '../views/start.ts';
import { glyphs, warning } from '../views/state.ts';
import { type Act, outcomeOf } from './act-on-task.ts';
import { openForm } from './open-form.ts';

/** A repair that was chosen or pressed beneath a preflight: which task, as it was when that was shown. */
interface Chosen {
  taskId: string;
  alteredAt: number | null;
  repair: Repair;
}

/**
 * The repair that was pressed. A menu carries the task in the id of its block, a button in its value: see `targetOf`.
 * Throws `other_version` on anything else.
 */
export function readRepair(pressed: { actionId: string; blockId: string; value: string }): Chosen {
  const field = understood(
    z.enum(repairFields),
    repairFields.find((known) => repairId(known) === pressed.actionId),
  );
  const isButton = field === 'concurrency';
  const [taskId, alteredAt = '', count] = isButton
    ? pressed.value.split(':')
    : pressed.blockId.slice(repairId(field).length + 1).split(':');
  return {
    taskId: understood(taskRef, taskId),
    alteredAt: alteredAt === '' ? null : understood(z.coerce.number().int(), alteredAt),
    repair: repairOf(field, isButton ? count : pressed.value),
  };
}

/** The task whose menu is in the block of that id, as far as it is known here; null otherwise. */
export function taskInBlock({ finder }: Pick<SlackDeps, 'finder'>, field: RepairField, blockId: string): Task | null {
  const [taskId] = blockId.slice(repairId(field).length + 1).split(':');
  return finder.known().find(({ task }) => task.id === taskId)?.task ?? null;
}

function repairOf(field: RepairField, value: string | undefined): Repair {
  if (field === 'concurrency') return { field, value: understood(z.coerce.number().int().min(1), value) };
  const chosen = understood(z.string().min(1).max(limits.optionValue), value);
  if (field === 'agent_group') return { field, value: chosen === noChoice ? null : chosen };
  return { field, value: chosen };
}

/** Saves the repair of a task, and shows its preflight again: what starts it is a press of its own. */
export async function repairStart(deps: SlackDeps, interaction: Interaction, chosen: Chosen): Promise<void> {
  const { t, person, channel, view } = interaction;
  await view?.update(workingView('saving', { channel }, t));
  const result = await deps.repairTask({ ...chosen, person, channel });
  if (result.kind === 'incomplete') {
    const { task, draft, field } = result;
    const typed = rawOf(draft);
    return openForm(deps, interaction, { form: 'edit', task: task.id, typed, alteredAt: task.alteredAt, focus: field });
  }
  await showOutcome(deps, interaction, await repairOutcome(deps, interaction, chosen, result));
}

async function repairOutcome(
  deps: SlackDeps,
  interaction: Interaction,
  { taskId, repair }: Chosen,
  result: Exclude<RepairResult, { kind: 'incomplete' }>,
): Promise<Outcome> {
  const { t } = interaction;
  switch (result.kind) {
    case 'busy':
      return messageOutcome(t.titles.edit, heldMessage({ kind: 'busy', taskId, text: t.work.busy }, t), t);
    case 'unknown': {
      const text = failureText(deps, t, result.error, 'repair');
      const checkValue = writeCheck({ of: 'save', taskId, draft: result.draft });
      return viewOutcome(unknownView({ kind: 'save', text, checkValue }, t));
    }
    case 'saved':
    case 'already':
      return withPreflight(deps, interaction, taskId, `${glyphs.finished} ${savedText(result, t)}`);
    default: {
      const said = `${warning} ${notSavedText(deps, t, repair.field, result)}`;
      // Why nothing was saved may well be why the preflight cannot be had either: that is said once.
      const again = await preflightAgain(deps, interaction, taskId);
      if (again.isShown) return beneath(said, again.outcome);
      return messageOutcome(t.titles.start, heldMessage({ kind: 'overtaken', taskId, text: said }, t), t);
    }
  }
}

async function withPreflight(
  deps: SlackDeps,
  interaction: Interaction,
  taskId: string,
  said: string,
): Promise<Outcome> {
  return beneath(said, (await preflightAgain(deps, interaction, taskId)).outcome);
}

/** The check of a start, which in any case asks before it starts anything. */
async function preflightAgain(
  deps: SlackDeps,
  { t, person, channel }: Interaction,
  taskId: string,
): Promise<{ isShown: boolean; outcome: Outcome }> {
  const result = await deps.tasks.start({ taskId, person, channel, confirm: true });
  const act: Act = { verb: 'start', taskId };
  return { isShown: result.kind === 'ask' || result.kind === 'stopped', outcome: outcomeOf(deps, t, act, result) };
}

function savedText(result: Extract<RepairResult, { kind: 'saved' | 'already' }>, t: Catalogue): string {
  if (result.kind === 'already') return t.repair.alreadyRepaired;
  const { before, after, changed } = result;
  const changes = changed.map((name) => {
    return t.notices.change(t.fields[name].label, valueText(before, name, t), valueText(after, name, t));
  });
  return t.repair.repaired(changes.join(t.units.separator));
}

function valueText(task: Task, name: FieldName, t: Catalogue): string {
  const field = fields.find((one) => one.name === name);
  if (field === undefined) return '';
  const value = task[field.key];
  return fieldValueText(field, typeof value === 'object' && value !== null ? (value.name ?? value.id) : value, t);
}

function notSavedText(
  deps: SlackDeps,
  t: Catalogue,
  field: RepairField,
  result: Extract<RepairResult, { kind: 'moved' | 'unavailable' | 'refused' }>,
): string {
  switch (result.kind) {
    case 'moved':
      return t.repair.moved;
    case 'unavailable':
      return t.units.sentences([
        t.units.labeled(t.fields[field].label, issueSentence(t, result.issue)),
        t.repair.notSaved,
      ]);
    case 'refused':
      return t.units.sentences([t.repair.notSaved, withReference(noteFailure(deps, result.error, 'repair'), t)]);
  }
}
