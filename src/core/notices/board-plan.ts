import type { ChannelRef } from '../model/address.ts';
import type { BoardMessage } from '../model/channel-board.ts';
import type { Reading } from '../model/reading.ts';
import type { Subscription } from '../model/subscription.ts';
import { type Audience, covers } from '../subscriptions/audience.ts';

/** What the board of a channel is about. */
export interface BoardPlan {
  channel: ChannelRef;
  /** The tasks that the channel watches one by one. */
  watched: ReadonlySet<string>;
  /** The tasks that it has subscribed to. */
  subscriptions: readonly Subscription[];
  /** The channel watches nothing: an existing board says so, and none is posted. */
  isEmpty: boolean;
  /** The channel has cards again: its board says so for the last time. */
  isClosing: boolean;
  /** Why the channel can no longer be posted to, when that is so of all it watches; null otherwise. */
  brokenBy: string | null;
}

/** The boards that there are to be, and those that exist and are to be closed. */
export function boardPlans(audience: Audience, messages: ReadonlyMap<ChannelRef, BoardMessage>): BoardPlan[] {
  const channels = new Set([
    ...audience.watches.map(({ channel }) => channel),
    ...audience.subscriptions.map(({ channel }) => channel),
    ...messages.keys(),
  ]);
  return [...channels].flatMap((channel) => {
    const isClosing = audience.settingsOf(channel).style !== 'board';
    return isClosing && !messages.has(channel) ? [] : [planOf(channel, audience, isClosing)];
  });
}

function planOf(channel: ChannelRef, audience: Audience, isClosing: boolean): BoardPlan {
  const here = <T extends { channel: ChannelRef }>(items: readonly T[]): T[] =>
    items.filter((item) => item.channel === channel);
  const [watches, subscriptions] = [here(audience.watches), here(audience.subscriptions)];
  const all = [...watches, ...subscriptions];
  return {
    channel,
    watched: new Set(watches.map(({ taskId }) => taskId)),
    subscriptions,
    isEmpty: all.length === 0,
    isClosing,
    brokenBy: all.every(({ brokenBy }) => brokenBy !== null) ? (all[0]?.brokenBy ?? null) : null,
  };
}

/** Whether a task has a line on a board. One that was deleted keeps it only where it was watched by itself. */
export function isOnBoard({ task, state, runBy }: Reading, { watched, subscriptions }: BoardPlan): boolean {
  if (watched.has(task.id)) return true;
  return state !== 'gone' && subscriptions.some((subscription) => covers(subscription, { task, runBy }));
}
