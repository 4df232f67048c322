import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../../src/store/store.ts';
import { samplePlan } from '../../../support/every-schedule-view.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { createBot, createFakePlatform, putSchedule } from '../../../support/schedules/rig.ts';
import { makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';

const at = (time: string): number => Date.parse(`2026-11-27T${time}:00+08:00`);

let database: TestDatabase;
let clock: ManualClock;
let store: Store;
beforeEach(async () => {
  database = await makeDatabase('sqlite');
  clock = createManualClock(at('08:00'));
  store = await database.open(clock);
  await store.addWatch({ taskId: 't1', channel: 'C1', owner: 'U1', createdAt: 1 });
});
afterEach(() => database.drop());

/** The same store, of a process that can be killed: no later call is ever answered, and none reaches the store. */
function mortal(onCall: (calls: number) => void = () => undefined): { store: Store; kill(): void } {
  let calls = 0;
  let isDead = false;
  const mortalStore = new Proxy(store, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
      return (...given: unknown[]): Promise<unknown> => {
        onCall(calls);
        calls += 1;
        return isDead ? new Promise(() => undefined) : method.apply(target, given);
      };
    },
  });
  return {
    store: mortalStore,
    kill() {
      isDead = true;
    },
  };
}

describe('a bot that is killed over a moment', () => {
  test.each(['09:00', '12:00'])(
    'at %s, after any of its steps: another one goes on, and nothing is done or said twice',
    async (time) => {
      const action = time === '09:00' ? 'start' : 'pause';
      let survived = false;
      for (let calls = 1; !survived; calls += 1) {
        expect(calls).toBeLessThan(40);
        const taskId = `t${calls}`;
        const platform = createFakePlatform(taskId);
        platform.on.set(taskId, action === 'pause');
        await store.addWatch({ taskId, channel: 'C1', owner: 'U1', createdAt: 1 });
        clock.set(at('08:00') - clock.now());
        await putSchedule(store, { taskId, plan: samplePlan(), at: action === 'start' ? at('08:00') : at('11:00') });
        clock.set(at(time) - clock.now());
        const killed = await new Promise<boolean>((resolve) => {
          const process = mortal((made) => {
            if (made < calls) return;
            process.kill();
            resolve(true);
          });
          void createBot({ platform, store: process.store, clock })
            .tick()
            .then(() => resolve(false));
        });
        survived = !killed;
        // Its leases run out.
        await clock.advance(40_000);
        const next = createBot({ platform, store, clock });
        for (let ticks = 0; ticks < 3; ticks += 1) await clock.until(next.tick());
        expect([calls, platform.sent.map((sent) => sent.action)]).toEqual([calls, [action]]);
        const messages = await database.sql(
          `select key from outbox where task_id = '${taskId}' and key like 'schedule:%'`,
        );
        expect([calls, messages.length]).toEqual([calls, 1]);
        expect((await store.scheduleOf(taskId))?.last).toMatchObject({ at: at(time), action, result: 'done' });
        await store.removeSchedule(taskId, (await store.scheduleOf(taskId))?.revision ?? 0);
      }
    },
    120_000,
  );

  test('a start that reached the platform is seen, and not sent again', async () => {
    const platform = createFakePlatform('t1');
    await putSchedule(store, { taskId: 't1', plan: samplePlan(), at: at('08:00') });
    clock.set(at('09:00') - clock.now());
    const process = mortal();
    const dying = createBot({ platform, store: process.store, clock });
    await new Promise<void>((resolve) => {
      dying.reached = () => {
        process.kill();
        resolve();
        return new Promise(() => undefined);
      };
      void dying.tick();
    });
    await clock.advance(40_000);
    const next = createBot({ platform, store, clock });
    await clock.until(next.tick());
    expect(platform.sent).toHaveLength(1);
    expect((await store.scheduleOf('t1'))?.last).toMatchObject({ result: 'done' });
  });

  test('one that was only frozen sends nothing any more once another has taken over', async () => {
    const platform = createFakePlatform('t1');
    await putSchedule(store, { taskId: 't1', plan: samplePlan(), at: at('08:00') });
    clock.set(at('09:00') - clock.now());
    let thaw = (): void => undefined;
    const frozen = new Promise<void>((resolve) => {
      thaw = resolve;
    });
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const slow = new Proxy(store, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
        if (name !== 'isScheduledAttempt' && name !== 'renew') return method;
        return async (...given: unknown[]) => {
          if (name === 'isScheduledAttempt') asked();
          await frozen;
          return method.apply(target, given);
        };
      },
    });
    const first = createBot({ platform, store: slow, clock });
    const firstTick = first.tick();
    await isAsked;
    await clock.advance(40_000);
    await clock.until(createBot({ platform, store, clock }).tick());
    thaw();
    await clock.until(firstTick);
    expect(platform.sent).toHaveLength(1);
    const messages = await database.sql(`select key from outbox where key like 'schedule:%'`);
    expect(messages).toHaveLength(1);
  });
});
