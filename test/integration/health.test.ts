import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { type Check, healthRoutes, serveRoutes } from '../../src/health.ts';
import { connectSlack } from '../../src/slack/bolt/app.ts';
import { connectionDeps } from '../support/connection.ts';
import { recordingLog } from '../support/real-store.ts';
import { startWorld, type World } from '../support/world.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function ask(port: number, path: string, method = 'GET') {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as { ok: boolean; checks: Check[] }) };
}

const release = { version: '1.2.3', commit: null };

/** The names of what is not ready. */
const missing = (body: { checks: Check[] } | null) => body?.checks.filter(({ ok }) => !ok).map(({ name }) => name);

async function serve(checks: () => Promise<Check[]>, withinMs?: number): Promise<number> {
  const server = await serveRoutes(healthRoutes(checks, release, systemClock, withinMs), {
    host: '127.0.0.1',
    port: 0,
  });
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('the routes by themselves', () => {
  test('alive says nothing of the rest; ready is 503 as long as one thing is not', async () => {
    let ready = false;
    const port = await serve(async () => [
      { name: 'a', ok: true },
      { name: 'b', ok: ready, detail: 'not yet' },
    ]);
    expect(await ask(port, '/healthz')).toEqual({ status: 200, body: { ok: true, ...release } });
    const before = await ask(port, '/readyz?x=1');
    expect(before.status).toBe(503);
    expect(before.body).toEqual({
      ok: false,
      checks: [
        { name: 'a', ok: true },
        { name: 'b', ok: false, detail: 'not yet' },
      ],
    });
    ready = true;
    expect((await ask(port, '/readyz')).status).toBe(200);
    expect((await ask(port, '/readyz', 'HEAD')).status).toBe(200);
    expect((await ask(port, '/readyz', 'POST')).status).toBe(405);
    expect((await ask(port, '/other')).status).toBe(404);
  });

  test('a check that throws is not ready; one that hangs is not ready in time', async () => {
    const throwing = await serve(() => Promise.reject(new Error('with a secret')));
    const failed = await ask(throwing, '/readyz');
    expect(failed).toEqual({ status: 503, body: { ok: false, checks: [] } });
    const hanging = await serve(() => new Promise(() => {}), 100);
    const began = Date.now();
    expect((await ask(hanging, '/readyz')).status).toBe(503);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  test('a taken port is an error, not a silence', async () => {
    const port = await serve(async () => []);
    await expect(serveRoutes([], { host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe.each(['socket', 'http'] as const)('in %s mode', (mode) => {
  async function world(change: Parameters<typeof startWorld>[0] = {}): Promise<World> {
    const started = await startWorld({ mode, ...change });
    closing.push(() => started.close());
    return started;
  }

  test('ready after the first poll, on the port of the settings', async () => {
    const { app } = await world();
    await app.pollNow();
    expect((await ask(app.port, '/healthz')).status).toBe(200);
    expect((await ask(app.port, '/healthz', 'HEAD')).status).toBe(200);
    const ready = await ask(app.port, '/readyz');
    expect(ready).toEqual({
      status: 200,
      body: {
        ok: true,
        checks: [
          { name: 'slack', ok: true },
          { name: 'store', ok: true },
          { name: 'outbox', ok: true },
          { name: 'poll', ok: true },
        ],
      },
    });
  });

  test('a failed poll is named with its code, and over with the next good one', async () => {
    const { app, dialer } = await world();
    await app.pollNow();
    dialer.faults.add({ kind: 'status', route: 'list', status: 401 });
    await app.pollNow();
    const failed = await ask(app.port, '/readyz');
    expect(failed.status).toBe(503);
    expect(failed.body?.checks).toContainEqual({ name: 'poll', ok: false, detail: 'platform_unauthorized' });
    expect(missing(failed.body)).toEqual(['poll']);
    expect((await ask(app.port, '/healthz')).status).toBe(200);
    dialer.faults.clear();
    await app.pollNow();
    expect((await ask(app.port, '/readyz')).status).toBe(200);
  });

  test('a stop waits for nobody who merely holds a connection open', async () => {
    const { app } = await world();
    const idle = connect(app.port, '127.0.0.1');
    const talking = connect(app.port, '127.0.0.1');
    idle.on('error', () => {});
    talking.on('error', () => {});
    talking.write('GET /healthz HTTP/1.1\r\nHost: x\r\n');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = Date.now();
    await app.stop();
    expect(Date.now() - began).toBeLessThan(8_000);
    idle.destroy();
    talking.destroy();
  });
});

test('before Slack is connected the bot is alive and not ready (Socket Mode)', async () => {
  const { slack, config } = await startWorld().then((world) => {
    closing.push(() => world.close());
    return world;
  });
  const log = recordingLog();
  const connection = connectSlack({ ...config.slack, host: '127.0.0.1', port: 0 }, [], connectionDeps(config, log));
  const port = await serve(async () => [{ name: 'slack', ok: connection.goneSince() === null }]);
  slack.faults.next('apps.connections.open', { kind: 'delay', ms: 700 });
  const starting = connection.start();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await ask(port, '/healthz')).status).toBe(200);
  expect(missing((await ask(port, '/readyz')).body)).toEqual(['slack']);
  await starting;
  expect((await ask(port, '/readyz')).status).toBe(200);
  await connection.stop(1_000);
  expect((await ask(port, '/readyz')).status).toBe(503);
});
