import type { ChannelRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Clock } from '../ports.ts';
import type { Lease } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { Changes, Watches } from '../watch/ports.ts';
import { refreshBoard } from '../watch/refresh.ts';
import type { Cards } from './cards.ts';
import type { Outbox } from './ports.ts';

interface ScanDeps {
  store: Changes & Pick<Watches, 'watches'> & Pick<Outbox, 'openItems' | 'enqueue'>;
  clock: Pick<Clock, 'now'>;
  board: Board;
  lease: Lease;
  cards: Pick<Cards, 'adopt' | 'missing'>;
  /** Another bot may have delivered until now. */
  restarted(): void;
  /** Whether this bot may hold the lease. */
  mayDeliver(): boolean;
}

/**
 * One look at the store for all channels, which reads what has changed since the last one: brings the board and the
 * watches up to date and ensures that every watch without a card has one in the outbox. Returns the open items of each
 * channel, oldest first; null without the lease.
 */
export function createScan({ store, clock, board, lease, cards, restarted, mayDeliver }: ScanDeps) {
  /** The version of the watches that were read; null: none, or another bot may have acted since. */
  let known: number | null = null;

  /** Plans the cards that are missing. */
  const plan = async (open: OutboxItem[], suffix: string): Promise<boolean> => {
    const planned = new Set(
      open.flatMap(({ body, taskId, channel }) => (body.type === 'card' ? [`${channel} ${taskId}`] : [])),
    );
    const missing = cards.missing().filter(({ channel, taskId }) => !planned.has(`${channel} ${taskId}`));
    if (missing.length === 0) return false;
    const createdAt = clock.now();
    const itemOf = ({ id, taskId, channel }: Watch) => {
      return { key: `card:${id}${suffix}`, channel, taskId, body: { type: 'card' as const }, createdAt };
    };
    await store.enqueue(missing.map(itemOf));
    return true;
  };

  /**
   * The items before the watches: a card posted meanwhile is written to its watch before its item is marked as sent, so
   * it is seen in one of the two. In the opposite order, both could miss it.
   */
  const readAll = async (): Promise<OutboxItem[]> => {
    const open = await store.openItems();
    cards.adopt(await store.watches());
    return open;
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
