import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import type { NumberSecrets } from '../../../src/store/db.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { recordingLog } from '../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { batchesOf, importBatch, importRun } from '../../support/store/samples.ts';

reportSkipped();

const phones = ['13800138000', '01012345678', '+85291234567'];
const [first = '', second = ''] = phones;
const by = { person: 'U1', at: 1_000 };
const about = { taskId: 't1', runId: 'none', recentSince: 0, cappedSince: 0 };
const nothing = { doNotCall: false, here: false, recent: 0, capped: 0 };

describe.each(engines)('numbers on %s', (engine) => {
  let database: TestDatabase;
  let opened: Store[] = [];

  beforeEach(async () => {
    database = await makeDatabase(engine);
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await database.drop();
  });

  const open = async (key: string | null = null, previous: string | null = null): Promise<Store> => {
    const numbers: NumberSecrets = { key, previous };
    const store = await openStore({ ...database.location, numbers, clock: systemClock, log: recordingLog() });
    opened.push(store);
    return store;
  };
  const send = (store: Store, runId: string, sent: { taskId: string; at: number; phones: string[] }) =>
    store.updateBatch(runId, 0, { state: 'accepted' }, sent);
  const everything = async (): Promise<string> => {
    const tables = ['import_batches', 'import_rejects', 'number_keys', 'sent_numbers', 'do_not_call'];
    const rows = await Promise.all(tables.map((table) => database.sql(`select * from ${table}`)));
    return JSON.stringify(rows);
  };

  test('are recognized by task, by time, and not by the run that sent them', async () => {
    const store = await open();
    await send(store, 'r1', { taskId: 't1', at: 100, phones: [first] });
    await send(store, 'r2', { taskId: 't2', at: 200, phones: [first, second] });
    await send(store, 'r2', { taskId: 't2', at: 300, phones: [first] });
    expect(await store.numberHistory(phones, about)).toEqual([
      { doNotCall: false, here: true, recent: 2, capped: 2 },
      { doNotCall: false, here: false, recent: 1, capped: 1 },
      nothing,
    ]);
    expect(await store.numberHistory([first], { ...about, recentSince: 150, cappedSince: 201 })).toEqual([
      { doNotCall: false, here: true, recent: 1, capped: 0 },
    ]);
    expect(await store.numberHistory([first], { ...about, runId: 'r1' })).toEqual([
      { doNotCall: false, here: false, recent: 1, capped: 1 },
    ]);
  });

  test('on the do-not-call list are counted, once each, and written only as hashes', async () => {
    const store = await open();
    expect(await store.addDoNotCall([first, second, first], by)).toBe(2);
    expect(await store.addDoNotCall(phones, by)).toBe(1);
    expect(await store.countDoNotCall()).toBe(3);
    expect(await store.removeDoNotCall([second, '13999999999'])).toBe(1);
    expect((await store.numberHistory(phones, about)).map(({ doNotCall }) => doNotCall)).toEqual([true, false, true]);
    const stored = await everything();
    for (const phone of phones) expect(stored).not.toContain(phone.replace('+', ''));
  });

  test('are the same with and without their country code', async () => {
    const store = await open();
    await store.addDoNotCall(['+8613800138000', '+861012345678'], by);
    expect((await store.numberHistory(phones, about)).map(({ doNotCall }) => doNotCall)).toEqual([true, true, false]);
  });

  test('are sealed with a new key by one start, also when nobody imports anything until the former one is removed', async () => {
    const [former, later] = ['a key of the settings', 'another key of the settings'];
    await (await open(former)).addDoNotCall([first], by);
    await open(later, former);
    const store = await open(later);
    expect((await store.numberHistory([first], about)).map(({ doNotCall }) => doNotCall)).toEqual([true]);
    await expect((await open(former)).numberHistory([first], about)).rejects.toMatchObject({
      code: 'numbers_key_wrong',
    });
  });

  test('that lay open are sealed by the start that is given a key', async () => {
    await (await open()).addDoNotCall([first], by);
    await open('a key of the settings');
    expect((await database.sql('select sealed from number_keys')).every(({ sealed }) => Number(sealed) === 1)).toBe(
      true,
    );
  });

  test('of an open run are sealed with the key, and gone from the tables when it is over', async () => {
    const store = await open('a key of the settings');
    const rejected = [{ line: 3, cell: '1380013800', reason: 'too_short' as const }];
    await store.addImport(importRun('r'), [importBatch('r', 0)], rejected);
    const sealed = await everything();
    expect(sealed).not.toMatch(/13800138000|14155552671|1380013800|王芳/);
    expect(await batchesOf(store, 'r')).toEqual([importBatch('r', 0)]);
    expect(await store.importRejects('r', 0)).toEqual(rejected);
    expect(await store.importRejects('r', 1)).toEqual([]);
    await store.forgetEntries('r');
    expect((await batchesOf(store, 'r')).flatMap(({ entries }) => entries)).toEqual([]);
    expect(await store.importRejects('r', 0)).toEqual([]);
    expect(await store.openImports()).toEqual([]);
  });

  test('of a preview that grows are sealed, counted at its end, and gone when it is dropped', async () => {
    const store = await open('a key of the settings');
    const rejected = [{ line: 3, cell: '1380013800', reason: 'too_short' as const }];
    await store.addImport(importRun('r'), [importBatch('r', 0)]);
    await store.growImport('r', { batches: [importBatch('r', 1)], rejected, after: 0 });
    await store.growImport('r', { batches: [], rejected, after: 1 });
    const counts = { rows: 4, ready: 4, rejected: 2, repeated: 0, skipped: 0 };
    await store.countImport('r', counts);
    expect(await store.importRun('r')).toMatchObject({ state: 'preview', counts });
    expect(await batchesOf(store, 'r')).toEqual([importBatch('r', 0), importBatch('r', 1)]);
    expect(await store.importRejects('r', 1)).toEqual(rejected);
    expect(await everything()).not.toMatch(/13800138000|14155552671|1380013800|王芳/);
    await store.dropImport('r');
    expect([await store.importRun('r'), await store.importLedger('r')]).toEqual([null, []]);
    expect(await store.importRejects('r', 0)).toEqual([]);
  });

  test('a run that is under way is neither dropped nor counted again', async () => {
    const store = await open('a key of the settings');
    const running = importRun('r', { state: 'running' });
    await store.addImport(running, [importBatch('r', 0)]);
    await store.countImport('r', { ...running.counts, ready: 0 });
    await store.dropImport('r');
    expect(await store.importRun('r')).toEqual(running);
    expect(await batchesOf(store, 'r')).toEqual([importBatch('r', 0)]);
  });

  test('sealed in one place cannot be read in another', async () => {
    const store = await open('a key of the settings');
    await store.addImport(importRun('r'), [importBatch('r', 0), importBatch('r', 1, { entries: [] })]);
    const moved = 'select entries from import_batches where ordinal = 0';
    await database.sql(`update import_batches set entries = (${moved}) where ordinal = 1`);
    await expect(store.batchEntries('r', 1)).rejects.toMatchObject({ code: 'numbers_key_wrong' });
  });

  describe('with a key that is wrong or missing', () => {
    test.each(['another key of the settings', null])(
      '%p: nothing is forgotten, and nothing is guessed',
      async (key) => {
        const store = await open('a key of the settings');
        await store.addDoNotCall([first], by);
        const other = await open(key);
        const wrong = { code: 'numbers_key_wrong' };
        await expect(other.numberHistory([first], about)).rejects.toMatchObject(wrong);
        await expect(other.addDoNotCall([second], by)).rejects.toMatchObject(wrong);
        await expect(other.countDoNotCall()).rejects.toMatchObject(wrong);
        await expect(other.addImport(importRun('r'), [importBatch('r', 0)])).rejects.toMatchObject(wrong);
        // Everything else goes on.
        expect(await other.watches()).toEqual([]);
        expect(await store.countDoNotCall()).toBe(1);
        expect(JSON.stringify(await database.sql('select version from number_keys'))).toBe('[{"version":1}]');
      },
    );
  });

  test('a key that is given later seals what lay open, and hashes from before are recognized', async () => {
    const before = await open();
    await before.addDoNotCall([first], by);
    await before.addImport(importRun('r'), [importBatch('r', 0)]);
    const after = await open('a key of the settings');
    expect((await after.numberHistory([first, second], about)).map(({ doNotCall }) => doNotCall)).toEqual([
      true,
      false,
    ]);
    expect(await after.addDoNotCall([first, second], by)).toBe(1);
    expect(await batchesOf(after, 'r')).toEqual([importBatch('r', 0)]);
    expect(await database.sql('select version, sealed from number_keys order by version')).toEqual([
      { version: 1, sealed: 1 },
      { version: 2, sealed: 1 },
    ]);
    expect(await after.removeDoNotCall([first, second])).toBe(2);
    await expect((await open()).countDoNotCall()).rejects.toMatchObject({ code: 'numbers_key_wrong' });
  });

  test('a key that is replaced is accepted with the former one, once, and no hash changes', async () => {
    const before = await open('the former key of the settings');
    await before.addDoNotCall([first], by);
    const replaced = await open('the newer key of the settings', 'the former key of the settings');
    expect(await replaced.countDoNotCall()).toBe(1);
    const after = await open('the newer key of the settings');
    expect((await after.numberHistory([first], about)).map(({ doNotCall }) => doNotCall)).toEqual([true]);
    await expect((await open('the former key of the settings')).countDoNotCall()).rejects.toMatchObject({
      code: 'numbers_key_wrong',
    });
  });

  test('a start is enough to replace the key, or to give one: nobody has to use a number meanwhile', async () => {
    const before = await open();
    await before.addDoNotCall([first], by);
    await open('the former key of the settings');
    await open('the newer key of the settings', 'the former key of the settings');
    const after = await open('the newer key of the settings');
    expect((await after.numberHistory([first], about)).map(({ doNotCall }) => doNotCall)).toEqual([true]);
    for (const key of [null, 'the former key of the settings'])
      await expect((await open(key)).countDoNotCall()).rejects.toMatchObject({ code: 'numbers_key_wrong' });
  });

  test('a store without numbers gets no key by being opened', async () => {
    await open('a key of the settings');
    expect(await database.sql('select version from number_keys')).toEqual([]);
  });

  test('two bots that start at once agree on one key', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => open('a key of the settings')));
    await Promise.all(stores.map((store, index) => store.addDoNotCall([`1380013800${index}`], by)));
    expect(await database.sql('select version from number_keys')).toEqual([{ version: 1 }]);
    for (const store of stores) expect(await store.countDoNotCall()).toBe(4);
  });

  test('a batch is replaced by its parts, and only a run that runs sends one', async () => {
    const store = await open();
    await store.addImport(importRun('r'), [importBatch('r', 0), importBatch('r', 1)]);
    expect(await store.beginBatch('r', 0, { totalBefore: 5, turn: 1 })).toBe(false);
    await store.moveImport('r', 'preview', 'running');
    expect(await store.beginBatch('r', 0, { totalBefore: 5, turn: 1 })).toBe(true);
    await store.replaceBatch('r', 0, [importBatch('r', 2), importBatch('r', 3, { twin: 2, message: '重复' })]);
    expect((await store.importLedger('r')).map(({ ordinal, twin }) => [ordinal, twin])).toEqual([
      [1, null],
      [2, null],
      [3, 2],
    ]);
    await store.noteRun('r', { place: 'V1' });
    await store.noteRun('r', { reported: true });
    expect((await store.importRun('r'))?.facts).toMatchObject({ place: 'V1', reported: true });
  });

  test('of a run whose start several processes want to begin: one of them begins it', async () => {
    const store = await open();
    const another = await open();
    const start = { state: 'wanted', agreed: 0, asOf: null, accepted: [] as string[], because: null } as const;
    await store.addImport(importRun('r'), [importBatch('r', 0)]);
    await store.noteRun('r', { start });
    const begun = await Promise.all(
      [store, another, store, another].map((each) =>
        each.noteRun('r', { start: { ...start, state: 'begun' } }, ({ start: now }) => now?.state === 'wanted'),
      ),
    );
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect(await store.noteRun('r', { place: 'V9' }, ({ start: now }) => now?.state === 'wanted')).toBe(false);
    expect((await another.importRun('r'))?.facts).toMatchObject({ start: { state: 'begun' }, place: null });
    expect(await store.noteRun('no-such-run', { place: 'V9' })).toBe(false);
  });

  test('that were sent long ago are forgotten', async () => {
    const store = await open();
    const day = 24 * 3_600_000;
    await send(store, 'r1', { taskId: 't1', at: day, phones: [first] });
    await send(store, 'r2', { taskId: 't1', at: 2 * day, phones: [first] });
    await store.prune(0, day + 400 * day + 1);
    expect(await database.sql('select run_id from sent_numbers')).toEqual([{ run_id: 'r2' }]);
  });
});
