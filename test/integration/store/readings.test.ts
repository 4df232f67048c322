import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NoticeKind } from '../../../src/core/model/notice.ts';
import type { Reading } from '../../../src/core/model/reading.ts';
import type { ReadingChange } from '../../../src/core/watch/ports.ts';
import type { Store } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { newNotice, reading } from '../../support/store/samples.ts';

reportSkipped();

describe.each(engines)('readings on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  /** Saves one reading, which must be written. */
  const save = async (change: ReadingChange): Promise<Reading> => {
    const saved = await store.saveReadings([change]);
    expect(saved).toHaveLength(1);
    return saved[0] as Reading;
  };
  const openKeys = async (): Promise<string[]> => (await store.openItems()).map(({ key }) => key);
  const bodyOf = (kind: NoticeKind) => ({ body: newNotice(kind).body });

  test('come back as they were saved, with the revision and the campaign they were issued', async () => {
    const first = reading('t1', 1_000);
    const second = reading('t2', 1_000, { state: 'gone', actor: null, movedAt: null });
    const saved = await store.saveReadings([
      { reading: first, notices: [] },
      { reading: second, notices: [] },
    ]);
    expect(saved).toEqual([
      { ...first, revision: 1, campaign: 1 },
      { ...second, revision: 2, campaign: 2 },
    ]);
    expect(await store.readings()).toEqual(new Map(saved.map((one) => [one.task.id, one])));
    expect(await store.readings(['t2', 'none'])).toEqual(new Map([['t2', saved[1]]]));
  });

  test('of thousands of tasks are read in turns', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => reading(`t${index}`, 1_000));
    await store.saveReadings(many.map((one) => ({ reading: one, notices: [] })));
    let underWay = true;
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      if (underWay) setImmediate(turn);
    };
    setImmediate(turn);
    const read = await store.readings();
    underWay = false;
    expect(read.size).toBe(many.length);
    expect(turns).toBeGreaterThan(20);
  });

  test('replace the one they were derived from, and bring their notices', async () => {
    const stored = await save({ reading: reading('t1', 1_000), notices: [newNotice('changed')] });
    // Whatever the time on them: clocks of two bots differ.
    const newer = { ...stored, takenAt: 999, state: 'paused' as const };
    const saved = await save({ reading: newer, notices: [newNotice('started')] });
    expect(saved).toEqual({ ...newer, revision: 2, campaign: 1 });
    expect((await store.readings()).get('t1')).toEqual(saved);
    expect(await openKeys()).toEqual(['revision:1:changed:C1', 'revision:2:started:C1']);
    expect((await store.openItems())[1]).toMatchObject({ createdAt: 999, taskId: 't1', ...bodyOf('started') });
  });

  test('derived from one that is no longer the newest are not written, nor are their notices', async () => {
    const first = await save({ reading: reading('t1', 1_000), notices: [] });
    const stored = await save({ reading: { ...first, takenAt: 2_000 }, notices: [] });
    const [other, ...none] = await store.saveReadings([
      { reading: { ...first, takenAt: 3_000, state: 'finished' }, notices: [newNotice('finished')] },
      { reading: reading('t2', 1_000), notices: [newNotice('paused', 'C2')] },
      { reading: reading('t1', 4_000), notices: [newNotice('changed')] },
      { reading: { ...stored, revision: 99 }, notices: [newNotice('gone')] },
    ]);
    expect(none).toEqual([]);
    expect(other).toEqual(reading('t2', 1_000, { revision: 3, campaign: 3 }));
    expect(await store.readings()).toEqual(
      new Map([
        ['t1', { ...first, takenAt: 2_000, revision: 2, campaign: 1 }],
        ['t2', other],
      ]),
    );
    expect(await openKeys()).toEqual(['revision:3:paused:C2']);
  });

  test('derived within the store from the newest one, whoever wrote it', async () => {
    const other = await database.open();
    const fresh = await store.deriveReading('t1', (stored) => {
      expect(stored).toBeNull();
      return { reading: reading('t1', 1_000), notices: [] };
    });
    expect(fresh).toEqual(reading('t1', 1_000, { revision: 1, campaign: 1 }));
    const count = (stored: Reading | null): ReadingChange => ({
      reading: { ...(stored ?? reading('t1', 1_000)), stillPolls: (stored?.stillPolls ?? 0) + 1 },
      notices: [],
    });
    const before = fresh.stillPolls;
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? store : other).deriveReading('t1', count)));
    // A poll that read before is too late.
    expect(await store.saveReadings([{ reading: fresh, notices: [newNotice('changed')] }])).toEqual([]);
    expect(await store.readings()).toEqual(
      new Map([['t1', { ...fresh, stillPolls: before + 20, revision: 21, campaign: 1 }]]),
    );
  });

  test('derived within the store bring their notices, in the same transaction', async () => {
    const change = { reading: reading('t1', 1_000), notices: [newNotice('acted', 'C1'), newNotice('acted', 'U2')] };
    await store.deriveReading('t1', () => change);
    expect(await openKeys()).toEqual(['revision:1:acted:C1', 'revision:1:acted:U2']);
    await expect(
      store.deriveReading('t1', () => {
        throw new Error('undone');
      }),
    ).rejects.toThrow();
    const again = await store.deriveReading('t1', (stored) => ({ ...change, reading: stored ?? change.reading }));
    expect(await openKeys()).toContain(`revision:${again.revision}:acted:U2`);
    expect(await openKeys()).toHaveLength(4);
  });

  test('of one task twice in one call: the second is derived from what is no longer the newest', async () => {
    const [first, ...none] = await store.saveReadings([
      { reading: reading('t1', 1_000), notices: [newNotice('started')] },
      { reading: reading('t1', 3_000), notices: [newNotice('paused')] },
    ]);
    expect([first, none]).toEqual([reading('t1', 1_000, { revision: 1, campaign: 1 }), []]);
    expect((await store.readings()).get('t1')).toEqual(first);
    expect(await openKeys()).toEqual(['revision:1:started:C1']);
  });

  test('are written together with their notices or not at all', async () => {
    const broken = { ...newNotice('paused'), channel: null as unknown as string };
    await expect(
      store.saveReadings([{ reading: reading('t1', 1_000), notices: [newNotice('started'), broken] }]),
    ).rejects.toMatchObject({ code: 'store_failed' });
    expect(await store.readings()).toEqual(new Map());
    expect(await store.openItems()).toEqual([]);
  });

  test('10,000 of them with their notices fit, in pieces, and in their order', async () => {
    const changes = Array.from({ length: 10_000 }, (_, i) => ({
      reading: reading(`t${i}`, 1_000),
      notices: [newNotice('changed'), newNotice('finished', 'C2')],
    }));
    const saved = await store.saveReadings(changes);
    expect(saved.map(({ task, revision }) => `${task.id} ${revision}`)).toEqual(
      changes.map((_, i) => `t${i} ${i + 1}`),
    );
    expect((await store.readings()).size).toBe(10_000);
    expect(await openKeys()).toEqual(
      changes.flatMap((_, i) => [`revision:${i + 1}:changed:C1`, `campaign:${i + 1}:finished:C2`]),
    );
  });

  test('that cannot be read any more are left out and reported without their contents', async () => {
    await store.saveReadings([
      { reading: reading('t1', 1_000), notices: [] },
      { reading: reading('t2', 1_000), notices: [] },
    ]);
    await database.sql(`update readings set body = '{"task":"13800138000"}' where task_id = 't1'`);
    expect([...(await store.readings()).keys()]).toEqual(['t2']);
    const warnings = database.lines.filter(({ level }) => level === 'warn');
    expect(warnings).toMatchObject([{ fields: { table: 'readings' } }]);
    expect(JSON.stringify(warnings)).not.toContain('13800138000');
    await save({ reading: reading('t1', 1_001), notices: [] });
    expect((await store.readings()).size).toBe(2);
  });
});
