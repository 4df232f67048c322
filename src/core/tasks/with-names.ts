import type { Metadata } from '../model/metadata.ts';
import type { Named, Task } from '../model/task.ts';

/** The task with the names that the platform's list leaves out, as far as its metadata have them. */
export function withNames(task: Task, metadata: Metadata | null): Task {
  if (metadata === null) return task;
  const named = <T extends Named>(thing: T, entries: readonly { id: string; name: string }[]): T =>
    thing.name === null ? { ...thing, name: entries.find(({ id }) => id === thing.id)?.name ?? null } : thing;
  return {
    ...task,
    script: named(task.script, metadata.scripts),
    line: named(task.line, metadata.lines),
    quietHours: named(task.quietHours, metadata.quietHours),
    redialRule: named(task.redialRule, metadata.redialRules),
    agentGroup: task.agentGroup === null ? null : named(task.agentGroup, metadata.agentGroups),
  };
}
