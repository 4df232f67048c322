import { nameIn } from '../tasks/find.ts';
import { maxReferenceLength } from '../tasks/list-numbers.ts';
import { plainText } from '../text/search.ts';
import type { TaskRecords } from './ports.ts';

/** So many deletions are looked through, the latest first. */
const maxDeletions = 500;
const always = { from: '', until: '9999', tasks: null };

/** A task that was deleted. `inFull`: it was named by its id or its whole name, and not by a part. */
export interface DeletedTask {
  id: string;
  name: string;
  inFull: boolean;
}

/**
 * The deleted task that a reference means: its id, its name, or the only one whose name contains it. null where there is
 * none or several. Throws `store_failed`.
 * @param ref of at most `maxReferenceLength` characters; a longer one means nothing.
 */
export async function findDeleted(store: Pick<TaskRecords, 'newestEntries'>, ref: string): Promise<DeletedTask | null> {
  if (ref.length > maxReferenceLength) return null;
  const wanted = nameIn(ref);
  if (wanted === '') return null;
  const deletions = await store.newestEntries(always, { kinds: ['deleted'], limit: maxDeletions });
  const tasks = new Map(deletions.map(({ taskId, taskName }) => [taskId, { id: taskId, name: taskName }]));
  const known = tasks.get(ref.trim());
  if (known !== undefined) return { ...known, inFull: true };
  const named = [...tasks.values()].map((task) => ({ task, name: plainText(task.name) }));
  const whole = named.filter(({ name }) => name === wanted);
  const inFull = whole.length > 0;
  const meant = inFull ? whole : named.filter(({ name }) => name.includes(wanted));
  const [first] = meant;
  return first === undefined || meant.length > 1 ? null : { ...first.task, inFull };
}
