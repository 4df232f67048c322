import type { AppError } from '../errors.ts';
import type { ChannelRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock, Log } from '../ports.ts';
import { isMuted } from '../subscriptions/audience.ts';
import type { NoticeSettings } from '../subscriptions/ports.ts';
import type { Watches } from '../watch/ports.ts';
import type { AlertCalls } from './alert-calls.ts';
import type { Boards } from './boards.ts';
import type { Cards } from './cards.ts';
import type { Efforts } from './efforts.ts';
import type { Pace } from './pace.ts';
import {
  backoffMs,
  type DeliveryLimits,
  factsOf,
  maxUnanswered,
  maxUnclear,
  type Verdict,
  verdictOf,
} from './policy.ts';
import type { Outbox } from './ports.ts';
import { isEdit, isNews, mayBeNew, type Sent } from './posting.ts';
import { nextSilence, type Reach, silenceMs } from './reach.ts';
import { addresseeOf, redirected } from './redirect.ts';
import { closeStray } from './stray.ts';

export interface SettlingDeps {
  store: Pick<Watches, 'watchOf' | 'closeCard'> &
    Pick<NoticeSettings, 'channelSettingsOf'> &
    Pick<Outbox, 'enqueue' | 'messageOf' | 'setMessageOf' | 'updateItem'>;
  clock: Clock;
  log: Log;
  limits: DeliveryLimits;
  reach: Reach;
  cards: Pick<Cards, 'posted' | 'unfit' | 'shown' | 'has'>;
  boards: Pick<Boards, 'posted' | 'unfit'>;
  pace: Pace;
  /** Ends a watch whose channel cannot be posted to, and the subscriptions of that channel; notifies their owners. */
  breakChannel(channel: ChannelRef, watch: Watch | null, reason: string): Promise<void>;
  /** Ends everything that a channel watches; notifies the owners. */
  breakBoard(channel: ChannelRef, reason: string): Promise<void>;
  /** Something was added to the outbox. */
  wanted(): void;
}

/** Records what became of the items of one channel. `done`: settled. A number: when to try again, by `Clock.elapsed`. */
export interface Settling {
  note(item: OutboxItem, verdict: Verdict, error: AppError): void;
  ageOf(item: OutboxItem): number;
  drop(item: OutboxItem): Promise<'done'>;
  dropFromChannel(item: OutboxItem): Promise<'done'>;
  putOff(item: OutboxItem, ms: number, lost: boolean, attempts?: number): Promise<number>;
  arrived(item: OutboxItem, watch: Watch | null, sent: Sent): Promise<'done'>;
  failed(item: OutboxItem, watch: Watch | null, error: AppError): Promise<'done' | number>;
  /** Until when the channel is to be left alone, by `Clock.elapsed`. */
  quietUntil(): number;
}

export function createSettling(
  deps: SettlingDeps,
  channel: ChannelRef,
  efforts: Efforts,
  alerts: Pick<AlertCalls, 'arrived' | 'lost'>,
): Settling {
  const { store, clock, log, limits, reach, cards, boards, pace } = deps;
  let quietUntil = 0;

  const note = (item: OutboxItem, verdict: Verdict, error: AppError): void => {
    // Of an outage, its beginning and its end are logged, and one message that never gets an answer is given up.
    if (verdict.kind === 'down' && reach.down) return;
    const level = verdict.kind === 'down' ? 'debug' : 'warn';
    const facts = { channel, key: item.key, attempts: item.attempts + 1, verdict: verdict.kind, ...factsOf(error) };
    log[level]('a message could not be sent', facts);
  };

  const drop = async (item: OutboxItem): Promise<'done'> => {
    await store.updateItem(item.id, { state: 'dead' });
    efforts.forget(item.id);
    return 'done';
  };

  const ageOf = (item: OutboxItem): number => clock.elapsed() - efforts.of(item).writtenAt;

  /** Drops what its channel cannot carry; what is for one person alone goes to them instead, unless they mute it. */
  const dropFromChannel = async (item: OutboxItem): Promise<'done'> => {
    const person = ageOf(item) > limits.maxAgeMs ? null : addresseeOf(item);
    if (person !== null && !isMuted(await store.channelSettingsOf(person), clock.now())) {
      await store.enqueue([redirected(item, person)]);
      deps.wanted();
    }
    return drop(item);
  };

  /**
   * Whether giving up would leave an alert unheard, or something that looks alive and is not: it is tried for as long as
   * a notice would wait. Nothing waits behind it.
   */
  const isTenacious = (item: OutboxItem): boolean =>
    (item.body.type === 'alert' || item.body.type === 'closed') && ageOf(item) <= limits.maxAgeMs;

  const giveUp = async (item: OutboxItem, watch: Watch | null): Promise<'done'> => {
    log.error('a message was given up', { channel, key: item.key });
    if (item.body.type === 'card' && watch !== null) cards.unfit(watch.id);
    if (item.body.type === 'board') boards.unfit(channel);
    return drop(item);
  };

  /** Puts an item off. `lost`: it may have arrived, and is kept as such so that it is looked up before it is repeated. */
  const putOff = async (item: OutboxItem, ms: number, lost: boolean, attempts = item.attempts): Promise<number> => {
    const notBefore = clock.elapsed() + ms;
    efforts.of(item).notBefore = notBefore;
    const state = lost ? 'attempting' : 'pending';
    await store.updateItem(item.id, { state, attempts, notBefore: clock.now() + ms });
    return notBefore;
  };

  /** Records that an item arrived. The item last: one that is marked as sent is never looked at again. */
  const arrived = async (item: OutboxItem, watch: Watch | null, { ref, hash }: Sent): Promise<'done'> => {
    const { body } = item;
    const shown = ref === null ? null : hash;
    if (body.type === 'card' && watch !== null) await cards.posted(watch, ref, shown);
    if (body.type === 'card' && ref !== null) await closeStray(deps, item, ref);
    if (body.type === 'board') await boards.posted(channel, ref, shown);
    if (body.type === 'alert') await alerts.arrived(body, ref, hash);
    if (body.type === 'correction' && ref !== null && ref !== (await store.messageOf(body.of))) {
      // It became a message of its own: that is the one to correct from now on.
      await store.setMessageOf({ ...item, key: body.of, body: { type: 'notice', notice: body.notice } }, ref);
    }
    await store.updateItem(item.id, { state: 'sent', messageRef: ref });
    efforts.forget(item.id);
    return 'done';
  };

  /** Handles a failed call for an item. */
  const failed = async (item: OutboxItem, watch: Watch | null, error: AppError): Promise<'done' | number> => {
    const verdict = verdictOf(error, limits);
    const effort = efforts.of(item);
    const lost = error.details.maybeSent === true;
    const attempts = item.attempts + 1;
    const asEdit = isEdit(item) && !effort.asNew;
    if (verdict.kind === 'gone') {
      // Someone deleted what was to be corrected: nothing is wrong any longer. But what came after that is news.
      if (!asEdit || !isNews(item)) return drop(item);
      effort.asNew = true;
      return putOff(item, 0, false);
    }
    note(item, verdict, error);
    switch (verdict.kind) {
      case 'throttled':
        if (asEdit) pace.throttled(clock.elapsed(), verdict.ms);
        else quietUntil = clock.elapsed() + verdict.ms;
        return putOff(item, verdict.ms, lost);
      case 'down':
        effort.silence = nextSilence(effort.silence, reach);
        if (effort.silence.blamed >= maxUnanswered && !isTenacious(item)) return giveUp(item, watch);
        return putOff(item, silenceMs(effort.silence, limits), lost);
      case 'unclear':
        if (attempts >= maxUnclear && !isTenacious(item)) return giveUp(item, watch);
        return putOff(item, backoffMs(attempts, limits), lost, attempts);
      case 'fixed':
        if (!asEdit) return giveUp(item, watch);
        if (!mayBeNew(item)) return drop(item);
        effort.asNew = true;
        return putOff(item, 0, false);
      case 'unfit':
        return giveUp(item, watch);
      case 'broken':
        // Whatever else the channel watches finds out by itself.
        if (item.body.type === 'closed') return drop(item);
        if (item.body.type === 'alert') await alerts.lost(item.body);
        if (item.body.type === 'board' || item.body.type === 'alert') await deps.breakBoard(channel, verdict.reason);
        else await deps.breakChannel(channel, watch, verdict.reason);
        return dropFromChannel(item);
      default:
        return verdict satisfies never;
    }
  };

  return { note, ageOf, drop, dropFromChannel, putOff, arrived, failed, quietUntil: () => quietUntil };
}
