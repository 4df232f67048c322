import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../../src/clock.ts';
import { boltLogger } from '../../../../src/log.ts';
import { createHttpListener, type HttpLimits } from '../../../../src/slack/bolt/http.ts';
import { eventually } from '../../../support/eventually.ts';
import { recordingLog } from '../../../support/real-store.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(limits: Partial<HttpLimits> = {}, deps: Partial<Parameters<typeof createHttpListener>[1]> = {}) {
  const listener = createHttpListener(
    { signingSecret: 'a-signing-secret', host: '127.0.0.1', port: 0 },
    { logger: boltLogger(recordingLog()), clock: systemClock, customRoutes: [], ...deps },
    { checkEveryMs: 20, ...limits },
  );
  await listener.start();
  closing.push(() => {
    const stopped = listener.stop();
    listener.cut();
    return stopped;
  });
  return listener;
}

interface Caller {
  socket: Socket;
  /** What the server said. */
  said(): string;
  /** Null while it is open. */
  closedAfterMs(): number | null;
}

/** A connection that sends what a test wants, and never ends by itself. */
async function call(port: number | null, text: string): Promise<Caller> {
  const socket = connect(port ?? 0, '127.0.0.1');
  closing.push(() => socket.destroy());
  const began = performance.now();
  let said = '';
  let closedAfter: number | null = null;
  socket.on('error', () => {});
  socket.on('data', (part) => (said += String(part)));
  socket.on('close', () => {
    closedAfter = performance.now() - began;
  });
  await new Promise((done) => socket.once('connect', done));
  socket.write(text);
  return { socket, said: () => said, closedAfterMs: () => closedAfter };
}

const head = (length: number | string): string =>
  `POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${
    typeof length === 'number' ? `Content-Length: ${length}` : `Transfer-Encoding: ${length}`
  }\r\n\r\n`;

describe('a body', () => {
  test('that is announced as larger is refused at 1 MiB', async () => {
    const listener = await listen();
    const caller = await call(listener.port(), head(4 * 1024 * 1024));
    caller.socket.write(Buffer.alloc(1024 * 1024 + 1, 'a'));
    await eventually(() => caller.said().startsWith('HTTP/1.1 413'));
  });

  test('of 1 MiB is read, and then refused for its signature', async () => {
    const listener = await listen();
    const caller = await call(listener.port(), head(1024 * 1024));
    caller.socket.write(Buffer.alloc(1024 * 1024, 'a'));
    await eventually(() => caller.said().startsWith('HTTP/1.1 401'));
  });

  test('without end is refused at 1 MiB', async () => {
    const listener = await listen();
    const caller = await call(listener.port(), head('chunked'));
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 'a'), Buffer.from('\r\n')]);
    for (let i = 0; i < 17; i++) caller.socket.write(chunk);
    await eventually(() => caller.said().startsWith('HTTP/1.1 413'));
  });
});

describe('time', () => {
  test('a head that never ends is cut off', async () => {
    const listener = await listen({ headMs: 150, requestMs: 10_000 });
    const caller = await call(listener.port(), 'POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Drip: ');
    await eventually(() => caller.closedAfterMs() !== null);
    expect(caller.closedAfterMs()).toBeGreaterThan(100);
  });

  test('a body that never ends is cut off, all 150 of them, and others are served meanwhile', async () => {
    const listener = await listen({ headMs: 150, requestMs: 400 });
    const half = head(1024 * 1024) + 'a'.repeat(1024);
    const callers = await Promise.all(Array.from({ length: 150 }, () => call(listener.port(), half)));
    const honest = await call(listener.port(), `${head(2)}{}`);
    await eventually(() => honest.said().startsWith('HTTP/1.1 401'));
    await eventually(() => callers.every((caller) => caller.closedAfterMs() !== null));
  });
});

test('a flood of requests that are refused is some lines of the log, which say how many there were', async () => {
  const lines: string[] = [];
  const log = { ...recordingLog(), warn: (message: string) => void lines.push(message) };
  let now = 0;
  const listener = await listen({}, { logger: boltLogger(log), clock: { elapsed: () => now } });
  const send = async (count: number): Promise<void> => {
    for (let sent = 0; sent < count; sent += 1) {
      const caller = await call(listener.port(), `${head(2)}{}`);
      await eventually(() => caller.said().startsWith('HTTP/1.1 401'));
      caller.socket.destroy();
    }
  };
  await send(25);
  expect(lines.length).toBe(10);
  expect(new Set(lines)).toEqual(new Set([expect.stringMatching(/^Failed to parse and verify the request data/)]));
  now += 60_000;
  await send(2);
  expect(lines.slice(10)).toEqual(['15 more lines like the last ones were left out', lines[0], lines[0]]);
});

test('connections above the limit are closed, and those within stay', async () => {
  const listener = await listen({ connections: 8 });
  const callers: Caller[] = [];
  for (let i = 0; i < 12; i++) callers.push(await call(listener.port(), 'POST /slack/events HTTP/1.1\r\n'));
  await eventually(() => callers.filter((caller) => caller.closedAfterMs() !== null).length === 4);
  expect(callers.slice(0, 8).every((caller) => caller.closedAfterMs() === null)).toBe(true);
});

test('the limits that are in force', async () => {
  const listener = createHttpListener(
    { signingSecret: 'a-signing-secret', host: '127.0.0.1', port: 0 },
    { logger: boltLogger(recordingLog()), clock: systemClock, customRoutes: [] },
  );
  const server = await listener.start();
  closing.push(() => listener.stop());
  expect(server).toMatchObject({ headersTimeout: 5_000, requestTimeout: 10_000, maxConnections: 256 });
  expect((server as { address(): unknown }).address()).toMatchObject({ address: '127.0.0.1' });
});
