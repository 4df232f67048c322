import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { Watch } from '../model/watch.ts';
import { cardOf, stateInHash } from '../watch/card.ts';
import { type Card, type CardEditDeps, createCardEdits, newCard } from './card-edit.ts';

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
  /** What the card of a watch shows now; null when its task was never read. */
  shown(watch: Watch): CardData | null;
}

export function createCards(deps: CardEditDeps): Cards {
  const { store, clock, board, limits, queue, busy } = deps;
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

  const offerOne = (card: Card): void => {
    if (isOutOfDate(card, staleSince())) enqueue(card);
  };
  const { prepare } = createCardEdits(deps, staleSince, offerOne);

  const enqueue = (card: Card): void => {
    const { watch } = card;
    const reading = board.get(watch.taskId);
    if (reading === null) return;
    card.offered = { reading, staleSince: staleSince() };
    const shown = watch.cardHash === null ? null : stateInHash(watch.cardHash);
    const urgent = watch.cardHash === null || (shown !== null && shown !== reading.state);
    queue.put({ id: watch.id, urgent, notBefore: card.notBefore, prepare: () => prepare(card) });
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
    shown({ taskId }) {
      const reading = board.get(taskId);
      return reading === null ? null : cardOf(reading, staleSince());
    },
  };
}
