import { createTask, type Logger, type ScheduledTask } from 'node-cron';
import { AppError, toAppError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { createLease, holding, type Leases } from '../core/time/leases.ts';
import { within } from '../core/time/waiting.ts';

export interface JobsDeps {
  /** Five or six fields, seconds first when six. Read in UTC: in zones with daylight saving an hour would be lost or doubled. */
  pollCron: string;
  /** One poll of the platform. Its rejection is logged and counts as a failed poll. */
  watch(): Promise<void>;
  /** Sends what is due. Called after every tick, on every bot: whoever may deliver does. */
  deliver(): Promise<void>;
  store: Pick<Leases, 'lease' | 'release'>;
  /** Deletes what is older than `before`, and previews of imports older than `previewsBefore` (epoch ms). */
  prune(before: number, previewsBefore: number): Promise<void>;
  clock: Clock;
  log: Log;
  /** Names this bot in the leases. */
  owner: string;
  /** In which the nightly clean-up is timed; UTC by default. */
  timeZone?: string;
  limits?: Partial<JobLimits>;
  cron?: Cron;
}

/** Makes a job that runs by a pattern once it is started. Throws when the pattern is wrong, `start` when the time zone is. */
type Cron = (
  pattern: string,
  run: () => Promise<void>,
  options: { name: string; timezone: string },
) => Pick<ScheduledTask, 'start' | 'destroy'>;

/** In milliseconds. */
interface JobLimits {
  /** A poll that takes longer is given up, so that a hung one cannot stop the watching. */
  pollDeadlineMs: number;
  /** How long the right to poll lasts; renewed while polling. After a crash another bot waits that long. */
  leaseMs: number;
  /** How long stopping waits for the poll and the delivery under way. */
  stopWaitMs: number;
  /** Sent items, submissions and imports older than that are deleted. */
  keepMs: number;
  /** Imports that were previewed and never sent hold whole numbers: they go sooner. */
  keepPreviewsMs: number;
}

interface LastPoll {
  /** When it ended, epoch ms; null before the first. */
  at: number | null;
  ok: boolean;
  /** The code of its error. */
  error: string | null;
}

export interface Jobs {
  /** Ends the schedules and waits, for a while, for the poll and the delivery under way. */
  stop(): Promise<void>;
  /** The last poll of this bot. While another bot holds the right to poll, ticks count as good ones. */
  lastPoll(): LastPoll;
  /** Polls now, or joins the poll under way. Never rejects. */
  pollNow(): Promise<void>;
}

const defaultLimits: JobLimits = {
  pollDeadlineMs: 120_000,
  leaseMs: 30_000,
  stopWaitMs: 5_000,
  keepMs: 30 * 24 * 3_600_000,
  keepPreviewsMs: 24 * 3_600_000,
};
const nightly = '17 3 * * *';
const everyMinute = '* * * * *';

/**
 * Drives the poll and the daily clean-up by node-cron; the first poll starts at once. Of several bots on one store the
 * holder of the lease `poll` polls. No failure ends a job: it is logged in one line and the next tick tries again.
 * Throws when the pattern or the time zone is wrong.
 */
export function startJobs(deps: JobsDeps): Jobs {
  const { store, clock, log, owner } = deps;
  const limits: JobLimits = { ...defaultLimits, ...deps.limits };
  const lease = createLease({ store, clock, log }, { name: 'poll', owner, ttlMs: limits.leaseMs });
  let stopping = false;
  /** Aborted when stopping has waited long enough: a hung poll keeps neither the lease nor the process. */
  const abandoned = new AbortController();
  let last: LastPoll = { at: null, ok: false, error: null };
  let polling: Promise<void> | null = null;
  const delivering = new Set<Promise<void>>();

  const record = (error: AppError | null): void => {
    last = { at: clock.now(), ok: error === null, error: error?.code ?? null };
  };

  const poll = async (): Promise<void> => {
    try {
      if (await lease.take()) await leasedPoll();
      record(null);
    } catch (thrown) {
      const error = toAppError(thrown);
      log.warn('poll failed', { code: error.code, reason: error.message });
      record(error);
    }
    if (!abandoned.signal.aborted) deliver();
  };

  /** `watch` against its deadline, with the lease renewed meanwhile. */
  const leasedPoll = async (): Promise<void> => {
    const stopRenewing = lease.keep();
    const limit = { ms: limits.pollDeadlineMs, signal: abandoned.signal };
    try {
      await within(clock, limit, deps.watch(), () => {
        if (abandoned.signal.aborted) return;
        throw new AppError('platform_timeout', `the poll took longer than ${limits.pollDeadlineMs} ms`);
      });
    } finally {
      await stopRenewing();
    }
  };

  const deliver = (): void => {
    const run = Promise.resolve()
      .then(deps.deliver)
      .catch((thrown) => log.error('delivery failed', { code: toAppError(thrown).code }))
      .finally(() => delivering.delete(run));
    delivering.add(run);
  };

  const pollNow = (): Promise<void> => {
    if (stopping) return Promise.resolve();
    polling ??= poll().finally(() => {
      polling = null;
    });
    return polling;
  };

  /** A poll ends by starting a delivery, so the deliveries are looked at afterwards. */
  const underWay = async (): Promise<void> => {
    await polling;
    await Promise.all(delivering);
  };

  const prune = async (before: number): Promise<void> => {
    try {
      const spec = { name: 'prune', owner, ttlMs: limits.leaseMs };
      const act = () => deps.prune(before, clock.now() - limits.keepPreviewsMs);
      await holding({ store, clock, log }, spec, act, () => undefined);
    } catch (thrown) {
      log.warn('cleanup failed', { code: toAppError(thrown).code });
    }
  };

  const cron = deps.cron ?? nodeCron(log);
  const tasks = [
    cron(nightly, () => prune(clock.now() - limits.keepMs), { name: 'prune', timezone: deps.timeZone ?? 'UTC' }),
    // Nothing but previews is older than the epoch: their numbers go when their day is over, not in the next night.
    cron(everyMinute, () => prune(0), { name: 'previews', timezone: 'UTC' }),
    cron(deps.pollCron, pollNow, { name: 'poll', timezone: 'UTC' }),
  ];
  // A pattern is checked when a task is made, a time zone only when it starts. In this order a wrong one of either
  // leaves nothing running.
  for (const task of tasks) void task.start();
  void pollNow();

  return {
    lastPoll: () => last,
    pollNow,
    async stop() {
      stopping = true;
      for (const task of tasks) await task.destroy();
      await within(clock, { ms: limits.stopWaitMs }, underWay(), () => undefined);
      abandoned.abort();
      await lease.release();
    },
  };
}

function nodeCron(log: Log): Cron {
  const logger = quietLogger(log);
  return (pattern, run, options) => createTask(pattern, run, { ...options, noOverlap: true, logger });
}

/**
 * node-cron warns of every tick skipped because the last one is still at work, and of ticks missed while the process
 * was busy. Both are harmless here (the next poll reads everything) and would fill the log.
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
