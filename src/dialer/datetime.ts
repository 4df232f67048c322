import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

const wallClock = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?$/;
const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/;
const dayMs = 86_400_000;
/** Ten years of dates. */
const maxDates = 4_000;

/**
 * Reads the platform's datetimes: strings `YYYY-MM-DD HH:mm:ss` without a zone, which are wall-clock time in `zone` (an
 * IANA name). Returns epoch ms, null for what is not a real moment (`0000-00-00 00:00:00`, 31 February, other text). A
 * text that includes an offset is read with that offset.
 *
 * Converting through the zone's rules costs tens of microseconds, and a list has thousands of datetimes on few dates:
 * how far the zone is from UTC is remembered for each date, up to a limit.
 */
export function createWallClockReader(zone: string): (text: string | null) => number | null {
  /** By date, how far the zone is ahead of UTC, ms; null on the days on which its clocks are changed. */
  const offsets = new Map<string, number | null>();

  const offsetOn = (date: string): number | null => {
    const known = offsets.get(date);
    if (known !== undefined) return known;
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const [first, last] = [midnight, midnight + dayMs].map((wall) => wall - instantIn(zone, wall));
    const offset = first === undefined || first !== last ? null : first;
    if (offsets.size >= maxDates) offsets.clear();
    offsets.set(date, offset);
    return offset;
  };

  return (text) => {
    if (text === null) return null;
    if (withOffset.test(text)) {
      const instant = Date.parse(text);
      return Number.isNaN(instant) ? null : instant;
    }
    const [, date, time = '00:00'] = wallClock.exec(text) ?? [];
    if (date === undefined) return null;
    const wall = `${date}T${time.length === 5 ? `${time}:00` : time}`;
    // Date reads 24:00 as the next day: a moment is real only when it survives the round trip.
    const asUtc = new Date(`${wall}Z`);
    if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 19) !== wall) return null;
    const offset = offsetOn(date);
    return offset === null ? instantIn(zone, asUtc.getTime()) : asUtc.getTime() - offset;
  };
}

/** The instant at which clocks in the zone show what they show in UTC at `wall`. */
function instantIn(zone: string, wall: number): number {
  return dayjs.tz(new Date(wall).toISOString().slice(0, 19), zone).valueOf();
}
