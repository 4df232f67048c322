import type { Schedule, ScheduleMoment } from '../model/schedule.ts';
import { dayMs, minuteMs, type ScheduleCalendar } from './calendar.ts';
import { momentsBetween } from './moments.ts';

/** Acted on so soon after its time, a moment is on time: a bot may be restarted meanwhile, ms. */
const onTimeMs = 2 * minuteMs;

/** What a schedule has to do now. */
export type Due =
  | { kind: 'nothing' }
  /** The last of the moments that have come; those before it are out of date, and what they would have started is missed. */
  | { kind: 'act'; moment: ScheduleMoment; missed: ScheduleMoment | null }
  /** A start whose time has passed: it is not made up for, or its people are asked. */
  | { kind: 'missed' | 'asked'; moment: ScheduleMoment };

/** Moments that passed longer ago than this are not looked at one by one. */
const maxBackMs = 35 * dayMs;

/**
 * What is due at `now` (epoch ms). Only the last moment counts: it says how the task is to be. A pause is made up for
 * however late it is, because stopping is always easier than starting; a start by the policy of its schedule.
 * @param seen since when a bot has been at it, epoch ms: nothing is missed because many others come first
 */
export function dueOf(
  { plan, handledUntil }: Pick<Schedule, 'plan' | 'handledUntil'>,
  calendar: ScheduleCalendar,
  now: number,
  seen = now,
): Due {
  const passed = momentsBetween(plan, calendar, { after: Math.max(handledUntil, now - maxBackMs), until: now });
  const moment = passed.at(-1);
  if (moment === undefined) return { kind: 'nothing' };
  const missed = passed.findLast((one) => one.action === 'start' && one !== moment) ?? null;
  if (moment.action === 'pause' || Math.min(seen, now) - moment.at <= patienceMs(plan))
    return { kind: 'act', moment, missed };
  return { kind: plan.missed.kind === 'ask' ? 'asked' : 'missed', moment };
}

/** How long after its time a start may still be made, ms. */
export function patienceMs({ missed }: Schedule['plan']): number {
  return missed.kind === 'late' ? Math.max(onTimeMs, missed.minutes * minuteMs) : onTimeMs;
}

/**
 * Whether moments were handled until a time that has not come yet, and for so long that a clock must have been wrong: it
 * has been set back since. What that clock showed too early is not repeated within a day.
 */
export const isFarAhead = (handledUntil: number, now: number): boolean => handledUntil > now + dayMs;
