import type { WebClient } from '@slack/web-api';
import type { AppError } from '../../core/errors.ts';
import type { Messenger } from '../../core/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { cardMessage } from '../views/card.ts';
import type { MessageBody } from '../views/limits.ts';
import { brokenWatchMessage, noticeMessage } from '../views/notice.ts';
import { isSlackError, toSlackFailure } from './errors.ts';

/** The type of our messages' metadata, by which a message whose response was lost can be found again. */
const metadataEvent = 'dialdeck_item';

/** How far our clock and Slack's may differ, seconds. */
const clockSkewSeconds = 120;

/**
 * Posts what everyone sees. `client` is the outbox client: it has its own queue and few retries, and it reports a rate
 * limit instead of waiting, because the outbox does the waiting.
 */
export function createMessenger(client: WebClient, t: Catalogue): Messenger {
  const attempt = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toSlackFailure(error);
    }
  };

  const post = (channel: string, body: MessageBody, key: string): Promise<string> =>
    attempt(async () => {
      const answer = await client.chat.postMessage({
        channel,
        ...body,
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: metadataEvent, event_payload: { key } },
      });
      return answer.ts ?? '';
    });

  return {
    postCard: (channel, card, key) => post(channel, cardMessage(card, t), key),
    postNotice: (channel, notice, key) => post(channel, noticeMessage(notice, t), key),

    async updateCard(channel, ts, card) {
      await attempt(() => client.chat.update({ channel, ts, ...cardMessage(card, t) }));
    },

    async updateNotice(channel, ts, notice) {
      await attempt(() => client.chat.update({ channel, ts, ...noticeMessage(notice, t) }));
    },

    async find(channel, key, since) {
      const oldest = String(since / 1000 - clockSkewSeconds);
      let cursor: string | undefined;
      // The lookup follows a crash or a timeout by minutes at most, so a handful of pages always reaches back far
      // enough.
      for (let page = 0; page < 10; page++) {
        const answer = await attempt(() =>
          client.conversations.history({
            channel,
            oldest,
            limit: 200,
            include_all_metadata: true,
            ...(cursor ? { cursor } : {}),
          }),
        ).catch((error: AppError) => {
          // A public channel can be posted to without being a member (chat:write.public), but not read, and the scope
          // that reads may have been declined: the channel is fine, and a message that appears twice is better than one
          // that never arrives.
          if (error.details.chatError === 'not_in_channel' || error.details.chatError === 'missing_scope') return null;
          throw error;
        });
        if (answer === null) return null;
        for (const message of answer.messages ?? []) {
          const metadata = message.metadata as { event_type?: string; event_payload?: { key?: string } } | undefined;
          if (metadata?.event_type === metadataEvent && metadata.event_payload?.key === key) return message.ts ?? null;
        }
        cursor = answer.response_metadata?.next_cursor;
        if (!answer.has_more || !cursor) return null;
      }
      return null;
    },

    async reportBroken(watch, taskName, reason) {
      try {
        await client.chat.postMessage({
          channel: watch.owner,
          ...brokenWatchMessage({ taskName, channel: watch.channel, slackError: reason }, t),
        });
      } catch (error) {
        // The owner may have left or closed their DMs: there is no one else to notify.
        if (!isSlackError(error, ['channel_not_found', 'user_not_found', 'cannot_dm_bot', 'messages_tab_disabled'])) {
          throw toSlackFailure(error);
        }
      }
    },
  };
}
