import type { MessageRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Clock } from '../ports.ts';
import { closedCardOf, closingItem } from '../watch/closing.ts';
import type { Watches } from '../watch/ports.ts';
import type { Cards } from './cards.ts';
import type { Outbox } from './ports.ts';

interface StrayDeps {
  store: Pick<Watches, 'watchOf' | 'closeCard'> & Pick<Outbox, 'enqueue'>;
  cards: Pick<Cards, 'shown' | 'has'>;
  clock: Pick<Clock, 'now'>;
  /** There is something to send. */
  wanted(): void;
}

/** Closes a card that arrived when its watch had ended, or its channel had got a board. Throws `store_failed`. */
export async function closeStray(
  { store, cards, clock, wanted }: StrayDeps,
  { taskId, channel }: Pick<OutboxItem, 'taskId' | 'channel'>,
  ref: MessageRef,
): Promise<void> {
  const watch = await store.watchOf(taskId, channel);
  const isOfWatch = watch !== null && watch.cardRef === ref;
  if (isOfWatch && cards.has(watch.id)) return;
  const known = cards.shown({ taskId });
  const closed = closedCardOf(taskId, known, { why: isOfWatch ? 'board' : 'unwatched', at: clock.now() });
  if (isOfWatch) await store.closeCard(watch, closed);
  else await store.enqueue([closingItem(channel, ref, closed)]);
  wanted();
}
