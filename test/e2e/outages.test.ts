import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { engines, makeDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { startWorld, type World } from '../support/world.ts';

/** An outage is one line when it begins, at the level `error`, and one when it is over, with how long it took. */

reportSkipped();

let world: World;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await world.close();
  for (const close of closing.splice(0)) await close();
});

interface Line {
  level: string;
  message: string;
  seconds?: number;
  failures?: number;
  reason?: string;
  what?: string;
}
/** What someone who watches the log sees, from a line on. */
const lines = (from: number): Line[] => world.logLines.slice(from).map((line) => JSON.parse(line) as Line);
const troubles = (from: number): Line[] => lines(from).filter(({ level }) => level === 'warn' || level === 'error');

describe('the platform', () => {
  test.each([
    ['fails', { kind: 'status', status: 500 }, /HTTP 500/],
    ['refuses the token', { kind: 'status', status: 401 }, /HTTP 401/],
    ['answers with a page', { kind: 'status', status: 200, body: 'html' }, /not JSON/],
  ] as const)('%s for many polls', async (_name, fault, why) => {
    world = await startWorld();
    await world.app.pollNow();
    const from = world.logLines.length;
    world.dialer.faults.add({ ...fault, route: 'list' });
    for (let polls = 0; polls < 5; polls += 1) await world.app.pollNow();
    expect(troubles(from)).toEqual([
      expect.objectContaining({ level: 'error', message: 'poll failed', reason: expect.stringMatching(why) }),
    ]);
    expect(JSON.stringify(troubles(from))).not.toMatch(/<html|doctype/i);
    world.dialer.faults.clear();
    await world.app.pollNow();
    expect(troubles(from)).toHaveLength(1);
    const [over] = lines(from).filter(({ message }) => message === 'polls succeed again');
    expect(over).toMatchObject({ level: 'info', failures: 5, seconds: expect.any(Number) });
  });
});

test('a Slack that opens no socket, however often it is tried', async () => {
  world = await startWorld();
  await world.app.pollNow();
  const from = world.logLines.length;
  world.slack.faults.next('apps.connections.open', { kind: 'status', status: 503 }, Number.POSITIVE_INFINITY);
  const tried = world.slack.traffic.exchanges('apps.connections.open').length;
  world.slack.sockets.disconnect('abrupt');
  await eventually(() => world.slack.traffic.exchanges('apps.connections.open').length >= tried + 5);
  expect(troubles(from)).toEqual([
    expect.objectContaining({
      message: 'the chat platform cannot be used',
      what: expect.stringMatching(/^socket [12]$/),
    }),
  ]);
  world.slack.faults.clear();
  await eventually(() => world.slack.sockets.connections() === 2);
  await eventually(() => lines(from).some(({ message }) => message === 'the chat platform can be used again'));
  expect(troubles(from)).toHaveLength(1);
});

const onPostgres = engines.includes('postgres') ? test : test.skip;

onPostgres('a database that is gone, while polls and registrations go on', async () => {
  const database = await makeDatabase('postgres');
  const url = new URL(database.location.databaseUrl ?? '');
  const network = await startTcpProxy({ host: url.hostname, port: Number(url.port || 5432) });
  closing.push(network.close, database.drop);
  url.host = `127.0.0.1:${network.port}`;
  world = await startWorld({ config: { databaseUrl: url.href } });
  await world.app.pollNow();
  const from = world.logLines.length;
  network.freeze();
  network.drop();
  await eventually(() => troubles(from).some(({ message }) => message === 'the store fails'));
  for (let polls = 0; polls < 2; polls += 1) await world.app.pollNow();
  expect(troubles(from)).toEqual([expect.objectContaining({ level: 'error', message: 'the store fails' })]);
  network.thaw();
  await eventually(() => lines(from).some(({ message }) => message === 'the store works again'));
});
