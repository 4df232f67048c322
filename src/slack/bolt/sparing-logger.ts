import type { Logger } from '@slack/bolt';
import type { Clock } from '../../core/ports.ts';

/** So many warnings are written in so long, ms. */
const allowance = { lines: 10, ms: 60_000 };

/**
 * The same logger for what strangers can cause as often as they like: a request whose signature is wrong is a line, and
 * a log that grows by as many as anybody sends fills the disk. How many were left out is said with the next one that is
 * written.
 */
export function sparingLogger(logger: Logger, clock: Pick<Clock, 'elapsed'>): Logger {
  let [since, written, leftOut] = [Number.NEGATIVE_INFINITY, 0, 0];
  return {
    debug: (...parts) => logger.debug(...parts),
    info: (...parts) => logger.info(...parts),
    error: (...parts) => logger.error(...parts),
    warn(...parts) {
      const now = clock.elapsed();
      if (now - since >= allowance.ms) [since, written] = [now, 0];
      if (written >= allowance.lines) {
        leftOut += 1;
        return;
      }
      written += 1;
      if (leftOut > 0) logger.warn(`${leftOut} more lines like the last ones were left out`);
      leftOut = 0;
      logger.warn(...parts);
    },
    setLevel: (level) => logger.setLevel(level),
    getLevel: () => logger.getLevel(),
    setName: (name) => logger.setName(name),
  };
}
