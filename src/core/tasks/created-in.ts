import { draftOf, sameDefinition, type TaskDraft } from '../model/fields.ts';
import type { Task } from '../model/task.ts';

/**
 * How far the platform's clock may be behind ours, ms: a task we created is not older than that. Wide enough for a
 * clock that is an hour off: that the task was not known before says more than its date.
 */
const clockSkewMs = 2 * 3_600_000;

/**
 * The task in a list that a create with this draft produced: same definition, not among `knownIds` (tasks that were
 * there before, or are accounted for), created since `sentAt` (epoch ms).
 */
export function createdIn(
  tasks: readonly Task[],
  draft: TaskDraft,
  sentAt: number,
  knownIds: ReadonlySet<string>,
): Task | null {
  const since = sentAt - clockSkewMs;
  const candidates = tasks.filter(
    (task) =>
      !knownIds.has(task.id) &&
      task.createdAt !== null &&
      task.createdAt >= since &&
      sameDefinition(draftOf(task), draft),
  );
  const [first = null] = candidates.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  return first;
}
