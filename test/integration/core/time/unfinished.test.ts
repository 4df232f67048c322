import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { noted, reportUnfinished } from '../../../../src/core/time/unfinished.ts';
import type { Store } from '../../../../src/store/store.ts';
import { eventually } from '../../../support/eventually.ts';
import { createFastClock } from '../../../support/fast-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';
import { reportSkipped } from '../../../support/store/report-skipped.ts';

reportSkipped();

const clock = createFastClock({ origin: Date.now(), times: 100 });
const work = { id: 'V1', body: '{"person":"U1"}' };

describe.each(engines)('work that is noted on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  const log = recordingLog();
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const reported = async (by: Store = store): Promise<string[]> => {
    const ids: string[] = [];
    await reportUnfinished({ store: by, clock, log }, async ({ id, body }) => void ids.push(`${id} ${body}`));
    return ids;
  };

  test('is there before it is shown, is left alone while its process lives, and is forgotten at its end', async () => {
    const seen: unknown[] = [];
    const other = await database.open();
    await noted(
      { store, clock, log },
      work,
      async () => void seen.push((await store.notedWork()).length),
      async () => void seen.push(await reported(other)),
    );
    expect(seen).toEqual([1, []]);
    // Nobody waits for a store that is slow.
    await eventually(async () => (await store.notedWork()).length === 0);
    expect(await reported()).toEqual([]);
  });

  test('is forgotten when it fails', async () => {
    const failing = noted(
      { store, clock, log },
      work,
      async () => undefined,
      () => Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
    expect(await store.notedWork()).toEqual([]);
  });

  test('is reported once when its process died, and again when that failed', async () => {
    await store.noteWork(work.id, work.body, 60_000);
    const failing = async (): Promise<never> => {
      throw new AppError('chat_failed', 'no');
    };
    await reportUnfinished({ store, clock, log }, failing);
    expect(await reported()).toEqual([`V1 ${work.body}`]);
    expect(await reported()).toEqual([]);
  });

  test('is done by a store that fails as well', async () => {
    const done: string[] = [];
    const gone = { ...store, noteWork: async () => Promise.reject(new AppError('store_failed', 'gone')) };
    await noted(
      { store: gone, clock, log },
      work,
      async () => void done.push('shown'),
      async () => void done.push('done'),
    );
    expect(done).toEqual(['shown', 'done']);
  });

  test('that ended while the store failed is forgotten, and not reported', async () => {
    let failures = 3;
    const failing: Store = {
      ...store,
      async endWork(id) {
        failures -= 1;
        if (failures >= 0) throw new AppError('store_failed', 'gone');
        await store.endWork(id);
      },
    };
    await noted(
      { store: failing, clock, log },
      work,
      async () => undefined,
      async () => undefined,
    );
    while (failures >= 0) await clock.sleep(100);
    await clock.sleep(1_000);
    expect(await store.notedWork()).toEqual([]);
  });
});
