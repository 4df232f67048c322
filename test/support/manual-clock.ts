import type { Clock } from '../../src/core/ports.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Sets the time of day forward or back, as an administrator does: no time passes. */
  set(byMs: number): void;
  /** Goes forward, waking sleepers in their order and letting each do its work before the next. */
  advance(ms: number): Promise<void>;
  /** Goes forward from sleeper to sleeper until `promise` is settled. Fails when nothing is left that could settle it. */
  until<T>(promise: Promise<T>): Promise<T>;
}

export function createManualClock(start = Date.UTC(2026, 0, 5, 1, 0, 0)): ManualClock {
  // The machine has been up for a while.
  let now = 1_000_000;
  let epoch = start - now;
  let sleepers: { at: number; wake: () => void }[] = [];

  const nextAt = (): number => Math.min(Number.POSITIVE_INFINITY, ...sleepers.map(({ at }) => at));
  const wakeDue = (): void => {
    const due = sleepers.filter(({ at }) => at <= now);
    sleepers = sleepers.filter(({ at }) => at > now);
    for (const { wake } of due) wake();
  };

  return {
    now: () => epoch + now,
    elapsed: () => now,
    set(byMs) {
      epoch += byMs;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', wake);
      }),
    async advance(ms) {
      const end = now + ms;
      await idle();
      while (nextAt() <= end) {
        now = Math.max(now, nextAt());
        wakeDue();
        await idle();
      }
      now = end;
    },
    async until(promise) {
      let settled = false;
      const mark = (): void => {
        settled = true;
      };
      promise.then(mark, mark);
      // Work of the operating system (files, sockets) has no sleeper: it gets some turns to come back.
      for (let empty = 0; ; ) {
        await idle();
        if (settled) return promise;
        if (sleepers.length === 0) {
          empty += 1;
          if (empty > 100) throw new Error('nothing is left that could settle this');
          continue;
        }
        empty = 0;
        now = Math.max(now, nextAt());
        wakeDue();
      }
    },
  };
}

/** Lets everything that is ready run: promises, and callbacks that were put off to the next turn. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 25; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
