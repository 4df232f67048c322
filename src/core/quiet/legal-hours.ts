import type { QuietWindow } from '../model/quiet-hours.ts';
import type { Interval } from '../watch/intervals.ts';
import type { PlatformTime } from './known-hours.ts';
import { quietIntervals } from './week.ts';

/** The hours in which calls may be made at all. */
export interface LegalHours {
  /** Whether calls may be made now. */
  isOpen(): boolean;
  /** Whether they may be made at an instant of the platform's time, epoch ms. */
  isOpenAt(instant: number): boolean;
  /** Since when no calls may be made, epoch ms; null while they may. */
  closedSince(): number | null;
}

interface LegalHoursDeps {
  /** In whose wall-clock time the hours are (an IANA name). */
  zone: string;
  clock: { now(): number };
  platformTime?: (() => PlatformTime) | undefined;
}

/** The hours, or the time between two of them, in which an instant lies. */
interface Moment extends Interval {
  isOpen: boolean;
}

/** Windows repeat every week. */
const weekMs = 7 * 24 * 3_600_000;

/** @param windows one at least: periods of the week, like those of quiet hours */
export function createLegalHours(
  windows: readonly QuietWindow[],
  { zone, clock, platformTime }: LegalHoursDeps,
): LegalHours {
  let last: Moment = { isOpen: false, from: 0, until: 0 };

  const momentOf = (instant: number): Moment => {
    const around = { from: instant - weekMs, until: instant + weekMs };
    const open = quietIntervals(windows, zone, around);
    const now = open.find(({ from, until }) => from <= instant && instant < until);
    if (now !== undefined) return { ...now, isOpen: true };
    return {
      isOpen: false,
      from: open.findLast(({ until }) => until <= instant)?.until ?? around.from,
      until: open.find(({ from }) => from > instant)?.from ?? around.until,
    };
  };

  /** Asked with every start and every poll, and the answer is the same for hours. */
  const momentAt = (instant: number): Moment => {
    if (instant < last.from || instant >= last.until) last = momentOf(instant);
    return last;
  };

  return {
    isOpenAt: (instant) => momentAt(instant).isOpen,
    isOpen: () => momentAt(platformTime?.().now ?? clock.now()).isOpen,
    closedSince() {
      const { now, speed } = platformTime?.() ?? { now: clock.now(), speed: 1 };
      const { isOpen, from } = momentAt(now);
      return isOpen ? null : clock.now() - Math.round((now - from) / speed);
    },
  };
}
