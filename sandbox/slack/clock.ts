/**
 * Where the stand-in takes its time from: every deadline, expiry, retry and timestamp of the workspace. A test that
 * passes its own clock decides when a trigger id expires or a command times out, however slow the machine is.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Calls `run` once, `ms` milliseconds from now, and returns the function that cancels it. A pending call does not
   * keep the process alive.
   */
  after(ms: number, run: () => void): () => void;
}

/** The longest delay that Node's timers hold, about 24.8 days; they fire at once on anything longer. */
const longestDelayMs = 2_147_483_647;

/** Real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), longestDelayMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
