import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

reportSkipped();

const hour = 3_600_000;
const at = Date.UTC(2026, 0, 5, 2, 0, 0);

describe.each(engines)('the Homes of people on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  test('keep what was published when they are opened again, and are seen by another bot', async () => {
    await store.noteOpened({ person: 'U1', at, shown: null });
    expect(await store.home('U1')).toEqual({ person: 'U1', openedAt: at, fingerprint: null, viewHash: null });
    await store.setHome('U1', { fingerprint: 'a', viewHash: '1.x' });
    const other = await database.open();
    await other.noteOpened({ person: 'U1', at: at + 1, shown: null });
    expect(await store.home('U1')).toEqual({ person: 'U1', openedAt: at + 1, fingerprint: 'a', viewHash: '1.x' });
    await other.noteOpened({ person: 'U1', at: at + 2, shown: { fingerprint: 'b', viewHash: null } });
    expect(await store.home('U1')).toEqual({ person: 'U1', openedAt: at + 2, fingerprint: 'b', viewHash: null });
    expect(await store.home('U2')).toBeNull();
  });

  test('are noted together when many are opened at once, some of them as they were', async () => {
    await store.noteOpened({ person: 'U3', at, shown: { fingerprint: 'old', viewHash: '3.x' } });
    const people = Array.from({ length: 40 }, (_, i) => `U${i}`);
    await Promise.all(
      people.map((person, i) => {
        const shown = i % 3 === 0 ? null : { fingerprint: `f${i}`, viewHash: `${i}.x` };
        return store.noteOpened({ person, at: at + i, shown });
      }),
    );
    expect(await store.openHomes({ since: 0, limit: 100 })).toHaveLength(40);
    expect(await store.home('U3')).toMatchObject({ openedAt: at + 3, fingerprint: 'old', viewHash: '3.x' });
    expect(await store.home('U4')).toMatchObject({ openedAt: at + 4, fingerprint: 'f4', viewHash: '4.x' });
  });

  test('are listed with the latest first, since a time and no more than asked for', async () => {
    for (const [i, person] of ['U1', 'U2', 'U3', 'U4'].entries())
      await store.noteOpened({ person, at: at + i, shown: null });
    const people = async (since: number, limit: number) =>
      (await store.openHomes({ since, limit })).map(({ person }) => person);
    expect(await people(at, 10)).toEqual(['U4', 'U3', 'U2', 'U1']);
    expect(await people(at + 2, 10)).toEqual(['U4', 'U3']);
    expect(await people(at, 1)).toEqual(['U4']);
  });

  test('are opened by several at once, and forgotten', async () => {
    const other = await database.open();
    await Promise.all(
      [store, other, store].map((each, i) => each.noteOpened({ person: 'U1', at: at + i, shown: null })),
    );
    expect(await store.openHomes({ since: 0, limit: 10 })).toHaveLength(1);
    await other.forgetHome('U1');
    // What was published for someone who is forgotten is no reason to know them again.
    await store.setHome('U1', { fingerprint: 'a', viewHash: null });
    expect(await store.home('U1')).toBeNull();
  });

  test('go with what is only kept for a while, those from the future too', async () => {
    await store.noteOpened({ person: 'old', at: at - hour, shown: null });
    await store.noteOpened({ person: 'new', at: at, shown: null });
    await store.noteOpened({ person: 'future', at: at + 48 * hour, shown: null });
    await store.pruneShortLived(at - 1, at);
    expect((await store.openHomes({ since: 0, limit: 10 })).map(({ person }) => person)).toEqual(['new']);
  });
});
