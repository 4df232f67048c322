import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { noAccounts } from '../../../src/core/access/ownership.ts';
import type { StoreOwner } from '../../../src/core/model/store-owner.ts';
import type { Store } from '../../../src/store/store.ts';
import { lastOf } from '../../support/core/looks.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

reportSkipped();

const ours: StoreOwner = { workspace: 'T1', app: null, platform: 'dialer.example', accounts: noAccounts };

const readingOf = (id: string) => ({ ...lastOf([{ on: true, bar: [1, 9], id }]), revision: 0 });

describe.each(engines)('whose a store is, on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  test('is kept with the first claim; a later one adds only what was not known', async () => {
    expect(await store.owner()).toBeNull();
    expect(await store.claimStore(ours)).toEqual(ours);
    const later = { ...ours, workspace: 'T2', app: 'A2', platform: 'x', accounts: { list: ['x'], init: [] } };
    expect(await store.claimStore(later)).toEqual({ ...ours, app: 'A2' });
    expect(await (await database.open()).owner()).toEqual({ ...ours, app: 'A2' });
  });

  test('of several claims at once, one counts for all', async () => {
    const others = [store, await database.open(), await database.open()];
    const claimed = await Promise.all(others.map((each, i) => each.claimStore({ ...ours, workspace: `T${i}` })));
    expect(new Set(claimed.map(({ workspace }) => workspace)).size).toBe(1);
  });

  test('what is learned of accounts is derived from what is stored, by several bots at once', async () => {
    await store.claimStore(ours);
    const bots = [store, await database.open(), await database.open()];
    await Promise.all(
      bots.map((bot, i) => bot.learnAccounts((known) => ({ ...known, list: [...known.list, `a${i}`] }))),
    );
    expect([...((await store.owner())?.accounts.list ?? [])].sort()).toEqual(['a0', 'a1', 'a2']);
  });

  test('given to another account: what is about its tasks stays, everything about others is gone', async () => {
    await store.claimStore(ours);
    for (const id of ['kept', 'left']) {
      await store.saveReadings([{ reading: readingOf(id), notices: [] }]);
      await store.addWatch({ taskId: id, channel: 'C1', owner: 'U1', createdAt: 1 });
    }
    await store.rememberList('U1', ['kept', 'left']);
    const next = { ...ours, platform: 'y', accounts: { list: ['b'], init: [] } };
    await store.giveStore(next, { workspace: false, tasksBut: new Set(['kept']) });
    expect(await store.owner()).toEqual(next);
    expect([...(await store.readings()).keys()]).toEqual(['kept']);
    expect((await store.watches()).map(({ taskId }) => taskId)).toEqual(['kept']);
    expect(await store.knowsTask('left')).toBe(false);
  });

  test('given to another workspace: nothing that names a channel or a person stays, what is known of tasks does', async () => {
    await store.claimStore(ours);
    await store.saveReadings([{ reading: readingOf('kept'), notices: [] }]);
    await store.addWatch({ taskId: 'kept', channel: 'C1', owner: 'U1', createdAt: 1 });
    await store.setBoardMessage('C1', { ref: '1.0' });
    await store.giveStore({ ...ours, workspace: 'T2' }, { workspace: true, tasksBut: null });
    expect([...(await store.readings()).keys()]).toEqual(['kept']);
    expect([await store.watches(), await store.boardMessages(), await store.openItems()]).toEqual([[], [], []]);
  });
});
