import { AppError, toAppError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { createLease, holding, type LeaseStore } from '../core/time/leases.ts';
import { createOutage } from '../core/time/outage.ts';
import { within } from '../core/time/waiting.ts';
import { type Cron, nodeCron, tickMs } from './cron.ts';

export interface JobsDeps {
  /**
   * Five or six fields (seconds first when six), in UTC: in a zone with daylight saving time, an hour would be skipped
   * or repeated.
   */
  pollCron: string;
  /** One poll of the platform. Its rejection is logged and counts as a failed poll. */
  watch(): Promise<void>;
  /** While another bot polls: takes over what it found. Its rejection is logged and counts as a failed poll. */
  follow(): Promise<void>;
  /** Acts on what schedules have come due. Called every few seconds on every bot, whatever came of the last call. */
  keepTime?(): Promise<void>;
  /** Goes on with what another bot has left unfinished and nobody may wait for. Called every two seconds on every bot. */
  goOn?(): Promise<void>;
  /** Sends what is due. Called after every tick, on every bot; only the one that holds the lease delivers. */
  deliver(): Promise<void>;
  store: LeaseStore;
  /** Deletes what is older than `before` (epoch ms; `now`: the present). */
  prune(before: number, now: number): Promise<void>;
  /** Deletes previews of imports older than `before` (epoch ms), and whatever else has run out. */
  pruneShortLived(before: number, now: number): Promise<void>;
  clock: Clock;
  log: Log;
  /** Names this bot in the leases. */
  owner: string;
  /** Time zone of the nightly cleanup; UTC by default. */
  timeZone?: string;
  limits?: Partial<JobLimits>;
  cron?: Cron;
}

/** In milliseconds. */
interface JobLimits {
  /** A poll that takes longer is abandoned, so that a hung one cannot stop polling altogether. */
  pollDeadlineMs: number;
  /** How long the poll lease lasts without renewal, should its bot live on: several ticks. It is renewed while polling. */
  leaseMs: number;
  /** How often a bot that does not poll asks whether it is to, and takes over what was found. */
  standByMs: number;
  /** How long a stop waits for the poll and the delivery in progress. */
  stopWaitMs: number;
  /** Sent items, submissions and imports older than this are deleted. */
  keepMs: number;
  /** Imports that were previewed and never sent hold whole numbers: they go sooner, at most some minutes after that. */
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
  /** Ends the schedules and waits, up to a limit, for the poll and the delivery in progress. */
  stop(): Promise<void>;
  /** The last poll of this bot. While another bot holds the poll lease, ticks count as successful polls. */
  lastPoll(): LastPoll;
  /** The first tick that no good poll has followed yet, by `Clock.elapsed`; null when there is none. */
  waitingSince(): number | null;
  /** Whether this bot is the one that polls, as of its last tick. */
  isPolling(): boolean;
  /** Whether the last good poll took longer than the time between two: then everything shown is older than it should be. */
  isSlow(): boolean;
  /** Polls now, or joins the poll under way. Never rejects. */
  pollNow(): Promise<void>;
}

const defaultLimits: JobLimits = {
  pollDeadlineMs: 120_000,
  leaseMs: 300_000,
  standByMs: 3_000,
  stopWaitMs: 5_000,
  keepMs: 30 * 24 * 3_600_000,
  keepPreviewsMs: 24 * 3_600_000,
};
const nightly = '17 3 * * *';
const everyFewMinutes = '*/5 * * * *';
const everyFewSeconds = '*/5 * * * * *';
const everyTwoSeconds = '*/2 * * * * *';

/**
 * Drives the poll and the clean-ups by node-cron; the first poll starts at once. Of several bots on one store the
 * holder of the lease `poll` polls. No failure ends a job: it is logged in one line and the next tick tries again.
 * Throws when the pattern or the time zone is wrong.
 */
export function startJobs(deps: JobsDeps): Jobs {
  const { store, clock, log, owner, keepTime = async () => {}, goOn = async () => {} } = deps;
  const limits: JobLimits = { ...defaultLimits, ...deps.limits };
  const lease = createLease({ store, clock, log }, { name: 'poll', owner, ttlMs: limits.leaseMs });
  const stopped = new AbortController();
  /** Aborted when a stop has waited long enough: a hung poll must hold up neither the lease nor the process. */
  const abandoned = new AbortController();
  let last: LastPoll = { at: null, ok: false, error: null };
  let waitingSince: number | null = null;
  let polling: Promise<void> | null = null;
  let standingBy: Promise<void> | null = null;
  let polls = false;
  let slow = false;
  const outage = createOutage({ clock, log }, { begins: 'poll failed', ends: 'polls succeed again' });
  const everyMs = tickMs(deps.pollCron);
  const delivering = new Set<Promise<void>>();
  const kept = new Set<Promise<void>>();

  const record = (error: AppError | null): void => {
    last = { at: clock.now(), ok: error === null, error: error?.code ?? null };
    if (error === null) waitingSince = null;
    if (error === null) outage.works('poll');
    // A store that fails is an outage of its own.
    else if (error.code === 'store_failed') log.warn('poll failed', { code: error.code, reason: error.message });
    else outage.failed('poll', error);
  };

  const poll = async (): Promise<void> => {
    try {
      polls = (await lease.isHeld()) || (await lease.take());
      if (polls) await leasedPoll();
      else await standBy();
      record(null);
    } catch (thrown) {
      record(toAppError(thrown));
    }
    if (!abandoned.signal.aborted) deliver();
  };

  /** Another bot polls. Its findings are taken over every few seconds from now on, and its place once it is free. */
  const standBy = async (): Promise<void> => {
    standingBy ??= replace().finally(() => {
      standingBy = null;
    });
    await deps.follow();
  };

  const replace = async (): Promise<void> => {
    const { signal } = stopped;
    while (!signal.aborted) {
      await clock.sleep(limits.standByMs, signal);
      if (signal.aborted) return;
      const isFree = await lease.take().catch(() => false);
      if (isFree) {
        log.info('this bot polls from now on');
        void pollNow();
        return;
      }
      await deps.follow().catch((thrown) => log.debug('nothing to follow', { code: toAppError(thrown).code }));
    }
  };

  /** Runs `watch` with a deadline, renewing the lease meanwhile. */
  const leasedPoll = async (): Promise<void> => {
    const stopRenewing = lease.keep();
    const limit = { ms: limits.pollDeadlineMs, signal: abandoned.signal };
    const began = clock.elapsed();
    try {
      await within(clock, limit, deps.watch(), () => {
        if (abandoned.signal.aborted) return;
        throw new AppError('platform_timeout', `the poll took longer than ${limits.pollDeadlineMs} ms`);
      });
      compareWithTicks(clock.elapsed() - began);
    } finally {
      await stopRenewing();
    }
  };

  /** Said once when it begins, and once when it is over. */
  const compareWithTicks = (ms: number): void => {
    if (ms > everyMs && !slow)
      log.warn('a poll takes longer than the time between two', { ms: Math.round(ms), everyMs });
    if (ms <= everyMs && slow) log.info('polls are as fast as they are due again', { ms: Math.round(ms), everyMs });
    slow = ms > everyMs;
  };

  const deliver = (): void => {
    const run = Promise.resolve()
      .then(deps.deliver)
      .catch((thrown) => log.error('delivery failed', { code: toAppError(thrown).code }))
      .finally(() => delivering.delete(run));
    delivering.add(run);
  };

  /** One that takes long does not hold up the next: something else may be due by then. */
  const keeping = (act: () => Promise<void>) => async (): Promise<void> => {
    if (stopped.signal.aborted) return;
    const run = act().finally(() => kept.delete(run));
    kept.add(run);
  };

  const pollNow = (): Promise<void> => {
    if (stopped.signal.aborted) return Promise.resolve();
    waitingSince ??= clock.elapsed();
    polling ??= poll().finally(() => {
      polling = null;
    });
    return polling;
  };

  /** A poll ends by starting a delivery, so deliveries are awaited after polls. */
  const underWay = async (): Promise<void> => {
    await polling;
    await standingBy;
    await Promise.all([...delivering, ...kept]);
  };

  /** One bot at a time; the others find nothing left. */
  const cleanUp = (name: string, act: () => Promise<void>) => async (): Promise<void> => {
    try {
      await holding({ store, clock, log }, { name, owner, ttlMs: limits.leaseMs }, act, () => undefined);
    } catch (thrown) {
      log.warn('cleanup failed', { code: toAppError(thrown).code });
    }
  };
  const prune = cleanUp('prune', () => deps.prune(clock.now() - limits.keepMs, clock.now()));
  const pruneShortLived = cleanUp('prune-short-lived', () =>
    deps.pruneShortLived(clock.now() - limits.keepPreviewsMs, clock.now()),
  );

  const cron = deps.cron ?? nodeCron({ clock, log });
  const tasks = [
    cron(nightly, prune, { name: 'prune', timezone: deps.timeZone ?? 'UTC' }),
    cron(everyFewMinutes, pruneShortLived, { name: 'prune-short-lived', timezone: 'UTC' }),
    cron(everyFewSeconds, keeping(keepTime), { name: 'schedules', timezone: 'UTC' }),
    cron(everyTwoSeconds, keeping(goOn), { name: 'stops', timezone: 'UTC' }),
    cron(deps.pollCron, pollNow, { name: 'poll', timezone: 'UTC' }),
  ];
  // The pattern is validated when a task is created, the time zone only when it starts. In this order, an invalid value
  // of either leaves nothing running.
  for (const task of tasks) void task.start();
  void pollNow();

  return {
    lastPoll: () => last,
    waitingSince: () => waitingSince,
    isPolling: () => polls,
    isSlow: () => slow,
    pollNow,
    async stop() {
      stopped.abort();
      for (const task of tasks) await task.destroy();
      await within(clock, { ms: limits.stopWaitMs }, underWay(), () => undefined);
      abandoned.abort();
      await lease.release();
    },
  };
}
