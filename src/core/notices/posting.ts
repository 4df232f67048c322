import type { MessageRef } from '../model/address.ts';
import type { OutboxBody, OutboxItem } from '../model/outbox.ts';
import type { Posting } from '../ports.ts';

/** What is posted for a notice, or for a correction whose message cannot be edited. */
export function postingOf(body: Extract<OutboxBody, { notice: unknown }>, above: MessageRef | null): Posting {
  const { notice } = body;
  if (body.type === 'correction') return { notice, mentions: [], by: null, thread: null };
  return { notice, mentions: body.mentions, by: body.by, thread: threadOf(body, above) };
}

/** The card or board (`above`) under which a message belongs; null: in the channel itself. */
export function threadOf(body: OutboxBody, above: MessageRef | null): MessageRef | null {
  return body.type === 'notice' && body.thread ? above : null;
}

/** The end of a campaign: that is news also where the message that it replaces is gone. */
export function isEnd({ body }: Pick<OutboxItem, 'body'>): boolean {
  return 'notice' in body && body.notice.kind === 'finished';
}

/** Whether it may be posted as a message of its own. */
export function mayBeNew({ body }: Pick<OutboxItem, 'body'>): boolean {
  return body.type !== 'correction' || body.asNew;
}
