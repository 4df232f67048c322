import type { AckFn, RespondFn, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Clock, Log } from '../../core/ports.ts';
import { textMessage } from '../views/answers.ts';
import { warning } from '../views/state.ts';
import { addressed } from './addressed.ts';
import { withAlert } from './alert.ts';
import { postPrivately, underThread } from './answer.ts';
import type { Caller } from './caller.ts';

/** One payload that no listener carries out, and the ways to answer its person. */
export interface Answerable {
  caller: Caller;
  body: unknown;
  client: WebClient;
  ack: AckFn<unknown> | null;
  respond: RespondFn | null;
}

/**
 * Says one sentence (mrkdwn) where only the person who sent the payload sees it: at a field or above the view where they
 * pressed or submitted, else in the channel, else by direct message. With an outsider nothing is begun: no direct message
 * where the place itself cannot be answered.
 */
export async function answerPayload(
  deps: { clock: Clock; log: Log },
  { caller, body, client, ack, respond }: Answerable,
  sentence: string,
  { outsider }: { outsider: boolean },
): Promise<void> {
  const { kind, person } = caller;
  const view = viewOf(body);
  if (kind === 'view_submission') return ack?.(submissionAnswer(view, sentence));
  if (person === null) return;
  if (view !== null) {
    await client.views.update({ view_id: view.id, view: withAlert(view, sentence) });
    return;
  }
  const said = addressed(body);
  if (kind === 'event' && said === null) return;
  const channel = said?.channel ?? channelOf(body);
  const { thread = null, isDirect = false } = said ?? {};
  const message = textMessage(`${warning} ${sentence}`);
  const recipient = { client, person, channel, thread, isDirect, respond };
  if (!outsider) await postPrivately(deps, `answer to ${kind}`, recipient, message);
  else if (respond !== null) await respond({ response_type: 'ephemeral', replace_original: false, ...message });
  else if (channel !== null)
    await client.chat.postEphemeral({ channel, user: person, ...underThread(thread), ...message });
}

/** At a field, so that what was typed stays; above what is shown where there is no field. */
function submissionAnswer(view: ViewOutput | null, sentence: string): ViewResponseAction | undefined {
  if (view === null) return undefined;
  const field = Object.keys(view.state?.values ?? {})[0];
  if (field !== undefined) return { response_action: 'errors', errors: { [field]: sentence } };
  return { response_action: 'update', view: withAlert(view, sentence) };
}

function viewOf(body: unknown): ViewOutput | null {
  if (typeof body !== 'object' || body === null || !('view' in body)) return null;
  // Slack's own echo of a view of ours: only its blocks and names go back, unread.
  const view = body.view as ViewOutput | null;
  return typeof view?.id === 'string' && view.type === 'modal' ? view : null;
}

function channelOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  if ('channel_id' in body && typeof body.channel_id === 'string') return body.channel_id;
  if (!('channel' in body) || typeof body.channel !== 'object' || body.channel === null) return null;
  return 'id' in body.channel && typeof body.channel.id === 'string' ? body.channel.id : null;
}
