import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { toAppError } from '../../core/errors.ts';
import { patiently } from '../../core/time/waiting.ts';
import { toSlackFailure } from '../api/errors.ts';
import type { SlackDeps } from '../deps.ts';
import type { MessageBody } from '../views/limits.ts';

/** How one person is reached. */
export interface Recipient {
  client: WebClient;
  person: string;
  /** null where there is none: then they get a direct message. */
  channel: string | null;
  /** The thread in which they are answered. */
  thread: string | null;
  /** In the direct messages with this app an answer is an ordinary message: nobody else sees it there. */
  isDirect: boolean;
  respond: RespondFn | null;
}

/** An answer that may be replaced: one that only its person sees, by the response_url; in direct messages by its `ts`. */
export type Replaceable = 'ephemeral' | { ts: string };

/** What puts a message into a thread; nothing where there is none. */
export const underThread = (thread: string | null): { thread_ts?: string } =>
  thread === null ? {} : { thread_ts: thread };

/** For an answer that Slack rate-limits. */
const patience = { maxWaits: 3, maxWaitMs: 30_000 };

/**
 * In the channel and thread where only they see it, else by direct message. Slack shows a private message in a thread
 * only where it has replies (docs.slack.dev, chat.postEphemeral).
 * @returns the `ts` of an ordinary message, by which it can be replaced; null for all others.
 */
export async function answerPrivately(
  { client, channel, person, thread, isDirect }: Omit<Recipient, 'respond'>,
  body: MessageBody,
): Promise<string | null> {
  const under = underThread(thread);
  try {
    if (channel === null) throw new Error('no channel');
    if (isDirect) return (await client.chat.postMessage({ channel, ...under, ...body })).ts ?? null;
    await client.chat.postEphemeral({ channel, user: person, ...under, ...body });
  } catch {
    await client.chat.postMessage({ channel: person, ...body });
  }
  return null;
}

/**
 * Tells one person something: by the response_url, else in the channel where only they see it, else by direct message.
 * `over`: what it replaces. Throws `AppError('chat_failed')`.
 * @returns like `answerPrivately`.
 */
export async function postPrivately(
  { clock, log }: Pick<SlackDeps, 'clock' | 'log'>,
  where: string,
  recipient: Recipient,
  { over = null, ...body }: MessageBody & { over?: Replaceable | null },
): Promise<string | null> {
  const { client, channel, thread, isDirect, respond } = recipient;
  try {
    if (over !== null && over !== 'ephemeral' && channel !== null) {
      await client.chat.update({ channel, ts: over.ts, ...body });
      return over.ts;
    }
    if (respond !== null && !isDirect) {
      const replaces = { replace_original: over !== null };
      await respond({ response_type: 'ephemeral', ...replaces, ...underThread(thread), ...body });
      return null;
    }
  } catch (error) {
    log.warn('an answer was rejected, and is posted anew', { where, reason: toAppError(error).message });
  }
  const outcome = await patiently(
    clock,
    patience,
    () =>
      answerPrivately(recipient, body).then(
        (ts) => ({ ts, failure: null }),
        (error) => ({ ts: null, failure: toSlackFailure(error) }),
      ),
    ({ failure }) => failure?.details.retryAfterMs ?? null,
  );
  if (outcome.failure !== null) throw outcome.failure;
  return outcome.ts;
}
