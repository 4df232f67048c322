import type { ReceiverEvent } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { toAppError } from '../../core/errors.ts';
import type { SlackDeps } from '../deps.ts';
import { errorMessage } from '../views/answers.ts';
import { answerPrivately, noteFailure } from './interaction.ts';

const id = z.string().optional().catch(undefined);
const withId = z.object({ id }).optional().catch(undefined);

/** The little that must be there to answer somebody, in whatever shape the rest is. */
const anyPayload = z.object({
  type: z.string().catch('command'),
  user: withId,
  user_id: id,
  channel: withId,
  channel_id: id,
});

/** Nobody waits for an answer to these: a menu is shown empty, a closed view is gone, no one requested an event. */
const silent = new Set(['block_suggestion', 'view_closed', 'event_callback']);

/** Logs a failure that no listener answered for, and answers its person, by the reference in the log. Never throws. */
export async function reportUnhandled(
  deps: Pick<SlackDeps, 'log' | 'catalogueFor'>,
  client: WebClient,
  body: ReceiverEvent['body'],
  thrown: unknown,
): Promise<void> {
  const payload = anyPayload.parse(body);
  const { error, reference } = noteFailure(deps, thrown, `payload ${payload.type}`);
  const person = payload.user?.id ?? payload.user_id;
  if (person === undefined || silent.has(payload.type)) return;
  try {
    const t = await deps.catalogueFor(person, client);
    const channel = payload.channel?.id ?? payload.channel_id ?? null;
    await answerPrivately(client, channel, person, errorMessage({ error, reference }, t));
  } catch (failure) {
    deps.log.error('a reply could not be delivered', { reference, reason: toAppError(failure).message });
  }
}
