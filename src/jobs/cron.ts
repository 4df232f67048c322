import { createTask, type Logger, type ScheduledTask } from 'node-cron';
import type { Clock, Log } from '../core/ports.ts';

/**
 * Creates a job that runs on a cron pattern once started. Throws on an invalid pattern; `start` throws on an invalid
 * time zone.
 */
export type Cron = (
  pattern: string,
  run: () => Promise<void>,
  options: { name: string; timezone: string },
) => Pick<ScheduledTask, 'start' | 'destroy'>;

/** The shortest time between two of the next ticks of a pattern, ms. Throws on an invalid pattern. */
export function tickMs(pattern: string): number {
  const task = createTask(pattern, () => undefined, { timezone: 'UTC' });
  const ticks = task.getNextRuns(10).map((at) => at.getTime());
  void task.destroy();
  return Math.min(...ticks.slice(1).map((at, index) => at - (ticks[index] ?? 0)));
}

/** How often to look whether the clock was set, ms; and what counts as that: more than a clock drifts in this time. */
const lookEveryMs = 1_000;
const setByMs = 500;

/**
 * Cron by node-cron, on the time of day. node-cron waits for the next tick with a timer: when the clock is set back, it
 * would wait for as long as the clock was set back by, and when it is set forward, until the time that has passed
 * already. All jobs are planned anew then.
 */
export function nodeCron({ clock, log }: { clock: Clock; log: Log }): Cron {
  const logger = quietLogger(log);
  const planned = new Set<ScheduledTask>();
  let watching: AbortController | null = null;

  const watchClock = async (signal: AbortSignal): Promise<void> => {
    let difference = clock.now() - clock.elapsed();
    while (!signal.aborted) {
      await clock.sleep(lookEveryMs, signal);
      const next = clock.now() - clock.elapsed();
      if (signal.aborted) return;
      if (Math.abs(next - difference) > setByMs) {
        log.warn('the clock was set: all jobs are planned anew', { byMs: Math.round(next - difference) });
        for (const task of planned) {
          await task.stop();
          await task.start();
        }
      }
      difference = next;
    }
  };

  return (pattern, run, options) => {
    const task = createTask(pattern, run, { ...options, noOverlap: true, logger });
    return {
      start() {
        planned.add(task);
        if (watching === null) {
          watching = new AbortController();
          void watchClock(watching.signal);
        }
        return task.start();
      },
      destroy() {
        planned.delete(task);
        if (planned.size === 0) {
          watching?.abort();
          watching = null;
        }
        return task.destroy();
      },
    };
  };
}

/**
 * node-cron warns about every tick skipped because the previous one is still running, and about ticks missed while the
 * process was busy. Both are harmless here (the next poll reads everything) and would flood the log.
 */
function quietLogger(log: Log): Logger {
  const text = (message: string | Error): string => (message instanceof Error ? message.message : message);
  return {
    debug: (message) => log.debug(text(message)),
    info: (message) => log.debug(message),
    warn: (message) => log.debug(message),
    error: (message) => log.error('a scheduled job failed', { reason: text(message) }),
  };
}
