import type { SimClock } from '../dialer/clock.ts';
import type { ShownTime } from '../slack/shown-time.ts';

/** Smaller differences are those of two looks at the clock, ms of the platform. */
const sameMs = 1_000;

/**
 * Lets the page show the platform's time everywhere: on its own messages, and wherever the app shows an instant. Call
 * `look` after whatever may have set the clock.
 */
export function createOneTime(clock: SimClock, show: (changes: ShownTime[]) => void): { look(): void } {
  const changes: ShownTime[] = [];
  const expected = (at: number): number | null => {
    const last = changes.at(-1);
    return last === undefined ? null : last.shows + (at - last.at) * last.speed;
  };
  return {
    look() {
      const at = clock.wall();
      const shows = clock.now();
      const speed = clock.speed();
      const awaited = expected(at);
      const isSame = awaited !== null && Math.abs(awaited - shows) <= sameMs * Math.max(1, speed);
      if (isSame && changes.at(-1)?.speed === speed) return;
      changes.push({ at, shows, speed });
      show([...changes]);
    },
  };
}
