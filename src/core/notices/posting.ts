import type { MessageRef } from '../model/address.ts';
import type { OutboxBody, OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Posting } from '../ports.ts';

/** What is posted for a notice, or for a correction whose message cannot be edited. */
export function postingOf(body: Exclude<OutboxBody, { type: 'card' }>, watch: Watch | null): Posting {
  const { notice } = body;
  if (body.type === 'correction') return { notice, mentions: [], by: null, thread: null };
  return { notice, mentions: body.mentions, by: body.by, thread: threadOf(body, watch) };
}

/** The card under which a message belongs; null: in the channel itself. */
export function threadOf(body: OutboxBody, watch: Watch | null): MessageRef | null {
  return body.type === 'notice' && body.thread ? (watch?.cardRef ?? null) : null;
}

/** The end of a campaign: that is news also where the message that it replaces is gone. */
export function isEnd({ body }: Pick<OutboxItem, 'body'>): boolean {
  return body.type !== 'card' && body.notice.kind === 'finished';
}

/** Whether it may be posted as a message of its own. */
export function mayBeNew({ body }: Pick<OutboxItem, 'body'>): boolean {
  return body.type !== 'correction' || body.asNew;
}
