import type { NewOutboxItem } from '../model/outbox.ts';
import type { NewSchedule, Schedule } from '../model/schedule.ts';

/** The first of many, and how many they are in all. */
interface FirstSchedules {
  first: Schedule[];
  count: number;
}

/**
 * What schedules need of the store: one schedule per task. Every change is written only where nobody else has changed
 * the schedule meanwhile, so of several bots one acts. Methods are atomic; all throw `store_failed`.
 */
export interface Schedules {
  schedules(): Promise<Schedule[]>;
  scheduleOf(taskId: string): Promise<Schedule | null>;
  /**
   * Those whose next moment has come by `now` (epoch ms), that are being acted on, or whose moments were handled until a
   * time that a clock has shown too early: after `far` (epoch ms).
   */
  dueSchedules(now: number, far: number): Promise<Schedule[]>;
  /** Those whose next moment is between two instants (epoch ms, exclusive), the next first, at most so many; and their count. */
  comingSchedules(span: { after: number; before: number; limit: number }): Promise<FirstSchedules>;
  /**
   * Those that are held or have a question open, these first, then the latest change; at most so many, and how many they
   * are in all.
   */
  undecidedSchedules(limit: number): Promise<FirstSchedules>;
  /**
   * Writes it in place of the one with that revision; null: where there is none. Returns the new revision, or null when
   * someone else was first. The messages are written with it.
   */
  putSchedule(
    schedule: NewSchedule,
    revision: number | null,
    messagesOf?: (revision: number) => readonly NewOutboxItem[],
  ): Promise<number | null>;
  /** Deletes the one with that revision; false when it was changed meanwhile. The messages are written with it. */
  removeSchedule(taskId: string, revision: number, messages?: readonly NewOutboxItem[]): Promise<boolean>;
  /** Whether that attempt may send its request: nothing has changed the schedule since. */
  isScheduledAttempt(taskId: string, attempt: string): Promise<boolean>;
}
