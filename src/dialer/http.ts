import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosProxyConfig, type AxiosResponse, isAxiosError } from 'axios';
import { type ConnectionTrouble, connectionTroubleIn, connectionWords } from '../core/connection-trouble.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { withoutTrailing } from '../core/text/trailing.ts';
import { type Proxies, proxyCredentials, proxyFor } from '../proxy.ts';
import { type EntryReader, readBodyInTurns } from './body.ts';
import { type Answer, type Envelope, readRetryAfter, unwrap } from './unwrap.ts';

export interface HttpSettings {
  /** Address of the platform; `/v1/task` is appended. Plain http only when the address says so. */
  url: string;
  token: string;
  /** Header that carries the token, and the word before it ('' for none). */
  authHeader: string;
  authScheme: string;
  /** A request that has not been answered completely after this many ms has failed. */
  timeoutMs: number;
  /** null or left out: the platform is reached directly. */
  proxies?: Proxies | null;
}

/** One request, in terms that may be logged: the task id is kept beside the route, never in it. */
export interface Exchange {
  method: 'GET' | 'POST' | 'PUT';
  /** Path below the address, with `{id}` where the task's id goes. */
  route: string;
  taskId?: string;
  query?: Record<string, number>;
  body?: unknown;
  /** It changes the platform, whatever its method: some of the platform's GETs do. */
  action: boolean;
  /** What the reading it belongs to may still take in; the answer is taken off. Without it, `maxResponseBytes`. */
  allowance?: Allowance;
  /** Reads the entries of a list in the answer, which then has an empty one. */
  entries?: EntryReader;
}

export interface Allowance {
  bytes: number;
}

export interface Http {
  /** Sends one request exactly once. Throws `AppError` only; redirects are never followed. */
  send(exchange: Exchange): Promise<Envelope>;
  /** Fails everything in flight and refuses everything later. */
  close(): void;
}

/** Larger than any response but a list of tasks. */
const maxResponseBytes = 8 * 1024 * 1024;

export function createHttp(settings: HttpSettings, deps: { log: Log; clock: Clock }): Http {
  const { log, clock } = deps;
  const base = withoutTrailing(settings.url, '/');
  const underWay = new Set<AbortController>();
  let closed = false;
  const reused = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
  // The other side may close a kept-alive connection just as a request is sent, and then it is unknowable whether it
  // arrived. A read can be retried, but an action would have an unknown outcome: each action gets a new connection.
  const fresh = { httpAgent: new HttpAgent({ keepAlive: false }), httpsAgent: new HttpsAgent({ keepAlive: false }) };
  const proxy = axiosProxy(settings);
  const proxied = proxy !== false;
  const client = axios.create({
    headers: {
      Accept: 'application/json',
      [settings.authHeader]: `${settings.authScheme} ${settings.token}`.trim(),
    },
    maxRedirects: 0,
    proxy,
    responseType: 'stream',
    transformRequest: [(body: string | undefined) => body],
    validateStatus: () => true,
  });

  async function answerTo(exchange: Exchange): Promise<Answer> {
    const url = base + pathOf(exchange);
    if (closed) throw new AppError('platform_unreachable', 'the client is closed');
    const controller = new AbortController();
    let late = false;
    // The limit covers everything from connecting to the last byte. The timeout of axios only counts silence on the
    // socket, which a slowly dripping body never reaches.
    const timer = setTimeout(() => {
      late = true;
      controller.abort();
    }, settings.timeoutMs);
    underWay.add(controller);
    try {
      const response = await client.request<AsyncIterable<Buffer>>({
        method: exchange.method,
        url,
        ...(exchange.query && { params: exchange.query }),
        ...(exchange.body !== undefined && {
          data: JSON.stringify(exchange.body),
          headers: { 'Content-Type': 'application/json' },
        }),
        signal: controller.signal,
        ...(exchange.action ? fresh : reused),
      });
      const { status } = response;
      if (status === 407 && proxied) {
        await bytesOf(response.data, exchange);
        throw refusedByProxy();
      }
      const retryAfterMs = retryAfter(response, clock.now());
      try {
        const bytes = await bytesOf(response.data, exchange);
        return { status, body: await readBodyInTurns(bytes, exchange.entries), retryAfterMs };
      } catch (thrown) {
        // The head of the answer came, its body broke off: a status that says no still says no.
        if (!late && status >= 300) return { status, body: { kind: 'empty' }, retryAfterMs };
        if (late || closed || thrown instanceof AppError) throw thrown;
        throw failed('platform_malformed', 'the answer broke off', exchange);
      }
    } catch (thrown) {
      if (late) throw failed('platform_timeout', `no complete response within ${settings.timeoutMs} ms`, exchange);
      if (thrown instanceof AppError) throw thrown;
      throw connectionError(thrown, exchange, proxied);
    } finally {
      clearTimeout(timer);
      underWay.delete(controller);
    }
  }

  async function send(exchange: Exchange): Promise<Envelope> {
    const fields: Record<string, unknown> = { method: exchange.method, route: exchange.route };
    if (exchange.taskId !== undefined) fields.task = exchange.taskId;
    const began = clock.elapsed();
    try {
      const answer = await answerTo(exchange);
      fields.status = answer.status;
      const envelope = unwrap(answer, exchange.action);
      log[exchange.action ? 'info' : 'debug']('platform answered', { ...fields, ms: clock.elapsed() - began });
      return envelope;
    } catch (thrown) {
      const error = thrown instanceof AppError ? thrown : failed('internal', 'the request could not be made', exchange);
      // A read is repeated, and its caller says what becomes of it.
      log[exchange.action ? 'warn' : 'debug']('platform request failed', {
        ...fields,
        ms: clock.elapsed() - began,
        code: error.code,
        reason: error.message,
      });
      throw error;
    }
  }

  return {
    send,
    close() {
      closed = true;
      for (const controller of underWay) controller.abort();
      for (const agent of [reused.httpAgent, reused.httpsAgent, fresh.httpAgent, fresh.httpsAgent]) agent.destroy();
    },
  };
}

/** axios would read the environment itself; that is turned off, so that one rule decides for Slack and the platform. */
function axiosProxy({ url, proxies }: HttpSettings): AxiosProxyConfig | false {
  const proxy = proxies ? proxyFor(url, proxies) : null;
  if (proxy === null) return false;
  const { protocol, hostname, port } = proxy;
  const auth = proxyCredentials(proxy);
  return { protocol, host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80), ...(auth && { auth }) };
}

function pathOf(exchange: Exchange): string {
  if (!exchange.route.includes('{id}')) return exchange.route;
  const id = exchange.taskId ?? '';
  // Dots survive the encoding and would climb out of the route: `/destroy/..` is `/v1/task/`.
  if (/^\.{0,2}$/.test(id)) throw new AppError('platform_not_found', 'not a task id');
  return exchange.route.replaceAll('{id}', () => encodeURIComponent(id));
}

/**
 * The bytes of a body: the very buffer that is expected, when they are those, and nothing was copied. Throws `AppError`
 * when it is larger than it may be.
 */
async function bytesOf(body: AsyncIterable<Buffer>, exchange: Exchange): Promise<Buffer> {
  const { allowance = { bytes: maxResponseBytes } } = exchange;
  const expected = exchange.entries?.expected?.bytes ?? Buffer.alloc(0);
  /** How much of it came; from then on, what came instead. */
  let same = 0;
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    allowance.bytes -= chunk.length;
    if (allowance.bytes < 0) {
      throw exchange.allowance === undefined
        ? failed('platform_malformed', `the answer is larger than ${maxResponseBytes} bytes`, exchange)
        : failed('platform_too_large', 'the answers of one reading are larger than DIALER_MAX_MB', exchange);
    }
    const until = same + chunk.length;
    const isSame =
      chunks.length === 0 && until <= expected.length && expected.compare(chunk, 0, chunk.length, same, until) === 0;
    if (isSame) same = until;
    else chunks.push(chunk);
  }
  if (chunks.length === 0 && same === expected.length) return expected;
  return Buffer.concat([expected.subarray(0, same), ...chunks]);
}

function retryAfter({ headers }: AxiosResponse, now: number): number | null {
  const header = (name: string): string | null => (typeof headers[name] === 'string' ? headers[name] : null);
  const sentAt = Date.parse(header('date') ?? '');
  return readRetryAfter(header('retry-after'), Number.isNaN(sentAt) ? now : sentAt);
}

/**
 * A request without a (complete) response. The raw error contains the token, in its config and in its request, so only
 * its code is used and it never becomes a `cause`.
 */
function connectionError(thrown: unknown, exchange: Exchange, proxied: boolean): AppError {
  if (!isAxiosError(thrown)) return failed('internal', 'the request could not be made', exchange);
  const code = thrown.code ?? 'no code';
  if (thrown.response || /^(?:Z_|HPE_|ERR_BAD_RESPONSE$)/.test(code)) {
    return failed('platform_malformed', `the answer broke off or was too large (${code})`, exchange);
  }
  if (code === 'ERR_CANCELED') return failed('platform_unreachable', 'the client was closed', exchange);
  if (code.startsWith('ERR_INVALID')) {
    return new AppError('internal', `the request could not be made (${code})`);
  }
  if (code === 'ETIMEDOUT') return failed('platform_timeout', 'the connection timed out', exchange, thrown.cause);
  const found = connectionTroubleIn(thrown)?.trouble;
  const connection = found !== undefined && proxied && beforeTunnel.has(found) ? 'proxy_unreachable' : found;
  const words = connection === undefined ? 'no connection' : `no connection: ${connectionWords[connection]}`;
  const error = failed('platform_unreachable', `${words} (${code})`, exchange, thrown.cause);
  if (connection !== undefined) error.details.connection = connection;
  return error;
}

/** What then fails is the way to the proxy. */
const beforeTunnel: ReadonlySet<ConnectionTrouble> = new Set(['refused', 'unknown_host', 'no_route']);

/** Only a proxy asks for this: the platform has not seen the request. */
function refusedByProxy(): AppError {
  return new AppError('platform_unreachable', `no connection: ${connectionWords.proxy_login} (407)`, {
    details: { connection: 'proxy_login' },
  });
}

function failed(code: ErrorCode, message: string, exchange: Exchange, system?: unknown): AppError {
  const details: ErrorDetails = exchange.action && !neverLeft(system) ? { maybeSent: true } : {};
  return new AppError(code, message, { details });
}

/** System errors that occur before the first byte is sent: nothing can have taken effect. */
const codesBeforeSending =
  /^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CERT_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|ERR_TLS_\w+)$/;

function neverLeft(system: unknown): boolean {
  if (typeof system !== 'object' || system === null) return false;
  const { code, syscall }: { code?: unknown; syscall?: unknown } = system;
  return syscall === 'connect' || syscall === 'getaddrinfo' || codesBeforeSending.test(String(code));
}
