import { minutesPerDay } from '../../core/model/quiet-hours.ts';
import type { ScheduleHold, ScheduleMoment, SchedulePlan } from '../../core/model/schedule.ts';
import { dayMs, dayNumber, minuteMs, weekdayOf } from '../../core/schedules/calendar.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { date, type Names, personName } from './mrkdwn.ts';

/** The clock by which schedules are shown: that of the platform. */
export interface ScheduleClock {
  /** An IANA name. */
  zone: string;
  /** What a clock on the wall shows at an instant, ms as if the zone were UTC. */
  shows(instant: number): number;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `09:00`; the end of a day is 24:00. */
function timeOfDay(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The time of day at an instant: `09:00`. */
export function clockText(at: number, { shows }: Pick<ScheduleClock, 'shows'>): string {
  const shown = shows(at);
  return timeOfDay(Math.floor((shown - dayNumber(shown) * dayMs) / minuteMs) % minutesPerDay);
}

function dayWords(day: number, t: Catalogue): string {
  const at = new Date(day * dayMs);
  return t.schedule.day(
    t.schedule.months[at.getUTCMonth()] ?? '',
    String(at.getUTCDate()),
    t.quiet.hours.days[weekdayOf(day) - 1] ?? '',
  );
}

/** A day as people say it: `Fri, Nov 27`. `text` is `2026-11-27`. */
function calendarDayText(text: string, t: Catalogue): string {
  return dayWords(dayNumber(Date.parse(`${text}T00:00:00Z`)), t);
}

/** An instant as people say it: `today, 09:00`, or with its day. */
export function whenText(at: number, { shows, now }: ScheduleClock & { now: number }, t: Catalogue): string {
  const [day, today] = [dayNumber(shows(at)), dayNumber(shows(now))];
  const said = day === today ? t.schedule.today : day === today + 1 ? t.schedule.tomorrow : dayWords(day, t);
  return t.schedule.at(said, clockText(at, { shows }));
}

/** What happens when: `today, 09:00 – start`. */
export function momentText(
  { at, action }: ScheduleMoment,
  clock: ScheduleClock & { now: number },
  t: Catalogue,
): string {
  return t.schedule.moments[action](whenText(at, clock, t));
}

/** The times of a plan, as they can be typed again. */
export function timesText({ times }: Pick<SchedulePlan, 'times'>, t: Catalogue): string {
  const says = t.schedule.times;
  return t.quiet.hours.periodList(
    times.map(({ from, until }) => {
      if (from === null) return says.pause(timeOfDay(until ?? 0));
      return until === null ? says.start(timeOfDay(from)) : says.period(timeOfDay(from), timeOfDay(until));
    }),
  );
}

/** A plan in one line: days, times, and its first and last day. */
export function planText(plan: SchedulePlan, t: Catalogue): string {
  return [
    daysText(plan, t),
    timesText(plan, t),
    plan.since === null ? null : t.schedule.from(calendarDayText(plan.since, t)),
    plan.until === null ? null : t.schedule.until(calendarDayText(plan.until, t)),
  ]
    .filter((part) => part !== null)
    .join(t.units.separator);
}

function daysText({ days }: SchedulePlan, t: Catalogue): string {
  if (days.kind !== 'week') return t.schedule.days[days.kind];
  const { hours } = t.quiet;
  return hours.dayList(days.days.map((day) => hours.days[day - 1] ?? ''));
}

/** What becomes of a start that is missed. */
export function missedText({ missed }: SchedulePlan, t: Catalogue): string {
  const says = t.schedule.missedText;
  return missed.kind === 'late' ? says.late(t.units.duration(missed.minutes * minuteMs)) : says[missed.kind];
}

/** Why a schedule does nothing. */
export function holdText({ why, person, at }: ScheduleHold, names: Names, t: Catalogue): string {
  const who = person === null ? t.units.someone : personName(person, names);
  const when = date(at, t.dates.moment);
  switch (why) {
    case 'schedule':
    case 'paused':
    case 'started':
      return t.schedule.held[why](who, when);
    default:
      return t.schedule.heldSince[why](when);
  }
}
