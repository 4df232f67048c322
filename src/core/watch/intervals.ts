/** A span of time: `from` ≤ t < `until`, epoch ms. */
export interface Interval {
  from: number;
  until: number;
}

/** Milliseconds between two instants that lie in none of the intervals (in order, not overlapping); 0 when reversed. */
export function elapsedOutside(from: number, until: number, intervals: readonly Interval[]): number {
  const within = intervals.reduce(
    (sum, interval) => sum + Math.max(0, Math.min(until, interval.until) - Math.max(from, interval.from)),
    0,
  );
  return Math.max(0, until - from - within);
}

/** The instant at which `ms` have passed since `from` outside of the intervals, which are in order. */
export function instantAfter(from: number, ms: number, intervals: readonly Interval[]): number {
  return intervals.reduce(
    (at, interval) => at + (interval.from < at ? Math.max(0, interval.until - Math.max(from, interval.from)) : 0),
    from + ms,
  );
}

/** The interval in which an instant lies; null for none. */
export function intervalAt(at: number, intervals: readonly Interval[]): Interval | null {
  return intervals.find(({ from, until }) => from <= at && at < until) ?? null;
}

/** In order; those that overlap or touch become one. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const { from, until } of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until);
    else result.push({ from, until });
  }
  return result;
}
