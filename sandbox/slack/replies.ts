import type { IncomingMessage, ServerResponse } from 'node:http';
import { threadParent } from './access.ts';
import { readBody, sendJson } from './http.ts';
import { asString, isJson, parseJson } from './json.ts';
import { announceMessage } from './message-events.ts';
import type { Json } from './protocol.ts';
import type { ResponseTarget } from './response-urls.ts';
import { readContent } from './web-api/chat.ts';
import { SlackError } from './web-api/method.ts';
import type { World } from './world.ts';

/** How the app replies to an interaction: in a slash command's acknowledgement, or through a response URL. */

/**
 * Carries out a reply: private by default, public when it asks for `in_channel`. A reply that replaces an ephemeral
 * message stays ephemeral. Throws `SlackError`.
 */
export function applyReply(world: World, target: ResponseTarget, reply: Json): void {
  const { workspace } = world;
  const channel = workspace.channels.get(target.channel);
  if (!channel) throw new SlackError('channel_not_found');
  const original = target.ts === null ? undefined : workspace.message(channel.id, target.ts);
  if (reply.delete_original === true) {
    if (original) workspace.remove(original);
    return;
  }
  const content = {
    text: asString(reply.text),
    blocks: reply.blocks ?? undefined,
    attachments: reply.attachments ?? undefined,
    metadata: reply.metadata,
  };
  const said = readContent(world, content, true);
  if (reply.replace_original === true && original?.byApp) {
    Object.assign(original, said);
    if (!target.ephemeral) original.editedTs = workspace.ids.ts();
    workspace.changed();
    return;
  }
  const threadTs = asString(reply.thread_ts) || target.threadTs;
  const message = workspace.post(channel, {
    user: workspace.botUserId,
    byApp: true,
    ...said,
    threadTs: threadTs ? threadParent(workspace, channel, threadTs).ts : null,
    ephemeralFor: reply.response_type === 'in_channel' ? null : target.user,
  });
  announceMessage(world, channel, message);
}

/** `POST /response/<id>`: the app replies through a response URL. */
export async function serveResponse(world: World, id: string, request: IncomingMessage, response: ServerResponse) {
  const body = parseJson((await readBody(request)).toString('utf8'));
  const sent = isJson(body) ? body : {};
  const end = world.traffic.begin({ direction: 'from-app', title: 'response_url', name: 'response_url', sent });
  const refuse = (error: string, status: number, messages: string[] = []) => {
    end(error);
    sendJson(response, { ok: false, error, response_metadata: { messages } }, status);
  };
  if (!isJson(body)) return refuse('invalid_payload', 400);
  const fault = world.faults.take('response_url');
  if (fault?.kind === 'error') return refuse(fault.error, 400);
  if (fault?.kind === 'status') return refuse('fault', fault.status);
  const used = world.responseUrls.use(id);
  if (!used.ok) return refuse(used.error, 404);
  try {
    applyReply(world, used.target, body);
  } catch (error) {
    if (error instanceof SlackError) return refuse(error.code, 400, error.messages);
    throw error;
  }
  end('ok');
  sendJson(response, { ok: true });
}
