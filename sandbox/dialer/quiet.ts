import { parseTimeOfDay, shanghaiTimeOfDay } from './clock.ts';

const day = 86_400_000;

/** A daily period without calls, in ms since midnight in Shanghai: `from` inclusive, `to` exclusive, `from < to`. */
export interface QuietRange {
  from: number;
  to: number;
}

/** Daily ranges from pairs of `HH:mm`. A pair that crosses midnight becomes two ranges, as the platform stores it. */
export function quietRanges(pairs: readonly (readonly [from: string, to: string])[]): QuietRange[] {
  return pairs.flatMap(([start, end]) => {
    const from = parseTimeOfDay(start);
    const to = parseTimeOfDay(end);
    if (from < to) return [{ from, to }];
    return [
      { from, to: day },
      { from: 0, to },
    ].filter((range) => range.from < range.to);
  });
}

export function isQuiet(ranges: readonly QuietRange[], at: number): boolean {
  return rangeAt(ranges, shanghaiTimeOfDay(at)) !== undefined;
}

/** The first time at or after `at` when calls are allowed (epoch ms); null when the ranges cover the whole day. */
export function quietUntil(ranges: readonly QuietRange[], at: number): number | null {
  let moment = at;
  // Each step leaves one range; adjacent ranges (over midnight) need several. More steps than this go around the clock.
  for (let step = 0; step <= ranges.length * 2; step += 1) {
    const timeOfDay = shanghaiTimeOfDay(moment);
    const range = rangeAt(ranges, timeOfDay);
    if (range === undefined) return moment;
    moment += range.to - timeOfDay;
  }
  return null;
}

function rangeAt(ranges: readonly QuietRange[], timeOfDay: number): QuietRange | undefined {
  return ranges.find((range) => range.from <= timeOfDay && timeOfDay < range.to);
}
