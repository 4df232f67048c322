import { STATUS_CODES } from 'node:http';
import type { FetchFunction } from '@slack/web-api';
import { Agent, type Dispatcher, Pool, ProxyAgent, request } from 'undici';
import {
  type ConnectionTrouble,
  connectionTroubleIn,
  connectionTroubleOf,
  connectionWords,
} from '../../core/connection-trouble.ts';
import { type Proxies, proxyCredentials, proxyFor } from '../../proxy.ts';

type Init = Parameters<FetchFunction>[1];

/** An answer whose body is still to come. Who does not read it to its end must destroy it: it occupies a connection. */
type Opened = Pick<Dispatcher.ResponseData, 'body'> & { status: number; headers: Headers };

/** Why an answer that points elsewhere is none. */
export const redirected = 'Slack redirects elsewhere';

/** How everything reaches Slack: the Web API, files, answers to a `response_url`, and the sockets. */
export interface Transport {
  /**
   * A fetch for Slack's own addresses, which refuses all others, follows no redirect and fails when the answer is not
   * complete after `limitMs`. The answer has been read when it arrives.
   */
  fetch(limitMs: number): FetchFunction;
  /** The same for what is too large to be held: the limit covers the reading of the body. */
  open(limitMs: number): (...asked: Parameters<FetchFunction>) => Promise<Opened>;
  /** For the WebSockets; null when the environment names no proxy. */
  dispatcher: Dispatcher | null;
}

/** Undici's `request`, which costs half of what a fetch does, directly or through a proxy. */
export function createTransport({ apiUrl, proxies }: { apiUrl: string; proxies: Proxies }): Transport {
  const proxied = proxies.http === null && proxies.https === null ? null : proxyDispatcher(proxies);
  const dispatcher = proxied ?? new Agent();

  const open: Transport['open'] = (limitMs) => async (target, init) => {
    const url = new URL(target);
    if (!isSlackAddress(url, apiUrl)) throw new Error('not an address of Slack');
    const signal = endedBy(AbortSignal.timeout(limitMs), init?.signal);
    const proxied = proxyFor(url, proxies) !== null;
    const { statusCode, headers, body } = await request(url, { ...(await sent(url, init)), signal, dispatcher }).catch(
      (error: unknown) => {
        throw connectionFailure(error, proxied);
      },
    );
    if (statusCode >= 300 && statusCode < 400) {
      body.on('error', () => {}).destroy();
      throw new Error(redirected);
    }
    return { status: statusCode, headers: headersOf(headers), body };
  };

  return {
    dispatcher: proxied,
    open,
    fetch: (limitMs) => {
      const opening = open(limitMs);
      return async (target, init) => {
        const { status, headers, body } = await opening(target, init);
        const text = await body.text();
        return {
          ok: status >= 200 && status < 300,
          status,
          statusText: STATUS_CODES[status] ?? '',
          url: String(target),
          headers,
          text: async () => text,
          json: async () => JSON.parse(text),
          arrayBuffer: async () => new TextEncoder().encode(text).buffer,
        };
      };
    },
  };
}

/**
 * Why no connection came about, under its own code. What fails before there is a tunnel is the proxy's; undici says so
 * only in its message.
 */
function connectionFailure(error: unknown, proxied: boolean): unknown {
  const [, status] = (error instanceof Error && /^Proxy response \((\d{3})\)/.exec(error.message)) || [];
  const found = connectionTroubleIn(error);
  let code = found?.code;
  if (proxied && status !== undefined) code = status === '407' ? 'ERR_PROXY_LOGIN' : 'ERR_PROXY_REFUSED';
  else if (proxied && found !== null && beforeTunnel.has(found.trouble)) code = 'ERR_PROXY_UNREACHABLE';
  const trouble = connectionTroubleOf(code ?? '');
  return trouble === null ? error : Object.assign(new Error(connectionWords[trouble], { cause: error }), { code });
}

const beforeTunnel: ReadonlySet<ConnectionTrouble> = new Set(['refused', 'unknown_host', 'no_route']);

/** A form with a file is not plain text: it brings its own type, and a boundary within. */
async function sent(url: URL, init: Init) {
  const { method = 'GET', headers = {}, body } = init ?? {};
  const named = { method: method as Dispatcher.HttpMethod, headers };
  if (body === undefined || typeof body === 'string') return { ...named, body: body ?? null };
  const form = new Request(url, { method, body });
  const type = form.headers.get('content-type') ?? '';
  return { ...named, headers: { ...headers, 'content-type': type }, body: Buffer.from(await form.arrayBuffer()) };
}

/**
 * Aborted by the first of the signals. A signal derived by `AbortSignal.any` or by a `Request` can be lost to the
 * garbage collector (seen on Node 20 and 24), and then nothing ends the call: these listeners hold what they abort.
 */
function endedBy(...signals: (AbortSignal | null | undefined)[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal?.aborted) controller.abort(signal.reason);
    signal?.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}

/** Slack's domains: that of its commercial clouds, and that of GovSlack. */
const domains = ['slack.com', 'slack-gov.com'] as const;

/** Which of them the Web API is in; the first where it is elsewhere, as a stand-in is. */
function domainOf(apiUrl: string): string {
  const { hostname } = new URL(apiUrl);
  return domains.find((domain) => hostname === domain || hostname.endsWith(`.${domain}`)) ?? domains[0];
}

/** Slack's hosts over https, in the domain of the Web API, and the host of the Web API, which may be a stand-in. */
export function isSlackAddress(url: URL, apiUrl: string): boolean {
  const domain = domainOf(apiUrl);
  const ofSlack = url.hostname === domain || url.hostname.endsWith(`.${domain}`);
  return (url.protocol === 'https:' && ofSlack) || url.origin === new URL(apiUrl).origin;
}

/** Where `respond()` may post: nothing a payload names as its `response_url` but what Slack itself uses. */
export function isResponseAddress(url: URL, apiUrl: string): boolean {
  return url.origin === `https://hooks.${domainOf(apiUrl)}` || url.origin === new URL(apiUrl).origin;
}

/** A tunnel for each origin that has a proxy, a plain pool for the others. */
function proxyDispatcher(proxies: Proxies): Dispatcher {
  return new Agent({
    factory: (origin, options) => {
      const proxy = proxyFor(origin, proxies);
      if (proxy === null) return new Pool(origin, options);
      const credentials = proxyCredentials(proxy);
      const token = credentials && Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
      return new ProxyAgent({ uri: proxy.origin, ...(token !== null && { token: `Basic ${token}` }) });
    },
  });
}

function headersOf(received: Dispatcher.ResponseData['headers']): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) if (value !== undefined) headers.set(name, String(value));
  return headers;
}
