import type { Actor, TaskState } from './reading.ts';
import type { Task } from './task.ts';

/** Why a task is said to be in its state; the catalogue puts it into words. Instants are epoch ms. */
export type Evidence =
  | { kind: 'never_started' }
  | { kind: 'no_numbers' }
  | { kind: 'moved'; at: number }
  | { kind: 'just_started'; at: number }
  | { kind: 'not_moved'; since: number }
  | { kind: 'switched_off' }
  | { kind: 'all_dialed' }
  | { kind: 'absent'; at: number }
  | { kind: 'no_progress_source' };

/** Everything a card shows. */
export interface CardData {
  task: Task;
  state: TaskState;
  evidence: Evidence;
  /** Numbers dialed per minute over this run; null when not known. */
  ratePerMinute: number | null;
  /** Estimated end, epoch ms; null when not dialing or unknown. */
  endsAt: number | null;
  /** Set while the platform cannot be read: since when this card may be out of date. */
  staleSince: number | null;
  updatedAt: number;
  actor: Actor | null;
}
