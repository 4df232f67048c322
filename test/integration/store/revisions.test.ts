import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Reading } from '../../../src/core/model/reading.ts';
import { createBoard } from '../../../src/core/watch/board.ts';
import { goneReading, nextReading } from '../../../src/core/watch/infer.ts';
import { watchOnce } from '../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../src/store/store.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { recordingLog } from '../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { newNotice, reading } from '../../support/store/samples.ts';

reportSkipped();

describe.each(engines)('the numbers that the store issues on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const save = async (next: Reading, ...notices: ReturnType<typeof newNotice>[]): Promise<Reading> => {
    const [saved, ...others] = await store.saveReadings([{ reading: next, notices }]);
    if (saved === undefined || others.length > 0) throw new Error('not written');
    return saved;
  };
  const openKeys = async (): Promise<string[]> => (await store.openItems()).map(({ key }) => key);

  test('rise with every reading that is written, whichever store writes it', async () => {
    const other = await database.open();
    const first = await save(reading('t1', 1));
    const [second] = await other.saveReadings([{ reading: { ...first, takenAt: 2 }, notices: [] }]);
    const third = await save(reading('t2', 3));
    expect([first, second, third].map((saved) => saved?.revision)).toEqual([1, 2, 3]);
  });

  test('two stores on one database: what one derived from a reading the other has replaced is not written', async () => {
    const other = await database.open();
    const first = await save(reading('t1', 1));
    const ours = await save({ ...first, state: 'paused' }, newNotice('paused'));
    const late = { reading: { ...first, state: 'gone' as const, takenAt: 9 }, notices: [newNotice('gone')] };
    expect(await other.saveReadings([late])).toEqual([]);
    expect(await other.readings()).toEqual(new Map([['t1', ours]]));
    expect(await openKeys()).toEqual(['revision:2:paused:C1']);
    // Read anew, it continues from there.
    const [theirs] = await other.saveReadings([{ ...late, reading: { ...late.reading, revision: ours.revision } }]);
    expect(theirs).toMatchObject({ state: 'gone', campaign: 1 });
    expect(await openKeys()).toHaveLength(2);
  });

  test('a campaign is issued once, and kept by everything that follows', async () => {
    const first = await save(reading('t1', 1));
    await save(reading('t2', 1));
    const second = await save({ ...first, takenAt: 2 });
    expect([first.campaign, second.campaign]).toEqual([1, 1]);
    const reopened = await save({ ...second, takenAt: 3, campaign: null });
    expect(reopened.campaign).toBe(reopened.revision);
    expect((await save({ ...reopened, takenAt: 4 })).campaign).toBe(reopened.campaign);
    expect((await store.readings()).get('t1')?.campaign).toBe(reopened.campaign);
  });

  test('the finish of a campaign has one key, that of every reading another', async () => {
    let last = await save(reading('t1', 1));
    for (let round = 0; round < 3; round += 1) last = await save(last, newNotice('finished'), newNotice('changed'));
    expect(await openKeys()).toEqual([
      'campaign:1:finished:C1',
      'revision:2:changed:C1',
      'revision:3:changed:C1',
      'revision:4:changed:C1',
    ]);
  });

  test('notices of one moment keep the order in which they were given', async () => {
    const changes = ['t3', 't1', 't2'].map((id) => ({
      reading: reading(id, 1),
      notices: [newNotice('started', 'C2'), newNotice('changed', 'C1'), newNotice('changed', 'C0')],
    }));
    await store.saveReadings(changes);
    expect(await openKeys()).toEqual(
      [1, 2, 3].flatMap((n) => [`revision:${n}:started:C2`, `revision:${n}:changed:C1`, `revision:${n}:changed:C0`]),
    );
  });

  test('are not issued again when the readings were emptied', async () => {
    const announced = await save(await save(reading('t1', 1)), newNotice('finished'));
    await database.sql('delete from readings');
    const anew = await save(reading('t1', 2));
    expect(anew.revision).toBeGreaterThan(announced.revision);
    expect(anew.campaign).not.toBe(announced.campaign);
    await save(anew, newNotice('finished'));
    expect(await openKeys()).toEqual(['campaign:1:finished:C1', `campaign:${anew.campaign}:finished:C1`]);
  });

  test('are not issued when nothing was written', async () => {
    await save(reading('t1', 1));
    const broken = { ...newNotice('paused'), channel: null as unknown as string };
    await expect(save(reading('t2', 1), broken)).rejects.toMatchObject({ code: 'store_failed' });
    await store.saveReadings([{ reading: reading('t1', 2), notices: [newNotice('changed')] }]);
    const next = await save(reading('t2', 1), newNotice('changed'));
    expect(next.campaign).toBe(next.revision);
    expect(await openKeys()).toEqual([`revision:${next.revision}:changed:C1`]);
  });

  describe('a reading that can no longer be read', () => {
    const unreadable = `update readings set body = '{}' where task_id = 't1'`;

    test('is replaced by one that was taken anew, and by nothing else', async () => {
      const known = await save(reading('t1', 1));
      await database.sql(unreadable);
      const anew = await save(reading('t1', 2));
      expect(anew).toMatchObject({ takenAt: 2, revision: 2, campaign: 2 });
      expect(await store.readings()).toEqual(new Map([['t1', anew]]));
      // It can be read again now: who saw none is too late, and so is who saw the old one.
      for (const late of [reading('t1', 3), { ...known, takenAt: 3 }]) {
        expect(await store.saveReadings([{ reading: late, notices: [] }])).toEqual([]);
      }
    });

    test('leaves the next finish of its task to be announced, by whole polls', async () => {
      // What 0.1.0 did: the row was dropped, the count of finishes began at one again, and its key was known.
      await store.addWatch({ taskId: 't1', channel: 'C1', owner: 'U1', createdAt: 0 });
      const clock = createManualClock(1_000);
      const board = createBoard(clock);
      const log = recordingLog();
      const poll = async (done: number, total = 9, onto = board) => {
        await clock.advance(1_000);
        const { task } = reading('t1', clock.now());
        const list = async () => [{ ...task, progress: { done, total, source: 'progress_bar' as const } }];
        return watchOnce({
          dialer: { list, hasProgress: false, progress: async () => null },
          store,
          log,
          board: onto,
        });
      };
      for (const done of [5, 9, 9, 9]) await poll(done);
      expect(await openKeys()).toEqual(['campaign:1:finished:C1']);

      await database.sql(unreadable);
      const restarted = createBoard(clock);
      for (const done of [10, 12, 20, 20, 20]) await poll(done, 20, restarted);
      const { campaign } = (await store.readings()).get('t1') ?? {};
      expect(campaign).not.toBe(1);
      expect(await openKeys()).toEqual(['campaign:1:finished:C1', `campaign:${campaign}:finished:C1`]);
    });
  });

  test('go with a task through its absence: a second finish after it came back is a second event', async () => {
    const at = (takenAt: number, done: number, total: number) => {
      const { task } = reading('t1', takenAt);
      return { ...task, progress: { done, total, source: 'progress_bar' as const } };
    };
    let last = await save(nextReading(null, at(1, 8, 9), 1));
    for (const takenAt of [2, 3]) last = await save(nextReading(last, at(takenAt, 9, 9), takenAt));
    expect(last).toMatchObject({ state: 'finished', campaign: 1 });
    last = await save(goneReading(last, 4));
    expect(last).toMatchObject({ state: 'gone', campaign: 1 });
    last = await save(nextReading(last, at(5, 9, 20), 5));
    expect(last).toMatchObject({ state: 'dialing', campaign: last.revision });
  });
});
