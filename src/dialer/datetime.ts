import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

const wallClock = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?$/;
const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/;
const maxCached = 20_000;

/**
 * Reads the platform's datetimes: strings `YYYY-MM-DD HH:mm:ss` without a zone, which are wall-clock time in `zone` (an
 * IANA name). Returns epoch ms, null for what is not a real moment (`0000-00-00 00:00:00`, 31 February, other text). A
 * text that includes an offset is read with that offset.
 *
 * Converting through the zone's rules costs tens of microseconds, and a poll reads thousands of datetimes that hardly
 * ever change, so conversions are cached, up to a limit.
 */
export function createWallClockReader(zone: string): (text: string | null) => number | null {
  const remembered = new Map<string, number | null>();
  return (text) => {
    if (text === null) return null;
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const instant = instantOf(text, zone);
    if (remembered.size >= maxCached) remembered.clear();
    remembered.set(text, instant);
    return instant;
  };
}

function instantOf(text: string, zone: string): number | null {
  if (withOffset.test(text)) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : instant;
  }
  const parts = wallClock.exec(text);
  if (!parts) return null;
  const [, day = '', time = '00:00'] = parts;
  const wall = `${day}T${time.length === 5 ? `${time}:00` : time}`;
  // dayjs turns 31 February into 3 March: a date is real only when it survives the round trip.
  const asUtc = new Date(`${wall}Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 19) !== wall) return null;
  return dayjs.tz(wall, zone).valueOf();
}
