const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of time during which a zone's distance from UTC is the same. Epoch ms; `offset` is added to UTC, ms. */
interface OffsetSpan {
  from: number;
  until: number;
  offset: number;
}

/**
 * The spans of equal distance from UTC between two instants, in order: one, or more where daylight saving time begins
 * or ends. `zone` is an IANA name. Throws `RangeError` for an unknown one.
 */
export function offsetSpans(zone: string, from: number, until: number): OffsetSpan[] {
  const offsetAt = offsetReader(zone);
  const spans: OffsetSpan[] = [];
  let begun = from;
  let offset = offsetAt(from);
  // No zone changes twice within a day.
  for (let at = from; at < until; at += day) {
    const next = Math.min(at + day, until);
    const after = offsetAt(next);
    if (after === offset) continue;
    const change = changeBetween(at, next, offset, offsetAt);
    spans.push({ from: begun, until: change, offset });
    begun = change;
    offset = after;
  }
  if (begun < until || spans.length === 0) spans.push({ from: begun, until, offset });
  return spans;
}

/** A clock on the wall in a zone. What it shows is given in ms as if the zone were UTC. */
export interface WallClock {
  /** What it shows at an instant (epoch ms). */
  shows(instant: number): number;
  /**
   * When it shows that (epoch ms). A time that is shown twice is the first of the two; one that is skipped is the moment
   * at which it is skipped.
   */
  instantOf(shown: number): number;
}

/** `zone` is an IANA name. Throws `RangeError` for an unknown one. */
export function createWallClock(zone: string): WallClock {
  const offsetAt = offsetReader(zone);
  return {
    shows: (instant) => instant + offsetAt(instant),
    instantOf(shown) {
      // No zone is a day away from UTC, and none changes twice within two days.
      const [before, after] = [offsetAt(shown - day), offsetAt(shown + day)];
      const [first, second] = [shown - Math.max(before, after), shown - Math.min(before, after)];
      if (first + offsetAt(first) === shown) return first;
      if (second + offsetAt(second) === shown) return second;
      return changeBetween(first, second, before, offsetAt);
    },
  };
}

/** The day at an instant in a zone, as `11-26`. */
export function monthAndDay(zone: string, at: number): string {
  return new Date(at + offsetReader(zone)(at)).toISOString().slice(5, 10);
}

/** The instant, to the minute, at which the zone leaves `offset`. */
function changeBetween(from: number, until: number, offset: number, offsetAt: (at: number) => number): number {
  let [before, after] = [Math.floor(from / minute), Math.ceil(until / minute)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle * minute) === offset) before = middle;
    else after = middle;
  }
  return after * minute;
}

/** No zone changes its distance from UTC within a quarter of an hour of UTC. */
const steadyMs = 15 * minute;

/** So many quarters of an hour are remembered: the moments of a schedule within some weeks are asked for again and again. */
const maxKnown = 2_000;

/** How far a zone (an IANA name) is from UTC at an instant, ms. Throws `RangeError` for an unknown one. */
function offsetReader(zone: string): (at: number) => number {
  const read = offsetFormat(zone);
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / steadyMs);
    const offset = known.get(quarter) ?? read(quarter * steadyMs);
    if (known.size >= maxKnown) known.clear();
    known.set(quarter, offset);
    return offset;
  };
}

function offsetFormat(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at) => {
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(format.format(at)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * hour + Number(minutes) * minute);
  };
}
