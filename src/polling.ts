import type { settlingAfterPolls } from './after-poll.ts';
import type { AccountGuard } from './core/access/ownership.ts';
import type { Homes } from './core/home/homes.ts';
import type { Deliverer } from './core/notices/deliver.ts';
import type { Clock, Dialer, Log } from './core/ports.ts';
import { daysAfter } from './core/time/days.ts';
import type { Board } from './core/watch/board.ts';
import { createGapNotes } from './core/watch/gaps.ts';
import type { Versions } from './core/watch/ports.ts';
import { refreshBoard } from './core/watch/refresh.ts';
import { watchOnce } from './core/watch/watch-once.ts';
import { tickMs } from './jobs/cron.ts';
import { type Jobs, startJobs } from './jobs/schedule.ts';
import { measuredPoll } from './measured.ts';
import type { Metrics } from './metrics.ts';
import type { Config } from './settings/config.ts';
import type { Store } from './store/store.ts';
import type { UseCases } from './use-cases.ts';

interface PollingDeps
  extends Pick<
    UseCases,
    'circumstancesOf' | 'alerting' | 'knownHours' | 'timekeeper' | 'stops' | 'recorder' | 'reports' | 'days' | 'digests'
  > {
  dialer: Dialer;
  store: Store;
  board: Board;
  guard: Pick<AccountGuard, 'isTold'>;
  settling: ReturnType<typeof settlingAfterPolls>;
  metrics: Metrics;
  deliverer: Pick<Deliverer, 'flush'>;
  homes: Pick<Homes, 'refresh'>;
  /** Notifies people whose work was cut off as its process died. */
  reportInterrupted(): Promise<void>;
  clock: Clock;
  log: Log;
  /** Names this bot in the leases. */
  owner: string;
}

/** The platform was not read when no poll was good for so long, ms, or for so many ticks. */
const leastGapMs = 5 * 60_000;
const gapTicks = 3;

/** Starts the polls of the platform with all that follows from one, and the clean-ups of the store. */
export function startPolling({ pollCron, historyDays, dialer: { timeZone } }: Config, deps: PollingDeps): Jobs {
  const { dialer, store, board, circumstancesOf, alerting, settling, metrics, knownHours, clock, log, owner } = deps;
  /** Whether the store may be older than what channels were notified of. */
  let quiet = true;
  const progressMissed = new Set<string>();
  const maxMs = Math.max(leastGapMs, gapTicks * tickMs(pollCron));
  const gaps = createGapNotes({ store, board, days: deps.days, log, maxMs });
  return startJobs({
    pollCron,
    watch: async () => {
      const since = clock.elapsed();
      const isOurAccount = () => vouchesFor({ guard: deps.guard, dialer }, since);
      const polled = {
        dialer,
        store,
        log,
        board,
        circumstancesOf,
        recorder: deps.recorder,
        isOurAccount,
        refreshed: (versions: Versions) => {
          alerting.refreshed(versions);
          gaps.begin(versions);
          deps.digests.refreshed(versions);
        },
        progressMissed,
      };
      // Asked until it is over: from then on only a restoration, with no bot running, can begin it anew.
      if (quiet) quiet = (await store.quietPolls()) > 0;
      try {
        await settling((looked) =>
          measuredPoll(() => watchOnce({ ...polled, quietly: quiet, looked }), clock, metrics),
        );
        await gaps.end();
        if (quiet) await store.passQuietPoll();
      } finally {
        await alerting.look();
        await deps.digests.look(quiet);
      }
    },
    follow: async () => {
      await refreshBoard(board, store);
    },
    deliver: async () => {
      // Entered at another bot meanwhile, perhaps.
      await Promise.all([knownHours.refresh(), deps.deliverer.flush(), deps.homes.refresh(), deps.reportInterrupted()]);
    },
    keepTime: deps.timekeeper.tick,
    goOn: () => deps.stops.goOn({ failed: false }),
    store,
    prune: async (before, now) => {
      await store.prune(before, now);
      await store.pruneRecord(daysAfter(deps.reports.today(), -historyDays));
    },
    pruneShortLived: async (before, now) => {
      await store.pruneShortLived(before, now);
      await store.pruneGone(now);
    },
    clock,
    log,
    owner,
    timeZone,
  });
}

/** Whether the platform shows that it answers for our account: by the list, or else by its init metadata. */
async function vouchesFor(
  { guard, dialer }: { guard: Pick<AccountGuard, 'isTold'>; dialer: Pick<Dialer, 'metadata'> },
  since: number,
): Promise<boolean> {
  if (!guard.isTold(since)) await dialer.metadata().catch(() => null);
  return guard.isTold(since);
}
