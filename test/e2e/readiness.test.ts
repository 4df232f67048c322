import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { systemClock } from '../../src/clock.ts';
import type { Check } from '../../src/health.ts';
import { eventually } from '../support/eventually.ts';
import { engines, makeDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { channel, type Mode, startWorld, taskNamed, type World, type WorldOptions } from '../support/world.ts';

/**
 * Twelve faults, injected for real: /readyz says why, within the time that the manual names, and is well again by itself.
 * Revoked bot token, revoked app token, wrong signing secret; platform 401, 500, hung; store locked, gone, frozen; no
 * socket; a set clock; a stuck outbox.
 */

let world: World;
/** Added to the time that has passed, and to the time of day. */
let passed: number;
let set: number;
beforeEach(() => {
  [passed, set] = [0, 0];
});
afterEach(async () => {
  await world.close();
  for (const close of closing.splice(0)) await close();
});
/** What a test has opened beside the world. */
const closing: (() => Promise<void>)[] = [];

reportSkipped();
const onPostgres = engines.includes('postgres') ? test : test.skip;

const minute = 60_000;

async function start(mode: Mode = 'socket', options: WorldOptions = {}): Promise<void> {
  world = await startWorld({
    mode,
    clock: { now: () => Date.now() + passed + set, elapsed: () => systemClock.elapsed() + passed },
    ...options,
  });
  await world.app.pollNow();
  expect(await faults()).toEqual([]);
}

/** What /readyz says is wrong. */
async function faults(): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${world.app.port}/readyz`);
  const { ok, checks } = (await response.json()) as { ok: boolean; checks: Check[] };
  expect([ok, response.status]).toEqual(checks.every((check) => check.ok) ? [true, 200] : [false, 503]);
  return checks.filter((check) => !check.ok).map(({ name, detail }) => `${name} ${detail}`);
}

const says = (...words: string[]) =>
  eventually(async () => JSON.stringify(await faults()) === JSON.stringify(words)).catch(async () => {
    expect(await faults()).toEqual(words);
  });

describe('Slack', () => {
  test('a revoked bot token, at the next message at the latest', async () => {
    await start();
    await world.alice.command('/dial watch Spring');
    await world.alice.expectCard(channel, 'Spring');
    world.slack.faults.next('chat.postMessage', { kind: 'error', error: 'token_revoked' }, Number.POSITIVE_INFINITY);
    world.dialer.rival(taskNamed(world.dialer, 'Spring renewal reminder').uuid, { start: false });
    await world.app.pollNow();
    await says('slack token_revoked');
    world.slack.faults.clear();
    passed += 5 * minute;
    await world.app.pollNow();
    await says();
  });

  test('a revoked app token: no socket for more than 15 s, also while it tries again', async () => {
    await start();
    world.slack.faults.next(
      'apps.connections.open',
      { kind: 'error', error: 'account_inactive' },
      Number.POSITIVE_INFINITY,
    );
    world.slack.sockets.disconnect('abrupt');
    await eventually(() => world.slack.sockets.connections() === 0);
    expect(await faults()).toEqual([]);
    passed += 15_001;
    expect(await faults()).toEqual(['slack not_connected']);
    world.slack.faults.clear();
    await says();
  });

  test('no socket, because Slack cannot be asked for one', async () => {
    await start();
    world.slack.faults.next('apps.connections.open', { kind: 'status', status: 503 }, Number.POSITIVE_INFINITY);
    world.slack.sockets.disconnect('abrupt');
    await eventually(() => world.slack.sockets.connections() === 0);
    passed += 15_001;
    expect(await faults()).toEqual(['slack not_connected']);
    world.slack.faults.clear();
    await says();
  });

  test('a wrong signing secret: three requests in a row, until one is accepted', async () => {
    await start('http');
    const forge = () =>
      fetch(`http://127.0.0.1:${world.app.port}/slack/events`, {
        method: 'POST',
        headers: { 'x-slack-signature': 'v0=00', 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)) },
        body: 'command=%2Fdial',
      });
    for (let sent = 0; sent < 2; sent += 1) expect((await forge()).status).toBe(401);
    expect(await faults()).toEqual([]);
    await forge();
    expect(await faults()).toEqual(['slack wrong_signatures']);
    await world.alice.command('/dial help');
    await says();
  });
});

describe('the platform', () => {
  test.each([
    ['refuses the token', { kind: 'status', route: 'list', status: 401 }, 'platform_unauthorized'],
    ['fails', { kind: 'status', route: 'list', status: 500 }, 'platform_server_error'],
    ['hangs', { kind: 'delay', route: 'list', ms: 60_000 }, 'platform_timeout'],
  ] as const)('%s', async (_name, fault, code) => {
    await start('socket', { config: { dialer: { timeoutMs: 200 } } });
    world.dialer.faults.add(fault);
    await world.app.pollNow();
    expect(await faults()).toEqual([`poll ${code}`]);
    world.dialer.faults.clear();
    await world.app.pollNow();
    expect(await faults()).toEqual([]);
  });
});

describe('the store', () => {
  const file = (): string => join(world.config.dataDir, 'dialdeck.db');

  test('locked by another process', async () => {
    await start();
    const other = new Libsql(file());
    other.exec('begin immediate');
    passed += 20_001;
    expect(await faults()).toEqual(['store not_writable']);
    other.exec('rollback');
    other.close();
    await says();
  });

  onPostgres('frozen: it takes connections and answers nothing', async () => {
    const database = await makeDatabase('postgres');
    const url = new URL(database.location.databaseUrl ?? '');
    const network = await startTcpProxy({ host: url.hostname, port: Number(url.port || 5432) });
    closing.push(network.close, database.drop);
    url.host = `127.0.0.1:${network.port}`;
    await start('socket', { config: { databaseUrl: url.href } });
    network.freeze();
    const began = performance.now();
    expect(await faults()).toEqual(['store no_answer']);
    // Two seconds are documented; a busy machine may take longer to say so.
    expect(performance.now() - began).toBeLessThan(10_000);
    network.thaw();
    await says();
  });

  test('gone', async () => {
    await start();
    await rename(file(), `${file()}.away`);
    expect(await faults()).toEqual(['store failed']);
    await rename(`${file()}.away`, file());
    await says();
  });
});

test('a clock that is set is no fault', async () => {
  await start();
  for (const step of [3_600_000, -7_200_000]) {
    set += step;
    await world.app.pollNow();
    expect(await faults()).toEqual([]);
  }
});

test('notices that do not go out for a quarter of an hour', async () => {
  await start();
  await world.alice.command('/dial watch Spring');
  await world.alice.expectCard(channel, 'Spring');
  world.slack.faults.next('chat.postMessage', { kind: 'status', status: 503 }, Number.POSITIVE_INFINITY);
  world.dialer.rival(taskNamed(world.dialer, 'Spring renewal reminder').uuid, { start: false });
  await world.app.pollNow();
  passed += 15 * minute + 1_000;
  await says('outbox oldest_notice_15_min');
  world.slack.faults.clear();
  await world.app.pollNow();
  await eventually(async () => !(await faults()).some((words) => words.startsWith('outbox')));
});
