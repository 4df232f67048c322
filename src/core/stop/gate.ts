import { AppError } from '../errors.ts';
import type { LegalHours } from '../quiet/legal-hours.ts';
import type { StartGate } from '../tasks/start-gate.ts';
import type { Stops } from './ports.ts';

/** The hours in which tasks may be started, and what people read about them. */
export interface StartHours {
  hours: Pick<LegalHours, 'isOpen'>;
  /** As they are set, with their zone. */
  said: string;
}

/** Which starts schedules may make now. Throws `store_failed`. */
interface ScheduledStarts {
  isScheduledAttempt(taskId: string, attempt: string): Promise<boolean>;
}

/**
 * Bars every start while an emergency stop is in force, except those by which it is resumed, every start outside the
 * legal hours, and one of a schedule that was changed since it began. `legal`: null where none are set.
 */
export function createStartGate(
  store: Pick<Stops, 'stopInForce' | 'isAttempt'>,
  legal: StartHours | null = null,
  schedules: ScheduledStarts = { isScheduledAttempt: async () => false },
): StartGate {
  const barOf = (isStopped: boolean): AppError | null => {
    if (isStopped) return new AppError('calling_stopped', 'an emergency stop is in force');
    if (legal === null || legal.hours.isOpen()) return null;
    const details = { hours: legal.said };
    return new AppError('outside_legal_hours', 'calls may be made within fixed hours only', { details });
  };

  const barOfSchedule = async (taskId: string, attempt: string | null): Promise<AppError | null> => {
    if (attempt === null || (await schedules.isScheduledAttempt(taskId, attempt))) return null;
    return new AppError('schedule_changed', 'the schedule was changed, held or removed meanwhile');
  };

  return {
    async ask({ taskId, resuming, scheduled = null }) {
      const { stop, changes } = await store.stopInForce();
      const isStopped = resuming === null ? stop !== null : !(await store.isAttempt({ ...resuming, taskId }));
      return { asOf: changes, bar: barOf(isStopped) ?? (await barOfSchedule(taskId, scheduled)) };
    },
  };
}
