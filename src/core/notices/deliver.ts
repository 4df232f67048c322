import { toAppError } from '../errors.ts';
import type { Clock, Log, Messenger, OutboxItem, Store, Watch } from '../ports.ts';
import type { Board } from '../watch/board.ts';
import { createLane, type Lane } from './lane.ts';
import { type DeliveryLimits, defaultLimits } from './policy.ts';

export interface DelivererDeps {
  store: Pick<
    Store,
    'readings' | 'watches' | 'watchesOf' | 'updateWatch' | 'enqueue' | 'openItems' | 'updateItem' | 'lease' | 'release'
  >;
  messenger: Messenger;
  clock: Clock;
  log: Log;
  board: Board;
  /** Names this bot in the lease; two bots at work at the same time must not share it. */
  owner: string;
  limits?: Partial<DeliveryLimits>;
}

export interface Deliverer {
  /**
   * Sends what is due and resolves when nothing more can be sent now. What must wait (Retry-After, back-off, a card
   * edited a moment ago) is taken up by itself later. Never throws; may be called at any time and as often as liked.
   */
  flush(): Promise<void>;
  /** Resolves after the calls under way; what is left stays in the store. */
  stop(): Promise<void>;
}

const leaseName = 'outbox';

/**
 * Works the outbox and the living cards: channels side by side, the messages of one channel in order, notices before
 * edits. Only the holder of the lease `outbox` delivers. An attempt is written before it is made and looked up in the
 * channel before it is repeated, so that a crash at any point leads to one message and not two.
 */
export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { store, clock, log, board, owner } = deps;
  const limits: DeliveryLimits = { ...defaultLimits, ...deps.limits };
  const stopping = new AbortController();
  const edits = { quietUntil: 0 };
  const lanes = new Map<string, Lane>();
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  let leasedUntil = 0;
  let scanning: Promise<void> = Promise.resolve();
  let waitingScan: Promise<string[]> | null = null;
  let wake: { at: number; cancel: AbortController } | null = null;

  const takeLease = async (): Promise<boolean> => {
    const until = clock.now() + limits.leaseMs;
    leasedUntil = (await store.lease(leaseName, owner, limits.leaseMs)) ? until : 0;
    return leasedUntil !== 0;
  };

  /**
   * False after a gap, even if the lease could be had again: somebody else may have delivered meanwhile. Renewed well
   * before its end, so that no call outlives it.
   */
  const leased = async (): Promise<boolean> => {
    if (clock.now() >= leasedUntil) return false;
    return clock.now() < leasedUntil - (limits.leaseMs * 2) / 3 || takeLease();
  };

  /** Sees to it that every watch without a card has one in the outbox. */
  const planCards = async (): Promise<void> => {
    const enqueue = async (suffix: string): Promise<Watch[]> => {
      // The items before the watches: a card that is posted meanwhile is written into its watch before its item is
      // marked sent, so it is seen in one of the two. The other way round it could be missed in both.
      const open = await store.openItems();
      const missing = (await store.watches()).filter((watch) => {
        const state = board.get(watch.taskId)?.state;
        const wanting = watch.cardTs === null && watch.brokenBy === null && state !== undefined && state !== 'gone';
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

  /** Brings the board up to date, plans cards, and answers the channels that may have work; none without the lease. */
  const scan = async (): Promise<string[]> => {
    if (stopping.signal.aborted || !(await takeLease())) return [];
    for (const reading of (await store.readings()).values()) board.put(reading);
    await planCards();
    const [open, watches] = [await store.openItems(), await store.watches()];
    return [...new Set([...open, ...watches].map(({ channel }) => channel))];
  };

  /** One scan at a time; those asked for while one waits for its turn are that one. */
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
    const lane = lanes.get(channel) ?? createLane({ ...deps, limits, leased, edits, signal: stopping.signal }, channel);
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

  /** Flushes again at that moment, or earlier if an earlier moment is known. */
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
    clock.sleep(Math.max(0, at - clock.now()), mine.cancel.signal).then(then, () => undefined);
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
      if (leasedUntil > 0) await store.release(leaseName, owner).catch((thrown) => logFailure(thrown, null));
    },
  };
}

function isCardOf(item: OutboxItem, watch: Watch): boolean {
  return item.body.type === 'card' && item.taskId === watch.taskId && item.channel === watch.channel;
}
