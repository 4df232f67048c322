import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildPage } from '../../../sandbox/slack/page/build.ts';
import type { Snapshot } from '../../../sandbox/slack/protocol.ts';

/**
 * Serves the page with snapshots a strict workspace would never send: malformed blocks, a stream that breaks, a server
 * that does not answer. For what cannot be brought about with the real one.
 */
export interface ScriptedServer {
  url: string;
  /** Sends this to every open stream, and first to those that open later. */
  show(snapshot: Snapshot): void;
  /** Sends these bytes as they are. */
  raw(frame: string): void;
  /** Breaks all streams; new ones are refused until `restore`. */
  breakStreams(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const streams = new Set<ServerResponse>();
  let current: Snapshot | null = null;
  let broken = false;
  const send = (stream: ServerResponse, snapshot: Snapshot) => stream.write(`data: ${JSON.stringify(snapshot)}\n\n`);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(await buildPage());
    } else if (broken || path !== '/control/events') {
      response.writeHead(503).end();
    } else {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      streams.add(response);
      response.on('close', () => streams.delete(response));
      if (current) send(response, current);
    }
  }
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show(snapshot) {
      current = snapshot;
      for (const stream of streams) send(stream, snapshot);
    },
    raw(frame) {
      for (const stream of streams) stream.write(frame);
    },
    breakStreams() {
      broken = true;
      for (const stream of streams) stream.destroy();
    },
    restore() {
      broken = false;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
