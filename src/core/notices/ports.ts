import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { Alert, AlertPost } from '../model/alert.ts';
import type { BoardMessage } from '../model/channel-board.ts';
import type { NewOutboxItem, OutboxItem } from '../model/outbox.ts';

/** Messages that are neither sent nor dead. */
export interface Backlog {
  items: number;
  /** When the oldest was added, epoch ms; null when there is none. */
  oldestAt: number | null;
}

/** The durable queue of messages. Methods are atomic and safe to call from several bots; all throw `store_failed`. */
export interface Outbox {
  /** Adds items; existing keys are left unchanged. `maybeSent`: each is looked for in its channel before it is posted. */
  enqueue(items: NewOutboxItem[], maybeSent?: boolean): Promise<void>;
  /** Items neither sent nor dead, in the order in which they were added. */
  openItems(): Promise<OutboxItem[]>;
  /** One of them as it is now; null when it is sent, dead or unreadable. */
  openItem(id: string): Promise<OutboxItem | null>;
  /** The message of the item with that key, whatever its state; null when there is none (yet). */
  messageOf(key: string): Promise<MessageRef | null>;
  /** From now on, that is the message of the item with that key, which is added as sent if there is none. */
  setMessageOf(item: NewOutboxItem, message: MessageRef): Promise<void>;
  backlog(): Promise<Backlog>;
  updateItem(
    id: string,
    change: Partial<Pick<OutboxItem, 'state' | 'messageRef' | 'notBefore' | 'attempts'>>,
  ): Promise<void>;
}

/** The messages that show the boards of channels. Methods are atomic and safe to call from several bots; all throw `store_failed`. */
export interface BoardMessages {
  boardMessages(): Promise<BoardMessage[]>;
  boardMessageOf(channel: ChannelRef): Promise<BoardMessage | null>;
  /** Changes the message of a channel; one that has none gets it. */
  setBoardMessage(channel: ChannelRef, change: Partial<Omit<BoardMessage, 'channel'>>): Promise<void>;
  removeBoardMessage(channel: ChannelRef): Promise<void>;
}

/** The messages about alerts. Both throw `store_failed`. */
export interface AlertPosts {
  /** A message and its alerts as they are now, oldest first; null when it is no longer stored. */
  alertMessage(postId: string): Promise<{ post: AlertPost; alerts: Alert[] } | null>;
  /** Notes what was delivered of a message. */
  alertShown(postId: string, change: Partial<Pick<AlertPost, 'shown' | 'ref' | 'lost'>>): Promise<void>;
}
