import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import type { EmergencyStop } from '../../../src/core/model/emergency-stop.ts';
import type { NewOutboxItem } from '../../../src/core/model/outbox.ts';
import { stopItem } from '../../../src/core/stop/messages.ts';
import type { NewStopped } from '../../../src/core/stop/ports.ts';
import { openDb } from '../../../src/store/db.ts';
import { settleCopy } from '../../../src/store/settle-copy.ts';
import type { Store } from '../../../src/store/store.ts';
import { recordingLog } from '../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

reportSkipped();

const task = (taskId: string, change: Partial<NewStopped> = {}): NewStopped => ({
  taskId,
  name: `Task ${taskId}`,
  left: 10,
  accepted: [],
  ...change,
});

describe.each(engines)('emergency stops on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open(systemClock);
  });
  afterEach(() => database.drop());

  let ids = 0;
  const given = () => {
    const by = { person: 'U1', channel: 'C1', at: 1_000 };
    return { id: `stop-${++ids}`, ...by, reported: false, resumedBy: null, doubted: false };
  };
  const messages = ({ id, round }: { id: string; round: number }): NewOutboxItem[] => [
    stopItem('C1', { event: 'stopped', person: 'U1', at: 1, stop: id, round, count: 0, others: 0, left: [] }),
  ];
  const resumedBy = { person: 'U2', channel: 'C1', at: 2_000 };
  const states = async (id: string) => (await store.stoppedTasks(id)).map(({ taskId, state }) => `${taskId} ${state}`);

  test('one is in force at a time, no matter who orders it, and its messages are added once', async () => {
    const ordered = await Promise.all([1, 2, 3].map(() => store.orderStop(given(), [task('a')], messages)));
    expect(ordered.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(ordered.map(({ stop }) => stop.id)).size).toBe(1);
    const { stop, changes } = await store.stopInForce();
    expect([stop?.state, stop?.round, changes]).toEqual(['on', 1, 3]);
    expect(await store.openItems()).toHaveLength(1);
  });

  test('the set keeps the order in which its tasks came, and what was in it is to be paused again', async () => {
    const { stop } = await store.orderStop(given(), [task('b'), task('a')], messages);
    await store.addStopped(stop, [task('c'), task('b', { left: 3, accepted: ['script_debug'] })]);
    expect(await states(stop.id)).toEqual(['b wanted', 'a wanted', 'c wanted']);
    const noted = async () => (await store.stoppedTasks(stop.id)).map(({ left, accepted }) => [left, ...accepted])[0];
    // Whoever adds it once more may see others paused already: what was noted first is as it was.
    expect(await noted()).toEqual([10]);
    await store.moveStopped({ stopId: stop.id, taskId: 'b', from: ['wanted'] }, { state: 'started' });
    await store.addStopped(stop, [task('b', { left: 3, accepted: ['script_debug'] })]);
    expect(await noted()).toEqual([3, 'script_debug']);
  });

  test('only the last attempt at a task may send a request, and only while its stop is resumed', async () => {
    const { stop } = await store.orderStop(given(), [task('a')], messages);
    const of = { stopId: stop.id, taskId: 'a' };
    await store.moveStopped({ ...of, from: ['wanted'] }, { state: 'paused' });
    const isAttempt = (attempt: string, round = 1) => store.isAttempt({ ...of, round, attempt });
    expect(await store.moveStopped({ ...of, from: ['paused'] }, { state: 'begun', attempt: 'one' })).toBe(true);
    expect(await isAttempt('one')).toBe(false);
    await store.moveStop({ ...stop, from: ['on'] }, { state: 'resuming', resumedBy });
    expect([await isAttempt('one'), await isAttempt('one', 2), await isAttempt('two')]).toEqual([true, false, false]);
    const claims = ['two', 'three'].map((attempt) =>
      store.moveStopped({ ...of, from: ['paused'] }, { state: 'begun', attempt }),
    );
    expect(await Promise.all(claims)).toEqual([false, false]);
    expect(await store.moveStopped({ ...of, from: ['begun'], attempt: 'two' }, { state: 'paused' })).toBe(false);
    await store.withdrawStopped('a');
    expect(await isAttempt('one')).toBe(false);
    expect(await states(stop.id)).toEqual(['a withdrawn']);
  });

  test('nothing is added to a set that is being resumed, and a stop with open tasks is not over', async () => {
    const { stop } = await store.orderStop(given(), [task('a')], messages);
    const resuming = { ...stop, from: ['on'] } as const;
    await store.moveStop(resuming, { state: 'resuming', resumedBy });
    await store.addStopped(stop, [task('a'), task('b')]);
    expect(await states(stop.id)).toEqual(['a wanted']);
    const end = { ...stop, from: ['resuming'], settled: true } as const;
    expect(await store.moveStop(end, { state: 'over' })).toBe(false);
    await store.moveStopped({ stopId: stop.id, taskId: 'a', from: ['wanted'] }, { state: 'left', why: 'not_paused' });
    expect(await store.moveStop(end, { state: 'over' })).toBe(true);
  });

  test('one that is ordered while it is resumed begins a new round, with what was not started yet', async () => {
    const { stop } = await store.orderStop(given(), [task('a'), task('b'), task('c')], messages);
    for (const { taskId } of await store.stoppedTasks(stop.id)) {
      await store.moveStopped({ stopId: stop.id, taskId, from: ['wanted'] }, { state: 'paused' });
    }
    await store.moveStop({ ...stop, from: ['on'] }, { state: 'resuming', resumedBy });
    const move = (taskId: string, state: 'begun' | 'started') =>
      store.moveStopped({ stopId: stop.id, taskId, from: ['paused'] }, { state, attempt: 'one' });
    await move('a', 'started');
    await move('b', 'begun');
    const again = await store.orderStop(given(), [task('a')], messages);
    expect([again.isNew, again.stop.id, again.stop.round, again.stop.resumedBy]).toEqual([true, stop.id, 2, null]);
    expect(await states(stop.id)).toEqual(['a wanted', 'b wanted', 'c paused']);
    expect(await store.moveStop({ ...stop, from: ['on'] }, { state: 'over' })).toBe(false);
    expect(await store.openItems()).toHaveLength(2);
  });

  test('what was asked before a stop, or before its end, is asked again', async () => {
    const counted = async () => (await store.stopInForce()).changes;
    const { stop } = await store.orderStop(given(), [], messages);
    const ordered = await counted();
    await store.moveStop({ ...stop, from: ['on'] }, { state: 'resuming', resumedBy });
    expect(await counted()).toBe(ordered);
    await store.moveStop({ ...stop, from: ['resuming'] }, { state: 'over' });
    expect(await counted()).toBe(ordered + 1);
    expect((await store.stopInForce()).stop).toBeNull();
  });

  test('in a restored copy it stays in force, but its set has to be confirmed', async () => {
    const { stop } = await store.orderStop(given(), [task('a'), task('b')], messages);
    for (const { taskId } of await store.stoppedTasks(stop.id)) {
      await store.moveStopped({ stopId: stop.id, taskId, from: ['wanted'] }, { state: 'paused' });
    }
    await store.moveStop({ ...stop, from: ['on'] }, { state: 'resuming', resumedBy });
    await store.moveStopped({ stopId: stop.id, taskId: 'a', from: ['paused'] }, { state: 'begun', attempt: 'one' });
    const restore = async (): Promise<EmergencyStop | null> => {
      const db = await openDb({ ...database.location, clock: systemClock, log: recordingLog() });
      expect(await settleCopy(db)).toMatchObject({ stopped: true });
      await db.query.destroy();
      await db.engine.close();
      return (await store.stopInForce()).stop;
    };
    const restored = await restore();
    expect([restored?.state, restored?.doubted]).toEqual(['on', true]);
    // The same copy once more: what was announced since the first time is no message of this one.
    await database.sql('update emergency_stops set round = 1');
    const again = await restore();
    expect(new Set([1, 2, restored?.round, again?.round]).size).toBe(4);
    expect(await states(stop.id)).toEqual(['a paused', 'b paused']);
    expect(await store.isAttempt({ stopId: stop.id, round: 1, taskId: 'a', attempt: 'one' })).toBe(false);
  });

  test('one that is over is deleted with its set once it is old', async () => {
    const { stop } = await store.orderStop(given(), [task('a')], messages);
    await store.prune(5_000, 5_000);
    expect(await store.stopOf(stop.id)).not.toBeNull();
    await store.moveStop({ ...stop, from: ['on'] }, { state: 'over' });
    await store.prune(5_000, 5_000);
    expect([await store.stopOf(stop.id), await store.stoppedTasks(stop.id)]).toEqual([null, []]);
  });
});
