import { describe, expect, test } from '@jest/globals';
import { createClock, shanghaiDatetime } from '../../../../sandbox/dialer/clock.ts';
import { call, create, fill, morning, start } from '../../../support/sandbox/dialer-call.ts';

describe('the simulated clock', () => {
  test('runs at its speed, which may change while it runs', () => {
    let wall = 1_000_000;
    const clock = createClock({ startAt: morning, speed: 60, wall: () => wall });
    wall += 1000;
    expect(clock.now() - morning).toBe(60_000);
    clock.setSpeed(10);
    wall += 1000;
    expect(clock.now() - morning).toBe(70_000);
    clock.setSpeed(0);
    wall += 5000;
    expect(clock.now() - morning).toBe(70_000);
    clock.advance(30_000);
    clock.setSpeed(1);
    wall += 1;
    expect(clock.now() - morning).toBe(100_001);
    expect(clock.wall()).toBe(wall);
  });

  test('never goes back, even when the wall clock does', () => {
    let wall = 1_000_000;
    const clock = createClock({ startAt: morning, speed: 1, wall: () => wall });
    wall -= 500_000;
    expect(clock.now()).toBe(morning);
    wall += 1000;
    expect(clock.now()).toBe(morning + 1000);
  });

  test('refuses to run backwards', () => {
    const clock = createClock({ startAt: morning, speed: 0, wall: () => 0 });
    expect(() => clock.setSpeed(-1)).toThrow(RangeError);
    expect(() => clock.setSpeed(Number.NaN)).toThrow(RangeError);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => createClock({ startAt: 0, speed: Number.POSITIVE_INFINITY, wall: () => 0 })).toThrow(RangeError);
  });

  test('begins at 09:20 in Shanghai on the real day by default', async () => {
    // 23:30 UTC on the 30th is the 31st in Shanghai.
    const wall = () => Date.UTC(2030, 11, 30, 23, 30);
    const sandbox = await start({ startAt: '09:20', wall });
    expect(shanghaiDatetime(sandbox.clock.now())).toBe('2030-12-31 09:20:00');
  });

  test('drives the dialing, while entities are dated by the wall', async () => {
    let wall = Date.UTC(2030, 0, 1, 4, 0, 0);
    const sandbox = await start({ wall: () => wall, callSeconds: 30 });
    const id = await create(sandbox, { maximumcall: 1 });
    await fill(sandbox, id, 10);
    await call(sandbox, 'GET', `/v1/task/start/${id}`);
    wall += 60_000;
    expect(sandbox.tasks[0]?.done).toBe(0);
    sandbox.setSpeed(60);
    wall += 2000;
    expect(sandbox.tasks[0]?.done).toBe(4);
    sandbox.setSpeed(0);
    wall += 60_000;
    expect(sandbox.tasks[0]?.done).toBe(4);
    const { json } = await call(sandbox, 'GET', '/v1/task');
    expect(json.data[0].create_datetime).toBe('2030-01-01 12:00:00');
  });
});
