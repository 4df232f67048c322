import type { IncomingMessage, ServerResponse } from 'node:http';
import { isGroup } from '../access.ts';
import { readBody, sendJson } from '../http.ts';
import { asString, isJson, parseJson } from '../json.ts';
import type { Json } from '../protocol.ts';
import type { World } from '../world.ts';
import { type Method, SlackError } from './method.ts';
import { missingScope } from './scopes.ts';
import { methods } from './table.ts';

/** Serves one Web API call: planned faults, rate limits, token, then the method itself. */
export async function serveMethod(world: World, name: string, request: IncomingMessage, response: ServerResponse) {
  const body = await readBody(request);
  const args = { ...query(request), ...(await readArguments(request, body)) };
  const token = bearer(request) ?? (typeof args.token === 'string' ? args.token : undefined);
  delete args.token;
  const end = world.traffic.begin({ direction: 'from-app', title: name, name, sent: args });

  const fault = world.faults.take(name);
  if (fault?.kind === 'delay') await new Promise<void>((resolve) => world.clock.after(fault.ms, resolve));
  if (fault?.kind === 'status') {
    end(`HTTP ${fault.status}`);
    response.writeHead(fault.status, { 'content-type': 'text/html' }).end(fault.body ?? '<html>fault</html>');
    return;
  }
  if (fault?.kind === 'drop' && fault.effect === false) {
    end('connection cut');
    request.socket.destroy();
    return;
  }
  const wait = fault?.kind === 'rate_limited' ? fault.retryAfter : limitWait(world, name, args);
  if (wait > 0) {
    end(`429, retry after ${wait} s`);
    sendJson(response, { ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(wait) });
    return;
  }
  const answer = fault?.kind === 'error' ? refusal(fault.error) : await run(world, name, args, token);
  end(answer.ok === true ? 'ok' : String(answer.error), answer);
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'drop') {
    request.socket.destroy();
    return;
  }
  const { scopes } = world.workspace.seed.app;
  const retryAfter = fault?.kind === 'error' ? fault.retryAfter : undefined;
  sendJson(response, fault?.kind === 'bare' && answer.ok === true ? { ok: true } : answer, 200, {
    ...(scopes !== null && { 'x-oauth-scopes': scopes.join(',') }),
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  });
}

async function run(world: World, name: string, args: Json, token: string | undefined): Promise<Json> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return refusal('unknown_method');
  const tokenError = checkToken(world, method, token);
  if (tokenError) return refusal(tokenError);
  const { scopes } = world.workspace.seed.app;
  const missing = missingScope(name, scopes, kindOf(world, args.channel));
  if (missing !== null) return { ...refusal('missing_scope'), needed: missing, provided: (scopes ?? []).join(',') };
  try {
    return await method.call(args, world);
  } catch (error) {
    if (error instanceof SlackError) return refusal(error.code, error.messages);
    // A bug in the stand-in must neither look like success nor take the server down.
    return refusal('internal_error', [`[ERROR] ${error instanceof Error ? error.message : String(error)}`]);
  }
}

/** The kind of a conversation as the names of scopes have it; null where there is none of that id. */
function kindOf({ workspace }: World, id: unknown): string | null {
  const channel = workspace.channels.get(asString(id));
  if (channel === undefined) return null;
  if (channel.kind !== 'dm') return channel.kind === 'public' ? 'channels' : 'groups';
  return isGroup(channel) ? 'mpim' : 'im';
}

function checkToken({ credentials }: World, { token: wanted }: Method, token: string | undefined): string | null {
  if (wanted === 'none') return null;
  if (token === undefined || token === '') return 'not_authed';
  if (credentials.revoked.has(token)) return 'token_revoked';
  if (wanted === 'app') {
    if (token === credentials.botToken) return 'not_allowed_token_type';
    return token === credentials.appToken ? null : 'invalid_auth';
  }
  if (token === credentials.appToken) return 'not_allowed_token_type';
  return token === credentials.botToken ? null : 'invalid_auth';
}

/** Seconds to wait by the limits in force, 0 when the call is accepted. */
function limitWait(world: World, name: string, args: Json): number {
  return world.faults.takeCall(name) || postingWait(world, name, args);
}

function postingWait(world: World, name: string, args: Json): number {
  if (name !== 'chat.postMessage' && name !== 'chat.postEphemeral') return 0;
  const target = asString(args.channel);
  return world.faults.takePost(world.workspace.channel(target)?.id ?? target);
}

function refusal(error: string, messages: string[] = []): Json {
  return { ok: false, error, ...(messages.length === 0 ? {} : { response_metadata: { messages } }) };
}

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
}

function query(request: IncomingMessage): Json {
  return Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
}

/** Arguments as a form, as JSON or as multipart; what cannot be parsed counts as no arguments. */
async function readArguments(request: IncomingMessage, body: Buffer): Promise<Json> {
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return {};
  if (type.startsWith('application/json')) {
    const parsed = parseJson(body.toString('utf8'));
    return isJson(parsed) ? parsed : {};
  }
  if (type.startsWith('multipart/form-data')) {
    try {
      const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
      return Object.fromEntries(form.entries());
    } catch {
      return {};
    }
  }
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}
