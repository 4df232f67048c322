import { toAppError } from '../errors.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import { createLease, type LeaseStore } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { Readings, Watches } from '../watch/ports.ts';
import { createLane, type Lane } from './lane.ts';
import { type DeliveryLimits, defaultLimits } from './policy.ts';
import type { Outbox } from './ports.ts';

export interface DelivererDeps {
  store: Pick<Readings, 'readings'> & Pick<Watches, 'watches' | 'watchesOf' | 'updateWatch'> & Outbox & LeaseStore;
  messenger: Messenger;
  clock: Clock;
  log: Log;
  board: Board;
  /** Identifies this bot in the lease; two running bots must not share it. */
  owner: string;
  limits?: Partial<DeliveryLimits>;
}

export interface Deliverer {
  /**
   * Sends what is due and resolves when nothing more can be sent now. What must wait (Retry-After, back-off, a card
   * edited a moment ago) is retried later automatically. Never throws; may be called at any time and as often as
   * needed.
   */
  flush(): Promise<void>;
  /** Resolves after the calls in progress; what is left remains in the store. */
  stop(): Promise<void>;
}

/**
 * Processes the outbox and the live cards: channels in parallel, the messages of one channel in order, notices before
 * edits. Only the holder of the lease `outbox` delivers. An attempt is recorded before it is made and looked up in the
 * channel before it is repeated, so that a crash at any point results in one message and not two.
 */
export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { store, clock, log, board, owner } = deps;
  const limits: DeliveryLimits = { ...defaultLimits, ...deps.limits };
  const lease = createLease({ store, clock, log }, { name: 'outbox', owner, ttlMs: limits.leaseMs });
  const stopping = new AbortController();
  const edits = { quietUntil: 0 };
  const lanes = new Map<string, Lane>();
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  let scanning: Promise<void> = Promise.resolve();
  let waitingScan: Promise<string[]> | null = null;
  let wake: { at: number; cancel: AbortController } | null = null;

  /** Ensures that every watch without a card has one in the outbox. */
  const planCards = async (): Promise<void> => {
    const enqueue = async (suffix: string): Promise<Watch[]> => {
      // The items before the watches: a card posted meanwhile is written to its watch before its item is marked as
      // sent, so it is seen in one of the two. In the opposite order, both could miss it.
      const open = await store.openItems();
      const missing = (await store.watches()).filter((watch) => {
        const state = board.get(watch.taskId)?.state;
        const wanting = watch.cardRef === null && watch.brokenBy === null && state !== undefined && state !== 'gone';
        return wanting && !open.some((item) => isCardOf(item, watch));
      });
      const createdAt = clock.now();
      if (missing.length > 0) {
        await store.enqueue(
          missing.map(({ id, taskId, channel }) => ({
            key: `card:${id}${suffix}`,
            channel,
            taskId,
            body: { type: 'card' },
            createdAt,
          })),
        );
      }
      return missing;
    };
    // The second round finds those whose plain key was used before: their card was deleted or could not be posted.
    if ((await enqueue('')).length > 0) await enqueue(`:${clock.now()}`);
  };

  /** Updates the board, plans cards, and returns the channels that may have work; none without the lease. */
  const scan = async (): Promise<string[]> => {
    if (stopping.signal.aborted || !(await lease.take())) return [];
    for (const reading of (await store.readings()).values()) board.adopt(reading);
    await planCards();
    const [open, watches] = [await store.openItems(), await store.watches()];
    return [...new Set([...open, ...watches].map(({ channel }) => channel))];
  };

  /** One scan at a time; all requests made while one is waiting share it. */
  const nextScan = (): Promise<string[]> => {
    if (waitingScan === null) {
      waitingScan = scanning.then(() => {
        waitingScan = null;
        return scan();
      });
      scanning = waitingScan.then(
        () => undefined,
        () => undefined,
      );
    }
    return waitingScan;
  };

  const work = async (channel: string, turn: { again: boolean }): Promise<void> => {
    const lane =
      lanes.get(channel) ??
      createLane({ ...deps, limits, leased: lease.isHeld, edits, signal: stopping.signal }, channel);
    lanes.set(channel, lane);
    try {
      do {
        turn.again = false;
        const next = await lane.pass();
        if (next !== null) wakeAt(next);
      } while (turn.again && !stopping.signal.aborted);
    } catch (thrown) {
      logFailure(thrown, channel);
    } finally {
      running.delete(channel);
    }
  };

  const run = (channel: string): Promise<void> => {
    const busy = running.get(channel);
    if (busy !== undefined) {
      busy.again = true;
      return busy.done;
    }
    const turn = { again: false, done: Promise.resolve() };
    running.set(channel, turn);
    turn.done = work(channel, turn);
    return turn.done;
  };

  const flush = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    try {
      await Promise.all((await nextScan()).map(run));
    } catch (thrown) {
      logFailure(thrown, null);
    }
  };

  /** Flushes again at that time (by `Clock.elapsed`), or earlier if an earlier time is known. */
  const wakeAt = (at: number): void => {
    if (stopping.signal.aborted || (wake !== null && wake.at <= at)) return;
    wake?.cancel.abort();
    const mine = { at, cancel: new AbortController() };
    wake = mine;
    const then = (): Promise<void> => {
      if (wake !== mine) return Promise.resolve();
      wake = null;
      return flush();
    };
    void clock.sleep(Math.max(0, at - clock.elapsed()), mine.cancel.signal).then(then);
  };

  const logFailure = (thrown: unknown, channel: string | null): void => {
    const error = toAppError(thrown);
    log.error('delivery failed', { channel, code: error.code, reason: error.message });
  };

  return {
    flush,
    async stop() {
      stopping.abort();
      wake?.cancel.abort();
      wake = null;
      await scanning;
      await Promise.all([...running.values()].map(({ done }) => done));
      await lease.release();
    },
  };
}

function isCardOf(item: OutboxItem, watch: Watch): boolean {
  return item.body.type === 'card' && item.taskId === watch.taskId && item.channel === watch.channel;
}
