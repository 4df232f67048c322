import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DaySheet } from '../../../src/core/model/day-sheet.ts';
import type { NewRecordEntry } from '../../../src/core/model/record-entry.ts';
import type { Figures } from '../../../src/core/reports/ports.ts';
import type { Store } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { reading } from '../../support/store/samples.ts';

reportSkipped();

const at = Date.UTC(2026, 0, 5, 2, 0, 0);
const always = { from: '2000-01-01', until: '2999-12-31', tasks: null };
const everything = { ...always, asOf: Number.MAX_SAFE_INTEGER };
const none: Figures = { dialed: 0, dialingMs: 0, finished: 0, takenBack: 0, stalls: 0, unsureStalls: 0, stalledMs: 0 };

const sheetOf = (day: string, dialed: number, hours: DaySheet['hours'] = [[9, dialed]]): DaySheet => {
  return { ...none, day, dialed, hours };
};
const entryOf = (change: Partial<NewRecordEntry> = {}): NewRecordEntry => {
  return { kind: 'started', taskId: 'a', taskName: 'Task a', at, day: '2026-01-05', person: 'U1', ...change };
};

describe.each(engines)('the record of tasks on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  /** Saves a reading of a task with what its record gains. */
  async function save(taskId: string, closed: DaySheet[], entries: NewRecordEntry[] = []): Promise<number> {
    const before = (await store.readings([taskId])).get(taskId)?.revision ?? 0;
    const change = { reading: reading(taskId, at, { revision: before }), notices: [], record: { closed, entries } };
    const [saved] = await store.saveReadings([change]);
    return saved?.revision ?? -1;
  }

  test('adds up what is over by task and by day', async () => {
    await save('a', [sheetOf('2026-01-05', 10)]);
    await save('a', [sheetOf('2026-01-06', 5)]);
    await save('b', [sheetOf('2026-01-05', 3)]);
    const byTask = await store.pastByTask(everything);
    expect(byTask.map(({ taskId, dialed }) => [taskId, dialed]).sort()).toEqual([
      ['a', 15],
      ['b', 3],
    ]);
    expect((await store.pastByDay(everything)).map(({ day, dialed }) => [day, dialed])).toEqual([
      ['2026-01-05', 13],
      ['2026-01-06', 5],
    ]);
    const some = { ...everything, tasks: ['b', 'c'] };
    expect((await store.pastByDay(some)).map(({ dialed }) => dialed)).toEqual([3]);
    expect(await store.pastByTask({ ...everything, tasks: [] })).toEqual([]);
    const first = { ...everything, until: '2026-01-05' };
    expect((await store.pastByTask(first)).find(({ taskId }) => taskId === 'a')?.dialed).toBe(10);
    expect(await store.firstDay()).toBe('2026-01-05');
  });

  test('adds a second sheet of one day to the first, and keeps what a bot has not heard of out', async () => {
    await save('a', [sheetOf('2026-01-05', 10)]);
    const revision = await save('a', [
      sheetOf('2026-01-05', 4, [
        [9, 1],
        [10, 3],
      ]),
    ]);
    const [day] = await store.pastDays(everything, null);
    expect(day).toMatchObject({ taskId: 'a', day: '2026-01-05', dialed: 14 });
    expect(day?.hours).toEqual([
      [9, 10],
      [9, 1],
      [10, 3],
    ]);
    expect(await store.pastDays({ ...everything, asOf: revision - 1 }, null)).toEqual([]);
  });

  test('gives days in pieces, none twice and none left out', async () => {
    const days = ['2026-01-05', '2026-01-06'];
    const changes = Array.from({ length: 1_100 }, (_, i) => ({
      reading: reading(`task-${String(i).padStart(4, '0')}`, at),
      notices: [],
      record: { closed: days.map((day) => sheetOf(day, i)), entries: [] },
    }));
    await store.saveReadings(changes);
    const seen: string[] = [];
    for (let last: { day: string; taskId: string } | null = null; ; ) {
      const piece: { day: string; taskId: string }[] = await store.pastDays(everything, last);
      last = piece.at(-1) ?? null;
      if (last === null) break;
      expect(piece.length).toBeLessThanOrEqual(1_000);
      seen.push(...piece.map(({ day, taskId }) => `${day} ${taskId}`));
    }
    expect(seen).toHaveLength(2_200);
    expect(new Set(seen).size).toBe(2_200);
    expect(seen).toEqual(seen.toSorted());
  });

  test('keeps entries in the order in which they were stored, whatever their time', async () => {
    await save('a', [], [entryOf(), entryOf({ kind: 'paused', at: at - 1_000, person: null })]);
    await save('a', [], [entryOf({ kind: 'edited', person: 'U2' })]);
    await save('b', [], [entryOf({ kind: 'started', taskId: 'b' })]);
    expect((await store.entriesOf('a', 10)).map(({ kind }) => kind)).toEqual(['edited', 'paused', 'started']);
    expect((await store.entriesOf('a', 1)).map(({ kind }) => kind)).toEqual(['edited']);
    const newest = await store.newestEntries(always, { kinds: ['started', 'edited'], limit: 10 });
    expect(newest.map(({ taskId, kind }) => [taskId, kind])).toEqual([
      ['b', 'started'],
      ['a', 'edited'],
      ['a', 'started'],
    ]);
    const counts = await store.countEntries({ ...always, tasks: ['a'] });
    expect(counts.map(({ kind, person, count }) => `${kind} ${person} ${count}`).sort()).toEqual([
      'edited U2 1',
      'paused null 1',
      'started U1 1',
    ]);
  });

  test('has what concerns all tasks for each of them', async () => {
    await store.addEntries([entryOf({ kind: 'gap', taskId: '', taskName: '', person: null, ms: 600_000 })]);
    const [gap] = await store.newestEntries({ ...always, tasks: ['a'] }, { kinds: ['gap'], limit: 5 });
    expect(gap).toMatchObject({ kind: 'gap', ms: 600_000 });
    expect(await store.entriesOf('a', 10)).toEqual([]);
  });

  test('gains nothing from a reading that is outdated', async () => {
    await save('a', [sheetOf('2026-01-05', 10)]);
    const outdated = reading('a', at, { revision: 77 });
    const record = { closed: [sheetOf('2026-01-06', 99)], entries: [entryOf()] };
    expect(await store.saveReadings([{ reading: outdated, notices: [], record }])).toEqual([]);
    expect(await store.entriesOf('a', 10)).toEqual([]);
    expect((await store.pastByDay(everything)).map(({ day }) => day)).toEqual(['2026-01-05']);
  });

  test('of an own action is written with its reading', async () => {
    const record = { closed: [sheetOf('2026-01-05', 1)], entries: [entryOf()] };
    await store.deriveReading('a', () => ({ reading: reading('a', at), notices: [], record }));
    expect(await store.entriesOf('a', 10)).toHaveLength(1);
    expect(await store.pastDays(everything, null)).toHaveLength(1);
  });

  test('an entry that cannot be read hides none of the others', async () => {
    await save('a', [], [entryOf(), entryOf({ kind: 'paused' })]);
    await database.sql("update task_events set body = '{' where kind = 'started'");
    expect((await store.entriesOf('a', 10)).map(({ kind }) => kind)).toEqual(['paused']);
  });

  test('is kept for some days', async () => {
    const days = ['2026-01-03', '2026-01-04', '2026-01-05'];
    await save(
      'a',
      days.map((day) => sheetOf(day, 1)),
      days.map((day) => entryOf({ day })),
    );
    await store.pruneRecord('2026-01-05');
    expect((await store.pastByDay(everything)).map(({ day }) => day)).toEqual(['2026-01-05']);
    expect((await store.entriesOf('a', 10)).map(({ day }) => day)).toEqual(['2026-01-05']);
    expect(await store.firstDay()).toBe('2026-01-05');
  });
});
