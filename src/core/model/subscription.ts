import { z } from 'zod';
import { fold } from '../text/fold.ts';
import { channelRef, personRef } from './address.ts';

/** Which tasks a subscription is about, now and in the future. */
export const subscriptionScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  /** The tasks that this person runs. */
  z.object({ kind: z.literal('mine'), person: personRef }),
  /** The tasks on a line; `name` as it was when the subscription was made. */
  z.object({ kind: z.literal('line'), lineId: z.string(), name: z.string() }),
  /** The tasks whose name contains this text. */
  z.object({ kind: z.literal('name'), text: z.string() }),
]);
export type SubscriptionScope = z.infer<typeof subscriptionScope>;

/** What a channel, or one person by direct message, wants to hear of tasks that nobody named one by one. */
export const subscription = z.object({
  id: z.string(),
  channel: channelRef,
  scope: subscriptionScope,
  /** Who set it up; notified when the channel can no longer be posted to. */
  owner: personRef,
  createdAt: z.number(),
  /** Set when posting failed for good: the chat platform's own code for the reason. */
  brokenBy: z.string().nullable(),
});
export type Subscription = z.infer<typeof subscription>;

/** Equal for scopes that mean the same tasks: a channel has one subscription of each. */
export function scopeKey(scope: SubscriptionScope): string {
  switch (scope.kind) {
    case 'all':
      return 'all';
    case 'mine':
      return `mine:${scope.person}`;
    case 'line':
      return `line:${scope.lineId}`;
    case 'name':
      return `name:${fold(scope.text)}`;
  }
}
