import { type AppError, toAppError } from '../errors.ts';
import type { MessageRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import type { Board } from '../watch/board.ts';
import { cardHash, cardOf } from '../watch/card.ts';
import type { Watches } from '../watch/ports.ts';
import { type DeliveryLimits, isObsolete, verdictOf } from './policy.ts';
import type { Outbox } from './ports.ts';

export interface LaneDeps {
  store: Pick<Watches, 'watches' | 'watchesOf' | 'updateWatch'> &
    Pick<Outbox, 'openItems' | 'messageOf' | 'updateItem'>;
  messenger: Messenger;
  clock: Clock;
  log: Log;
  board: Board;
  limits: DeliveryLimits;
  /** Whether this bot still holds the delivery lease, without a gap since the items were read. */
  leased(): Promise<boolean>;
  /** Edits are limited per workspace, so one refusal pauses the edits of all lanes. By `Clock.elapsed`. */
  edits: { quietUntil: number };
  /** Aborted when the bot stops. */
  signal: AbortSignal;
}

/** The messages of one channel, one at a time. */
export interface Lane {
  /** Sends what is due. Returns when to try again (by `Clock.elapsed`), null when nothing is left. Throws `store_failed`. */
  pass(): Promise<number | null>;
}

/**
 * The lookup of a lost attempt starts this much before the item was written. The chat platform dates its messages by its
 * own clock, and ours may have been wrong by hours when the item was written.
 */
const clockSkewMs = 24 * 3_600_000;

export function createLane(deps: LaneDeps, channel: string): Lane {
  const { store, messenger, clock, log, board, limits, leased, edits, signal } = deps;
  let postedAt = Number.NEGATIVE_INFINITY;
  let quietUntil = 0;
  /** When the items that wait may be tried again: what is stored of it is an instant of a clock that may be set. */
  const dueAt = new Map<string, number>();
  const editedAt = new Map<string, number>();
  const editFailures = new Map<string, number>();

  const cardNow = (watch: Watch): CardData | null => {
    const reading = board.get(watch.taskId);
    return reading === null ? null : cardOf(reading, board.staleSince);
  };

  const breakWatch = async (watch: Watch, reason: string): Promise<void> => {
    // Written before the owner is notified: at most one notification, even if the process dies in between.
    await store.updateWatch(watch.id, { brokenBy: reason });
    log.warn('a channel can no longer be posted to', { channel, task: watch.taskId, reason });
    try {
      await messenger.reportBroken(watch, board.get(watch.taskId)?.task.name ?? watch.taskId, reason);
    } catch (thrown) {
      log.warn('the owner of a watch could not be notified', { watch: watch.id, ...factsOf(toAppError(thrown)) });
    }
  };

  /** Records that an item arrived. The watch first: an item marked as sent is never looked at again. */
  const arrived = async (
    item: OutboxItem,
    watch: Watch | null,
    ref: MessageRef,
    shown: CardData | null,
  ): Promise<void> => {
    if (item.body.type === 'card' && watch !== null) {
      await store.updateWatch(watch.id, { cardRef: ref, cardHash: shown === null ? null : cardHash(shown) });
    }
    await store.updateItem(item.id, { state: 'sent', messageRef: ref });
  };

  /** Handles a failed call for an item. Returns when to try again, null when never. */
  const failed = async (item: OutboxItem, watch: Watch | null, attempts: number, error: AppError) => {
    const verdict = verdictOf(error, attempts, limits);
    log.warn('a message could not be sent', {
      channel,
      key: item.key,
      attempts,
      verdict: verdict.kind,
      ...factsOf(error),
    });
    if (verdict.kind === 'wait') {
      const at = clock.elapsed() + verdict.ms;
      if (verdict.throttled) quietUntil = at;
      dueAt.set(item.id, at);
      // An attempt that may have arrived is kept as such, so that it is looked up before it is repeated.
      const lost = item.state === 'attempting' || error.details.maybeSent === true;
      await store.updateItem(item.id, {
        state: lost ? 'attempting' : 'pending',
        attempts,
        notBefore: clock.now() + verdict.ms,
      });
      return at;
    }
    await store.updateItem(item.id, { state: 'dead', attempts });
    const reason = verdict.kind === 'broken' ? verdict.reason : (error.details.chatError ?? error.code);
    // A card that exceeds the limits would be retried forever.
    if (watch !== null && (verdict.kind === 'broken' || item.body.type === 'card')) await breakWatch(watch, reason);
    return null;
  };

  /** Waits until the channel may be posted to again; a stop ends the wait. */
  const turn = async (): Promise<void> => {
    const wait = postedAt + limits.postEveryMs - clock.elapsed();
    if (wait > 0) await clock.sleep(wait, signal);
  };

  /** Sends one item. Returns when to try again, null when the next one may go. */
  const send = async (item: OutboxItem): Promise<number | null> => {
    const watch = (await store.watchesOf(item.taskId)).find((candidate) => candidate.channel === channel) ?? null;
    if (isObsolete(item, watch, clock.now(), limits)) {
      await store.updateItem(item.id, { state: 'dead' });
      return null;
    }
    const attempts = item.attempts + 1;
    if (item.state === 'attempting') {
      try {
        const found = await messenger.find(channel, item.key, item.createdAt - clockSkewMs);
        if (found !== null) {
          await arrived(item, watch, found, null);
          return null;
        }
      } catch (thrown) {
        return failed(item, watch, attempts, toAppError(thrown));
      }
    }

    await turn();
    if (signal.aborted || !(await leased())) return clock.elapsed();
    const card = item.body.type === 'card' && watch !== null ? cardNow(watch) : null;
    if (item.body.type === 'card' && card === null) return null;
    await store.updateItem(item.id, { state: 'attempting', attempts });
    let ref: MessageRef | null;
    try {
      ref = await post(item, card);
    } catch (thrown) {
      // Anything lost before this attempt was looked up and is not there.
      return failed({ ...item, state: 'pending' }, watch, attempts, toAppError(thrown));
    } finally {
      postedAt = clock.elapsed();
    }
    if (ref === null) await store.updateItem(item.id, { state: 'dead' });
    else await arrived(item, watch, ref, card);
    return null;
  };

  /** Posts, or replaces what was posted. null: there is nothing to correct. */
  const post = async (item: OutboxItem, card: CardData | null): Promise<MessageRef | null> => {
    const { body } = item;
    if (body.type === 'notice') return messenger.postNotice(channel, body.notice, item.key);
    if (body.type === 'correction') {
      const wrong = await store.messageOf(body.of);
      if (wrong === null) {
        // A notice that never arrived needs no correction, but an end is announced even if the first one never arrived.
        return body.notice.kind === 'finished' ? messenger.postNotice(channel, body.notice, item.key) : null;
      }
      await messenger.updateNotice(channel, wrong, body.notice);
      return wrong;
    }
    if (card === null) throw new Error('a card item without a reading');
    return messenger.postCard(channel, card, item.key);
  };

  /**
   * When an item may be tried, by `Clock.elapsed`. Of one that waited before a restart, or on another bot, what remains
   * by the time of day: at most the longest back-off, for a clock that was set back would make it wait for hours.
   */
  const dueOf = ({ id, notBefore }: OutboxItem): number => {
    const left = notBefore - clock.now();
    const due = dueAt.get(id) ?? clock.elapsed() + (left > limits.lastBackoffMs ? 0 : Math.max(0, left));
    dueAt.set(id, due);
    return due;
  };

  /** The items in order; the first that must wait holds back those behind it. */
  const posts = async (): Promise<number | null> => {
    const items = (await store.openItems()).filter((open) => open.channel === channel);
    const open = new Set(items.map(({ id }) => id));
    for (const id of dueAt.keys()) if (!open.has(id)) dueAt.delete(id);
    for (const item of items) {
      if (signal.aborted) return null;
      const due = dueOf(item);
      if (due > clock.elapsed()) return due;
      const retryAt = await send(item);
      if (retryAt !== null) return retryAt;
    }
    return null;
  };

  /** Edits one card if it is out of date. Returns when to look again, null when it is up to date. */
  const edit = async (watch: Watch, cardRef: MessageRef): Promise<number | null> => {
    const card = cardNow(watch);
    const hash = card === null ? null : cardHash(card);
    if (card === null || hash === watch.cardHash) return null;
    const due = Math.max(edits.quietUntil, (editedAt.get(watch.id) ?? Number.NEGATIVE_INFINITY) + limits.editEveryMs);
    if (due > clock.elapsed()) return due;
    if (!(await leased())) return clock.elapsed();
    try {
      await messenger.updateCard(channel, cardRef, card);
    } catch (thrown) {
      return editFailed(watch, toAppError(thrown));
    } finally {
      editedAt.set(watch.id, clock.elapsed());
    }
    editFailures.delete(watch.id);
    await store.updateWatch(watch.id, { cardHash: hash });
    return null;
  };

  const editFailed = async (watch: Watch, error: AppError): Promise<number | null> => {
    if (error.details.concerns === 'message_gone') {
      // Someone deleted the card: it is posted anew.
      await store.updateWatch(watch.id, { cardRef: null, cardHash: null });
      return clock.elapsed();
    }
    const failures = (editFailures.get(watch.id) ?? 0) + 1;
    editFailures.set(watch.id, failures);
    const verdict = verdictOf(error, failures, limits);
    log.warn('a card could not be edited', { channel, watch: watch.id, verdict: verdict.kind, ...factsOf(error) });
    if (verdict.kind !== 'wait') {
      editFailures.delete(watch.id);
      await breakWatch(watch, verdict.kind === 'broken' ? verdict.reason : (error.details.chatError ?? error.code));
      return null;
    }
    const at = clock.elapsed() + verdict.ms;
    if (verdict.throttled) edits.quietUntil = at;
    return Math.max(at, clock.elapsed() + limits.editEveryMs);
  };

  /** The cards, the one that has waited longest first. */
  const cards = async (): Promise<number | null> => {
    const watches = (await store.watches()).filter((watch) => watch.channel === channel && watch.brokenBy === null);
    watches.sort((a, b) => (editedAt.get(a.id) ?? 0) - (editedAt.get(b.id) ?? 0));
    let next: number | null = null;
    for (const watch of watches) {
      if (signal.aborted) return null;
      if (watch.cardRef !== null) next = earlier(next, await edit(watch, watch.cardRef));
    }
    return next;
  };

  return {
    async pass() {
      if (quietUntil > clock.elapsed()) return quietUntil;
      const postAt = await posts();
      if (quietUntil > clock.elapsed()) return quietUntil;
      return earlier(postAt, await cards());
    },
  };
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function factsOf(error: AppError): Record<string, unknown> {
  return { code: error.code, chatError: error.details.chatError, retryAfterMs: error.details.retryAfterMs };
}
