import { type SimClock, shanghaiDatetime, shanghaiTimeOfDay } from '../dialer/clock.ts';

const hour = 3_600_000;
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

/** The platform's time of day, `HH:mm`, rounded down to five minutes: a label need not tick. */
export function timeShown(clock: SimClock): string {
  const step = 5 * 60_000;
  return shanghaiDatetime(Math.floor(clock.now() / step) * step).slice(11, 16);
}
