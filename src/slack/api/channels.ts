import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/ports.ts';
import { patiently, within } from '../../core/time/waiting.ts';
import { isDirectConversation } from './addresses.ts';
import { isSlackError, retryAfterMsOf, slackCode } from './errors.ts';

/** Whether a person is in a channel. `declined`: the scopes that would tell were not granted; `unanswered`: for now. */
export type Membership = 'member' | 'outside' | 'declined' | 'unanswered';

/**
 * Whether this app can post to a channel. `absent`: it is not in that channel, or there is none: Slack does not tell
 * the two apart. `unanswered`: nothing speaks against it.
 */
export type Reach = 'open' | 'absent' | 'archived' | 'unanswered';

const perPage = 1_000;
/** A channel of more people than this is not searched to its end. */
const maxPages = 10;
/** For a page that Slack rate-limits: the search goes on there and does not begin anew. */
const patience = { maxWaits: 2, maxWaitMs: 30_000 };

/** Needs `channels:read` or `groups:read`. Never throws. */
export async function membershipOf(
  client: WebClient,
  clock: Clock,
  channel: string,
  person: string,
): Promise<Membership> {
  let cursor: string | undefined;
  const nextPage = async () => {
    const page = { channel, limit: perPage, ...(cursor ? { cursor } : {}) };
    const failedBy = (error: unknown) => ({ error, retryAfterMs: retryAfterMsOf(error) });
    const call = () => client.conversations.members(page).then((answer) => ({ answer }), failedBy);
    const result = await patiently(clock, patience, call, (made) => ('error' in made ? made.retryAfterMs : null));
    if ('error' in result) throw result.error;
    return result.answer;
  };
  try {
    for (let page = 0; page < maxPages; page += 1) {
      const answer = await nextPage();
      if (answer.members?.includes(person)) return 'member';
      cursor = answer.response_metadata?.next_cursor;
      if (!cursor) return 'outside';
    }
    return 'unanswered';
  } catch (error) {
    if (isSlackError(error, ['missing_scope'])) return 'declined';
    return isSlackError(error, ['channel_not_found', 'not_in_channel', 'fetch_members_failed'])
      ? 'outside'
      : 'unanswered';
  }
}

/** A message does not wait longer to learn whether someone is in a channel, ms. */
const membershipMs = 5_000;

/** Whether a mention in a channel notifies a person; true as long as nothing shows that they are not in it. */
export function mentionReaches(client: WebClient, clock: Clock): (channel: string, person: string) => Promise<boolean> {
  return async (channel, person) => {
    const asked = membershipOf(client, clock, channel, person);
    return (await within(clock, { ms: membershipMs }, asked, () => 'unanswered' as const)) !== 'outside';
  };
}

/**
 * Whether a message to that channel would arrive, found out without posting one. Where the scope for its kind was
 * declined, its history tells: a place this app is not in has none for it. Never throws.
 */
export async function reachOf(client: WebClient, channel: string): Promise<Reach> {
  try {
    const answer = await client.conversations.info({ channel });
    const { is_archived, is_member, is_private, is_im, is_mpim } = answer.channel ?? {};
    if (is_archived) return 'archived';
    // Direct messages that Slack shows to this app are its own.
    if (is_im || is_mpim || is_member !== false) return 'open';
    const granted = answer.response_metadata?.scopes;
    const postsUninvited = granted === undefined || granted.includes('chat:write.public');
    return !is_private && postsUninvited ? 'open' : 'absent';
  } catch (error) {
    if (isSlackError(error, ['missing_scope'])) return reachByHistory(client, channel);
    return slackCode(error) === 'channel_not_found' ? 'absent' : 'unanswered';
  }
}

/** What a channel is called, without its `#`; null for direct messages, and where Slack does not say. Never throws. */
export async function channelName(client: WebClient, channel: string): Promise<string | null> {
  if (isDirectConversation(channel)) return null;
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return found?.is_im || found?.is_mpim ? null : (found?.name ?? null);
  } catch {
    return null;
  }
}

async function reachByHistory(client: WebClient, channel: string): Promise<Reach> {
  try {
    await client.conversations.history({ channel, limit: 1 });
    return 'open';
  } catch (error) {
    switch (slackCode(error)) {
      case 'channel_not_found':
        return 'absent';
      case 'is_archived':
        return 'archived';
      default:
        return 'unanswered';
    }
  }
}
