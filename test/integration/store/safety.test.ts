import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Kysely, type Migration, sql } from 'kysely';
import Libsql from 'libsql';
import { systemClock as clock } from '../../../src/clock.ts';
import { openPostgres, openSqlite } from '../../../src/store/dialect.ts';
import { migrate, migrations } from '../../../src/store/migrate.ts';
import type { Schema } from '../../../src/store/schema.ts';
import { openStore } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { startWorker } from '../../support/store/processes.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import {
  batchesOf,
  cardItem,
  importBatch,
  importRun,
  newNotice,
  phone,
  reading,
  submission,
} from '../../support/store/samples.ts';

reportSkipped();

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const onPostgres = engines.includes('postgres') ? test : test.skip;

/** Everything that a log could print of an error. */
async function wholeError(failing: Promise<unknown>): Promise<string> {
  const error = await failing.then(
    () => 'it did not fail',
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: 'AppError', code: 'store_failed' });
  return `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`;
}

describe.each(engines)('safety on %s', (engine) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await makeDatabase(engine);
  });
  afterEach(() => database.drop());

  test('what was acknowledged survives kill -9, and transactions are whole', async () => {
    for (let kill = 0; kill < 3; kill += 1) {
      const worker = startWorker('write', database);
      // Not right after an acknowledgement, but somewhere in what follows it.
      await worker.until(10 + 7 * kill);
      await sleep(Math.random() * 10);
      worker.kill();
      expect((await worker.ended).code).toBe('SIGKILL');
      const last = worker.reported.at(-1) as number;
      expect(last).toBeGreaterThanOrEqual(9 + 7 * kill);

      const store = await database.open();
      const readings = await store.readings();
      const items = new Set((await store.openItems()).map(({ key }) => key));
      for (let n = 0; n <= last; n += 1) {
        expect(readings.has(`t${n}-0`)).toBe(true);
        expect(await store.submission(`s${n}`)).not.toBeNull();
        expect((await store.importRun(`r${n}`))?.state).toBe('running');
        expect((await batchesOf(store, `r${n}`)).length).toBe(2);
      }
      for (const id of readings.keys()) {
        expect(
          readings.has(id.replace(/-.$/, '-1')) && items.has(`revision:${readings.get(id)?.revision}:changed:C1`),
        ).toBe(true);
      }
      expect(items.size).toBe(readings.size);
      await store.close();
      await database.sql('delete from readings');
      for (const table of ['outbox', 'submissions', 'import_batches', 'import_runs']) {
        await database.sql(`delete from ${table}`);
      }
    }
  });

  test('no error repeats a number, a parameter or a row', async () => {
    const store = await database.open();
    const run = importRun(phone, { person: 'U-secret' });
    await store.addImport(run, [importBatch(phone, 0)]);
    const twice = await wholeError(store.addImport(run, [importBatch(phone, 0)]));
    const orphan = await wholeError(
      store.addImport(importRun('r2', { taskId: phone }), [importBatch('r2', 0), importBatch(`no ${phone}`, 0)]),
    );
    const wrongType = await wholeError(
      store.updateBatch(phone, 0, { accepted: `${phone}x` as unknown as number }).then(
        // SQLite takes any type and fails when the row is read.
        () => batchesOf(store, phone),
      ),
    );
    await database.sql(`update import_batches set entries = '[{"phone":"${phone}",'`);
    const notJson = await wholeError(store.batchEntries(phone, 0));
    for (const text of [twice, orphan, wrongType, notJson]) {
      expect(text).not.toContain(phone);
      expect(text).not.toContain('U-secret');
      expect(text).not.toMatch(/insert into|update "/i);
    }
    expect(twice).toMatch(/store: addImport failed: (SQLITE_CONSTRAINT|23505)/);
    expect(notJson).toContain('import_batches: entries');
  });

  describe('migrations', () => {
    async function run(known: (first: Record<string, Migration>) => Record<string, Migration>): Promise<void> {
      const { databaseUrl, dataDir } = database.location;
      const opened =
        databaseUrl === null
          ? openSqlite(join(dataDir, 'dialdeck.db'), clock)
          : openPostgres(databaseUrl, { clock, log: silent });
      const db = new Kysely<Schema>({ dialect: opened.dialect });
      try {
        await migrate({ query: db, engine: opened, log: silent }, known(migrations(opened)));
      } finally {
        await db.destroy();
        await opened.close();
      }
    }
    const later: Migration = {
      up: async (db) => {
        await db.schema.alterTable('readings').addColumn('later', 'text').execute();
      },
    };

    test('bring an existing database up to date and keep its rows', async () => {
      const store = await database.open();
      await store.saveReadings([{ reading: reading('t1', 1_000), notices: [newNotice('changed')] }]);
      await store.close();
      await run((first) => ({ ...first, '9998-later': later }));
      expect(await database.sql('select task_id, later from readings')).toEqual([{ task_id: 't1', later: null }]);
      // And the program that does not know the newer tables keeps its hands off them.
      await expect(database.open()).rejects.toMatchObject({
        code: 'store_failed',
        message: expect.stringContaining('newer version'),
      });
    });

    test('that fail leave the database as it was', async () => {
      const store = await database.open();
      await store.claim(submission('k'));
      await store.close();
      const failing: Migration = {
        up: async (db) => {
          await later.up(db);
          await db.deleteFrom('submissions').execute();
          throw new Error('half way');
        },
      };
      await expect(run((first) => ({ ...first, '9999-failing': failing }))).rejects.toThrow('half way');
      const again = await database.open();
      expect(await again.submission('k')).toEqual(submission('k'));
      await expect(database.sql('select later from readings')).rejects.toThrow();
    });
  });

  test('a second open finds everything', async () => {
    const first = await database.open();
    await first.saveReadings([{ reading: reading('t1', 1_000), notices: [newNotice('changed')] }]);
    const second = await database.open();
    expect(await second.readings()).toEqual(await first.readings());
    await first.close();
    await second.claim(submission('k'));
    await second.close();
    const third = await database.open();
    expect(await third.submission('k')).toEqual(submission('k'));
    expect((await third.openItems()).map(({ key }) => key)).toEqual(['revision:1:changed:C1']);
  });
});

describe('SQLite on disk', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await makeDatabase('sqlite');
  });
  afterEach(() => database.drop());

  test('belongs to its owner only', async () => {
    const store = await database.open();
    await store.claim(submission('k'));
    const { dataDir } = database.location;
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(mode(dataDir)).toBe('700');
    expect(readdirSync(dataDir).map((name) => [name, mode(join(dataDir, name))])).toEqual([
      ['dialdeck.db', '600'],
      ['dialdeck.db-shm', '600'],
      ['dialdeck.db-wal', '600'],
    ]);
    expect(database.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  test('in a directory that others may enter is closed itself, and says so', async () => {
    const { dataDir } = database.location;
    mkdirSync(dataDir, { mode: 0o755 });
    await database.open();
    expect(statSync(dataDir).mode & 0o777).toBe(0o755);
    expect(statSync(join(dataDir, 'dialdeck.db')).mode & 0o777).toBe(0o600);
    expect(database.lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: { dataDir } }));
  });

  test('runs with write-ahead log and full synchronisation', async () => {
    await database.open();
    expect(await database.sql('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    const engine = openSqlite(join(database.location.dataDir, 'dialdeck.db'), clock);
    const db = new Kysely<Schema>({ dialect: engine.dialect });
    try {
      const values: unknown[] = [];
      for (const pragma of ['synchronous', 'foreign_keys', 'secure_delete']) {
        values.push(...(await sql`pragma ${sql.raw(pragma)}`.execute(db)).rows);
      }
      expect(values).toEqual([{ synchronous: 2 }, { foreign_keys: 1 }, { secure_delete: 1 }]);
    } finally {
      await db.destroy();
    }
  });

  test('locked by another process: waits, lets this one continue, and what it then acknowledges is committed', async () => {
    const store = await database.open();
    const other = new Libsql(join(database.location.dataDir, 'dialdeck.db'));
    try {
      for (let round = 0; round < 3; round += 1) {
        other.exec('begin immediate');
        let ticks = 0;
        const ticking = setInterval(() => {
          ticks += 1;
        }, 5);
        const claims = [store.claim(submission(`k${round}`)), store.enqueue([cardItem(`k${round}`)])];
        expect(await store.readings()).toEqual(new Map());
        await sleep(500);
        clearInterval(ticking);
        expect(ticks).toBeGreaterThan(2);
        other.exec('commit');
        await Promise.all(claims);
        // Seen by another connection, which can also write at once.
        expect(other.prepare('select count(*) as n from submissions').all([])).toEqual([{ n: round + 1 }]);
        expect(other.prepare('select count(*) as n from outbox').all([])).toEqual([{ n: round + 1 }]);
        other.exec(`insert into leases (name, owner, until) values ('l${round}', 'other', 0)`);
      }
    } finally {
      other.close();
    }
  });

  test('locked for good: every method fails, none before its time, and meanwhile the event loop is mostly idle', async () => {
    const store = await database.open();
    const other = new Libsql(join(database.location.dataDir, 'dialdeck.db'));
    try {
      other.exec('begin immediate');
      const begun = performance.now();
      const turns: number[] = [];
      const turning = setInterval(() => {
        const second = Math.floor((performance.now() - begun) / 1_000);
        turns[second] = (turns[second] ?? 0) + 1;
      }, 1);
      const ends = await Promise.all(
        Array.from({ length: 100 }, async (_, i) => {
          const text = await wholeError(
            i % 2 === 0 ? store.lease(`l${i}`, 'a', 1_000) : store.enqueue([cardItem('k')]),
          );
          expect(text).toContain('SQLITE_BUSY (another process has kept the database locked)');
          return performance.now() - begun;
        }),
      );
      clearInterval(turning);
      expect(Math.min(...ends)).toBeGreaterThan(14_000);
      // Once per method SQLite held up the process for 20 ms, again and again: with a hundred of them no second had more
      // than fifty turns. Other processes may take those of some.
      expect(Math.max(...turns.filter((count) => count > 0))).toBeGreaterThan(60);
    } finally {
      other.exec('rollback');
      other.close();
    }
    expect(await store.lease('poll', 'a', 1_000)).toBe(true);
  });

  test('a stop does not wait for a lock', async () => {
    const store = await database.open();
    const other = new Libsql(join(database.location.dataDir, 'dialdeck.db'));
    try {
      other.exec('begin immediate');
      const waiting = Array.from({ length: 10 }, (_, i) => wholeError(store.claim(submission(`k${i}`))));
      const begun = performance.now();
      await store.close();
      expect(performance.now() - begun).toBeLessThan(5_000);
      await Promise.all(waiting);
      expect(performance.now() - begun).toBeLessThan(5_500);
    } finally {
      other.close();
    }
  });

  test('really loses the numbers that are forgotten or pruned', async () => {
    const store = await database.open();
    const entries = Array.from({ length: 100 }, (_, i) => ({ phone: `1390000${1000 + i}`, name: '李雷', line: i + 2 }));
    const batches = (id: string) => Array.from({ length: 30 }, (_, i) => importBatch(id, i, { entries }));
    await store.addImport(importRun('sent', { state: 'running' }), batches('sent'));
    expect(database.bytes().includes('13900001042')).toBe(true);
    await store.forgetEntries('sent');
    expect(database.bytes().includes('1390000')).toBe(false);

    await store.addImport(importRun('preview'), batches('preview'));
    expect(database.bytes().includes('13900001042')).toBe(true);
    await store.prune(2_000, 10_000);
    expect(database.bytes().includes('1390000')).toBe(false);
  });

  test('is one complete file once it is closed', async () => {
    const store = await database.open();
    await store.claim(submission('k'));
    await store.close();
    const { dataDir } = database.location;
    const copy = await makeDatabase('sqlite');
    try {
      mkdirSync(copy.location.dataDir);
      writeFileSync(join(copy.location.dataDir, 'dialdeck.db'), readFileSync(join(dataDir, 'dialdeck.db')));
      expect(await (await copy.open()).submission('k')).toEqual(submission('k'));
    } finally {
      await copy.drop();
    }
  });

  test('refuses a file that is no database, and leaves it alone', async () => {
    const { dataDir } = database.location;
    mkdirSync(dataDir);
    const file = join(dataDir, 'dialdeck.db');
    const text = 'a letter, by chance under this name. '.repeat(50);
    writeFileSync(file, text);
    expect(await wholeError(database.open())).toContain('SQLITE_NOTADB');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('says when its directory cannot be made', async () => {
    const { dataDir } = database.location;
    writeFileSync(dataDir, 'in the way');
    expect(await wholeError(database.open())).toContain('DATA_DIR is not a directory');
  });
});

describe('PostgreSQL out of reach', () => {
  const open = (databaseUrl: string) => openStore({ databaseUrl, dataDir: '/nowhere', clock, log: silent });

  test('the password in its address never appears', async () => {
    const text = await wholeError(open('postgres://bot:geheim@127.0.0.1:1/dialdeck'));
    expect(text).toContain('ECONNREFUSED');
    expect(text).not.toContain('geheim');
  });

  test.each(['mysql://bot:geheim@127.0.0.1/x', 'postgres://bot:geheim@[::1', 'geheim', ''])(
    'an address that is none is refused (%#)',
    async (url) => {
      const text = await wholeError(open(url));
      expect(text).toContain('postgres://host:port/database');
      expect(text).not.toContain('geheim');
    },
  );

  onPostgres('a cut connection is made anew', async () => {
    const database = await makeDatabase('postgres');
    try {
      const store = await database.open();
      await store.claim(submission('k'));
      await database.sql(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
      await sleep(100);
      await store.ping().catch(() => undefined);
      expect(await store.submission('k')).toEqual(submission('k'));
    } finally {
      await database.drop();
    }
  });
});
