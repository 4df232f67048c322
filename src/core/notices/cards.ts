import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { Reading } from '../model/reading.ts';
import type { Watch } from '../model/watch.ts';
import type { Messenger } from '../ports.ts';
import type { Board } from '../watch/board.ts';
import { cardHash, cardOf, stateInHash } from '../watch/card.ts';
import type { Watches } from '../watch/ports.ts';
import {
  createLiveEdits,
  type Live,
  type LiveEditDeps,
  type LiveKind,
  type LiveMessage,
  newLive,
} from './live-edit.ts';

/** The live cards: which are out of date, and their edits. */
export interface Cards {
  /** Adopts all watches that have cards, as stored now. */
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
  /** Whether that watch has a card or is to get one: in a channel with a board it has none. */
  has(watchId: string): boolean;
  /** Whether an edit of that card may still arrive. */
  isEditing(channel: ChannelRef, message: MessageRef): boolean;
  /** What the card of a watch shows now; null when its task was never read. */
  shown(watch: Pick<Watch, 'taskId'>): CardData | null;
}

interface CardsDeps extends LiveEditDeps {
  store: Pick<Watches, 'watchOf' | 'updateWatch'>;
  messenger: Pick<Messenger, 'updateCard'>;
  board: Board;
  /** Since when the platform is out of reach, if cards are to say so. */
  staleSince(): number | null;
  /** Ends a watch whose channel cannot be posted to, and notifies its owner. */
  breakWatch(watch: Watch, reason: string): Promise<void>;
}

interface CardMessage extends LiveMessage {
  watch: Watch;
}
interface Source {
  reading: Reading;
  staleSince: number | null;
}
type Card = Live<CardMessage, Source>;

const messageOf = (watch: Watch): CardMessage => {
  const { id, channel, cardRef, cardHash, brokenBy } = watch;
  return { id, channel, ref: cardRef, hash: cardHash, brokenBy, watch };
};

export function createCards(deps: CardsDeps): Cards {
  const { store, messenger, clock, board, limits, queue, busy, staleSince } = deps;
  let cards = new Map<string, Card>();
  let byChannel = new Map<ChannelRef, Card[]>();

  const kind: LiveKind<CardMessage, Source> = {
    name: 'card',
    async stored({ watch: { taskId, channel } }) {
      const watch = await store.watchOf(taskId, channel);
      return watch === null ? null : messageOf(watch);
    },
    store: ({ id }, { ref, hash }) =>
      store.updateWatch(id, {
        ...(ref === undefined ? {} : { cardRef: ref }),
        ...(hash === undefined ? {} : { cardHash: hash }),
      }),
    draw({ channel, watch: { taskId } }) {
      const reading = board.get(taskId);
      if (reading === null) return null;
      const source = { reading, staleSince: staleSince() };
      const shown = cardOf(reading, source.staleSince);
      return { source, hash: cardHash(shown), update: (ref) => messenger.updateCard(channel, ref, shown) };
    },
    broken: ({ watch }, reason) => deps.breakWatch(watch, reason),
  };

  /** Whether there may be something new to show, as far as that is known without drawing the card. */
  const isOutOfDate = ({ message, offered }: Card, stale: number | null): boolean => {
    const reading = board.get(message.watch.taskId);
    if (reading === null || message.ref === null || message.brokenBy !== null) return false;
    return (offered?.reading !== reading || offered.staleSince !== stale) && !busy(message.channel);
  };

  const offerOne = (card: Card): void => {
    if (isOutOfDate(card, staleSince())) enqueue(card);
  };
  const { prepare, isEditing } = createLiveEdits(deps, kind, offerOne);

  const enqueue = (card: Card): void => {
    const { id, hash, watch } = card.message;
    const reading = board.get(watch.taskId);
    if (reading === null) return;
    card.offered = { reading, staleSince: staleSince() };
    const shown = hash === null ? null : stateInHash(hash);
    const urgent = hash === null || (shown !== null && shown !== reading.state);
    queue.put({ id, urgent, notBefore: card.notBefore, prepare: () => prepare(card) });
  };

  return {
    adopt(watches) {
      const known = cards;
      cards = new Map();
      byChannel = new Map();
      for (const watch of watches) {
        const message = messageOf(watch);
        const card: Card = known.get(watch.id) ?? newLive(message);
        // What is stored may be of another bot, or of a button that was pressed.
        if (card.message.hash !== message.hash || card.message.brokenBy !== message.brokenBy) card.offered = null;
        card.message = message;
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
      return [...cards.values()].flatMap(({ message, postFrom }) => {
        const state = board.get(message.watch.taskId)?.state;
        const wanting = message.ref === null && message.brokenBy === null && state !== undefined && state !== 'gone';
        return wanting && postFrom <= now ? [message.watch] : [];
      });
    },
    async posted(watch, ref, hash) {
      const card = cards.get(watch.id);
      if (card !== undefined) {
        card.message = { ...card.message, ref, hash };
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
      if (card !== undefined) card.message = { ...card.message, brokenBy: reason };
    },
    has: (watchId) => cards.has(watchId),
    isEditing,
    shown({ taskId }) {
      const reading = board.get(taskId);
      return reading === null ? null : cardOf(reading, staleSince());
    },
  };
}
