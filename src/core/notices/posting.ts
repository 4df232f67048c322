import type { MessageRef } from '../model/address.ts';
import type { OutboxBody, OutboxItem } from '../model/outbox.ts';
import type { Posting } from '../ports.ts';

/** What a call has put into a channel. */
export interface Sent {
  ref: MessageRef | null;
  /** Of what a card, a board or a message about alerts shows now; null where that is not known. */
  hash: string | null;
}

/** What is posted for a notice, or for a correction whose message cannot be edited. */
export function postingOf(body: Extract<OutboxBody, { notice: unknown }>, above: MessageRef | null): Posting {
  const { notice } = body;
  if (body.type === 'correction') return { notice, mentions: [], by: null, thread: null, live: above };
  return { notice, mentions: body.mentions, by: body.by, thread: threadOf(body, above), live: above };
}

/** The card or board (`above`) under which a message belongs; null: in the channel itself. */
export function threadOf(body: OutboxBody, above: MessageRef | null): MessageRef | null {
  return body.type === 'notice' && body.thread ? above : null;
}

/** The end of a campaign: that is news also where the message that it replaces is gone. */
export function isEnd({ body }: Pick<OutboxItem, 'body'>): boolean {
  return 'notice' in body && body.notice.kind === 'finished';
}

/** Whether an item edits a message, where that is still there. */
export function isEdit({ body }: Pick<OutboxItem, 'body'>): boolean {
  return body.type === 'correction' || body.type === 'closed' || (body.type === 'alert' && body.version > 1);
}

/** Whether it says something that must be heard even where the message that it would edit is gone. */
export function isNews(item: Pick<OutboxItem, 'body'>): boolean {
  return item.body.type === 'alert' ? item.body.news : isEnd(item) && mayBeNew(item);
}

/** Whether it may be posted as a message of its own. */
export function mayBeNew({ body }: Pick<OutboxItem, 'body'>): boolean {
  return body.type !== 'closed' && (body.type !== 'correction' || body.asNew);
}
