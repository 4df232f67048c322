import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import { startJobs } from '../../../src/jobs/schedule.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { eventually } from '../../support/eventually.ts';
import { recordingLog } from '../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { cardItem, newNotice, reading, submission } from '../../support/store/samples.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

reportSkipped();

/** Shorter than the product's, so that a fault takes a second; one test measures those. */
const limits = { connectMs: 500, statementMs: 600, answerMs: 800, closeMs: 200 };
const inTime = limits.connectMs + limits.answerMs + 500;

async function failure(work: Promise<unknown>): Promise<{ ms: number; message: string }> {
  const begun = performance.now();
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toMatchObject({ name: 'AppError', code: 'store_failed' });
  return { ms: performance.now() - begun, message: thrown instanceof Error ? thrown.message : '' };
}

const onPostgres = engines.includes('postgres') ? describe : describe.skip;

onPostgres('PostgreSQL behind a network that fails', () => {
  let database: TestDatabase;
  let network: TcpProxy;
  let store: Store;
  const log = recordingLog();
  const through = (location = database.location): string => {
    const url = new URL(location.databaseUrl ?? '');
    url.host = `127.0.0.1:${network.port}`;
    return url.href;
  };
  const open = (change: Partial<Parameters<typeof openStore>[0]> = {}): Promise<Store> =>
    openStore({ databaseUrl: through(), dataDir: '/nowhere', clock: systemClock, log, limits, ...change });

  beforeEach(async () => {
    log.lines.splice(0);
    database = await makeDatabase('postgres');
    // Its tables are made without the short limits of these tests.
    await (await database.open()).close();
    const { hostname, port } = new URL(database.location.databaseUrl ?? '');
    network = await startTcpProxy({ host: hostname, port: Number(port || 5432) });
    store = await open();
  });
  afterEach(async () => {
    await network.close();
    await store.close();
    await database.drop();
  });

  test('that goes silent: statements, transactions and new connections end in time, and the pool recovers', async () => {
    await Promise.all(Array.from({ length: 8 }, () => store.ping()));
    network.freeze();
    // More than the pool holds: some wait for a free connection.
    const all = await Promise.all([
      ...Array.from({ length: 20 }, (_, i) => failure(store.claim(submission(`k${i}`)))),
      failure(store.saveReadings([{ reading: reading('t1', 1), notices: [newNotice('changed')] }])),
      failure(store.lease('poll', 'a', 30_000)),
    ]);
    for (const { ms, message } of all) {
      expect(ms).toBeLessThan(inTime);
      expect(message).toContain('ETIMEDOUT (the database did not answer in time)');
    }
    // Silent for so long that new connections are tried, too.
    for (let round = 0; round < 3; round += 1) expect((await failure(store.ping())).ms).toBeLessThan(inTime);

    network.thaw();
    await Promise.all(Array.from({ length: 20 }, () => store.ping()));
    expect(await store.claim(submission('after'))).toBe(true);
    expect(await store.saveReadings([{ reading: reading('t2', 1), notices: [] }])).toHaveLength(1);
  });

  test('that goes silent in the middle of a transaction: nobody else waits for its locks', async () => {
    network.delay(40);
    const items = Array.from({ length: 30_000 }, (_, i) => cardItem(`k${i}`));
    const cut = failure(store.enqueue(items));
    const claim = failure(store.saveReadings([{ reading: reading('t1', 1), notices: [newNotice('changed')] }]));
    await sleep(140);
    network.freeze();
    await Promise.all([cut, claim]);
    // Another bot, whose network is in order: what the cut-off transactions hold is free after the server's own limit.
    const other = await database.open();
    const begun = performance.now();
    expect(await other.saveReadings([{ reading: reading('t1', 1), notices: [] }])).toHaveLength(1);
    await other.enqueue([cardItem('k0')]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('that cuts connections: the next statement has a new one', async () => {
    await Promise.all(Array.from({ length: 8 }, () => store.ping()));
    network.drop();
    await sleep(50);
    await Promise.all(Array.from({ length: 20 }, () => store.ping()));
    const slow = failure(store.enqueue(Array.from({ length: 30_000 }, (_, i) => cardItem(`k${i}`))));
    await sleep(60);
    network.drop();
    expect((await slow).message).toContain('ECONNRESET (the connection to the database was lost)');
    await sleep(50);
    expect(await store.openItems()).toEqual([]);
  });

  test('that is slow is no fault', async () => {
    network.delay(60);
    await store.enqueue(Array.from({ length: 5 }, (_, i) => cardItem(`k${i}`)));
    expect(await store.openItems()).toHaveLength(5);
  });

  test('a statement that waits for a lock is ended by the server, and its connection stays', async () => {
    const connections = network.accepted();
    const holder = await database.open();
    await store.enqueue([cardItem('k0')]);
    const locked = database.sql(`begin; lock table outbox; select pg_sleep(1.2); commit`);
    await sleep(100);
    const { ms, message } = await failure(store.openItems());
    expect(message).toContain('57014 (the database took too long)');
    expect(ms).toBeLessThan(limits.answerMs);
    await locked;
    expect(await store.openItems()).toHaveLength(1);
    expect(network.accepted()).toBe(connections);
    await holder.close();
  });

  test('a stop waits neither for the server nor for statements that hang', async () => {
    await Promise.all(Array.from({ length: 8 }, () => store.ping()));
    network.freeze();
    const hanging = failure(store.ping());
    const begun = performance.now();
    await store.close();
    expect(performance.now() - begun).toBeLessThan(inTime);
    expect((await hanging).ms).toBeLessThan(inTime);
    await failure(store.ping());
  });

  test('the watching fails while it is silent, and goes on by itself afterwards', async () => {
    let polls = 0;
    const jobs = startJobs({
      pollCron: '* * * * * *',
      watch: async () => {
        await store.readings();
        polls += 1;
      },
      follow: async () => undefined,
      deliver: async () => void (await store.openItems()),
      store,
      prune: store.prune,
      pruneShortLived: store.pruneShortLived,
      clock: systemClock,
      log,
      owner: 'bot',
    });
    try {
      await eventually(() => jobs.lastPoll().ok);
      network.freeze();
      await eventually(() => jobs.lastPoll().error === 'store_failed');
      network.thaw();
      const before = polls;
      await eventually(() => jobs.lastPoll().ok && polls > before);
    } finally {
      await jobs.stop();
    }
  });

  test('silent from the beginning: opening fails in time', async () => {
    network.freeze();
    const { ms, message } = await failure(open());
    expect(ms).toBeLessThan(inTime);
    expect(message).toContain('ETIMEDOUT');
  });

  test('with the limits of the product everything ends within the 15 s that the documentation names', async () => {
    const usual = await open({ limits: {} });
    await usual.ping();
    network.freeze();
    const [first, second] = await Promise.all([failure(usual.ping()), failure(usual.lease('poll', 'a', 1_000))]);
    expect(Math.max(first.ms, second.ms)).toBeLessThan(15_000);
    network.thaw();
    await usual.ping();
    await usual.close();
  });
});
