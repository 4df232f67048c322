import type { EmergencyStop, StopInForce, StoppedTask } from '../model/emergency-stop.ts';
import type { NewOutboxItem } from '../model/outbox.ts';

/** A task as it enters the set of a stop. */
export type NewStopped = Pick<StoppedTask, 'taskId' | 'name' | 'left' | 'accepted'>;

/**
 * Emergency stops and the tasks that they paused. Methods are atomic and safe to call from several bots; all throw
 * `store_failed`.
 */
export interface Stops {
  /** The stop in force, and how often one was ordered or ended: what was asked before that must be asked again. */
  stopInForce(): Promise<{ stop: StopInForce | null; changes: number }>;
  stopOf(id: string): Promise<EmergencyStop | null>;
  /**
   * Orders a stop, with those tasks to be paused, and adds the messages to the outbox. One that is on already is
   * returned, `isNew` false, and gets the tasks; one that is being resumed goes on as a new round.
   */
  orderStop(
    stop: Omit<EmergencyStop, 'state' | 'round'>,
    tasks: readonly NewStopped[],
    messages: (round: Pick<EmergencyStop, 'id' | 'round'>) => readonly NewOutboxItem[],
  ): Promise<{ stop: StopInForce; isNew: boolean }>;
  /**
   * Adds tasks that are to be paused to the set, at its end; those that are in it are to be paused again. Nothing is added
   * once the stop is being resumed, is over or was ordered anew: what is on then may have been started by that.
   */
  addStopped(of: { id: string; round: number }, tasks: readonly NewStopped[]): Promise<void>;
  /** The set of a stop, in its order. */
  stoppedTasks(stopId: string): Promise<StoppedTask[]>;
  /** Changes a task of the set if it is in one of those states, of that attempt if one is given; false otherwise. */
  moveStopped(
    of: { stopId: string; taskId: string; from: readonly StoppedTask['state'][]; attempt?: string },
    change: Partial<Pick<StoppedTask, 'state' | 'attempt' | 'why'>>,
  ): Promise<boolean>;
  /** Whether that attempt is the last one to start a task of the stop in force, in that round. One statement. */
  isAttempt(of: { stopId: string; round: number; taskId: string; attempt: string }): Promise<boolean>;
  /** Someone pauses a task: the stop in force does not start it again, nor expect it to be on where it did. */
  withdrawStopped(taskId: string): Promise<void>;
  /**
   * Changes a stop if it is in that state and round, and adds messages to the outbox; false otherwise. With `settled`, only
   * if none of its tasks is to be paused or started any more.
   */
  moveStop(
    of: { id: string; round: number; from: readonly EmergencyStop['state'][]; settled?: boolean },
    change: Partial<Pick<EmergencyStop, 'state' | 'reported' | 'resumedBy' | 'doubted'>>,
    messages?: readonly NewOutboxItem[],
  ): Promise<boolean>;
}
