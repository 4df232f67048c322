import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fault, type FaultSource, letsEffectThrough, replacesAnswer } from './faults.ts';
import { handlers, listed, type Platform, type Received } from './handlers.ts';
import { readBody, type Writing, writeReply } from './http.ts';
import type { Liar } from './lies.ts';
import { paged } from './paging.ts';
import type { Past } from './past.ts';
import { rivalDoes, settle } from './platform.ts';
import type { RecordedRequest, Recorder } from './recorder.ts';
import type { Handled, Reply } from './replies.ts';
import { type Match, matchRoute } from './routes.ts';

/** What the request handler works with. */
export interface ServerContext {
  platform: Platform;
  faults: FaultSource;
  recorder: Recorder;
  /** The list before the latest change, kept while a stale list is wanted. */
  listBefore: unknown[] | null;
  liar: Liar;
  past: Past;
  auth: { token: string; header: string; scheme: string };
  /** Resolves after that many real ms, or at once when the stand-in is reset or closed. */
  sleep(ms: number): Promise<void>;
}

type Routed = Extract<Match, { kind: 'route' }>;

/** Serves one request of the task API: records it, applies faults, takes effect, responds. */
export async function serve(context: ServerContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { platform, recorder } = context;
  const [path = '', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const method = request.method ?? 'GET';
  const body = await readBody(request);
  const match = matchRoute(method, path, platform.switches.progress !== 'off');
  const recorded = recorder.add({
    at: platform.clock.wall(),
    method,
    path: request.url ?? '/',
    headers: headersWithout(request, context.auth.header),
    body: body?.toString('utf8') ?? '',
    route: match.kind === 'route' ? match.route.name : null,
    taskId: match.kind === 'route' ? match.taskId : '',
    effect: false,
    status: null,
    faults: [],
  });
  const refusal =
    body === null ? { status: 413, body: { message: 'Payload Too Large' } } : gate(context, request, match);
  if (refusal !== null || body === null || match.kind !== 'route') {
    finish(response, recorded, refusal ?? { status: 404, body: undefined }, { head: method === 'HEAD' });
    return;
  }
  const received: Received = {
    taskId: match.taskId,
    query: new URLSearchParams(query),
    contentType: request.headers['content-type'] ?? '',
    body,
    origin: `http://${request.headers.host ?? 'localhost'}`,
  };
  await carryOut(context, match, received, { recorded, response });
}

async function carryOut(
  context: ServerContext,
  match: Routed,
  received: Received,
  { recorded, response }: { recorded: RecordedRequest; response: ServerResponse },
): Promise<void> {
  const { platform, recorder } = context;
  const faults = context.faults.take(match.route.name, match.taskId, context.listBefore !== null);
  recorded.faults = faults.map(({ kind }) => kind);
  const delays = (before: boolean): number =>
    faults.reduce(
      (sum, fault) => sum + (fault.kind === 'delay' && (fault.before === true) === before ? fault.ms : 0),
      0,
    );
  const replacing = faults.find(replacesAnswer);

  await context.sleep(delays(true));
  // The stand-in was reset in the meantime: the account of this request is gone.
  if (context.platform !== platform) return;
  settle(platform);
  rivals(context, faults, false, received.taskId);
  let handled: Handled | null = null;
  if (replacing === undefined || letsEffectThrough(replacing)) {
    handled = handle(context, match, received, faults);
    recorded.taskId ||= createdId(handled);
    if (handled.effect) recorder.effect(recorded);
  }
  rivals(context, faults, true, received.taskId);
  await context.sleep(delays(false));

  if (replacing?.kind === 'hang') return;
  if (replacing?.kind === 'drop') {
    response.destroy();
    return;
  }
  const reply = replacing === undefined ? handled?.reply : replaced(replacing, handled, recorded.path);
  if (reply === undefined) return;
  const half =
    replacing?.kind !== 'truncate' ? {} : { half: replacing.cut === true ? ('cut' as const) : ('short' as const) };
  finish(response, recorded, reply, { head: match.head, ...half });
}

function handle(context: ServerContext, match: Routed, received: Received, faults: readonly Fault[]): Handled {
  const { platform } = context;
  if (match.route.mutates) {
    rememberList(context);
    if (match.head && !platform.switches.headMutates) return { effect: false, reply: { status: 200, body: undefined } };
  }
  if (context.listBefore !== null && faults.some(({ kind }) => kind === 'stale')) {
    const body = paged(context.listBefore, received.query, platform.switches, received.origin);
    return { effect: false, reply: { status: 200, body } };
  }
  const lag = faults.find((fault) => fault.kind === 'lag');
  if (match.route.name === 'list' && lag !== undefined) {
    const then = context.past.listAt(platform.clock.wall(), lag.maxMs);
    const list = then ?? listed(platform.account, platform.switches);
    return {
      effect: false,
      reply: { status: 200, body: paged([...list], received.query, platform.switches, received.origin) },
    };
  }
  const lying = context.faults.armed('lie') || faults.some(({ kind }) => kind === 'lie');
  if (match.route.name === 'list' && lying) return falsified(context, received, faults);
  return handlers[match.route.name](platform, received);
}

function falsified({ platform, liar }: ServerContext, { query, origin }: Received, faults: readonly Fault[]): Handled {
  const truth = listed(platform.account, platform.switches);
  const lie = faults.find((fault) => fault.kind === 'lie');
  const list = lie === undefined ? truth : liar.tell(lie.shows, truth);
  liar.remember(truth);
  return { effect: false, reply: { status: 200, body: paged(list, query, platform.switches, origin) } };
}

function rememberList(context: ServerContext): void {
  const { platform, past, faults } = context;
  if (faults.armed('lag')) past.before(platform.clock.wall(), listed(platform.account, platform.switches));
  if (context.faults.armed('stale')) context.listBefore = listed(context.platform.account, context.platform.switches);
  else context.listBefore = null;
}

function rivals(context: ServerContext, faults: readonly Fault[], after: boolean, taskId: string): void {
  for (const fault of faults) {
    if (fault.kind !== 'rival' || (fault.after === true) !== after) continue;
    const task = context.platform.account.tasks.get(fault.taskId ?? taskId);
    if (task === undefined) continue;
    rememberList(context);
    rivalDoes(context.platform, task, fault.change);
  }
}

/** The response in place of the true one; `undefined` for the kinds that do not respond. */
function replaced(fault: Fault, handled: Handled | null, path: string): Reply | undefined {
  switch (fault.kind) {
    case 'status':
      return statusReply(fault);
    case 'envelope': {
      const message = fault.message ?? '系统繁忙,请稍后再试';
      return { status: 200, body: { code: fault.code ?? 500, status: 'error', message, data: [] } };
    }
    case 'redirect': {
      const location = fault.location ?? `${path}${path.includes('?') ? '&' : '?'}redirected=1`;
      return { status: fault.status ?? 302, body: undefined, headers: { location } };
    }
    case 'empty':
      return { status: 200, body: undefined };
    default:
      return handled?.reply;
  }
}

function statusReply(fault: Extract<Fault, { kind: 'status' }>): Reply {
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  const kind = fault.body ?? (fault.status >= 500 ? 'html' : 'json');
  if (kind === 'none') return { status: fault.status, body: undefined, headers };
  const message = fault.message ?? (fault.status === 429 ? 'Too Many Attempts.' : `HTTP ${fault.status}`);
  if (kind === 'json') return { status: fault.status, body: { message }, headers };
  const html = `<html>\r\n<head><title>${message}</title></head>\r\n<body><h1>${message}</h1><hr>nginx</body>\r\n</html>`;
  return { status: fault.status, body: undefined, html, headers };
}

/** The refusal of a request before any handler: no route, the wrong method, no token. */
function gate(context: ServerContext, request: IncomingMessage, match: Match): Reply | null {
  if (match.kind === 'nothing') return { status: 404, body: { message: 'Not Found' } };
  if (match.kind === 'wrong method') {
    return { status: 405, body: { message: 'Method Not Allowed' }, headers: { allow: match.allow } };
  }
  const { token, header, scheme } = context.auth;
  const expected = scheme === '' ? token : `${scheme} ${token}`;
  if (request.headers[header.toLowerCase()] === expected) return null;
  return { status: 401, body: { message: 'Unauthenticated.' } };
}

function finish(response: ServerResponse, recorded: RecordedRequest, reply: Reply, how: Writing): void {
  recorded.status = reply.status;
  writeReply(response, reply, how);
}

function createdId({ effect, reply }: Handled): string {
  const uuid = (reply.body as { uuid?: unknown } | null | undefined)?.uuid;
  return effect && typeof uuid === 'string' ? uuid : '';
}

/** Leaves the token out, in whichever header this account expects it. */
function headersWithout(request: IncomingMessage, secret: string): Record<string, string> {
  const left = Object.entries(request.headers).filter(
    ([name]) => ![secret.toLowerCase(), 'authorization'].includes(name),
  );
  return Object.fromEntries(
    left.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
