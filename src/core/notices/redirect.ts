import type { PersonRef } from '../model/address.ts';
import type { NewOutboxItem, OutboxItem } from '../model/outbox.ts';

/** Whom a message in a channel is for alone: who runs the task that a colleague acted on. null: it is for the channel. */
export function addresseeOf({ body }: Pick<OutboxItem, 'body'>): PersonRef | null {
  if (body.type !== 'notice' || body.by === null || body.direct) return null;
  return body.mentions[0] ?? null;
}

/**
 * The same to that person by direct message, for when the channel cannot carry it: it can no longer be posted to, it no
 * longer follows the task, or they are not in it. Its key depends on that of the item, so it exists once.
 */
export function redirected({ key, taskId, createdAt, body }: OutboxItem, person: PersonRef): NewOutboxItem {
  return {
    key: `${key}:direct`,
    channel: person,
    taskId,
    createdAt,
    body: body.type === 'notice' ? { ...body, thread: false, mentions: [], direct: true } : body,
  };
}
