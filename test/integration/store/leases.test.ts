import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { botLeaseMs, botLeaseOf } from '../../../src/core/time/bot-lease.ts';
import { maxLeaseMs } from '../../../src/core/time/leases.ts';
import type { Store } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

reportSkipped();

const hour = 3_600_000;

describe.each(engines)('leases on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  test('are held by one owner until they run out', async () => {
    expect(await store.lease('poll', 'a', 60_000)).toBe(true);
    expect(await store.lease('poll', 'b', 60_000)).toBe(false);
    expect(await store.lease('other', 'b', 40)).toBe(true);
    await database.pass(50);
    expect(await store.lease('other', 'a', 60_000)).toBe(true);
    expect(await store.lease('other', 'b', 60_000)).toBe(false);
  });

  test('are renewed by their owner', async () => {
    expect(await store.lease('poll', 'a', 40)).toBe(true);
    expect(await store.lease('poll', 'a', 60_000)).toBe(true);
    await database.pass(50);
    expect(await store.lease('poll', 'b', 100)).toBe(false);
  });

  test('are released by their owner only', async () => {
    await store.lease('poll', 'a', 60_000);
    await store.release('poll', 'b');
    expect(await store.lease('poll', 'b', 60_000)).toBe(false);
    await store.release('poll', 'a');
    expect(await store.lease('poll', 'b', 60_000)).toBe(true);
  });

  test('are renewed after their time unless someone else has had them, however short', async () => {
    await store.lease('poll', 'a', 40);
    await database.pass(50);
    expect(await store.renew('poll', 'a', 40)).toBe(true);
    expect(await store.leased('poll')).toEqual(['poll']);
    await database.pass(50);
    expect(await store.lease('poll', 'b', 60_000)).toBe(true);
    expect(await store.renew('poll', 'a', 60_000)).toBe(false);
    await store.release('poll', 'b');
    expect(await store.renew('poll', 'a', 60_000)).toBe(false);
    expect(await store.leased('poll')).toEqual([]);
  });

  describe('of a bot', () => {
    let [first, second]: Store[] = [];
    const isFree = (): Promise<boolean> => (second as Store).lease('poll', 'second', 60_000);
    beforeEach(async () => {
      first = await database.open(undefined, 'first');
      second = await database.open(undefined, 'second');
      for (const [bot, its] of [
        ['first', first],
        ['second', second],
      ] as const) {
        await its.lease(botLeaseOf(bot), bot, botLeaseMs);
      }
      await first.lease('poll', 'first', maxLeaseMs);
      await first.lease('task:1', 'a press', maxLeaseMs);
    });

    test('are held for as long as it is registered', async () => {
      expect(await isFree()).toBe(false);
      expect(await store.leased('task:')).toEqual(['task:1']);
    });

    test('end with it, whatever their time, and are not found to have had no gap', async () => {
      await (first as Store).release(botLeaseOf('first'), 'first');
      expect(await store.leased('task:')).toEqual([]);
      expect(await isFree()).toBe(true);
      expect(await (first as Store).renew('poll', 'first', 60_000)).toBe(false);
    });

    test('end when it was not heard of in time', async () => {
      await database.sql(`update leases set until = until - ${botLeaseMs} where name = 'bot:first'`);
      expect(await store.leased('task:')).toEqual([]);
      expect(await isFree()).toBe(true);
    });

    test.each([hour, 1_000 * hour])('give way when a clock that was %d ms ahead dated them', async (ahead) => {
      await database.sql(`update leases set until = until + ${ahead} where name in ('poll', 'task:1', 'bot:first')`);
      expect(await store.leased('')).toEqual(['bot:second']);
      expect(await isFree()).toBe(true);
    });

    test('are its own again when it is heard of once more, as far as nobody took them', async () => {
      await database.sql(`update leases set until = 0 where name = 'bot:first'`);
      await isFree();
      await (first as Store).lease(botLeaseOf('first'), 'first', botLeaseMs);
      expect(await (first as Store).renew('task:1', 'a press', 60_000)).toBe(true);
      expect(await (first as Store).renew('poll', 'first', 60_000)).toBe(false);
    });
  });

  test('of an earlier release, dated by the time of day, give way', async () => {
    const until = engine === 'sqlite' ? Date.now() * 10 : Date.now() + hour;
    await database.sql(`insert into leases (name, owner, until) values ('poll', 'old', ${until})`);
    expect(await store.lease('poll', 'new', 60_000)).toBe(true);
  });
});
