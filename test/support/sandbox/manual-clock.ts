import type { Clock } from '../../../sandbox/slack/clock.ts';

/** A clock for the stand-in for Slack that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Goes forward step by step: what falls due runs in its order, and may schedule more within the same stretch. */
  advance(ms: number): Promise<void>;
}

/**
 * `start` is in milliseconds since the epoch, by default the present: Bolt refuses signed requests whose timestamp is
 * more than five minutes old by its own clock.
 */
export function createManualClock(start = Date.now()): ManualClock {
  let now = start;
  let pending: { at: number; run: () => void }[] = [];

  const takeDue = (until: number): { at: number; run: () => void } | undefined => {
    const [next] = pending.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    pending = pending.filter((other) => other !== next);
    return next;
  };

  return {
    now: () => now,
    after(ms, run) {
      const entry = { at: now + Math.max(0, ms), run };
      pending.push(entry);
      return () => {
        pending = pending.filter((other) => other !== entry);
      };
    },
    async advance(ms) {
      const end = now + ms;
      await promisesRun();
      for (let due = takeDue(end); due !== undefined; due = takeDue(end)) {
        now = Math.max(now, due.at);
        due.run();
        await promisesRun();
      }
      now = end;
    },
  };
}

/** Lets everything that only waits for promises run. */
function promisesRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
