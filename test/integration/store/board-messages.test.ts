import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

reportSkipped();

describe.each(engines)('the messages of boards on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  test('are one per channel, changed in parts, and seen by another bot', async () => {
    await store.setBoardMessage('C1', { ref: '1.0', hash: 'a' });
    await store.setBoardMessage('C1', { hash: null });
    await store.setBoardMessage('C2', { hash: 'b' });
    await store.setBoardMessage('C3', {});
    const other = await database.open();
    const [first, second] = [
      { channel: 'C1', ref: '1.0', hash: null },
      { channel: 'C2', ref: null, hash: 'b' },
    ];
    expect(await other.boardMessages()).toEqual([first, second]);
    expect(await other.boardMessageOf('C1')).toEqual(first);
    expect(await other.boardMessageOf('C3')).toBeNull();
  });

  test('are set by several at once', async () => {
    const other = await database.open();
    await Promise.all([store, other, store].map((each, i) => each.setBoardMessage('C1', { ref: `${i}.0` })));
    expect(await store.boardMessages()).toHaveLength(1);
  });

  test('are forgotten, as often as asked', async () => {
    await store.setBoardMessage('C1', { ref: '1.0' });
    await store.removeBoardMessage('C1');
    await store.removeBoardMessage('C1');
    expect(await store.boardMessages()).toEqual([]);
  });
});
