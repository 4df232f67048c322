import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { NewSchedule } from '../../../src/core/model/schedule.ts';
import { openDb } from '../../../src/store/db.ts';
import { settleCopy } from '../../../src/store/settle-copy.ts';
import type { Store } from '../../../src/store/store.ts';
import { sampleSchedule } from '../../support/every-schedule-view.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { recordingLog } from '../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { cardItem, reading } from '../../support/store/samples.ts';

reportSkipped();

const hour = 3_600_000;

describe.each(engines)('schedules on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const given = (change: Partial<NewSchedule> = {}): NewSchedule => {
    const { revision: _revision, ...schedule } = sampleSchedule(change);
    return schedule;
  };
  const acting = { at: 1_000, action: 'start' as const, attempt: 'a1', sent: true, reported: false };

  test('are written where nobody else has written, with their messages, and are seen by another bot', async () => {
    const first = await store.putSchedule(given(), null, (revision) => [cardItem(`k${revision}`)]);
    expect(first).not.toBeNull();
    expect(await store.putSchedule(given(), null, () => [cardItem('never')])).toBeNull();
    const other = await database.open();
    expect(await other.scheduleOf('task-1')).toEqual({ ...given(), revision: first });
    const second = await other.putSchedule(given({ trouble: 'x' }), first);
    expect(second).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY);
    expect(await store.putSchedule(given(), first, () => [cardItem('never')])).toBeNull();
    expect((await store.schedules()).map(({ trouble }) => trouble)).toEqual(['x']);
    expect((await store.openItems()).map(({ key }) => key)).toEqual([`k${first}`]);
    expect(await store.removeSchedule('task-1', first ?? 0, [cardItem('never')])).toBe(false);
    expect(await store.removeSchedule('task-1', second ?? 0, [cardItem('gone')])).toBe(true);
    expect(await store.scheduleOf('task-1')).toBeNull();
    // A revision is never issued twice.
    expect(await store.putSchedule(given(), null)).toBeGreaterThan(second ?? Number.POSITIVE_INFINITY);
  });

  test('are due when their moment has come, while they act, and after a clock was far ahead', async () => {
    for (const [taskId, change] of Object.entries({
      now: { nextAt: 1_000, handledUntil: 0 },
      later: { nextAt: 1_001, handledUntil: 0 },
      held: { nextAt: null, handledUntil: 0 },
      acting: { nextAt: 5_000, handledUntil: 0, acting },
      ahead: { nextAt: 9_000, handledUntil: 8_001 },
    })) {
      await store.putSchedule(given({ taskId, ...change }), null);
    }
    expect((await store.dueSchedules(1_000, 8_000)).map(({ taskId }) => taskId).sort()).toEqual([
      'acting',
      'ahead',
      'now',
    ]);
  });

  test('of today come in their order, those that wait for someone with questions first; bounded, and counted', async () => {
    const held = { why: 'paused' as const, person: 'U1', at: 7 };
    for (const [taskId, change] of Object.entries({
      now: { nextAt: 1_000 },
      third: { nextAt: 4_000 },
      first: { nextAt: 1_001 },
      second: { nextAt: 2_000 },
      tomorrow: { nextAt: 5_000 },
      held: { nextAt: null, held },
      asks: { nextAt: 9_000, question: { at: 500 } },
      later: { nextAt: null, held },
    })) {
      await store.putSchedule(given({ taskId, ...change }), null);
    }
    const coming = await store.comingSchedules({ after: 1_000, before: 5_000, limit: 2 });
    expect([coming.first.map(({ taskId }) => taskId), coming.count]).toEqual([['first', 'second'], 3]);
    const undecided = await store.undecidedSchedules(2);
    expect([undecided.first.map(({ taskId }) => taskId), undecided.count]).toEqual([['asks', 'later'], 3]);
    const found = await store.scheduleOf('later');
    await store.putSchedule(given({ taskId: 'later', held: null }), found?.revision ?? 0);
    expect((await store.undecidedSchedules(9)).first.map(({ taskId }) => taskId)).toEqual(['asks', 'held']);
  });

  test('that waited for someone before the store kept that apart are found', async () => {
    const held = { why: 'paused' as const, person: 'U1', at: 7 };
    // A name that looks like a key.
    await store.putSchedule(given({ taskName: '"held":{"question":{' }), null);
    await store.putSchedule(given({ taskId: 'held', held, nextAt: null }), null);
    await store.putSchedule(given({ taskId: 'asks', question: { at: 500 } }), null);
    await store.close();
    const { databaseUrl, dataDir } = database.location;
    const db = await openDb({ databaseUrl, dataDir, clock: createManualClock(), log: recordingLog() });
    await db.query.schema.dropIndex('schedules_awaits').execute();
    await db.query.schema.alterTable('schedules').dropColumn('awaits').execute();
    await sql`delete from dialdeck_migrations where name = '0020-undecided-schedules'`.execute(db.query);
    await db.query.destroy();
    const migrated = await database.open();
    expect((await migrated.undecidedSchedules(9)).first.map(({ taskId }) => taskId)).toEqual(['asks', 'held']);
  });

  test('let only the attempt that is stored send a request', async () => {
    const revision = await store.putSchedule(given({ acting }), null);
    expect(await store.isScheduledAttempt('task-1', 'a1')).toBe(true);
    expect(await store.isScheduledAttempt('task-1', 'a0')).toBe(false);
    await store.putSchedule(given(), revision);
    expect(await store.isScheduledAttempt('task-1', 'a1')).toBe(false);
  });

  test('of two bots one writes', async () => {
    const other = await database.open();
    for (let round = 0; round < 15; round += 1) {
      const before = (await store.scheduleOf('task-1'))?.revision ?? null;
      const written = await Promise.all([store, other].map((bot) => bot.putSchedule(given(), before)));
      expect(written.filter((revision) => revision !== null)).toHaveLength(1);
    }
  });

  test('go with a task that is gone for long, and keep its reading until then', async () => {
    await store.putSchedule(given({ taskId: 't1' }), null);
    const gone = { ...reading('t1', 1_000), state: 'gone' as const };
    await store.saveReadings([{ reading: gone, notices: [] }]);
    await store.pruneGone(1_000 + hour);
    expect([(await store.readings()).has('t1'), await store.scheduleOf('t1')]).toEqual([true, expect.anything()]);
    await store.pruneGone(1_000 + 30 * hour);
    expect([(await store.readings()).has('t1'), await store.scheduleOf('t1')]).toEqual([false, null]);
  });

  test('of a copy are held, whatever they were at, until someone resumes them', async () => {
    await store.putSchedule(given({ acting, nextAt: 5_000, question: { at: 1 } }), null);
    const mine = { why: 'schedule' as const, person: 'U1', at: 7 };
    await store.putSchedule(given({ taskId: 'task-2', held: mine, nextAt: null }), null);
    await store.close();
    const { databaseUrl, dataDir } = database.location;
    const db = await openDb({ databaseUrl, dataDir, clock: createManualClock(), log: recordingLog() });
    expect((await settleCopy(db)).schedules).toBe(2);
    await db.query.destroy();
    const copy = await database.open();
    const restored = await copy.scheduleOf('task-1');
    expect(restored).toMatchObject({ nextAt: null, acting: null, question: null, held: { why: 'restored' } });
    expect((await copy.scheduleOf('task-2'))?.held).toEqual(mine);
    expect((await copy.undecidedSchedules(9)).count).toBe(2);
    expect(await copy.isScheduledAttempt('task-1', 'a1')).toBe(false);
    // Its messages are not those of a revision that was issued since the copy was made.
    const issued = await copy.putSchedule(given({ held: null }), restored?.revision ?? 0);
    expect(issued).toBeGreaterThan(9_000_000);
  });
});
