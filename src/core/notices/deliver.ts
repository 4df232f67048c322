import { toAppError } from '../errors.ts';
import type { ChannelRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { SubscriptionScope } from '../model/subscription.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import type { Subscriptions } from '../subscriptions/ports.ts';
import { createLease, type LeaseStore } from '../time/leases.ts';
import { patiently } from '../time/waiting.ts';
import type { Board } from '../watch/board.ts';
import type { Changes, Watches } from '../watch/ports.ts';
import { createCards } from './cards.ts';
import { createChannels } from './channels.ts';
import { createEditQueue } from './edit-queue.ts';
import { createPace } from './pace.ts';
import { type DeliveryLimits, defaultLimits, factsOf } from './policy.ts';
import type { Outbox } from './ports.ts';
import { createReach, othersFirstMs } from './reach.ts';
import { createScan } from './scan.ts';
import { createSender } from './sender.ts';

export interface DelivererDeps {
  store: Changes &
    Pick<Watches, 'watches' | 'watchOf' | 'updateWatch'> &
    Pick<Subscriptions, 'subscriptionsOf' | 'breakSubscriptions'> &
    Outbox &
    LeaseStore;
  messenger: Messenger;
  clock: Clock;
  log: Log;
  board: Board;
  /** Identifies this bot in the lease; two running bots must not share it. */
  owner: string;
  /**
   * Whether this bot polls, if that matters: the one that polls knows first what is to be shown, and whether the
   * platform can be read at all. Absent: any bot may deliver.
   */
  isPolling?(): boolean;
  limits?: Partial<DeliveryLimits>;
}

export interface Deliverer {
  /**
   * Sends what is due and resolves when nothing more can be sent now. What must wait (Retry-After, back-off, a card
   * edited a moment ago, the pace of the workspace) is sent later automatically. Never throws; may be called at any
   * time and as often as needed.
   */
  flush(): Promise<void>;
  /** Cards whose edit is due and waits for its turn. */
  waitingEdits(): number;
  /** Resolves after the calls in progress; what is left remains in the store. */
  stop(): Promise<void>;
}

/**
 * Processes the outbox and the live cards: channels in parallel, the notices of one task in order, notices before
 * edits, all edits of the workspace at one pace. Only the holder of the lease `outbox` delivers. An attempt is recorded
 * before it is made and looked up in the channel before it is repeated, so that a crash at any point results in one
 * message and not two.
 */
export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { store, clock, log, board, owner, messenger } = deps;
  const limits: DeliveryLimits = { ...defaultLimits, ...deps.limits };
  const lease = createLease({ store, clock, log }, { name: 'outbox', owner, ttlMs: limits.leaseMs });
  const stopping = new AbortController();
  const { signal } = stopping;
  const background = new Set<Promise<void>>();
  let scanning: Promise<void> = Promise.resolve();
  let standingBy = false;
  let waitingScan: Promise<Map<ChannelRef, OutboxItem[]> | null> | null = null;

  const failed = (thrown: unknown, channel: ChannelRef | null): void => {
    const { code, message } = toAppError(thrown);
    log.error('delivery failed', { channel, code, reason: message });
  };

  /** Something that is not waited for, except by a stop. */
  const begin = (work: () => Promise<void>): void => {
    const begun = work()
      .catch((thrown) => failed(thrown, null))
      .finally(() => background.delete(begun));
    background.add(begun);
  };

  /** After a gap another bot may have acted: everything is read again. */
  const leased = async (): Promise<boolean> => {
    const held = await lease.isHeld();
    if (!held && !signal.aborted) begin(flush);
    return held;
  };

  const breakWatch = async (watch: Watch, reason: string): Promise<void> => {
    const { id, taskId, channel } = watch;
    cards.broken(id, reason);
    // Written before the owner is notified: at most one notification, even if the process dies in between.
    await store.updateWatch(id, { brokenBy: reason });
    log.warn('a channel can no longer be posted to', { channel, task: taskId, reason });
    begin(() => notifyOwner(watch, board.get(taskId)?.task.name ?? taskId, reason));
  };

  const breakChannel = async (channel: ChannelRef, watch: Watch | null, reason: string): Promise<void> => {
    if (watch !== null) await breakWatch(watch, reason);
    const broken = await store.breakSubscriptions(channel, reason);
    if (broken.length > 0) log.warn('a channel can no longer be posted to', { channel, reason });
    for (const subscription of broken) begin(() => notifyOwner(subscription, subscription.scope, reason));
  };

  /** A rate limit is waited for; after any other failure the message may have arrived. */
  const notifyOwner = async (
    broken: Pick<Watch, 'id' | 'owner' | 'channel'>,
    watched: string | SubscriptionScope,
    reason: string,
  ): Promise<void> => {
    const failure = await patiently(
      clock,
      { maxWaits: 5, maxWaitMs: limits.maxWaitMs, signal },
      () => messenger.reportBroken(broken, watched, reason).then(() => null, toAppError),
      (error) => error?.details.retryAfterMs ?? null,
    );
    if (failure === null) return;
    log.warn('the owner of a watch could not be notified', { watch: broken.id, ...factsOf(failure) });
  };

  const reach = createReach(limits, (down) => {
    log.warn(down ? 'the chat platform does not answer' : 'the chat platform answers again');
    begin(down ? probe : goOn);
  });
  const pace = createPace(limits.editsPerMinute, limits.editBurst, clock.elapsed());
  const queue = createEditQueue({ pace, clock, held: () => reach.down, signal });
  const staleSince = (): number | null => {
    const since = board.staleSince;
    return since !== null && clock.now() - since >= limits.staleAfterMs ? since : null;
  };
  const edits = {
    ...deps,
    limits,
    reach,
    pace,
    queue,
    leased,
    busy: (channel: ChannelRef) => channels.isBusy(channel),
    staleSince,
    wanted: () => begin(flush),
  };
  const cards = createCards({ ...edits, breakWatch });
  const shared = {
    ...deps,
    limits,
    reach,
    cards,
    queue,
    pace,
    lookUps: { quietUntil: 0 },
    leased,
    breakChannel,
    signal,
  };
  const channels = createChannels({
    clock,
    reach,
    queue,
    senderFor: (channel) => createSender({ ...shared, corrected: () => channels.run(channel) }, channel),
    posted: (channel) => {
      cards.offer(channel);
      begin(queue.advance);
    },
    failed,
    signal,
  });
  const scan = createScan({
    ...deps,
    lease,
    cards,
    restarted: () => pace.restart(clock.elapsed()),
    mayDeliver: deps.isPolling ?? (() => true),
  });

  /** One call at a time until one is answered. */
  const probe = async (): Promise<void> => {
    while (reach.down && !signal.aborted) {
      await clock.sleep(Math.max(0, reach.probeAt() - clock.elapsed()), signal);
      const before = reach.calls;
      await channels.probe();
      cards.offer();
      if (reach.calls === before) await queue.probe();
      if (reach.calls === before) await clock.sleep(othersFirstMs, signal);
    }
  };

  const goOn = async (): Promise<void> => {
    channels.resume();
    cards.offer();
    await settle();
  };

  /** Resolves when nothing more can be sent now. */
  const settle = async (): Promise<void> => {
    for (const settled of [channels.settled, queue.advance, channels.settled, queue.advance]) await settled();
  };

  /** One scan at a time; all requests made while one is waiting share it. */
  const nextScan = (): Promise<Map<ChannelRef, OutboxItem[]> | null> => {
    if (waitingScan === null) {
      waitingScan = scanning.then(() => {
        waitingScan = null;
        return signal.aborted ? null : scan();
      });
      scanning = waitingScan.then(
        () => undefined,
        () => undefined,
      );
    }
    return waitingScan;
  };

  /** Another bot delivers: asks from time to time whether it still does, so that one that died is replaced soon. */
  const standBy = async (): Promise<void> => {
    if (standingBy) return;
    standingBy = true;
    await clock.sleep(limits.standByMs, signal);
    standingBy = false;
    await flush();
  };

  async function flush(): Promise<void> {
    if (signal.aborted) return;
    try {
      const items = await nextScan();
      if (signal.aborted) return;
      if (items === null) return begin(standBy);
      channels.give(items);
      cards.offer();
      await Promise.all([queue.advance(), settle()]);
    } catch (thrown) {
      failed(thrown, null);
    }
  }

  return {
    flush,
    waitingEdits: queue.waiting,
    async stop() {
      stopping.abort();
      await scanning;
      await channels.settled();
      await queue.settled();
      await Promise.all(background);
      await lease.release();
    },
  };
}
