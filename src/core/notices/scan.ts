import type { ChannelRef } from '../model/address.ts';
import type { NewOutboxItem, OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock } from '../ports.ts';
import { readAudience } from '../subscriptions/audience.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { Lease } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import { closedCardOf } from '../watch/closing.ts';
import type { Changes, Watches } from '../watch/ports.ts';
import { refreshBoard } from '../watch/refresh.ts';
import type { Boards } from './boards.ts';
import type { Cards } from './cards.ts';
import type { BoardMessages, Outbox } from './ports.ts';

interface ScanDeps {
  store: Changes &
    AudienceStore &
    Pick<Watches, 'closeCard'> &
    Pick<Outbox, 'openItems' | 'enqueue'> &
    Pick<BoardMessages, 'boardMessages'>;
  clock: Pick<Clock, 'now'>;
  board: Board;
  lease: Lease;
  cards: Pick<Cards, 'adopt' | 'missing'>;
  boards: Pick<Boards, 'adopt' | 'missing'>;
  /** Another bot may have delivered until now. */
  restarted(): void;
  /** Whether this bot may hold the lease. */
  mayDeliver(): boolean;
}

/**
 * One look at the store for all channels, which reads what has changed since the last one: brings the board and the
 * watches up to date and ensures that every card and every board of a channel that is missing is in the outbox. Returns the open items of each
 * channel, oldest first; null without the lease.
 */
export function createScan({ store, clock, board, lease, cards, boards, restarted, mayDeliver }: ScanDeps) {
  /** The version of the watches that were read; null: none, or another bot may have acted since. */
  let known: number | null = null;

  /** Plans the cards and boards that are missing. */
  const plan = async (open: OutboxItem[], suffix: string): Promise<boolean> => {
    const createdAt = clock.now();
    const cardItem = ({ id, taskId, channel }: Watch): NewOutboxItem => {
      return { key: `card:${id}${suffix}`, channel, taskId, body: { type: 'card' }, createdAt };
    };
    const boardItem = (channel: ChannelRef): NewOutboxItem => {
      return { key: `board:${channel}${suffix}`, channel, taskId: '', body: { type: 'board' }, createdAt };
    };
    const placeOf = ({ body, taskId, channel }: NewOutboxItem): string => `${body.type} ${channel} ${taskId}`;
    const planned = new Set(open.map(placeOf));
    const wanted = [...cards.missing().map(cardItem), ...boards.missing().map(boardItem)];
    const missing = wanted.filter((item) => !planned.has(placeOf(item)));
    if (missing.length === 0) return false;
    await store.enqueue(missing);
    return true;
  };

  /**
   * The items before the watches: a card posted meanwhile is written to its watch before its item is marked as sent, so
   * it is seen in one of the two. In the opposite order, both could miss it. So it is with boards and their messages.
   */
  const readAll = async (): Promise<OutboxItem[]> => {
    const open = await store.openItems();
    const [audience, messages] = await Promise.all([readAudience(store), store.boardMessages()]);
    const hasCard = ({ channel }: Watch): boolean => audience.settingsOf(channel).style === 'cards';
    cards.adopt(audience.watches.filter(hasCard));
    boards.adopt(audience, messages);
    return (await closeCards(audience.watches.filter((watch) => !hasCard(watch)))) ? store.openItems() : open;
  };

  /** Of channels that have a board: the cards that they had before. Whether there were any. */
  const closeCards = async (watches: readonly Watch[]): Promise<boolean> => {
    const left = watches.filter(({ cardRef }) => cardRef !== null);
    for (const watch of left) {
      await store.closeCard(
        watch,
        closedCardOf(watch.taskId, board.get(watch.taskId), { why: 'board', at: clock.now() }),
      );
    }
    return left.length > 0;
  };

  return async (): Promise<Map<ChannelRef, OutboxItem[]> | null> => {
    if (!mayDeliver()) {
      known = null;
      await lease.release();
      return null;
    }
    if (!(await lease.isHeld())) {
      known = null;
      if (!(await lease.take())) return null;
      restarted();
    }
    const { watches } = await refreshBoard(board, store);
    let open = watches === known ? await store.openItems() : await readAll();
    known = watches;
    if (await plan(open, '')) {
      // The second round finds those whose plain key was used before: their card was deleted or could not be posted.
      open = await readAll();
      if (await plan(open, `:${clock.now()}`)) open = await store.openItems();
    }
    return byChannel(open);
  };
}

function byChannel(items: readonly OutboxItem[]): Map<ChannelRef, OutboxItem[]> {
  const map = new Map<ChannelRef, OutboxItem[]>();
  for (const item of items) {
    const others = map.get(item.channel);
    if (others === undefined) map.set(item.channel, [item]);
    else others.push(item);
  }
  return map;
}
