import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { AlertMessage } from '../model/alert.ts';
import type { OutboxBody } from '../model/outbox.ts';
import type { Messenger } from '../ports.ts';
import type { Subscriptions } from '../subscriptions/ports.ts';
import type { Watches } from '../watch/ports.ts';
import type { AlertPosts } from './ports.ts';
import type { Sent } from './posting.ts';

type AlertBody = Extract<OutboxBody, { type: 'alert' }>;

interface AlertCallDeps {
  store: AlertPosts & Pick<Watches, 'watches'> & Pick<Subscriptions, 'subscriptionsOf'>;
  messenger: Pick<Messenger, 'postAlert' | 'updateAlert'>;
}

/** The messages about alerts in one channel. What they show is read when it is sent; its `hash` is its version. */
export function createAlertCalls({ store, messenger }: AlertCallDeps, channel: ChannelRef) {
  const shownBy = async ({ post: id }: AlertBody): Promise<{ message: AlertMessage; hash: string }> => {
    const stored = await store.alertMessage(id);
    if (stored === null) throw new Error('a message about alerts was deleted while it was sent');
    return { message: { alerts: stored.alerts, mentions: stored.post.mentions }, hash: String(stored.post.version) };
  };

  return {
    /**
     * Which message an item edits, null when it is to be posted. `over`: nothing is to be shown any more, because it is
     * no longer stored, a later version is shown, or its alerts were over before anybody heard of them.
     */
    async turnOf({ post: id, version }: AlertBody): Promise<MessageRef | null | 'over'> {
      const stored = await store.alertMessage(id);
      if (stored === null || stored.alerts.length === 0 || stored.post.shown >= version) return 'over';
      const { ref } = stored.post;
      return ref === null && stored.alerts.every(({ endedAt }) => endedAt !== null) ? 'over' : ref;
    },

    /** Whether its channel still follows any task that it is about; what goes to who runs a task needs no watch. */
    async isWanted({ post: id }: AlertBody): Promise<boolean> {
      const stored = await store.alertMessage(id);
      if (stored === null || stored.post.direct) return true;
      const about = new Set(stored.alerts.map(({ taskId }) => taskId));
      // What concerns the platform concerns everybody.
      const isAbout = (taskId: string): boolean => about.has(taskId) || about.has('');
      const watches = await store.watches();
      return (
        watches.some((watch) => watch.channel === channel && watch.brokenBy === null && isAbout(watch.taskId)) ||
        (await store.subscriptionsOf(channel)).some(({ brokenBy }) => brokenBy === null)
      );
    },

    async post(body: AlertBody, key: string): Promise<Sent> {
      const { message, hash } = await shownBy(body);
      return { ref: await messenger.postAlert(channel, message, key), hash };
    },

    async edit(body: AlertBody, ref: MessageRef): Promise<Sent> {
      const { message, hash } = await shownBy(body);
      await messenger.updateAlert(channel, ref, message);
      return { ref, hash };
    },

    /** @param hash null when an earlier attempt was found to have arrived. */
    arrived: ({ post: id, version }: AlertBody, ref: MessageRef | null, hash: string | null): Promise<void> =>
      store.alertShown(id, { ref, shown: hash === null ? version : Number(hash) }),

    /** Its channel can no longer be posted to. */
    lost: ({ post: id }: AlertBody): Promise<void> => store.alertShown(id, { lost: true }),
  };
}

export type AlertCalls = ReturnType<typeof createAlertCalls>;
