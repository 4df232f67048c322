import { minutesPerDay } from '../model/quiet-hours.ts';
import type { ScheduleMoment, SchedulePlan, ScheduleTime } from '../model/schedule.ts';
import { type Interval, merged } from '../watch/intervals.ts';
import { dayMs, dayNumber, dayOf, dayText, minuteMs, type ScheduleCalendar, weekdayOf } from './calendar.ts';

/** No day off is longer: a schedule without a moment in so many days has none. */
const maxDaysAhead = 400;
/** So many days are looked at first: most schedules have a moment in them. */
const fewDays = 12;

/**
 * The moments of a schedule after one instant and up to another, in their order. Periods that overlap or touch are one:
 * it opens with a start and closes with a pause. A time that the clock skips is the moment at which it skips it, one that
 * it shows twice is the first of the two. Where a start and a pause fall together, the task is paused.
 */
export function momentsBetween(
  plan: SchedulePlan,
  calendar: ScheduleCalendar,
  { after, until }: { after: number; until: number },
): ScheduleMoment[] {
  const { periods, points } = openingsAround(plan, calendar, { from: after, until });
  const edges = periods.flatMap(({ from, until: end }): ScheduleMoment[] => [
    { at: from, action: 'start' },
    { at: end, action: 'pause' },
  ]);
  const moments = [...edges, ...points].filter(({ at }) => at > after && at <= until);
  // A pause after a start of the same instant, so that it has the last word.
  moments.sort((a, b) => a.at - b.at || (a.action === b.action ? 0 : a.action === 'pause' ? 1 : -1));
  return moments.filter((moment, i) => moments[i + 1]?.at !== moment.at);
}

/** The next moments after an instant, at most so many. */
export function nextMoments(
  plan: SchedulePlan,
  calendar: ScheduleCalendar,
  { after, count }: { after: number; count: number },
): ScheduleMoment[] {
  const since = plan.since === null ? null : dayOf(plan.since);
  const begin = since === null ? after : Math.max(after, calendar.instantOf(since * dayMs) - 1);
  for (const days of [fewDays, 5 * fewDays, maxDaysAhead]) {
    const found = momentsBetween(plan, calendar, { after: begin, until: begin + days * dayMs });
    if (found.length >= count || days === maxDaysAhead) return found.slice(0, count);
  }
  return [];
}

/** What a schedule wants of the task at an instant: what its last moment did. null: it has said nothing lately. */
export function wantedAt(plan: SchedulePlan, calendar: ScheduleCalendar, at: number): ScheduleMoment | null {
  for (const days of [fewDays, 5 * fewDays, maxDaysAhead]) {
    const last = momentsBetween(plan, calendar, { after: at - days * dayMs, until: at }).at(-1);
    if (last !== undefined) return last;
  }
  return null;
}

/** The periods in which a schedule wants the task to be on, around a span: in order and apart from each other. */
export function openPeriods(plan: SchedulePlan, calendar: ScheduleCalendar, span: Interval): Interval[] {
  return openingsAround(plan, calendar, span)
    .periods.map(({ from, until }) => ({ from: Math.max(from, span.from), until: Math.min(until, span.until) }))
    .filter(({ from, until }) => from < until);
}

/** Whole days around a span: what begins or ends at their edges lies outside of the span. */
function openingsAround(
  plan: SchedulePlan,
  calendar: ScheduleCalendar,
  span: Interval,
): { periods: Interval[]; points: ScheduleMoment[] } {
  const first = dayNumber(calendar.shows(span.from)) - 2;
  const last = dayNumber(calendar.shows(span.until)) + 2;
  const [since, until] = [plan.since, plan.until].map((day) => (day === null ? null : dayOf(day)));
  const begin = Math.max(first, since ?? first);
  const end = Math.min(last, until ?? last);
  const periods: Interval[] = [];
  const points: ScheduleMoment[] = [];
  for (let day = begin; day <= end; day += 1) {
    if (!isOn(plan, calendar, day)) continue;
    for (const time of plan.times) {
      const opening = openingOn(time, calendar, day);
      if ('action' in opening) points.push(opening);
      else if (opening.from < opening.until) periods.push(opening);
    }
  }
  return { periods: merged(periods), points };
}

function isOn({ days }: SchedulePlan, calendar: ScheduleCalendar, day: number): boolean {
  switch (days.kind) {
    case 'every':
      return true;
    case 'week':
      return days.days.includes(weekdayOf(day));
    case 'working':
      return calendar.isWorkingDay(dayText(day));
  }
}

function openingOn({ from, until }: ScheduleTime, calendar: ScheduleCalendar, day: number): Interval | ScheduleMoment {
  const at = (minutes: number): number => calendar.instantOf(day * dayMs + minutes * minuteMs);
  if (from === null) return { at: at(until ?? 0), action: 'pause' };
  if (until === null) return { at: at(from), action: 'start' };
  return { from: at(from), until: at(until > from ? until : until + minutesPerDay) };
}
