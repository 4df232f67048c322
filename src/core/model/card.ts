import type { Act, TaskState } from './reading.ts';
import type { Task } from './task.ts';

/** Why a task is said to be in its state; the catalogue puts it into words. Instants are epoch ms. */
export type Evidence =
  | { kind: 'never_started' }
  | { kind: 'no_numbers' }
  | { kind: 'moved'; at: number }
  | { kind: 'just_started'; at: number }
  /** On, and no call seen in this run yet; it may have begun before we looked. */
  | { kind: 'on_since'; at: number }
  /** No calls, and the quiet hours are not known: they may be the reason. */
  | { kind: 'not_moved'; since: number }
  /** No calls although no quiet hours are on. */
  | { kind: 'stalled'; since: number }
  | { kind: 'quiet_hours'; until: number }
  /** `numbers`: how many were dialed, so at most how many can be redialed. `endsAt`: the end, unless it calls again. */
  | { kind: 'may_redial'; rule: string; numbers: number; endsAt: number }
  | { kind: 'switched_off' }
  /** `unsure`: the redial rule of a task that is on, when it is not known whether that rule calls numbers again. */
  | { kind: 'all_dialed'; unsure: string | null }
  | { kind: 'absent'; at: number }
  | { kind: 'no_progress_source' };

/** A campaign that was under way when first seen: since when it is known, and the numbers dialed since (of the total). */
export interface FirstSeen {
  at: number;
  dialed: number;
}

/** A time that is not further away than this is shown without its day, ms. */
export const nearMs = 12 * 3_600_000;

/** Everything a card shows. */
export interface CardData {
  task: Task;
  state: TaskState;
  evidence: Evidence;
  /** Calls per minute of dialing: lately, or over the whole campaign once it is finished; null when not known. */
  ratePerMinute: number | null;
  /** What was dialed before the bot first looked, if anything: the figures above are of the rest. */
  firstSeen: FirstSeen | null;
  /** Estimated end, epoch ms, quiet hours that are known left out; null when unknown, or when nothing is to be dialed. */
  endsAt: number | null;
  /** Set while the platform cannot be read: since when this card may be out of date. */
  staleSince: number | null;
  updatedAt: number;
  /** The last changes through Dialdeck, the newest last. */
  acts: readonly Act[];
}
