import type { AlertFacts } from '../model/alert.ts';
import type { Metadata } from '../model/metadata.ts';
import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';

/** A line as one of its tasks finds it. Concurrency in calls at a time. */
export interface LineUse {
  /** null where the platform does not say. */
  total: number | null;
  /** The other tasks that are on and have numbers left, the largest first. */
  others: readonly Reading[];
  /** In use, as the platform counts, beyond what all known tasks of the line may hold; 0 where it does not say. */
  outside: number;
  /** Not offered to anyone although its users, of whom the platform says how many, leave some of it free: it gives nothing. */
  givesNothing: boolean;
}

/** @param mates the readings of all tasks on that line. */
export function lineUseOf(
  { task: { id, line } }: Pick<Reading, 'task'>,
  mates: readonly Reading[],
  metadata: Metadata | null,
): LineUse {
  const entry = metadata?.lines.find((listed) => listed.id === line.id) ?? null;
  const total = line.total ?? entry?.total ?? null;
  const others = mates
    .filter((other) => other.task.id !== id && isCalling(other))
    .sort((a, b) => b.task.concurrency - a.task.concurrency);
  // Whether a paused task holds concurrency depends on the platform: counted in full, nothing is blamed on others.
  const held = mates.filter(({ state }) => state !== 'gone').reduce((sum, { task }) => sum + task.concurrency, 0);
  const outside = Math.max(0, (line.used ?? 0) - held);
  const taken = held + outside;
  const givesNothing = line.used !== null && entry !== null && entry.free <= 0 && total !== null && taken < total;
  return { total, others, outside, givesNothing };
}

/**
 * How many calls at a time a line has room for, ≥ 0, where those are fewer than a task that is off may take; null where
 * it has as many, or that is not known. What the task itself may hold while it is off is never counted against it.
 */
export function roomFor(task: Task, mates: readonly Reading[], metadata: Metadata | null): number | null {
  const { total, others, outside, givesNothing } = lineUseOf({ task }, mates, metadata);
  if (givesNothing) return 0;
  if (total === null) return null;
  // A task that was made a moment ago is not among those that are known.
  const own = mates.some((mate) => mate.task.id === task.id) ? 0 : task.concurrency;
  const room = Math.max(0, total - claimed(others) - Math.max(0, outside - own));
  return room < task.concurrency ? room : null;
}

/** On, with numbers left to dial as far as figures tell. */
export function isCalling({ task, state }: Reading): boolean {
  if (!task.started || state === 'finished' || state === 'gone' || state === 'awaiting_redial') return false;
  return task.progress === null || task.progress.done < task.progress.total;
}

/** Whether the others leave nothing of the line to a task that stands still. */
export function isTaken({ total, others, outside }: LineUse): boolean {
  return total !== null && claimed(others) + outside >= total;
}

/** Whether the tasks of a line ask for more of it than there is. */
export function isOverbooked({ total, others, outside }: LineUse, own: number): boolean {
  return total !== null && others.length + outside > 0 && claimed(others) + outside + own > total;
}

/** A line as those use it who make calls: a task that stands still keeps nothing from the others. */
export function movingOn(use: LineUse, isMoving: (other: Reading) => boolean): LineUse {
  return { ...use, others: use.others.filter(isMoving) };
}

export function holdersOf({ others, outside }: LineUse): Pick<AlertFacts, 'holders' | 'outside'> {
  const holders = others.slice(0, maxHolders).map(({ task }) => {
    return { id: task.id, name: task.name, concurrency: task.concurrency };
  });
  return { holders, outside };
}

/** A sentence names no more of them. */
const maxHolders = 3;

const claimed = (others: readonly Reading[]): number => others.reduce((sum, { task }) => sum + task.concurrency, 0);
