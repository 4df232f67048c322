import type { SchedulePlan } from '../model/schedule.ts';
import type { ScheduleCalendar } from './calendar.ts';
import type { PersonsAct } from './heeding-people.ts';
import { nextMoments, wantedAt } from './moments.ts';

/**
 * Whether a schedule has to give way to what a person did to its task at that time (epoch ms). Within its hours, and
 * before its first, a start does only what the schedule wants; and where a pause comes next, the task is for people to
 * start, and still to be paused. A pause overrides the starts to come, if there are any.
 */
export function isAgainst(
  plan: SchedulePlan,
  action: PersonsAct['action'],
  calendar: ScheduleCalendar,
  now: number,
): boolean {
  // A start comes after each time of a day at the latest.
  const coming = nextMoments(plan, calendar, { after: now, count: plan.times.length + 1 });
  if (action === 'paused') return coming.some((moment) => moment.action === 'start');
  return coming[0]?.action === 'start' && wantedAt(plan, calendar, now)?.action === 'pause';
}
