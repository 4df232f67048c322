import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock, Log } from '../../../src/core/ports.ts';
import { createDialer, type DialerSettings } from '../../../src/dialer/client.ts';

export const SECRET = 'tok-9f8e7d6c5b4a';

export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** The bytes of the body, as UTF-8. */
  body: string;
}
export type Answering = (request: Received, response: ServerResponse) => void;

/** A server on 127.0.0.1 whose every answer is in the hands of the test. */
export async function createPlatform(answer: Answering) {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let answering = answer;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://platform');
    const one: Received = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    received.push(one);
    answering(one, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    /** How many requests came for a path, in whatever method. */
    count: (path: string) => received.filter((one) => one.path === path).length,
    set(next: Answering) {
      answering = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(response: ServerResponse, value: unknown, status = 200, headers: Record<string, string> = {}) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
export function html(response: ServerResponse, status: number) {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body><h1>nginx</h1></body></html>');
}
/** Announces more than it sends and closes the connection. */
export function truncate(response: ServerResponse, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': '5000' });
  response.write('{"data":[{"uuid":"a",', () => response.destroy());
}
export function reset(response: ServerResponse) {
  response.socket?.resetAndDestroy();
}

/** Real time; waits are noted and over at once. */
function quickClock(): Clock & { waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => Date.now(),
    elapsed: () => performance.now(),
    sleep: async (ms) => {
      waits.push(ms);
    },
  };
}

function noteLog(): Log & { lines: { level: string; message: string; fields: unknown }[] } {
  const lines: { level: string; message: string; fields: unknown }[] = [];
  const at = (level: string) => (message: string, fields?: Record<string, unknown>) => {
    lines.push({ level, message, fields });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** What one reading may take by default. */
export const readingBudget = { maxBytes: 64 * 1024 * 1024, maxTasks: 20_000, maxMs: 60_000 };

export function dialerFor(
  url: string,
  change: Partial<DialerSettings> = {},
  seams: Pick<Parameters<typeof createDialer>[1], 'admit'> = {},
) {
  const clock = quickClock();
  const log = noteLog();
  const settings: DialerSettings = {
    url,
    token: SECRET,
    authHeader: 'Authorization',
    authScheme: 'Bearer',
    timeZone: 'Asia/Shanghai',
    progressPath: null,
    importKey: 'customer_info_list',
    timeoutMs: 400,
    ...readingBudget,
    ...change,
  };
  const dialer = createDialer(settings, { log, clock, random: () => 0.5, ...seams });
  return { dialer, clock, log };
}

export function fixture(name: 'init' | 'created' | 'list'): string {
  return readFileSync(new URL(`../../fixtures/dialer/${name}.json`, import.meta.url), 'utf8');
}

/** An entity as the list shows it, with ids that fit together. */
export function entity(uuid: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  const [first] = (JSON.parse(fixture('list')) as { data: Record<string, unknown>[] }).data;
  return { ...first, uuid, ...change };
}
