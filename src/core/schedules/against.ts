import type { SchedulePlan } from '../model/schedule.ts';
import type { ScheduleCalendar } from './calendar.ts';
import { nextMoments } from './moments.ts';

/**
 * Whether a schedule has to give way to the pause of a person at that time (epoch ms): it overrides the starts to come, if
 * there are any. To a start it never does: the task is still to be paused when the schedule says so.
 */
export function isAgainstPause(plan: SchedulePlan, calendar: ScheduleCalendar, now: number): boolean {
  // A start comes after each time of a day at the latest.
  const coming = nextMoments(plan, calendar, { after: now, count: plan.times.length + 1 });
  return coming.some(({ action }) => action === 'start');
}
