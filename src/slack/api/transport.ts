import type { FetchFunction } from '@slack/web-api';
import { Agent, type Dispatcher, Pool, ProxyAgent, fetch as undiciFetch } from 'undici';
import { type Proxies, proxyCredentials, proxyFor } from '../../proxy.ts';

/** What both kinds of fetch answer. */
type FetchResponse = Awaited<ReturnType<FetchFunction>> & {
  body: (AsyncIterable<Uint8Array> & { cancel(): Promise<void> }) | null;
};

export type Fetch = (...request: Parameters<FetchFunction>) => Promise<FetchResponse>;

/** How everything reaches Slack: the Web API, files, answers to a `response_url`, and the sockets. */
export interface Transport {
  /**
   * A fetch for Slack's own addresses, which refuses all others, follows no redirect and fails when the answer is not
   * complete after `limitMs`.
   */
  fetch(limitMs: number): Fetch;
  /** For the WebSockets; null when the environment names no proxy. */
  dispatcher: Dispatcher | null;
}

/**
 * Without a proxy this is Node's own fetch. With one it is undici's: a dispatcher works with the fetch and the WebSocket
 * of its own major version only, and Node's has a different one.
 */
export function createTransport({ apiUrl, proxies }: { apiUrl: string; proxies: Proxies }): Transport {
  const dispatcher = proxies.http === null && proxies.https === null ? null : proxyDispatcher(proxies);
  return {
    dispatcher,
    fetch: (limitMs) => async (target, init) => {
      if (!isSlackAddress(new URL(target), apiUrl)) throw new Error('not an address of Slack');
      const signal = endedBy(AbortSignal.timeout(limitMs), init?.signal);
      return dispatcher === null
        ? fetch(target, { ...init, redirect: 'error', signal })
        : fetchThrough(dispatcher, new Request(target, { ...init, signal: null }), signal);
    },
  };
}

/**
 * Aborted by the first of the signals. A signal derived by `AbortSignal.any` or by a `Request` can be lost to the garbage
 * collector (seen on Node 20 and 24), and then nothing ends the call: these listeners hold what they abort.
 */
function endedBy(...signals: (AbortSignal | null | undefined)[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal?.aborted) controller.abort(signal.reason);
    signal?.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}

/** Slack's hosts over https, and the host of the Web API, which may be a stand-in. */
export function isSlackAddress(url: URL, apiUrl: string): boolean {
  const ofSlack = url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com');
  return (url.protocol === 'https:' && ofSlack) || url.origin === new URL(apiUrl).origin;
}

/** Where `respond()` may post: nothing a payload names as its `response_url` but what Slack itself uses. */
export function isResponseAddress(url: URL, apiUrl: string): boolean {
  return url.origin === 'https://hooks.slack.com' || url.origin === new URL(apiUrl).origin;
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

/** Into undici's fetch only plain values pass: it does not know the classes of Node's, such as its `FormData`. */
async function fetchThrough(dispatcher: Dispatcher, request: Request, signal: AbortSignal): Promise<FetchResponse> {
  return undiciFetch(request.url, {
    method: request.method,
    headers: [...request.headers],
    body: request.body === null ? null : await request.arrayBuffer(),
    redirect: 'error',
    signal,
    dispatcher,
  });
}
