import { draftOf, type TaskDraft } from '../model/fields.ts';
import type { Task } from '../model/task.ts';
import type { Choices, LineChoice } from '../tasks/choices.ts';

/** One change to a task that repairs something. What else defines the task stays as it is. */
export type Repair = { kind: 'line'; line: string } | { kind: 'concurrency'; concurrency: number };

/** The lines that a task can be moved to: usable now, and not its own. The one with the most room first. */
export function otherLines(task: Pick<Task, 'line'>, choices: Pick<Choices, 'line'>): LineChoice[] {
  return choices.line.filter(({ id }) => id !== task.line.id).sort((a, b) => b.max - a.max);
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
  if (repair.kind === 'concurrency') return { ...draft, concurrency: repair.concurrency };
  const max = choices.line.find(({ id }) => id === repair.line)?.max ?? draft.concurrency;
  return { ...draft, line: repair.line, concurrency: Math.min(draft.concurrency, max) };
}
