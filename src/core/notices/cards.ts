import { type AppError, toAppError } from '../errors.ts';
import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { Reading } from '../model/reading.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import type { Board } from '../watch/board.ts';
import { cardHash, cardOf, stateInHash } from '../watch/card.ts';
import type { Watches } from '../watch/ports.ts';
import type { EditQueue } from './edit-queue.ts';
import type { Pace } from './pace.ts';
import { backoffMs, type DeliveryLimits, factsOf, maxUnclear, verdictOf } from './policy.ts';
import { nextSilence, type Reach, type Silence, silenceMs } from './reach.ts';

export interface CardsDeps {
  store: Pick<Watches, 'watchOf' | 'updateWatch'>;
  messenger: Pick<Messenger, 'updateCard'>;
  clock: Clock;
  log: Log;
  board: Board;
  limits: DeliveryLimits;
  reach: Reach;
  pace: Pace;
  queue: EditQueue;
  /** Whether this bot still holds the delivery lease without a gap. */
  leased(): Promise<boolean>;
  /** Whether edits in that channel must wait: its notices come first, or it was asked to be left alone. */
  busy(channel: ChannelRef): boolean;
  /** Ends a watch whose channel cannot be posted to, and notifies its owner. */
  breakWatch(watch: Watch, reason: string): Promise<void>;
  /** A card must be posted anew. */
  wanted(): void;
}

/** The live cards: which are out of date, and their edits. */
export interface Cards {
  /** Adopts all watches, as stored now. */
  adopt(watches: readonly Watch[]): void;
  /** Puts in the queue what is out of date, in all channels or in one. */
  offer(channel?: ChannelRef): void;
  /** The watches that want a card posted. */
  missing(): Watch[];
  /** A card was posted; `ref` is null when it is not known which message it is. */
  posted(watch: Watch, ref: MessageRef | null, hash: string | null): Promise<void>;
  /** A card could not be posted, and not because of its channel: another attempt is made much later. */
  unfit(watchId: string): void;
  broken(watchId: string, reason: string): void;
  /** The chat platform answers again: nothing waits because of that any longer. */
  resume(): void;
  /** What the card of a watch shows now; null when its task was never read. */
  shown(watch: Watch): CardData | null;
}

interface Card {
  watch: Watch;
  /** What was last put in the queue or found to be shown. */
  offered: { reading: Reading; staleSince: number | null } | null;
  /** No edit before this moment; this and the others by `Clock.elapsed`. */
  notBefore: number;
  /** Edits in a row that were refused, and the version that was. */
  refusals: number;
  refused: string | null;
  silence: Silence | null;
  /** No message is posted for this watch before this moment. */
  postFrom: number;
  /** Not replaced, because it cannot be edited, before this moment. */
  replaceFrom: number;
}

export function createCards(deps: CardsDeps): Cards {
  const { store, messenger, clock, log, board, limits, reach, pace, queue, leased, busy } = deps;
  let cards = new Map<string, Card>();
  let byChannel = new Map<ChannelRef, Card[]>();

  const staleSince = (): number | null => {
    const since = board.staleSince;
    return since !== null && clock.now() - since >= limits.staleAfterMs ? since : null;
  };

  /** Whether there may be something new to show, as far as that is known without drawing the card. */
  const isOutOfDate = ({ watch, offered }: Card, stale: number | null): boolean => {
    const reading = board.get(watch.taskId);
    if (reading === null || watch.cardRef === null || watch.brokenBy !== null) return false;
    return (offered?.reading !== reading || offered.staleSince !== stale) && !busy(watch.channel);
  };

  const enqueue = (card: Card): void => {
    const { watch } = card;
    const reading = board.get(watch.taskId);
    if (reading === null) return;
    card.offered = { reading, staleSince: staleSince() };
    const shown = watch.cardHash === null ? null : stateInHash(watch.cardHash);
    const urgent = watch.cardHash === null || (shown !== null && shown !== reading.state);
    queue.put({ id: watch.id, urgent, notBefore: card.notBefore, prepare: () => prepare(card) });
  };

  const again = (card: Card): void => {
    card.offered = null;
    if (isOutOfDate(card, staleSince())) enqueue(card);
  };

  /** Decides what to edit at the last moment: the newest version, if it is not what the card shows. */
  const prepare = async (card: Card): Promise<(() => Promise<void>) | null> => {
    try {
      const { taskId, channel } = card.watch;
      const reading = board.get(taskId);
      if (reading === null) return null;
      const stale = staleSince();
      card.offered = { reading, staleSince: stale };
      const shown = cardOf(reading, stale);
      const hash = cardHash(shown);
      if (hash === card.watch.cardHash || hash === card.refused) return null;
      // A button that was pressed may have edited it, and the watch may have ended.
      const watch = await store.watchOf(taskId, channel);
      if (watch === null || watch.id !== card.watch.id) return null;
      card.watch = watch;
      const { cardRef } = watch;
      if (cardRef === null || watch.brokenBy !== null || hash === watch.cardHash) return null;
      if (busy(channel)) {
        card.offered = null;
        return null;
      }
      return async () => {
        try {
          if ((await leased()) && reach.enter(watch.id, clock.elapsed())) {
            await edit(card, hash, () => messenger.updateCard(channel, cardRef, shown));
          } else {
            card.offered = null;
          }
        } catch (thrown) {
          failed(card, thrown);
        }
      };
    } catch (thrown) {
      failed(card, thrown);
      return null;
    }
  };

  /** The store failed: the next flush tries again. */
  const failed = (card: Card, thrown: unknown): void => {
    card.offered = null;
    const error = toAppError(thrown);
    log.error('delivery failed', { channel: card.watch.channel, code: error.code, reason: error.message });
  };

  const edit = async (card: Card, hash: string, call: () => Promise<void>): Promise<void> => {
    const { id } = card.watch;
    try {
      // Until the edit is answered, nobody knows which version the card shows: the answer may be lost, or this process end.
      await store.updateWatch(id, { cardHash: null });
      card.watch = { ...card.watch, cardHash: null };
    } catch (thrown) {
      reach.leave(id, 'not_made', clock.elapsed());
      throw thrown;
    }
    let error: AppError | null = null;
    try {
      await call();
    } catch (thrown) {
      error = toAppError(thrown);
    }
    const now = clock.elapsed();
    const unanswered = error !== null && verdictOf(error, limits).kind === 'down';
    reach.leave(id, unanswered ? 'unanswered' : 'answered', now);
    card.notBefore = now + limits.editEveryMs;
    if (error !== null) return editFailed(card, hash, error);
    Object.assign(card, { refusals: 0, refused: null, silence: null });
    card.watch = { ...card.watch, cardHash: hash };
    await store.updateWatch(id, { cardHash: hash });
    // It may have gone on meanwhile.
    if (isOutOfDate(card, staleSince())) enqueue(card);
  };

  const editFailed = async (card: Card, hash: string, error: AppError): Promise<void> => {
    const { watch } = card;
    const now = clock.elapsed();
    const verdict = verdictOf(error, limits);
    const note = (message: string): void =>
      log.warn(message, { channel: watch.channel, watch: watch.id, verdict: verdict.kind, ...factsOf(error) });
    switch (verdict.kind) {
      case 'throttled':
        note('a card could not be edited');
        pace.throttled(now, verdict.ms);
        card.notBefore = 0;
        queue.putFirst({ id: watch.id, urgent: false, notBefore: 0, prepare: () => prepare(card) });
        return;
      case 'down':
        if (!reach.down) note('a card could not be edited');
        card.silence = nextSilence(card.silence, reach);
        card.notBefore = now + silenceMs(card.silence, limits);
        return again(card);
      case 'gone':
        return replace(card);
      case 'fixed':
        // No channel is to be filled with cards that cannot be edited: it was replaced a moment ago.
        if (card.replaceFrom > now) {
          card.notBefore = card.replaceFrom;
          return again(card);
        }
        note('a card can no longer be edited: a new one is posted');
        card.replaceFrom = now + limits.newCardEveryMs;
        return replace(card);
      case 'broken':
        note('a card could not be edited');
        return deps.breakWatch(watch, verdict.reason);
      case 'unclear':
      case 'unfit': {
        card.refusals += 1;
        // One line for each series: after that, versions of it are tried at ever longer intervals.
        if (card.refusals === 1) note('a card could not be edited');
        const lasting = verdict.kind === 'unfit' || card.refusals >= maxUnclear;
        if (lasting) card.refused = hash;
        const ms = backoffMs(card.refusals, limits, limits.newCardEveryMs);
        card.notBefore = now + (lasting ? Math.max(ms, limits.editEveryMs) : ms);
        return again(card);
      }
      default:
        return verdict satisfies never;
    }
  };

  /** Leaves the message, if it is still there, and has a new one posted. */
  const replace = async (card: Card): Promise<void> => {
    card.watch = { ...card.watch, cardRef: null, cardHash: null };
    card.offered = null;
    card.notBefore = 0;
    await store.updateWatch(card.watch.id, { cardRef: null, cardHash: null });
    deps.wanted();
  };

  return {
    adopt(watches) {
      const known = cards;
      cards = new Map();
      byChannel = new Map();
      for (const watch of watches) {
        const card = known.get(watch.id) ?? newCard(watch);
        // What is stored may be of another bot, or of a button that was pressed.
        if (card.watch.cardHash !== watch.cardHash || card.watch.brokenBy !== watch.brokenBy) card.offered = null;
        card.watch = watch;
        cards.set(watch.id, card);
        const others = byChannel.get(watch.channel);
        if (others === undefined) byChannel.set(watch.channel, [card]);
        else others.push(card);
      }
    },
    offer(channel) {
      const stale = staleSince();
      const candidates = channel === undefined ? cards.values() : (byChannel.get(channel) ?? []);
      for (const card of candidates) if (isOutOfDate(card, stale)) enqueue(card);
    },
    missing() {
      const now = clock.elapsed();
      return [...cards.values()].flatMap(({ watch, postFrom }) => {
        const state = board.get(watch.taskId)?.state;
        const wanting = watch.cardRef === null && watch.brokenBy === null && state !== undefined && state !== 'gone';
        return wanting && postFrom <= now ? [watch] : [];
      });
    },
    async posted(watch, ref, hash) {
      const card = cards.get(watch.id);
      if (card !== undefined) {
        card.watch = { ...card.watch, cardRef: ref, cardHash: hash };
        card.offered = null;
        if (ref === null) card.postFrom = clock.elapsed() + limits.newCardEveryMs;
      }
      await store.updateWatch(watch.id, { cardRef: ref, cardHash: hash });
    },
    unfit(watchId) {
      const card = cards.get(watchId);
      if (card !== undefined) card.postFrom = clock.elapsed() + limits.newCardEveryMs;
    },
    broken(watchId, reason) {
      const card = cards.get(watchId);
      if (card !== undefined) card.watch = { ...card.watch, brokenBy: reason };
    },
    resume() {
      for (const card of cards.values())
        if (card.silence !== null) Object.assign(card, { notBefore: 0, offered: null });
    },
    shown({ taskId }) {
      const reading = board.get(taskId);
      return reading === null ? null : cardOf(reading, staleSince());
    },
  };
}

const newCard = (watch: Watch): Card => ({
  watch,
  offered: null,
  notBefore: 0,
  refusals: 0,
  refused: null,
  silence: null,
  postFrom: 0,
  replaceFrom: 0,
});
