import { toAppError } from '../errors.ts';
import type { ChannelRef } from '../model/address.ts';
import type { SubscriptionScope } from '../model/subscription.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import type { NoticeSettings, Subscriptions } from '../subscriptions/ports.ts';
import { patiently } from '../time/waiting.ts';
import type { Board } from '../watch/board.ts';
import type { Watches } from '../watch/ports.ts';
import { type DeliveryLimits, factsOf } from './policy.ts';

type Watched = string | SubscriptionScope | { kind: 'digest' };

interface BreakingDeps {
  store: Pick<Watches, 'watches' | 'updateWatch'> &
    Pick<Subscriptions, 'breakSubscriptions'> &
    Pick<NoticeSettings, 'channelSettingsOf' | 'changeChannelSettings'>;
  messenger: Pick<Messenger, 'reportBroken'>;
  clock: Clock;
  log: Log;
  board: Pick<Board, 'get'>;
  limits: DeliveryLimits;
  /** From now on nothing is posted for that watch, or as the board of that channel. */
  stopCard(watchId: string, reason: string): void;
  stopBoard(channel: ChannelRef, reason: string): void;
  /** Begins something that is not waited for, except by a stop. */
  begin(work: () => Promise<void>): void;
  /** Aborted when the bot stops. */
  signal: AbortSignal;
}

/**
 * What ends with a channel that can no longer be posted to. It is written before the owners are notified: at most one
 * notification, even if the process dies in between. All throw `store_failed`.
 */
export interface Breaking {
  breakWatch(watch: Watch, reason: string): Promise<void>;
  /** That watch, if there is one, and the subscriptions and the digest of the channel. */
  breakChannel(channel: ChannelRef, watch: Watch | null, reason: string): Promise<void>;
  /** All that the channel watches, and its digest; each owner is notified once. */
  breakBoard(channel: ChannelRef, reason: string): Promise<void>;
}

export function createBreaking(deps: BreakingDeps): Breaking {
  const { store, messenger, clock, log, board, limits, stopCard, stopBoard, begin, signal } = deps;

  /** A rate limit is waited for; after any other failure the message may have arrived. */
  const notifyOwner = async (
    broken: Pick<Watch, 'owner' | 'channel'> & { id?: string },
    watched: Watched,
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

  const nameOf = ({ taskId }: Watch): string => board.get(taskId)?.task.name ?? taskId;

  const breakWatch = async (watch: Watch, reason: string): Promise<void> => {
    const { id, taskId, channel } = watch;
    stopCard(id, reason);
    await store.updateWatch(id, { brokenBy: reason });
    log.warn('a channel can no longer be posted to', { channel, task: taskId, reason });
    begin(() => notifyOwner(watch, nameOf(watch), reason));
  };

  const breakSubscriptions = async (channel: ChannelRef, reason: string) => {
    const broken = await store.breakSubscriptions(channel, reason);
    if (broken.length > 0) log.warn('a channel can no longer be posted to', { channel, reason });
    return broken;
  };

  /** Ends the digest of a channel; null where it has none that was not ended before. */
  const breakDigest = async (channel: ChannelRef, reason: string): Promise<Pick<Watch, 'owner' | 'channel'> | null> => {
    const { digest } = await store.channelSettingsOf(channel);
    if (digest === null || digest.brokenBy !== null) return null;
    await store.changeChannelSettings(channel, { digest: { ...digest, brokenBy: reason } });
    return { owner: digest.owner, channel };
  };

  return {
    breakWatch,
    async breakChannel(channel, watch, reason) {
      if (watch !== null) await breakWatch(watch, reason);
      for (const subscription of await breakSubscriptions(channel, reason)) {
        begin(() => notifyOwner(subscription, subscription.scope, reason));
      }
      const digest = await breakDigest(channel, reason);
      if (digest !== null) begin(() => notifyOwner(digest, { kind: 'digest' }, reason));
    },
    async breakBoard(channel, reason) {
      stopBoard(channel, reason);
      const here = (await store.watches()).filter((watch) => watch.channel === channel && watch.brokenBy === null);
      for (const { id } of here) await store.updateWatch(id, { brokenBy: reason });
      if (here.length > 0) log.warn('a channel can no longer be posted to', { channel, tasks: here.length, reason });
      const watched = here.map((watch) => ({ broken: watch, of: nameOf(watch) }));
      const subscribed = (await breakSubscriptions(channel, reason)).map((each) => ({ broken: each, of: each.scope }));
      const digest = await breakDigest(channel, reason);
      const ended: { broken: Pick<Watch, 'owner' | 'channel'>; of: Watched }[] = [
        ...watched,
        ...subscribed,
        ...(digest === null ? [] : [{ broken: digest, of: { kind: 'digest' as const } }]),
      ];
      for (const owner of new Set(ended.map(({ broken }) => broken.owner))) {
        const own = ended.filter(({ broken }) => broken.owner === owner);
        const [first] = own;
        if (first === undefined) continue;
        begin(() => notifyOwner(first.broken, own.length === 1 ? first.of : { kind: 'all' }, reason));
      }
    },
  };
}
