import { createWallClock } from './zone.ts';

/** A day of the wall clock of a zone, as `2026-11-26`: such texts sort as the days do. */
export type Day = string;

/** The wall clock of one zone. Instants are epoch ms. */
export interface Days {
  dayOf(at: number): Day;
  /** 0…23; an hour that is repeated has the same number twice. */
  hourOf(at: number): number;
  /** When so many minutes after midnight are first shown; of a minute that is skipped, when the clock skips it. */
  instantOf(day: Day, minutes: number): number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The days of a zone (an IANA name). Throws `RangeError` for an unknown one. */
export function createDays(zone: string): Days {
  const { shows, instantOf } = createWallClock(zone);
  return {
    dayOf: (at) => dayAt(shows(at)),
    hourOf: (at) => Math.floor(modulo(shows(at), dayMs) / hourMs),
    instantOf: (day, minutes) => instantOf(midnightOf(day) + minutes * minuteMs),
  };
}

/**
 * Days by a clock that shows another time and runs at another speed, as that of a stand-in does: our instants become its
 * as it goes now. Only what is about now is exact; the past of a clock that was set is not known.
 */
export function daysShownBy(days: Days, clock: { now(): number }, shown: () => { now: number; speed: number }): Days {
  const shownAt = (at: number): number => {
    const { now, speed } = shown();
    return now + (at - clock.now()) * speed;
  };
  return {
    dayOf: (at) => days.dayOf(shownAt(at)),
    hourOf: (at) => days.hourOf(shownAt(at)),
    instantOf(day, minutes) {
      const { now, speed } = shown();
      return clock.now() + (days.instantOf(day, minutes) - now) / speed;
    },
  };
}

/** The day so many days later; earlier where negative. */
export function daysAfter(day: Day, count: number): Day {
  return dayAt(midnightOf(day) + count * dayMs);
}

/** The days from the first to the last, both included. */
export function daysBetween(first: Day, last: Day): Day[] {
  const count = Math.round((midnightOf(last) - midnightOf(first)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => daysAfter(first, i));
}

/** The earliest of some days. */
export function earliestOf(first: Day, ...others: readonly Day[]): Day {
  return [first, ...others].sort()[0] ?? first;
}

/** 1 for Monday … 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return ((new Date(midnightOf(day)).getUTCDay() + 6) % 7) + 1;
}

const dayAt = (shown: number): Day => new Date(shown).toISOString().slice(0, 10);
const midnightOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const modulo = (n: number, by: number): number => ((n % by) + by) % by;
