import { type ChoiceField, draftOf, type FieldName, type TaskDraft } from '../model/fields.ts';
import type { NamedEntry } from '../model/metadata.ts';
import type { Task } from '../model/task.ts';
import type { Choices, LineChoice } from './choices.ts';

/** The fields in which one change repairs a task. */
export const repairFields = [
  'line',
  'concurrency',
  'script',
  'redial_rule',
  'agent_group',
] as const satisfies readonly FieldName[];
export type RepairField = (typeof repairFields)[number];

/** The fields that are repaired by choosing something else. */
export type RepairChoice = Extract<RepairField, ChoiceField>;

/** One change to a task that repairs something. What else defines the task stays as it is. */
export type Repair =
  | { field: 'concurrency'; value: number }
  | { field: Exclude<RepairChoice, 'agent_group'>; value: string }
  | { field: 'agent_group'; value: string | null };

/** The lines that a task can be moved to: usable now, and not its own. The one with the most room first. */
export function otherLines(task: Pick<Task, 'line'>, choices: Pick<Choices, 'line'>): LineChoice[] {
  return choices.line.filter(({ id }) => id !== task.line.id).sort((a, b) => b.max - a.max);
}

/** The choices with the entries of one field that are not what the task has already. */
export function withoutOwn(task: Task, field: RepairChoice, choices: Choices): Choices {
  if (field === 'line') return { ...choices, line: otherLines(task, choices) };
  const own = ownOf(task, field);
  const entries: NamedEntry[] = choices[field];
  return { ...choices, [field]: entries.filter(({ id }) => id !== own) };
}

function ownOf(task: Task, field: RepairChoice): string | null {
  const { line, script, redialRule, agentGroup } = task;
  return { line, script, redial_rule: redialRule, agent_group: agentGroup }[field]?.id ?? null;
}

/** Half of what the task may hold now, at least 1; null when it cannot be lowered. */
export function lowerConcurrency({ concurrency }: Pick<Task, 'concurrency'>): number | null {
  return concurrency > 1 ? Math.floor(concurrency / 2) : null;
}

/**
 * The whole definition of the task with that change: what is saved replaces everything. On a line with less room the
 * concurrency becomes what that line allows. It still has to pass `checkDraft`.
 */
export function repairedDraft(task: Task, repair: Repair, choices: Pick<Choices, 'line'>): TaskDraft {
  const draft = draftOf(task);
  switch (repair.field) {
    case 'concurrency':
      return { ...draft, concurrency: repair.value };
    case 'script':
      return { ...draft, script: repair.value };
    case 'redial_rule':
      return { ...draft, redialRule: repair.value };
    case 'agent_group':
      return { ...draft, agentGroup: repair.value };
    case 'line': {
      const max = choices.line.find(({ id }) => id === repair.value)?.max ?? draft.concurrency;
      return { ...draft, line: repair.value, concurrency: Math.min(draft.concurrency, max) };
    }
  }
}
