import { type AppError, toAppError } from '../errors.ts';
import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import { isMuted } from '../subscriptions/audience.ts';
import type { NoticeSettings, Subscriptions } from '../subscriptions/ports.ts';
import type { Watches } from '../watch/ports.ts';
import { createAlertCalls } from './alert-calls.ts';
import type { Boards } from './boards.ts';
import { createCalls } from './calls.ts';
import type { Cards } from './cards.ts';
import type { EditQueue } from './edit-queue.ts';
import { createEfforts } from './efforts.ts';
import { type LookUpDeps, lookUp } from './look-up.ts';
import type { Pace } from './pace.ts';
import {
  backoffMs,
  type DeliveryLimits,
  factsOf,
  isObsolete,
  maxUnanswered,
  maxUnclear,
  type Verdict,
  verdictOf,
} from './policy.ts';
import type { AlertPosts, Outbox } from './ports.ts';
import { isEdit, isEnd, isNews, mayBeNew, type Sent, threadOf } from './posting.ts';
import { attend, nextSilence, type Reach, silenceMs } from './reach.ts';
import { addresseeOf, redirected } from './redirect.ts';
import { closeStray } from './stray.ts';

export interface SenderDeps {
  store: Pick<Watches, 'watchOf' | 'watches' | 'closeCard'> &
    Pick<Subscriptions, 'subscriptionsOf'> &
    Pick<NoticeSettings, 'channelSettingsOf'> &
    AlertPosts &
    Pick<Outbox, 'enqueue' | 'openItem' | 'messageOf' | 'setMessageOf' | 'updateItem'>;
  messenger: Messenger;
  clock: Clock;
  log: Log;
  limits: DeliveryLimits;
  reach: Reach;
  cards: Pick<Cards, 'posted' | 'unfit' | 'shown' | 'has' | 'isEditing'>;
  boards: Pick<Boards, 'wants' | 'posted' | 'unfit' | 'messageOf' | 'shown'>;
  queue: EditQueue;
  pace: Pace;
  lookUps: LookUpDeps['lookUps'];
  /** Whether this bot still holds the delivery lease without a gap. */
  leased(): Promise<boolean>;
  /** Ends a watch whose channel cannot be posted to, and the subscriptions of that channel; notifies their owners. */
  breakChannel(channel: ChannelRef, watch: Watch | null, reason: string): Promise<void>;
  /** Ends everything that a channel watches; notifies the owners. */
  breakBoard(channel: ChannelRef, reason: string): Promise<void>;
  /** Something was added to the outbox. */
  wanted(): void;
  /** A correction took its turn: those behind it may follow. */
  corrected(): void;
  /** Aborted when the bot stops. */
  signal: AbortSignal;
}

/** Sends the items of one channel, in the order in which it is asked to. */
export interface Sender {
  /**
   * Sends an item if it is still to be sent. `done`: it is settled, and the next may go. A number: when to try again,
   * by
   * `Clock.elapsed`. `later`: something else will ask again. Throws `store_failed`.
   */
  send(id: string): Promise<'done' | 'later' | number>;
  /** When an item may be sent, by `Clock.elapsed`. */
  dueAt(item: OutboxItem): number;
  /** Until when the channel is to be left alone, by `Clock.elapsed`. */
  quietUntil(): number;
  /** Forgets what it knew of items that are no longer open. */
  keep(open: ReadonlySet<string>): void;
}

export function createSender(deps: SenderDeps, channel: ChannelRef): Sender {
  const { store, messenger, clock, log, limits, reach, cards, boards, queue, pace, leased, signal } = deps;
  let postedAt = Number.NEGATIVE_INFINITY;
  let quietUntil = 0;
  const alerts = createAlertCalls({ store, messenger }, channel);
  const calls = createCalls({ messenger, cards, boards, alerts }, channel);
  const efforts = createEfforts(clock, limits);
  /** Corrections in the queue or under way: what is stored of them says "attempting", and yet nothing is lost. */
  const correcting = new Set<string>();

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

  /** Marks an item as attempted, makes its call, and records what became of it. */
  const attempt = async (
    item: OutboxItem,
    watch: Watch | null,
    call: () => Promise<Sent>,
  ): Promise<'done' | 'later' | number> => {
    if (signal.aborted || !(await leased())) return 'later';
    await store.updateItem(item.id, { state: 'attempting' });
    let sent: Awaited<ReturnType<typeof attend<Sent>>>;
    try {
      sent = await attend(deps, item, call);
    } catch (thrown) {
      // Anything lost before this attempt was looked up and is not there.
      return failed(item, watch, toAppError(thrown));
    }
    if (sent !== 'blocked') return arrived(item, watch, sent.value);
    await store.updateItem(item.id, { state: item.state });
    return 'later';
  };

  const isSubscribed = async (): Promise<boolean> =>
    (await store.subscriptionsOf(channel)).some(({ brokenBy }) => brokenBy === null);

  /** Waits until the channel may be posted to again; a stop ends the wait. */
  const turn = async (): Promise<void> => {
    const wait = postedAt + limits.postEveryMs - clock.elapsed();
    if (wait > 0) await clock.sleep(wait, signal);
  };

  /** The message under which the changes of a task belong. */
  const above = (watch: Watch | null): MessageRef | null => boards.messageOf(channel) ?? watch?.cardRef ?? null;

  const post = async (item: OutboxItem, watch: Watch | null): Promise<'done' | 'later' | number> => {
    await turn();
    const call = calls.post(item, watch, above(watch));
    // Its task was never read: it is posted after the next poll.
    if (call === null) return 'later';
    return attempt(item, watch, async () => {
      try {
        return await call();
      } finally {
        postedAt = clock.elapsed();
      }
    });
  };

  /** Corrections are edits: they take their turn among those of the whole workspace. */
  const correct = (item: OutboxItem, watch: Watch | null, wrong: MessageRef): 'later' => {
    const { id } = item;
    const call = calls.edit(item, wrong, above(watch));
    const make = async (): Promise<void> => {
      await attempt(item, watch, call).catch((thrown) => {
        log.error('delivery failed', { channel, ...factsOf(toAppError(thrown)) });
      });
      correcting.delete(id);
      deps.corrected();
    };
    correcting.add(id);
    // A channel that gets a board may have many cards to close: nobody waits for them.
    const awaited = item.body.type !== 'closed';
    queue.put({ id, urgent: true, awaited, notBefore: 0, prepare: async () => make });
    return 'later';
  };

  return {
    dueAt: (item) => efforts.of(item).notBefore,
    async send(id) {
      if (correcting.has(id)) return 'later';
      // As it is stored now: it may have been sent or put off since it was listed.
      const item = await store.openItem(id);
      if (item === null) return 'done';
      if (efforts.of(item).notBefore > clock.elapsed()) return efforts.of(item).notBefore;
      const watch = await store.watchOf(item.taskId, channel);
      const subscribed = watch === null && (await isSubscribed());
      const standing = {
        watch,
        subscribed,
        awaitsBoard: boards.wants(channel),
        hasCard: watch !== null && cards.has(watch.id),
      };
      const isOver = isObsolete(item, standing, ageOf(item), limits);
      const person = addresseeOf(item);
      // What may have arrived is looked for first: a card that nobody wants is closed, and a person is notified once.
      const isLost = item.state === 'attempting' && item.body.type !== 'closed';
      if (isOver && !(isLost && (item.body.type === 'card' || person !== null))) return dropFromChannel(item);
      if (isLost) {
        const where = { channel, thread: threadOf(item.body, above(watch)) };
        const sought = await lookUp({ ...deps, note }, where, item, efforts.of(item).lookUps);
        if (sought.kind === 'blocked') return 'later';
        if (sought.kind === 'wait') return putOff(item, sought.ms, true);
        if (sought.kind === 'found') return arrived(item, watch, { ref: sought.ref, hash: null });
        if (isOver) return dropFromChannel(item);
      }
      const { body } = item;
      const { asNew } = efforts.of(item);
      if (body.type === 'closed') {
        // An edit that was begun before could overtake it.
        if (cards.isEditing(channel, body.message)) return clock.elapsed() + limits.postEveryMs;
        return correct(item, null, body.message);
      }
      if (body.type === 'alert') {
        const turn = await alerts.turnOf(body);
        if (turn === 'over') return drop(item);
        if (turn === null && !(await alerts.isWanted(body))) {
          await alerts.lost(body);
          return drop(item);
        }
        return turn === null || asNew ? post(item, null) : correct(item, null, turn);
      }
      if (person !== null && !(await messenger.reaches(channel, person))) return dropFromChannel(item);
      if (body.type !== 'correction' || asNew) return post(item, watch);
      const wrong = await store.messageOf(body.of);
      if (wrong !== null) return correct(item, watch, wrong);
      // A notice that never arrived needs no correction, but an end is announced even if the first one never arrived.
      return isEnd(item) && body.asNew ? post(item, watch) : drop(item);
    },
    quietUntil: () => quietUntil,
    keep: efforts.keep,
  };
}
