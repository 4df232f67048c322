import { createWallClock, type WallClock } from '../time/zone.ts';

/** On which days people in China work, as far as that is announced: by the State Council, for a year, before it begins. */
export interface WorkingDays {
  /** `day`: `2026-11-26`. In a year that is not known yet, Monday to Friday. */
  isWorkingDay(day: string): boolean;
  isKnown(year: number): boolean;
}

/** The days and times of schedules: in the zone of the platform. */
export interface ScheduleCalendar extends WallClock, WorkingDays {
  /** An IANA name. */
  zone: string;
}

/** @param zone an IANA name. Throws `RangeError` for an unknown one. */
export function createCalendar(zone: string, workingDays: WorkingDays): ScheduleCalendar {
  return { zone, ...createWallClock(zone), ...workingDays };
}

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/** A day is counted from 1970-01-01, which is 0. */
export const dayNumber = (shown: number): number => Math.floor(shown / dayMs);

/** `2026-11-26`. */
export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The number of a day that is written like that; null when there is no such day. */
export function dayOf(text: string): number | null {
  const parsed = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(parsed)) return null;
  const day = dayNumber(parsed);
  return dayText(day) === text ? day : null;
}

/** 1 is Monday, 7 is Sunday. The first day was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
