import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { startWorker } from '../../support/store/processes.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { cardItem, importRun, newNotice, reading, submission } from '../../support/store/samples.ts';

reportSkipped();

const rounds = 25;

describe.each(engines)('several bots at once on %s', (engine) => {
  let database: TestDatabase;
  let a: Store;
  let b: Store;

  beforeEach(async () => {
    database = await makeDatabase(engine);
    [a, b] = await Promise.all([database.open(), database.open()]);
  });
  afterEach(() => database.drop());

  /** Both race for the same thing in every round; answers how many of them won, round by round. */
  async function winners(race: (store: Store, round: number, name: string) => Promise<boolean>): Promise<number[]> {
    const counts: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const bots = [
        { store: a, name: 'a' },
        { store: b, name: 'b' },
      ];
      if (round % 2 === 1) bots.reverse();
      const won = await Promise.all(bots.map(({ store, name }) => race(store, round, name)));
      counts.push(won.filter(Boolean).length);
    }
    return counts;
  }
  const one = Array.from({ length: rounds }, () => 1);

  test('one of them claims a submission', async () => {
    expect(await winners((store, round) => store.claim(submission(`k${round}`)))).toEqual(one);
  });

  test('one of them gets a lease', async () => {
    expect(await winners((store, round, name) => store.lease(`l${round}`, name, 60_000))).toEqual(one);
  });

  test('one of them takes over a lease that ran out', async () => {
    for (let round = 0; round < rounds; round += 1) await a.lease(`l${round}`, 'gone', 1);
    await database.pass(10);
    expect(await winners((store, round, name) => store.lease(`l${round}`, name, 60_000))).toEqual(one);
  });

  test('one of them moves an import', async () => {
    for (let round = 0; round < rounds; round += 1) await a.addImport(importRun(`r${round}`), []);
    expect(await winners((store, round) => store.moveImport(`r${round}`, 'preview', 'running'))).toEqual(one);
  });

  test('one of them removes a watch, and adding it together gives one', async () => {
    const wanted = { taskId: 't1', channel: 'C1', owner: 'U1', createdAt: 1 };
    const [first, second] = await Promise.all([a.addWatch(wanted), b.addWatch(wanted)]);
    expect(second).toEqual(first);
    const removed = await Promise.all([a.removeWatch('t1', 'C1'), b.removeWatch('t1', 'C1')]);
    expect(removed.toSorted()).toEqual([false, true]);
  });

  test('the same event from both gives one item', async () => {
    const keys = Array.from({ length: 200 }, (_, i) => `k${i}`);
    await Promise.all([
      a.enqueue(keys.map((key) => cardItem(key))),
      // The other way round: neither may end up waiting for the other for good.
      b.enqueue(keys.toReversed().map((key) => cardItem(key))),
    ]);
    expect((await a.openItems()).map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
  });

  test('of readings derived from the same one, one is written with its notice', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const stored = await a.readings();
      const save = (store: Store, channel: string, order: string[]) =>
        store.saveReadings(
          order.map((id) => ({
            reading: { ...(stored.get(id) ?? reading(id, 0)), takenAt: round },
            notices: [newNotice('changed', channel)],
          })),
        );
      const written = await Promise.all([
        save(a, 'a', ['t1', 't2', 't3']),
        // The other way round: neither may end up waiting for the other for good.
        save(b, 'b', ['t3', 't2', 't1']),
        save(a, 'c', ['t2']),
      ]);
      expect(written.flatMap((saved) => saved.map(({ task }) => task.id)).toSorted()).toEqual(['t1', 't2', 't3']);
      expect(await b.readings()).toEqual(new Map(written.flat().map((saved) => [saved.task.id, saved])));
    }
    expect(await revisionsAnnounced(a)).toHaveLength(3 * rounds);
  });

  /** The revisions in the keys of all open notices; fails when one occurs in two. */
  async function revisionsAnnounced(store: Store): Promise<string[]> {
    const revisions = (await store.openItems()).flatMap(({ key }) => /^revision:(\d+):/.exec(key)?.[1] ?? []);
    expect(new Set(revisions).size).toBe(revisions.length);
    return revisions;
  }

  test('prune never takes an import that is being started', async () => {
    for (let round = 0; round < rounds; round += 1) await a.addImport(importRun(`r${round}`), []);
    const starting = Array.from({ length: rounds }, (_, round) => b.moveImport(`r${round}`, 'preview', 'running'));
    await a.prune(2_000, 10_000);
    const started = await Promise.all(starting);
    const left = new Set((await a.openImports()).map(({ id }) => id));
    for (const [round, moved] of started.entries()) expect(left.has(`r${round}`)).toBe(moved);
  });

  test('a new database is made once, by one of six that open it', async () => {
    const fresh = await makeDatabase(engine);
    try {
      const stores = await Promise.all(Array.from({ length: 6 }, () => fresh.open()));
      await Promise.all(stores.map((store) => store.ping()));
      const migrated = fresh.lines.filter(({ message }) => message === 'database migrated');
      const names = migrated.map(({ fields }) => fields?.migration);
      expect(names.slice(0, 3)).toEqual(['0001-initial', '0002-revisions', '0003-claims']);
      expect([...new Set(names)].sort()).toEqual(names);
    } finally {
      await fresh.drop();
    }
  });

  test('four processes share 80 submissions, one lease and one new database', async () => {
    const fresh = await makeDatabase(engine);
    try {
      const workers = ['p1', 'p2', 'p3', 'p4'].map((name) => startWorker('race', fresh, name));
      const ends = await Promise.all(workers.map((worker) => worker.ended));
      expect(ends).toEqual(workers.map(() => ({ code: 0, stderr: '' })));
      const results = workers.map((worker) => worker.reported[0] as { won: string[]; lease: boolean });
      const won = results.flatMap((result) => result.won);
      expect(won.length).toBe(80);
      expect(new Set(won).size).toBe(80);
      expect(results.filter((result) => result.lease).length).toBe(1);
      const store = await fresh.open();
      expect((await store.openItems()).filter(({ key }) => key.startsWith('card:')).length).toBe(80);
      // Every process was let in 80 times, and no revision was issued to two.
      expect(await revisionsAnnounced(store)).toHaveLength(4 * 80);
      const takenAt = [...(await store.readings()).values()].map((stored) => stored.takenAt);
      expect(takenAt.toSorted((x, y) => x - y)).toEqual([73, 74, 75, 76, 77, 78, 79]);
    } finally {
      await fresh.drop();
    }
  });
});

const onPostgres = engines.includes('postgres') ? test : test.skip;

onPostgres('leases on PostgreSQL count by the clock of the database, whatever the bots believe', async () => {
  const database = await makeDatabase('postgres');
  try {
    const at = (now: number) => ({ now: () => now, elapsed: () => now, sleep: async () => undefined });
    const behind = await database.open(at(0));
    const ahead = await database.open(at(Date.now() + 86_400_000));
    expect(await behind.lease('poll', 'behind', 60_000)).toBe(true);
    expect(await ahead.lease('poll', 'ahead', 60_000)).toBe(false);
  } finally {
    await database.drop();
  }
});
