import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPermission } from '../../../../src/core/access/permission.ts';
import type { SchedulePlan } from '../../../../src/core/model/schedule.ts';
import type { Dialer } from '../../../../src/core/ports.ts';
import { heedingPeople, type PersonsAct } from '../../../../src/core/schedules/heeding-people.ts';
import { readTimes } from '../../../../src/core/schedules/read-times.ts';
import { createScheduleUseCases } from '../../../../src/core/schedules/schedules.ts';
import { createStartGate } from '../../../../src/core/stop/gate.ts';
import { createTaskUseCases } from '../../../../src/core/tasks/actions.ts';
import { createMetadataCache } from '../../../../src/core/tasks/metadata-cache.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import type { Store } from '../../../../src/store/store.ts';
import { samplePlan } from '../../../support/every-schedule-view.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { china, createBot, createFakePlatform, putSchedule } from '../../../support/schedules/rig.ts';
import { createStopPlatform } from '../../../support/stop/stop-rig.ts';
import { makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';

const at = (time: string): number => Date.parse(`2026-11-27T${time}:00+08:00`);

let database: TestDatabase;
let clock: ManualClock;
let store: Store;
beforeEach(async () => {
  database = await makeDatabase('sqlite');
  clock = createManualClock(at('08:00'));
  store = await database.open(clock);
});
afterEach(() => database.drop());

const setTime = (time: string): void => clock.set(at(time) - clock.now());

function planOf(typed: string): SchedulePlan {
  const given = readTimes(typed);
  if (given.kind !== 'times') throw new Error(typed);
  return samplePlan({ times: given.times });
}

const schedulesOfBot = () =>
  createScheduleUseCases({
    ...{ store, clock, calendar: china, now: clock.now, log: recordingLog(), may: createPermission() },
    board: { get: () => null, all: () => [] },
    read: () => Promise.reject(new Error('not read')),
    around: () => Promise.reject(new Error('not asked')),
    stopping: new AbortController().signal,
    changed: () => undefined,
  });

/** What a person did to a task, and what its schedule has made of it by then. */
const acted = (action: PersonsAct['action'], how: Partial<PersonsAct> = {}): Promise<void> =>
  schedulesOfBot().acted({ taskId: 't1', person: 'U2', action, ...how });

test.each<[times: string, time: string, action: PersonsAct['action'], held: boolean, days?: Partial<SchedulePlan>]>([
  ['09:00–18:00', '10:00', 'started', false],
  ['09:00–18:00', '20:00', 'started', false],
  ['09:00–18:00', '20:00', 'paused', true],
  // Who starts the task is to be relieved of pausing it.
  ['pause 18:00', '10:00', 'started', false],
  ['pause 18:00', '20:00', 'started', false],
  ['pause 18:00', '12:00', 'paused', false],
  ['09:00–12:00, pause 18:00', '14:00', 'started', false],
  ['09:00–12:00, pause 18:00', '19:00', 'started', false],
  ['start 09:00', '14:00', 'started', false],
  ['start 09:00', '14:00', 'paused', true],
  // Before its first day, and after its last.
  ['09:00–18:00', '20:00', 'started', false, { since: '2026-11-30' }],
  ['09:00–18:00', '20:00', 'paused', true, { since: '2026-11-30' }],
  ['09:00–18:00', '20:00', 'started', false, { until: '2026-11-27' }],
  ['09:00–18:00', '20:00', 'paused', false, { until: '2026-11-27' }],
  ['09:00–18:00', '10:00', 'paused', false, { until: '2026-11-27' }],
])('%s: that someone at %s has %s the task holds it: %s', async (times, time, action, held, days = {}) => {
  await putSchedule(store, { taskId: 't1', plan: { ...planOf(times), ...days }, at: at('08:00') });
  setTime(time);
  await acted(action);
  expect((await store.scheduleOf('t1'))?.held?.why ?? null).toBe(held ? action : null);
});

test('what people start, in Dialdeck or elsewhere, is paused every day by a schedule that only pauses', async () => {
  const platform = createFakePlatform('t1');
  const bot = createBot({ platform, store, clock });
  await putSchedule(store, {
    taskId: 't1',
    plan: { ...planOf('pause 18:00'), days: { kind: 'every' } },
    at: at('08:00'),
  });
  for (let day = 0; day < 3; day += 1) {
    platform.on.set('t1', true);
    await acted('started');
    setTime('18:00');
    clock.set(day * 24 * 3_600_000);
    await clock.until(bot.tick());
    expect([day, platform.on.get('t1')]).toEqual([day, false]);
  }
  expect((await store.scheduleOf('t1'))?.held).toBeNull();
});

test.each<[times: string, shown: boolean, isOn: boolean, held: string | null, sent: string[]]>([
  // One list proves nothing: the task would call into the night.
  ['09:00–18:00', false, true, null, ['pause']],
  ['09:00–18:00', false, false, 'elsewhere', []],
  ['09:00–18:00', true, true, null, ['pause']],
  ['start 09:00, start 18:00', false, true, null, ['start']],
  ['start 09:00, start 18:00', false, false, 'elsewhere', []],
])('%s: at 18:00, with a task shown to be on: %s, that is: %s, it is held: %s, and sends %j', async (...given) => {
  const [times, shown, isOn, held, sent] = given;
  const platform = createFakePlatform('t1');
  const bot = createBot({ platform, store, clock });
  const last = { at: at('09:00'), action: 'start', result: 'done', doneAt: at('09:00') } as const;
  await putSchedule(store, { taskId: 't1', plan: planOf(times), at: at('09:00') }, { last });
  platform.on.set('t1', isOn);
  platform.shown.set('t1', shown);
  setTime('18:00');
  await clock.until(bot.tick());
  expect((await store.scheduleOf('t1'))?.held?.why ?? null).toBe(held);
  expect(platform.sent.map(({ action }) => action)).toEqual(sent);
});

test('a pause leaves once its schedule is held and nothing is to start the task, for its process may die then', async () => {
  await putSchedule(store, { taskId: 't1', plan: planOf('09:00–18:00'), at: at('08:00') });
  const platform = createStopPlatform(['t1'], clock);
  let isWithdrawn = false;
  const before: unknown[] = [];
  const dialer: Dialer = {
    ...platform.dialer,
    async pause(taskId, answered) {
      before.push((await store.scheduleOf(taskId))?.held?.why, isWithdrawn);
      return platform.dialer.pause(taskId, answered);
    },
  };
  const shared = { store, dialer, clock, log: recordingLog(), board: createBoard(clock), newId: () => 'id' };
  const ofPeople = createTaskUseCases({
    ...{ ...shared, may: createPermission(), gate: createStartGate(store), startAskAbove: 1, changed: () => undefined },
    metadata: createMetadataCache(dialer, clock, shared.log),
    async withdrawStarts() {
      await clock.sleep(200);
      isWithdrawn = true;
    },
  });
  const tasks = heedingPeople(ofPeople, (act) => schedulesOfBot().acted(act));
  expect(await clock.until(tasks.pause({ taskId: 't1', person: 'U2' }))).toMatchObject({ kind: 'done' });
  expect(before).toEqual(['paused', true]);
});

test('no import starts a task later that its schedule was to pause meanwhile', async () => {
  const platform = createFakePlatform('t1', 't2');
  const bot = createBot({ platform, store, clock });
  for (const taskId of ['t1', 't2']) await putSchedule(store, { taskId, plan: planOf('pause 18:00'), at: at('08:00') });
  // Both are paused for as long as an import takes.
  platform.starts.set('t1', 'wanted').set('t2', 'begun');
  setTime('18:00');
  await clock.until(bot.tick());
  expect(platform.starts.has('t1')).toBe(false);
  // What is on its way already is only undone by a pause.
  expect(platform.sent.map(({ action, taskId }) => [action, taskId])).toEqual([['pause', 't2']]);
});

test('a start by any way answers the question about the one that was missed', async () => {
  const question = { at: at('09:00') };
  await putSchedule(store, { taskId: 't1', plan: planOf('09:00–18:00'), at: at('08:00') }, { question });
  setTime('10:00');
  await acted('started');
  expect(await store.scheduleOf('t1')).toMatchObject({ question: null, held: null });
});

test('of a pause of many, only the owners hear of their schedules, and the answer counts them', async () => {
  const saidTo = async (): Promise<string[]> =>
    (await database.sql(`select channel from outbox where key like 'schedule:%'`)).map((row) => String(row.channel));
  await store.addWatch({ taskId: 't1', channel: 'C1', owner: 'U3', createdAt: 1 });
  for (const [taskId, times] of [
    ['t1', '09:00–18:00'],
    ['t2', '09:00–18:00'],
    ['t3', 'pause 18:00'],
  ] as const)
    await putSchedule(
      store,
      { taskId, plan: planOf(times), at: at('08:00') },
      { owner: taskId === 't2' ? 'U2' : 'U1' },
    );
  const taskIds = new Set(['t1', 't2', 't3', 't4']);
  expect(await schedulesOfBot().heldByPause(taskIds)).toBe(2);
  for (const taskId of taskIds) await acted('paused', { taskId, together: true });
  expect(await saidTo()).toEqual(['U1']);
  expect(await schedulesOfBot().heldByPause(taskIds)).toBe(2);
  const schedule = await store.scheduleOf('t1');
  if (schedule !== null) await store.putSchedule({ ...schedule, held: null }, schedule.revision);
  await acted('paused');
  expect((await saidTo()).sort()).toEqual(['C1', 'U1', 'U2']);
});
