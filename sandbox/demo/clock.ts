import { type SimClock, shanghaiDatetime, shanghaiTimeOfDay } from '../dialer/clock.ts';

/** The clock speed at the start: fast enough to see a campaign end, slow enough to follow it. */
export const startSpeed = 10;

const minute = 60_000;
const hour = 60 * minute;
const evening = 21 * hour;
const morning = 8.5 * hour;

/**
 * Nobody may be called between 21:00 and 08:30, and a visitor would see nothing happen all that time, so the demo's
 * clock skips the night. Tasks without quiet hours make their calls of the night at once.
 */
export function skipNight(clock: SimClock): void {
  const now = shanghaiTimeOfDay(clock.now());
  if (now >= evening) clock.advance(24 * hour - now + morning);
  else if (now < morning) clock.advance(morning - now);
}

/** Times that are shown are multiples of this: a label need not tick. */
const step = 5 * minute;

const timeText = (at: number): string => shanghaiDatetime(at).slice(11, 16);

/** The platform's time of day, `HH:mm`, rounded down to five minutes. */
export function timeShown(clock: SimClock): string {
  return timeText(Math.floor(clock.now() / step) * step);
}

/** A form is filled in before that is over, even on a slow machine. */
const leastAhead = 3 * minute;

/** The next period of the day that a visitor can watch, five minutes long. */
export interface ShortPeriod {
  /** Epoch ms. */
  from: number;
  /** `HH:mm–HH:mm`, as the form of a schedule takes it. */
  text: string;
}

/** Begins in three to eight minutes, or in the morning where it would not end in the evening before the night is skipped. */
export function nextPeriod(now: number): ShortPeriod {
  const soon = Math.ceil((now + leastAhead) / step) * step;
  const time = shanghaiTimeOfDay(soon);
  const midnight = soon - time;
  const first = morning + step;
  const from = time + step >= evening ? midnight + 24 * hour + first : time < first ? midnight + first : soon;
  return { from, text: `${timeText(from)}–${timeText(from + step)}` };
}
