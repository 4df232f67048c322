import type { AlertFacts } from '../model/alert.ts';
import type { Metadata } from '../model/metadata.ts';
import type { Reading } from '../model/reading.ts';

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
export function lineUseOf(reading: Reading, mates: readonly Reading[], metadata: Metadata | null): LineUse {
  const { line } = reading.task;
  const entry = metadata?.lines.find(({ id }) => id === line.id) ?? null;
  const total = line.total ?? entry?.total ?? null;
  const others = mates
    .filter((other) => other.task.id !== reading.task.id && isCalling(other))
    .sort((a, b) => b.task.concurrency - a.task.concurrency);
  // Whether a paused task holds concurrency depends on the platform: counted in full, nothing is blamed on others.
  const held = mates.filter(({ state }) => state !== 'gone').reduce((sum, { task }) => sum + task.concurrency, 0);
  const outside = Math.max(0, (line.used ?? 0) - held);
  const taken = held + outside;
  const givesNothing = line.used !== null && entry !== null && entry.free <= 0 && total !== null && taken < total;
  return { total, others, outside, givesNothing };
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
