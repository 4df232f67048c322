import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KeptForm } from '../../../src/core/model/form-memory.ts';
import { keptFormMs, maxKeptForms } from '../../../src/core/tasks/form-memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { sampleKept } from '../../support/samples.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

reportSkipped();

const at = Date.UTC(2026, 0, 5, 2, 0, 0);
const kept = (key: string, change: Partial<KeptForm> = {}) => sampleKept({ key, person: 'U1', savedAt: at, ...change });

describe.each(engines)('what people chose and typed on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const keys = async (person = 'U1') => (await store.keptForms(person)).map(({ key }) => key);
  const submitted = (key: string, state: 'working' | 'done' | 'refused' | 'unknown') =>
    store.claim({ key, person: 'U1', channel: 'C1', state, taskId: null, raw: null, sentAt: at });

  test('the last choices of a person take the place of those before', async () => {
    expect(await store.lastChoices('U1')).toBeNull();
    await store.setLastChoices('U1', { line: { value: 'a', name: '上海\0' } }, at);
    await store.setLastChoices('U1', { line: { value: 'b', name: null } }, at + 1);
    expect(await (await database.open()).lastChoices('U1')).toEqual({ line: { value: 'b', name: null } });
    expect(await store.lastChoices('U2')).toBeNull();
    const day = 24 * 3_600_000;
    await store.prune(0, at + 300 * day);
    expect(await store.lastChoices('U1')).not.toBeNull();
    await store.prune(0, at + 366 * day);
    expect(await store.lastChoices('U1')).toBeNull();
  });

  test('a form is kept under its key, for its person alone', async () => {
    const form = kept('k', { file: { id: 'F1', name: '名单.csv' } });
    await store.keepForm(form);
    await store.keepForm({ ...form, savedAt: at + 1, raw: { ...form.raw, name: 'renamed' } });
    expect(await store.keptForms('U1')).toEqual([{ ...form, savedAt: at + 1, raw: { ...form.raw, name: 'renamed' } }]);
    await store.keepForm(kept('k', { person: 'U2', raw: { ...form.raw, name: 'stolen' } }));
    expect((await store.keptForm('k', 'U1'))?.raw.name).toBe('renamed');
    expect(await store.keptForm('k', 'U2')).toBeNull();
    await store.dropForm('k', 'U2');
    expect(await keys()).toEqual(['k']);
    await store.dropForm('k', 'U1');
    expect(await keys()).toEqual([]);
  });

  test('the newest few of a person are kept, each for some time', async () => {
    for (let i = 0; i < maxKeptForms + 3; i += 1) await store.keepForm(kept(`k${i}`, { savedAt: at + i }));
    await store.keepForm(kept('other', { person: 'U2' }));
    expect(await keys()).toEqual(['k7', 'k6', 'k5', 'k4', 'k3']);
    await store.prune(0, at + 5 + keptFormMs);
    expect(await keys()).toEqual(['k7', 'k6', 'k5']);
    expect(await keys('U2')).toEqual([]);
    // By a clock that was set back.
    await store.keepForm(kept('late', { savedAt: 0 }));
    for (let i = 0; i < maxKeptForms; i += 1) await store.keepForm(kept(`n${i}`, { savedAt: at + 100 + i }));
    await store.keepForm(kept('last', { savedAt: 1 }));
    expect(await keys()).toContain('last');
  });

  test('of several who continue it, one has it', async () => {
    await store.keepForm(kept('k'));
    const other = await database.open();
    const taken = await Promise.all([store, other, store].map((each, i) => each.takeForm('k', 'U1', `new-${i}`)));
    expect(taken.filter((one) => one !== null)).toHaveLength(1);
    expect(await keys()).toHaveLength(1);
    expect(await store.takeForm((await keys())[0] ?? '', 'U2', 'x')).toBeNull();
  });

  test.each(['working', 'done', 'unknown'] as const)(
    'one from which a task may come (%s) is not offered again',
    async (state) => {
      await store.keepForm(kept('k'));
      await submitted('k', state);
      expect(await keys()).toEqual([]);
      expect(await store.takeForm('k', 'U1', 'new')).toBeNull();
      // What was on its way when it was submitted changes nothing.
      await store.keepForm(kept('k', { savedAt: at + 1 }));
      expect((await store.keptForm('k', 'U1'))?.savedAt).toBe(at);
      await store.dropForm('k', 'U1');
      await store.keepForm(kept('k'));
      expect(await store.keptForm('k', 'U1')).toBeNull();
    },
  );

  test('one that the platform refused can be continued', async () => {
    await store.keepForm(kept('k'));
    await submitted('k', 'refused');
    expect(await keys()).toEqual(['k']);
    expect((await store.takeForm('k', 'U1', 'new'))?.key).toBe('new');
  });
});
