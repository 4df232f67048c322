import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { eventually } from '../../support/eventually.ts';
import { recordingLog } from '../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { pgbouncer, startPgbouncer } from '../../support/store/pgbouncer.ts';
import {
  batchesOf,
  cardItem,
  importBatch,
  importRun,
  newNotice,
  reading,
  submission,
} from '../../support/store/samples.ts';

const missing = !engines.includes('postgres')
  ? 'TEST_DATABASE_URL is not set (.ci/postgres.sh start gives one)'
  : pgbouncer === null && 'there is no pgbouncer (a package of that name in Debian)';
if (missing) test.skip(`through PgBouncer: ${missing}`, () => undefined);

const whereItRuns = missing ? describe.skip : describe;

whereItRuns('through PgBouncer as it comes', () => {
  let bouncer: Awaited<ReturnType<typeof startPgbouncer>>;
  let database: TestDatabase;
  const stores: Store[] = [];

  const start = async (mode: Parameters<typeof startPgbouncer>[1]): Promise<() => Promise<Store>> => {
    database = await makeDatabase('postgres');
    bouncer = await startPgbouncer(new URL(database.location.databaseUrl ?? ''), mode);
    return async () => {
      const store = await openStore({
        databaseUrl: bouncer.urlOf(database.location.databaseUrl),
        dataDir: '/nowhere',
        clock: systemClock,
        log: recordingLog(),
      });
      stores.push(store);
      return store;
    };
  };
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await bouncer.stop();
    await database.drop();
  });

  // Session pooling lends a connection for as long as a bot holds its own, so two connections are two pools' worth.
  test('with session pooling: the tables are made, and everything can be stored', async () => {
    const store = await (await start('session'))();
    await store.enqueue([cardItem('a')]);
    expect(await store.openItems()).toHaveLength(1);
  });

  test('with transaction pooling: two bots share two connections, and claims, leases and transactions hold', async () => {
    const open = await start('transaction');
    const [a, b] = await Promise.all([open(), open()]);
    const both = [a, b];
    for (let round = 0; round < 10; round += 1) {
      const won = await Promise.all([
        ...both.map((store) => store.claim(submission(`k${round}`))),
        ...both.map((store) => store.claimOnce(`k${round}`, 60_000)),
        ...both.map((store, n) => store.lease(`l${round}`, `bot-${n}`, 60_000)),
      ]);
      expect(won.filter(Boolean)).toHaveLength(3);
    }
    // More transactions at once than there are connections.
    const revisions = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const store = i % 2 === 0 ? a : b;
        await store.addImport(importRun(`r${i}`), [importBatch(`r${i}`, 0)]);
        const [saved] = await store.saveReadings([{ reading: reading(`t${i}`, 1), notices: [newNotice('changed')] }]);
        return saved?.revision;
      }),
    );
    expect([...revisions].sort((one, other) => (one ?? 0) - (other ?? 0))).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    );
    expect(await b.openItems()).toHaveLength(40);
    expect(await batchesOf(a, 'r39')).toEqual([importBatch('r39', 0)]);
  });

  test('a server connection that is lost is replaced', async () => {
    const store = await (await start('transaction'))();
    await database.sql(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    );
    // Each connection that was lost costs one call.
    expect(await eventually(() => store.claim(submission('k')).catch(() => undefined))).toBe(true);
  });

  test('with statement pooling, which knows no transactions, the start says where to look', async () => {
    const open = await start('statement');
    await expect(open()).rejects.toMatchObject({
      code: 'store_failed',
      message: expect.stringContaining('PgBouncer, or another proxy before the database, refused'),
    });
  });
});
