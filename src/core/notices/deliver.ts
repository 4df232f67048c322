import { AppError, toAppError } from '../errors.ts';
import type { ChannelRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import type { AudienceStore, NoticeSettings, Subscriptions } from '../subscriptions/ports.ts';
import { createLease, type LeaseStore } from '../time/leases.ts';
import { createOutage, type Outage } from '../time/outage.ts';
import type { Board } from '../watch/board.ts';
import type { Troubles } from '../watch/channel-board.ts';
import type { Changes, Watches } from '../watch/ports.ts';
import { createBoards } from './boards.ts';
import { createBreaking } from './breaking.ts';
import { createCards } from './cards.ts';
import { createChannels } from './channels.ts';
import { createEditQueue } from './edit-queue.ts';
import { createPace } from './pace.ts';
import { type DeliveryLimits, defaultLimits } from './policy.ts';
import type { AlertPosts, BoardMessages, Outbox } from './ports.ts';
import { createReach, othersFirstMs } from './reach.ts';
import { createScan } from './scan.ts';
import { createSender } from './sender.ts';

export interface DelivererDeps {
  store: Changes &
    Pick<Watches, 'watches' | 'watchOf' | 'updateWatch' | 'closeCard'> &
    Pick<Subscriptions, 'subscriptionsOf' | 'breakSubscriptions'> &
    Pick<NoticeSettings, 'channelSettingsOf' | 'changeChannelSettings'> &
    AudienceStore &
    BoardMessages &
    AlertPosts &
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
  /** What is wrong with tasks, as far as this bot knows: boards show it. The same map until that changes. */
  troubles?(): Troubles;
  /** Where outages of the chat platform are logged, shared with whatever else notices them. */
  outage?: Outage;
  limits?: Partial<DeliveryLimits>;
}

/** The words for an outage of the chat platform. */
export const chatOutage = { begins: 'the chat platform cannot be used', ends: 'the chat platform can be used again' };

export interface Deliverer {
  /**
   * Sends what is due and resolves when nothing more can be sent now. What must wait (Retry-After, back-off, a card
   * edited a moment ago, the pace of the workspace) is sent later automatically. Never throws; may be called at any
   * time and as often as needed.
   */
  flush(): Promise<void>;
  /** Cards and boards whose edit is due and waits for its turn. */
  waitingEdits(): number;
  /** Resolves after the calls in progress; what is left remains in the store. */
  stop(): Promise<void>;
}

/**
 * Processes the outbox, the live cards and the boards: channels in parallel, the notices of one task in order, notices before
 * edits, all edits of the workspace at one pace. Only the holder of the lease `outbox` delivers. An attempt is recorded
 * before it is made and looked up in the channel before it is repeated, so that a crash at any point results in one
 * message and not two.
 */
export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { store, clock, log, board, owner } = deps;
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

  const outage = deps.outage ?? createOutage({ clock, log }, chatOutage);
  const reach = createReach(limits, (down) => {
    if (down) outage.failed('messages', new AppError('chat_failed', 'messages to several channels get no answer'));
    else outage.works('messages');
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
  const breaking = createBreaking({
    ...deps,
    limits,
    stopCard: (watchId, reason) => cards.broken(watchId, reason),
    stopBoard: (channel, reason) => boards.broken(channel, reason),
    begin,
    signal,
  });
  const cards = createCards({ ...edits, ...breaking });
  const noTroubles: Troubles = new Map();
  const boards = createBoards({ ...edits, ...breaking, troubles: deps.troubles ?? (() => noTroubles) });
  const offer = (channel?: ChannelRef): void => {
    cards.offer(channel);
    boards.offer(channel);
  };
  const shared = {
    ...deps,
    limits,
    reach,
    cards,
    boards,
    queue,
    pace,
    lookUps: { quietUntil: 0 },
    wanted: edits.wanted,
    leased,
    ...breaking,
    signal,
  };
  const channels = createChannels({
    clock,
    reach,
    queue,
    senderFor: (channel) => createSender({ ...shared, corrected: () => channels.run(channel) }, channel),
    posted: (channel) => {
      offer(channel);
      begin(queue.advance);
    },
    failed,
    signal,
  });
  const scan = createScan({
    ...deps,
    lease,
    cards,
    boards,
    restarted: () => pace.restart(clock.elapsed()),
    mayDeliver: deps.isPolling ?? (() => true),
  });

  /** One call at a time until one is answered. */
  const probe = async (): Promise<void> => {
    while (reach.down && !signal.aborted) {
      await clock.sleep(Math.max(0, reach.probeAt() - clock.elapsed()), signal);
      const before = reach.calls;
      await channels.probe();
      offer();
      if (reach.calls === before) await queue.probe();
      if (reach.calls === before) await clock.sleep(othersFirstMs, signal);
    }
  };

  const goOn = async (): Promise<void> => {
    channels.resume();
    offer();
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
      offer();
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
