import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { ClosedCard } from '../model/closed-card.ts';
import type { NewOutboxItem } from '../model/outbox.ts';
import type { Reading } from '../model/reading.ts';

/** What the card of a task says when it is closed. `reading`: what is known of the task; null when it was never read. */
export function closedCardOf(
  taskId: string,
  reading: Pick<Reading, 'task' | 'state'> | null,
  { why, by = null, at }: Pick<ClosedCard, 'why' | 'at'> & { by?: ClosedCard['by'] },
): ClosedCard {
  return { taskId, name: reading?.task.name ?? taskId, state: reading?.state ?? null, why, by, at };
}

/** The item that closes a card. No message is a card again once it was closed, so each has one such item at most. */
export function closingItem(channel: ChannelRef, message: MessageRef, card: ClosedCard): NewOutboxItem {
  return {
    key: `closed:${channel}:${message}`,
    channel,
    taskId: card.taskId,
    body: { type: 'closed', message, card },
    createdAt: card.at,
  };
}
