import { fold } from '../text/fold.ts';
import type { TaskRecords } from './ports.ts';

/** So many deletions are looked through, the latest first. */
const maxDeletions = 500;
const always = { from: '', until: '9999', tasks: null };

/**
 * The deleted task that a text means: its id, its name, or the only one whose name contains it. null where there is none or
 * several. Throws `store_failed`.
 */
export async function findDeleted(
  store: Pick<TaskRecords, 'newestEntries'>,
  text: string,
): Promise<{ id: string; name: string } | null> {
  const wanted = fold(text);
  if (wanted === '') return null;
  const deletions = await store.newestEntries(always, { kinds: ['deleted'], limit: maxDeletions });
  const tasks = new Map(deletions.map(({ taskId, taskName }) => [taskId, { id: taskId, name: taskName }]));
  const known = tasks.get(text.trim());
  if (known !== undefined) return known;
  const named = [...tasks.values()].map((task) => ({ task, name: fold(task.name) }));
  for (const isMeant of [(name: string) => name === wanted, (name: string) => name.includes(wanted)]) {
    const meant = named.filter(({ name }) => isMeant(name));
    if (meant.length > 0) return meant.length === 1 ? (meant[0]?.task ?? null) : null;
  }
  return null;
}
