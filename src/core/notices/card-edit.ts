import { type AppError, toAppError } from '../errors.ts';
import type { ChannelRef } from '../model/address.ts';
import type { Reading } from '../model/reading.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import type { Board } from '../watch/board.ts';
import { cardHash, cardOf } from '../watch/card.ts';
import type { Watches } from '../watch/ports.ts';
import type { EditQueue } from './edit-queue.ts';
import type { Pace } from './pace.ts';
import { backoffMs, type DeliveryLimits, factsOf, maxUnclear, verdictOf } from './policy.ts';
import { nextSilence, type Reach, type Silence, silenceMs } from './reach.ts';

export interface CardEditDeps {
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

/** What this process knows of the card of a watch. */
export interface Card {
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

/** What a card must show now: the platform out of reach since a moment (epoch ms), or null. */
type StaleSince = () => number | null;

/**
 * The edits of cards. `prepare` is called when the turn of a card has come.
 * @param offer puts a card in the queue if it is out of date
 */
export function createCardEdits(deps: CardEditDeps, staleSince: StaleSince, offer: (card: Card) => void) {
  const { store, messenger, clock, log, board, limits, reach, pace, queue, leased, busy } = deps;

  const again = (card: Card): void => {
    card.offered = null;
    offer(card);
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
          if ((await leased()) && reach.enter(watch, clock.elapsed())) {
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
      reach.leave(card.watch, 'not_made', clock.elapsed());
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
    reach.leave(card.watch, unanswered ? 'unanswered' : 'answered', now);
    card.notBefore = now + limits.editEveryMs;
    if (error !== null) return editFailed(card, hash, error);
    Object.assign(card, { refusals: 0, refused: null, silence: null });
    card.watch = { ...card.watch, cardHash: hash };
    await store.updateWatch(id, { cardHash: hash });
    // It may have gone on meanwhile.
    offer(card);
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

  return { prepare };
}

export const newCard = (watch: Watch): Card => ({
  watch,
  offered: null,
  notBefore: 0,
  refusals: 0,
  refused: null,
  silence: null,
  postFrom: 0,
  replaceFrom: 0,
});
