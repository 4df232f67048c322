import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';
import type { AppError } from '../../core/errors.ts';
import type { Messenger } from '../../core/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { cardMessage } from '../views/card.ts';
import type { MessageBody } from '../views/limits.ts';
import { brokenWatchMessage, noticeMessage } from '../views/notice.ts';
import { isSlackError, toSlackFailure } from './errors.ts';

type MessageElement = NonNullable<ConversationsHistoryResponse['messages']>[number];

/** The type of our messages' metadata, by which a message whose response was lost can be found again. */
const metadataEvent = 'dialdeck_item';

export const keyMetadata = (key: string) => ({ event_type: metadataEvent, event_payload: { key } });

/** How far our clock and Slack's may differ, seconds. */
const clockSkewSeconds = 120;

/** A look-up follows a crash or a timeout by minutes at most, so a handful of pages always reaches back far enough. */
const maxPages = 10;
const perPage = 200;
/** Of more look-ups than this, those that were interrupted first begin anew. */
const maxInterrupted = 1_000;

/** Where a look-up stopped: the next page, and how many were read. */
interface Interrupted {
  cursor: string;
  pages: number;
}

/**
 * Posts what everyone sees. `client` is the outbox client: it has its own queue and few retries, and it reports a rate
 * limit instead of waiting, because the outbox does the waiting.
 */
export function createMessenger(client: WebClient, t: Catalogue): Messenger {
  const interrupted = new Map<string, Interrupted>();

  const attempt = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toSlackFailure(error);
    }
  };

  /** An answer without a `ts` still means that the message is there: its history says which one it is. */
  const post = async (channel: string, body: MessageBody, key: string): Promise<string | null> => {
    const { ts } = await attempt(() =>
      client.chat.postMessage({
        channel,
        ...body,
        unfurl_links: false,
        unfurl_media: false,
        metadata: keyMetadata(key),
      }),
    );
    return ts ? ts : newestOf(channel, key);
  };

  const newestOf = async (channel: string, key: string): Promise<string | null> => {
    const page = await pageOf(channel, {}).catch(() => null);
    return page === null ? null : keyedMessage(page.messages, key);
  };

  const pageOf = (channel: string, from: { oldest?: string; cursor?: string }) =>
    attempt(() => client.conversations.history({ channel, limit: perPage, include_all_metadata: true, ...from }));

  const remember = (search: string, from: Interrupted): void => {
    const [first] = interrupted.keys();
    if (first !== undefined && interrupted.size >= maxInterrupted) interrupted.delete(first);
    interrupted.set(search, from);
  };

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
      const search = `${channel} ${key}`;
      const oldest = String(since / 1000 - clockSkewSeconds);
      let from = interrupted.get(search);
      interrupted.delete(search);
      for (let pages = from?.pages ?? 0; pages < maxPages; pages += 1) {
        const page = await pageOf(channel, { oldest, ...(from && { cursor: from.cursor }) }).catch(
          (error: AppError) => {
            if (cannotBeSearched(error)) return null;
            if (from !== undefined && error.details.chatError !== 'invalid_cursor') remember(search, from);
            throw error;
          },
        );
        if (page === null) return null;
        const found = keyedMessage(page.messages, key);
        if (found !== null) return found;
        const cursor = page.response_metadata?.next_cursor;
        if (!page.has_more || !cursor) return null;
        from = { cursor, pages: pages + 1 };
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

/** Our message of that key on a page of a history. */
function keyedMessage(messages: readonly MessageElement[] | undefined, key: string): string | null {
  for (const { metadata, ts } of messages ?? []) {
    const ours = metadata as { event_type?: string; event_payload?: { key?: string } } | undefined;
    if (ours?.event_type === metadataEvent && ours.event_payload?.key === key) return ts ?? null;
  }
  return null;
}

/**
 * Whether a channel refuses to be read. It may still accept messages: a public channel can be posted to without being a
 * member (`chat:write.public`), and the scope that reads may have been declined. A message that appears twice is better
 * than one that never arrives. A revoked token refuses everything, and is waited for.
 */
function cannotBeSearched({ details: { chatError, concerns } }: AppError): boolean {
  if (chatError === 'missing_scope') return true;
  return chatError !== undefined && concerns !== undefined && concerns !== 'installation' && concerns !== 'service';
}
