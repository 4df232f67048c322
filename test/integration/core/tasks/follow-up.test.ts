import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { OpenAction } from '../../../../src/core/model/open-action.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { followUp, type SettledAction, type Tell } from '../../../../src/core/tasks/follow-up.ts';
import { lateMs, maxPolls } from '../../../../src/core/tasks/verdict.ts';
import { leaseOfAction } from '../../../../src/core/time/action-lease.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { sampleAction, sampleNow, sampleTask } from '../../../support/samples.ts';
import { engines, makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';
import { reportSkipped } from '../../../support/store/report-skipped.ts';

reportSkipped();

const stillOn = sampleTask({ started: true });
const off = sampleTask({ started: false });

describe.each(engines)('following up what was lost, on %s', (engine) => {
  let database: TestDatabase;
  let clock: ManualClock;
  let store: Store;
  let told: SettledAction[];
  let log: ReturnType<typeof recordingLog>;

  beforeEach(async () => {
    database = await makeDatabase(engine);
    clock = createManualClock(sampleNow);
    store = await database.open();
    told = [];
    log = recordingLog();
  });
  afterEach(() => database.drop());

  const telling: Tell = async (settled) => void told.push(settled);
  let ids = 0;
  const poll = async (
    tasks: readonly Task[],
    { tell = telling, complete = true, tookEffect = [] as string[], by = store } = {},
  ): Promise<boolean> => {
    const { open } = await by.underWay();
    const newId = () => `id-${++ids}`;
    const created = () => Promise.reject(new Error('nothing is created here'));
    const deps = { store: by, clock, log, newId, knownCard: () => null, created };
    return followUp(deps, { open, tasks, complete, tookEffect: new Set(tookEffect), imports: false }, tell);
  };
  const lost = async (change: Partial<OpenAction> = {}): Promise<OpenAction> => {
    const action = sampleAction({ state: 'unknown', ...change });
    await store.putAction(action);
    return action;
  };
  const left = async (): Promise<string[]> => (await store.underWay()).open.map(({ id, state }) => `${id} ${state}`);
  const verdicts = () => told.map(({ verdict }) => verdict);

  test('nothing is open: nothing is written, told or waited for', async () => {
    expect(await poll([stillOn])).toBe(false);
    expect(told).toEqual([]);
  });

  test('two polls that agree settle it, it is told once, and survives restarts in between', async () => {
    await lost();
    expect(await poll([stillOn])).toBe(true);
    await store.close();
    store = await database.open();
    expect(await poll([stillOn])).toBe(false);
    for (let polls = 0; polls < 3; polls += 1) await poll([stillOn]);
    expect(told).toMatchObject([{ verdict: 'not_done', perhapsTold: false }]);
  });

  test('what contradicts itself for too long is said to be unsettled, once', async () => {
    await lost();
    for (let polls = 0; polls < maxPolls + 4; polls += 1) await poll([polls % 2 ? stillOn : off]);
    expect(verdicts()).toEqual(['unsettled']);
  });

  test('several bots that follow up at the same time tell once', async () => {
    await lost();
    const bots = [store, await database.open(), await database.open()];
    for (let polls = 0; polls < 4; polls += 1) await Promise.all(bots.map((by) => poll([stillOn], { by })));
    expect(verdicts()).toEqual(['not_done']);
  });

  test('while its process keeps the lease it is left alone; once the lease is over, it was interrupted', async () => {
    const action = await lost({ state: 'working' });
    await store.lease(leaseOfAction(action), 'alive', 60_000);
    for (let polls = 0; polls < 4; polls += 1) expect(await poll([stillOn])).toBe(true);
    expect(told).toEqual([]);
    await store.release(leaseOfAction(action), 'alive');
    for (let polls = 0; polls < 2; polls += 1) await poll([stillOn]);
    expect(told).toMatchObject([{ action: { interrupted: true }, verdict: 'not_done' }]);
  });

  test('an incomplete list settles what it shows, and nothing that it lacks', async () => {
    await lost();
    await lost({ id: 'other', taskId: 'elsewhere' });
    for (let polls = 0; polls < 3; polls += 1) await poll([stillOn], { complete: false });
    expect(told.map(({ action, verdict }) => `${action.id} ${verdict}`)).toEqual(['action-1 not_done']);
    expect(await left()).toEqual(expect.arrayContaining(['other unknown']));
  });

  test.each([
    ['did not arrive', { permanent: false }, false],
    ['may have arrived', { maybeSent: true }, true],
    ['has to wait', { retryAfterMs: 1_000 }, false],
    ['was refused with the installation', { permanent: true, concerns: 'installation' as const }, false],
  ])(
    'a message that %s is tried again at the next poll, and looked for if need be',
    async (_, details, perhapsTold) => {
      await lost();
      await poll([stillOn]);
      await poll([stillOn], { tell: () => Promise.reject(new AppError('chat_failed', 'no', { details })) });
      expect(told).toEqual([]);
      for (let polls = 0; polls < 3; polls += 1) await poll([off]);
      // What it says was settled before.
      expect(told).toMatchObject([{ verdict: 'not_done', perhapsTold }]);
    },
  );

  test('a person who can never be reached is not tried again', async () => {
    await lost();
    const details = { permanent: true, concerns: 'channel' as const };
    const unreachable: Tell = () => Promise.reject(new AppError('chat_failed', 'user_not_found', { details }));
    await poll([stillOn], { tell: unreachable });
    await poll([stillOn], { tell: unreachable });
    for (let polls = 0; polls < 3; polls += 1) await poll([stillOn]);
    expect(told).toEqual([]);
  });

  test('a bot that dies while it tells: the next one looks whether the message arrived', async () => {
    await lost();
    await poll([stillOn]);
    const dying = { by: { ...store, release: async () => undefined }, tell: () => new Promise<void>(() => undefined) };
    void poll([stillOn], dying);
    while (!(await store.underWay()).open.some(({ attempted }) => attempted)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await database.sql(`delete from leases`);
    await poll([stillOn]);
    expect(told).toMatchObject([{ verdict: 'not_done', perhapsTold: true }]);
  });

  test('what takes effect late is told as such, once; what does not is forgotten in time', async () => {
    const { id } = await lost();
    for (let polls = 0; polls < 2; polls += 1) await poll([stillOn]);
    expect(await left()).toEqual([`${id} closed`]);
    await poll([off], { tookEffect: [id] });
    await poll([off], { tookEffect: [id] });
    expect(told).toMatchObject([{ verdict: 'not_done' }, { verdict: 'done', action: { late: true } }]);
    await lost();
    for (let polls = 0; polls < 2; polls += 1) await poll([stillOn]);
    await clock.advance(lateMs + 1);
    await poll([stillOn]);
    expect(await left()).toEqual([]);
  });
});
