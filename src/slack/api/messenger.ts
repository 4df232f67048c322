import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';
import type { AppError } from '../../core/errors.ts';
import type { Notice } from '../../core/model/notice.ts';
import type { Messenger } from '../../core/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { NewerBlocks } from '../deps.ts';
import { alertMessage } from '../views/alert.ts';
import { cardMessage, peopleOf } from '../views/card.ts';
import { channelBoardMessage, closedBoardMessage } from '../views/channel-board.ts';
import { withoutCharts } from '../views/chart.ts';
import { closedCardMessage } from '../views/closed-card.ts';
import type { MessageBody } from '../views/limits.ts';
import type { Names } from '../views/mrkdwn.ts';
import { brokenWatchMessage, noticeMessage } from '../views/notice.ts';
import { digestMessage, peopleOfReport } from '../views/report.ts';
import { stopNoticeMessage } from '../views/stop.ts';
import { createConversations, type Place, placeOf, refOf } from './addresses.ts';
import { isSlackError, toSlackFailure } from './errors.ts';
import { sendFitting } from './newer-blocks.ts';
import type { LinkTo } from './permalink.ts';

type MessageElement = NonNullable<ConversationsHistoryResponse['messages']>[number];

/** The type of our messages' metadata, by which a message whose response was lost can be found again. */
const metadataEvent = 'dialdeck_item';

export const keyMetadata = (key: string) => ({ event_type: metadataEvent, event_payload: { key } });

/** How far our clock and Slack's may differ, seconds. */
const clockSkewSeconds = 120;

/** A message can have no answers: it was deleted, or the channel allows none. Then it is posted in the channel. */
const unanswerable = [
  'cannot_reply_to_message',
  'message_not_found',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'thread_not_found',
];

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

/** What people are called, those left out whom Slack does not name. */
type NamesOf = (people: readonly string[], client: WebClient) => Promise<Names>;
const usualOnly: NewerBlocks = { mayTake: () => false, refused: () => undefined };
const nobodyKnown: NamesOf = async () => new Map();

/** What else Slack is asked for a message. */
interface Questions {
  namesOf?: NamesOf;
  linkTo?: LinkTo;
  /** As in `Messenger`. */
  reaches?: Messenger['reaches'];
  /** Absent: none of them are sent. */
  newerBlocks?: NewerBlocks;
}

/**
 * Posts what everyone sees. People are named there without a mention, which would notify them; where Slack does not say
 * what someone is called, an edit mentions them, because edits notify nobody, and a new message says "someone".
 * `client` is the outbox client: it has its own queue and few retries, and it reports a rate
 * limit instead of waiting, because the outbox does the waiting.
 */
export function createMessenger(
  client: WebClient,
  t: Catalogue,
  {
    namesOf = nobodyKnown,
    linkTo = async () => null,
    reaches = async () => true,
    newerBlocks = usualOnly,
  }: Questions = {},
): Messenger {
  const interrupted = new Map<string, Interrupted>();
  const conversations = createConversations(client);

  const attempt = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toSlackFailure(error);
    }
  };

  /** Where a message is: one of a person is in their conversation. */
  const locate = async (address: string, ref: string): Promise<Place> =>
    placeOf(address, ref) ?? { channel: await conversations.open(address), ts: ref };

  /** An answer without a `ts` still means that the message is there: its history says which one it is. */
  const post = async (address: string, body: MessageBody, key: string, thread?: string): Promise<string | null> => {
    const channel = await conversations.open(address);
    const answer = await attempt(() =>
      client.chat.postMessage({
        channel,
        ...body,
        ...(thread !== undefined && { thread_ts: thread }),
        unfurl_links: false,
        unfurl_media: false,
        metadata: keyMetadata(key),
      }),
    );
    const posted = answer.channel ?? channel;
    conversations.learn(address, posted);
    const ts = answer.ts ? answer.ts : await newestOf(posted, key, thread);
    return ts === null ? null : refOf(address, { channel: posted, ts });
  };

  const newestOf = async (channel: string, key: string, thread?: string): Promise<string | null> => {
    const page = await pageOf({ channel, ...(thread !== undefined && { ts: thread }) }).catch(() => null);
    return page === null ? null : keyedMessage(page.messages, key);
  };

  /** One page of what is in a channel, newest first, or of the answers to one of its messages. */
  const pageOf = ({ ts, ...from }: { channel: string; ts?: string; oldest?: string; cursor?: string }) => {
    const page = { limit: perPage, include_all_metadata: true, ...from };
    return attempt(() =>
      ts === undefined ? client.conversations.history(page) : client.conversations.replies({ ...page, ts }),
    );
  };

  const remember = (search: string, from: Interrupted): void => {
    const [first] = interrupted.keys();
    if (first !== undefined && interrupted.size >= maxInterrupted) interrupted.delete(first);
    interrupted.set(search, from);
  };

  const search = async (
    where: { channel: string; ts?: string; oldest: string },
    key: string,
  ): Promise<string | null> => {
    const search = `${where.channel} ${where.ts ?? ''} ${key}`;
    let from = interrupted.get(search);
    interrupted.delete(search);
    for (let pages = from?.pages ?? 0; pages < maxPages; pages += 1) {
      const page = await pageOf({ ...where, ...(from && { cursor: from.cursor }) }).catch((error: AppError) => {
        if (cannotBeSearched(error)) return null;
        if (from !== undefined && error.details.chatError !== 'invalid_cursor') remember(search, from);
        throw error;
      });
      if (page === null) return null;
      const found = keyedMessage(page.messages, key);
      if (found !== null) return found;
      const cursor = page.response_metadata?.next_cursor;
      if (!page.has_more || !cursor) return null;
      from = { cursor, pages: pages + 1 };
    }
    return null;
  };

  return {
    async postCard(channel, card, key) {
      const people = peopleOf(card);
      const known = await namesOf(people, client);
      const names = new Map(people.map((person) => [person, known.get(person) ?? t.units.someone]));
      return post(channel, cardMessage(card, t, { names }), key);
    },

    async postStop(channel, said, key) {
      return post(channel, stopNoticeMessage(said, t, await namesOf([said.person], client)), key);
    },

    async postDigest(channel, digest, key) {
      const names = await namesOf(peopleOfReport(digest.report), client);
      const whole = digestMessage(digest, names, t);
      const fitting = { block: 'data_visualization', whole, otherwise: withoutCharts(whole) } as const;
      if (fitting.otherwise === whole) return post(channel, whole, key);
      return sendFitting(newerBlocks, fitting, (body) => post(channel, body, key));
    },

    postAlert: (channel, alert, key) => post(channel, alertMessage(alert, t), key),

    postBoard: (channel, board, key) => post(channel, channelBoardMessage(board, t), key),

    async postNotice(channel, { notice, thread = null, live = null, ...posted }, key) {
      const names = await namesOf(peopleIn(notice), client);
      const link = live === null || thread !== null ? null : await linkTo(channel, live);
      const body = noticeMessage(notice, t, { ...posted, names, link });
      if (thread === null) return post(channel, body, key);
      const { ts } = await locate(channel, thread);
      try {
        return await post(channel, body, key, ts);
      } catch (thrown) {
        if (!unanswerable.includes(toSlackFailure(thrown).details.chatError ?? '')) throw thrown;
        return post(channel, body, key);
      }
    },

    async updateCard(channel, message, card) {
      const place = await locate(channel, message);
      const names = await namesOf(peopleOf(card), client);
      await attempt(() => client.chat.update({ ...place, ...cardMessage(card, t, { names }) }));
    },

    async updateBoard(channel, message, board) {
      const place = await locate(channel, message);
      await attempt(() => client.chat.update({ ...place, ...channelBoardMessage(board, t) }));
    },

    async closeCard(channel, message, card) {
      const place = await locate(channel, message);
      const names = await namesOf(card.by === null ? [] : [card.by], client);
      await attempt(() => client.chat.update({ ...place, ...closedCardMessage(card, t, names) }));
    },

    async closeBoard(channel, message) {
      const place = await locate(channel, message);
      await attempt(() => client.chat.update({ ...place, ...closedBoardMessage(t) }));
    },

    async updateAlert(channel, message, alert) {
      const place = await locate(channel, message);
      await attempt(() => client.chat.update({ ...place, ...alertMessage(alert, t) }));
    },

    async updateNotice(channel, message, { notice, live = null }) {
      const place = await locate(channel, message);
      const link = live === null ? null : await linkTo(channel, live);
      await attempt(() => client.chat.update({ ...place, ...noticeMessage(notice, t, { link }) }));
    },

    reaches,

    async find(address, key, since, thread = null) {
      const channel = await conversations.open(address);
      const oldest = String(since / 1000 - clockSkewSeconds);
      if (thread !== null) {
        const { ts } = await locate(address, thread);
        const answered = await search({ channel, ts, oldest }, key);
        if (answered !== null) return refOf(address, { channel, ts: answered });
      }
      const found = await search({ channel, oldest }, key);
      return found === null ? null : refOf(address, { channel, ts: found });
    },

    async reportBroken({ owner, channel }, watched, reason) {
      try {
        await client.chat.postMessage({
          channel: owner,
          ...brokenWatchMessage({ watched, channel, slackError: reason }, t),
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

/** Whom a notice names. */
function peopleIn({ act, schedule }: Notice): string[] {
  return [act?.person, schedule?.hold?.person, schedule?.change?.person].filter((one) => typeof one === 'string');
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
