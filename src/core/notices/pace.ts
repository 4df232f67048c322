/** The pace of the edits of a workspace: a bucket that learns from being asked to wait. Times are by `Clock.elapsed`. */
export interface Pace {
  /** When the next edit may be made: `now`, or later. */
  readyAt(now: number): number;
  /** An edit is being made. */
  take(now: number): void;
  /** An edit was refused: none for `ms`, and fewer afterwards. */
  throttled(now: number, ms: number): void;
  /** Others may have made edits meanwhile: starts without a reserve. */
  restart(now: number): void;
  perMinute(): number;
}

const minuteMs = 60_000;
/** What a refusal leaves of the pace, and what is given back for each ten minutes without one. */
const slowDown = 0.8;
const speedUp = 1.1;
const calmMs = 10 * minuteMs;
/** However often it is refused, it does not get slower than this share of its full pace. */
const slowest = 0.1;
/** Refusals that come this close together are one: several edits were under way. */
const sameRefusalMs = 5_000;

/**
 * @param full edits per minute while nothing is refused
 * @param burst how many of them may come at once after a pause
 */
export function createPace(full: number, burst: number, startedAt: number): Pace {
  let rate = full;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let quietUntil = startedAt;
  /** When the bucket is full again. */
  let fullAt = startedAt;

  const spacing = (): number => minuteMs / rate;
  const reserve = (): number => (burst - 1) * spacing();
  const recover = (now: number): void => {
    if (rate === full || now - refusedAt < calmMs) return;
    rate = Math.min(full, rate * speedUp);
    refusedAt += calmMs;
  };
  const restart = (now: number): void => {
    fullAt = now + reserve();
  };
  restart(startedAt);

  return {
    readyAt(now) {
      recover(now);
      return Math.max(now, quietUntil, fullAt - reserve());
    },
    take(now) {
      fullAt = Math.max(fullAt, now) + spacing();
    },
    throttled(now, ms) {
      if (now - refusedAt >= sameRefusalMs) rate = Math.max(full * slowest, rate * slowDown);
      refusedAt = now;
      quietUntil = Math.max(quietUntil, now + ms);
      // Nothing has been saved up when the wait is over.
      fullAt = quietUntil + reserve();
    },
    restart,
    perMinute: () => rate,
  };
}
