const dayMs = 86_400_000;

/** From `at` on (epoch ms), the page shows `shows`, and from then on time that passes so many times as fast. */
export interface ShownTime {
  at: number;
  shows: number;
  /** 0: it stands still. */
  speed: number;
}

/**
 * The time that the page shows for an instant, both epoch ms: another clock than that by which people and apps act, so
 * that a demo whose outside world runs fast tells one time. Before the first change time passes as it does. What lies
 * ahead of `now` is shown as it will come at this speed; of a clock that stands still, as if it ran. Days ahead, it is
 * no forecast but a date, such as the end of a lease, and stays one.
 */
export function shownAt(epoch: number, changes: readonly ShownTime[], now: number): number {
  const [first] = changes;
  if (first === undefined) return epoch;
  const last = changes.findLast(({ at }) => at <= Math.min(epoch, now));
  if (last === undefined) return first.shows + (epoch - first.at);
  const { at, shows, speed } = last;
  const passed = shows + (Math.min(epoch, now) - at) * speed;
  const ahead = epoch - now;
  if (ahead <= 0) return passed;
  return passed + ahead * (ahead < dayMs ? Math.max(1, speed) : 1);
}
