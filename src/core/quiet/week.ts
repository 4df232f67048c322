import { minutesPerDay, type QuietWindow } from '../model/quiet-hours.ts';
import { offsetSpans } from '../time/zone.ts';
import { type Interval, merged } from '../watch/intervals.ts';

const minute = 60_000;
const week = 7 * minutesPerDay * minute;
/** A Monday, 00:00 UTC. */
const aMonday = 4 * minutesPerDay * minute;

/** Whether the windows leave no minute of the week for calls. */
export function coversWeek(windows: readonly QuietWindow[]): boolean {
  const [first] = quietIntervals(windows, 'UTC', { from: aMonday, until: aMonday + week });
  return first !== undefined && first.until - first.from === week;
}

/**
 * The quiet hours between two instants (epoch ms), in order and apart from each other: exactly the time in which a
 * clock on the wall in `zone` shows an hour within a window, so an hour that a change of the clock repeats is quiet
 * twice, and one that it skips is no time at all.
 */
export function quietIntervals(windows: readonly QuietWindow[], zone: string, { from, until }: Interval): Interval[] {
  const ranges = weekRanges(windows);
  if (ranges.length === 0) return [];
  const intervals: Interval[] = [];
  for (const span of offsetSpans(zone, from, until)) {
    const monday = Math.floor((span.from + span.offset - aMonday) / week) * week + aMonday - span.offset;
    // The last range of a week may reach into the next one.
    for (let start = monday - week; start < span.until; start += week) {
      for (const range of ranges) {
        const clipped = {
          from: Math.max(span.from, start + range.from),
          until: Math.min(span.until, start + range.until),
        };
        if (clipped.from < clipped.until) intervals.push(clipped);
      }
    }
  }
  return merged(intervals);
}

/** The windows as parts of a week, ms since its Monday: one that begins on Sunday may end after the week does. */
function weekRanges(windows: readonly QuietWindow[]): Interval[] {
  const ranges = windows.flatMap(({ days, from, until }) =>
    days.map((day) => {
      const midnight = (day - 1) * minutesPerDay;
      const end = until > from ? until : until + minutesPerDay;
      return { from: (midnight + from) * minute, until: (midnight + end) * minute };
    }),
  );
  return merged(ranges);
}
