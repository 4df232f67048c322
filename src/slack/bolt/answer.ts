import { RespondError, type RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { toAppError } from '../../core/errors.ts';
import { patiently } from '../../core/time/waiting.ts';
import { isBlockRefusal, toSlackFailure } from '../api/errors.ts';
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

/** The same answer without a kind of block that this workspace may not accept yet. */
export interface Otherwise {
  body(): MessageBody;
  /** Called when the answer was refused for its blocks, and that one was sent. */
  refused(): void;
}

/**
 * Tells one person something: by the response_url, else in the channel where only they see it, else by direct message.
 * `over`: what it replaces. `otherwise`: what is sent instead when it is refused. Throws `AppError('chat_failed')`.
 * @returns like `answerPrivately`.
 */
export async function postPrivately(
  deps: Pick<SlackDeps, 'clock' | 'log'>,
  where: string,
  recipient: Recipient,
  { otherwise = null, ...message }: MessageBody & { over?: Replaceable | null; otherwise?: Otherwise | null },
): Promise<string | null> {
  if (otherwise === null) return postPlainly(deps, where, recipient, message);
  const { over: _, ...body } = message;
  try {
    const shown = await postInPlace(recipient, message);
    return shown.posted ? shown.ts : await answerPrivately(recipient, body);
  } catch (error) {
    const { message: reason } = toAppError(error);
    deps.log.info('an answer with a newer kind of block was rejected, and is sent without it', { where, reason });
    const ts = await postPlainly(deps, where, recipient, { ...message, ...otherwise.body() });
    if (isRefusalOfBlocks(error)) otherwise.refused();
    return ts;
  }
}

/** A response_url names no reason that reaches us: its 400 may have another, which costs no more than the newer block. */
function isRefusalOfBlocks(error: unknown): boolean {
  return isBlockRefusal(error) || (error instanceof RespondError && error.statusCode === 400);
}

type Message = MessageBody & { over?: Replaceable | null };

async function postPlainly(
  { clock, log }: Pick<SlackDeps, 'clock' | 'log'>,
  where: string,
  recipient: Recipient,
  { over = null, ...body }: Message,
): Promise<string | null> {
  try {
    const shown = await postInPlace(recipient, { over, ...body });
    if (shown.posted) return shown.ts;
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

/** Over the message that it replaces, or by the response_url; neither where there is none. */
async function postInPlace(
  { client, channel, thread, isDirect, respond }: Recipient,
  { over = null, ...body }: Message,
): Promise<{ posted: boolean; ts: string | null }> {
  if (over !== null && over !== 'ephemeral' && channel !== null) {
    await client.chat.update({ channel, ts: over.ts, ...body });
    return { posted: true, ts: over.ts };
  }
  if (respond === null || isDirect) return { posted: false, ts: null };
  const replaces = { replace_original: over !== null };
  const said: unknown = await respond({ response_type: 'ephemeral', ...replaces, ...underThread(thread), ...body });
  const refusal = await refusalIn(said);
  if (refusal !== null) throw new RespondError(`the response_url refused it: ${refusal}`, 400);
  return { posted: true, ts: null };
}

const refused = z.object({ ok: z.literal(false), error: z.string().regex(/^\w{1,80}$/) });

/** A refusal with status 200, as the Web API answers. */
async function refusalIn(answer: unknown): Promise<string | null> {
  if (!(answer instanceof Response)) return null;
  const text = await answer.text().catch(() => '');
  try {
    return refused.safeParse(JSON.parse(text)).data?.error ?? null;
  } catch {
    return null;
  }
}
