import { toAppError } from '../errors.ts';
import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Messenger } from '../ports.ts';
import type { Subscriptions } from '../subscriptions/ports.ts';
import type { Watches } from '../watch/ports.ts';
import { createAlertCalls } from './alert-calls.ts';
import type { Boards } from './boards.ts';
import { createCalls } from './calls.ts';
import type { Cards } from './cards.ts';
import type { EditQueue } from './edit-queue.ts';
import { createEfforts } from './efforts.ts';
import { type LookUpDeps, lookUp } from './look-up.ts';
import { factsOf, isObsolete } from './policy.ts';
import type { AlertPosts, Outbox } from './ports.ts';
import { isEnd, type Sent, threadOf } from './posting.ts';
import { attend } from './reach.ts';
import { addresseeOf } from './redirect.ts';
import { createSettling, type SettlingDeps } from './settling.ts';

export interface SenderDeps extends Omit<SettlingDeps, 'store' | 'cards' | 'boards'> {
  store: SettlingDeps['store'] &
    Pick<Watches, 'watchOf' | 'watches'> &
    Pick<Subscriptions, 'subscriptionsOf'> &
    AlertPosts &
    Pick<Outbox, 'openItem'>;
  messenger: Messenger;
  cards: SettlingDeps['cards'] & Pick<Cards, 'isEditing'>;
  boards: SettlingDeps['boards'] & Pick<Boards, 'wants' | 'messageOf' | 'shown'>;
  queue: EditQueue;
  lookUps: LookUpDeps['lookUps'];
  /** Whether this bot still holds the delivery lease without a gap. */
  leased(): Promise<boolean>;
  /** A correction took its turn: those behind it may follow. */
  corrected(): void;
  /** Aborted when the bot stops. */
  signal: AbortSignal;
}

/** Sends the items of one channel, in the order in which it is asked to. */
export interface Sender {
  /**
   * Sends an item if it is still to be sent. `done`: it is settled, and the next may go. A number: when to try again,
   * by `Clock.elapsed`. `later`: something else will ask again. Throws `store_failed`.
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
  const { store, messenger, clock, log, limits, cards, boards, queue, leased, signal } = deps;
  let postedAt = Number.NEGATIVE_INFINITY;
  const alerts = createAlertCalls({ store, messenger }, channel);
  const calls = createCalls({ messenger, cards, boards, alerts }, channel);
  const efforts = createEfforts(clock, limits);
  const settling = createSettling(deps, channel, efforts, alerts);
  const { ageOf, drop, dropFromChannel, putOff, arrived, failed } = settling;
  /** Corrections in the queue or under way: what is stored of them says "attempting", and yet nothing is lost. */
  const correcting = new Set<string>();

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
        const sought = await lookUp({ ...deps, note: settling.note }, where, item, efforts.of(item).lookUps);
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
    quietUntil: settling.quietUntil,
    keep: efforts.keep,
  };
}
