import type { ReceiverEvent } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { toAppError } from '../../core/errors.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { SlackDeps } from '../deps.ts';
import { errorMessage, textMessage } from '../views/answers.ts';
import type { MessageBody } from '../views/limits.ts';
import { code } from '../views/mrkdwn.ts';
import { warning } from '../views/state.ts';
import { addressed } from './addressed.ts';
import { answerPrivately } from './answer.ts';
import { noteFailure } from './interaction.ts';
import { idOf } from './no-listener.ts';

const id = z.string().optional().catch(undefined);
const withId = z.object({ id }).optional().catch(undefined);

/** The little that must be there to answer someone, in whatever shape the rest is. */
const anyPayload = z.object({
  type: z.string().catch('command'),
  user: withId,
  user_id: id,
  channel: withId,
  channel_id: id,
});

/** Nobody waits for an answer to these, but to an event that is a message to the app. */
const silent = new Set(['block_suggestion', 'view_closed', 'event_callback']);

/**
 * For a payload of a kind that Bolt does not know, which comes past the gate: one log line, and its person is answered in
 * words. Never throws.
 */
export async function reportUnknown(
  deps: Pick<SlackDeps, 'log' | 'catalogueFor' | 'command'>,
  client: WebClient,
  body: ReceiverEvent['body'],
): Promise<void> {
  const payload = anyPayload.parse(body);
  deps.log.warn('a payload has no listener', { type: payload.type, id: idOf(body) });
  await answerPerson(deps, { client, body }, (t) =>
    textMessage(`${warning} ${t.otherVersion.other(code(deps.command))}`),
  ).catch((failure: unknown) =>
    deps.log.warn('an answer could not be delivered', { reason: toAppError(failure).message }),
  );
}

/** Logs a failure that no listener answered for, and answers its person, by the reference in the log. Never throws. */
export async function reportUnhandled(
  deps: Pick<SlackDeps, 'log' | 'catalogueFor'>,
  client: WebClient,
  body: ReceiverEvent['body'],
  thrown: unknown,
): Promise<void> {
  const payload = anyPayload.parse(body);
  const { error, reference } = noteFailure(deps, thrown, `payload ${payload.type}`);
  await answerPerson(deps, { client, body }, (t) => errorMessage({ error, reference }, t)).catch((failure: unknown) =>
    deps.log.error('a reply could not be delivered', { reference, reason: toAppError(failure).message }),
  );
}

async function answerPerson(
  { catalogueFor }: Pick<SlackDeps, 'catalogueFor'>,
  { client, body }: { client: WebClient; body: ReceiverEvent['body'] },
  message: (t: Catalogue) => MessageBody,
): Promise<void> {
  const said = addressed(body);
  const payload = anyPayload.parse(body);
  const person = said?.person ?? payload.user?.id ?? payload.user_id;
  if (person === undefined || (said === null && silent.has(payload.type))) return;
  const channel = said?.channel ?? payload.channel?.id ?? payload.channel_id ?? null;
  const { thread = null, isDirect = false } = said ?? {};
  await answerPrivately({ client, channel, person, thread, isDirect }, message(await catalogueFor(person, client)));
}
