import type { TaskDraft } from '../model/fields.ts';
import type { Metadata } from '../model/metadata.ts';
import type { Task } from '../model/task.ts';

/**
 * The task that a draft will make, without numbers: for what is said and judged before it exists. It has no id.
 * @param metadata null: its choices have no names, and nothing is known against them.
 */
export function plannedTask(draft: TaskDraft, metadata: Metadata | null): Task {
  const script = metadata?.scripts.find(({ id }) => id === draft.script);
  const line = metadata?.lines.find(({ id }) => id === draft.line);
  const named = (id: string, entries: readonly { id: string; name: string }[] = []) => ({
    id,
    name: entries.find((entry) => entry.id === id)?.name ?? null,
  });
  return {
    ...draft,
    id: '',
    started: false,
    script: {
      id: draft.script,
      name: script?.name ?? null,
      debug: script?.debug ?? false,
      deleted: script?.deleted ?? false,
    },
    line: { id: draft.line, name: line?.name ?? null, total: line?.total ?? null, used: null, expiresAt: null },
    quietHours: named(draft.quietHours, metadata?.quietHours),
    redialRule: { ...named(draft.redialRule, metadata?.redialRules), redials: null },
    agentGroup: draft.agentGroup === null ? null : named(draft.agentGroup, metadata?.agentGroups),
    progress: { total: 0, done: 0, source: 'progress_bar' },
    createdAt: null,
    alteredAt: null,
  };
}
