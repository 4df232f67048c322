import { describe, expect, test } from '@jest/globals';
import { seededLineIds, seededQuietIds } from '../../../../sandbox/dialer/seed-ids.ts';
import type { DialerSandbox } from '../../../../sandbox/dialer/server.ts';
import { outcomeBy } from '../../../../sandbox/dialer/simulate.ts';
import { call, create, fill, item, residue, start } from '../../../support/sandbox/dialer-call.ts';

const minute = 60_000;
const hour = 60 * minute;

const startTask = (sandbox: DialerSandbox, id: string) => call(sandbox, 'GET', `/v1/task/start/${id}`);
const stopTask = (sandbox: DialerSandbox, id: string) => call(sandbox, 'GET', `/v1/task/stop/${id}`);
const view = (sandbox: DialerSandbox, id: string) => sandbox.tasks.find(({ uuid }) => uuid === id);

describe('dialing', () => {
  test('goes by concurrency and length of call', async () => {
    const sandbox = await start({ callSeconds: 30, outcomes: { 1: 1 } });
    const id = await create(sandbox, { maximumcall: 3 });
    await fill(sandbox, id, 10);
    sandbox.clock.advance(hour);
    expect(view(sandbox, id)).toMatchObject({ done: 0, active: 0 });
    await startTask(sandbox, id);
    expect(view(sandbox, id)).toMatchObject({ done: 0, active: 3 });
    sandbox.clock.advance(29_999);
    expect(view(sandbox, id)?.done).toBe(0);
    sandbox.clock.advance(1);
    expect(view(sandbox, id)).toMatchObject({ done: 3, active: 3 });
    expect((await item(sandbox, id)).progress_bar).toEqual({ total: 10, progress: 3, percent: 30 });
    sandbox.clock.advance(90_000);
    expect(view(sandbox, id)).toMatchObject({ done: 10, active: 0, tally: { 1: 10 } });
    expect(await item(sandbox, id)).toMatchObject({ start: 1, progress_bar: { percent: 100 } });
  });

  test('pauses between calls, each slot on its own', async () => {
    const sandbox = await start({ callSeconds: 20, outcomes: { 1: 1 } });
    const id = await create(sandbox, { maximumcall: 2, call_pause_second: 10 });
    await fill(sandbox, id, 6);
    await startTask(sandbox, id);
    sandbox.clock.advance(20_000);
    expect(view(sandbox, id)).toMatchObject({ done: 2, active: 0 });
    sandbox.clock.advance(9_999);
    expect(view(sandbox, id)?.active).toBe(0);
    sandbox.clock.advance(1);
    expect(view(sandbox, id)).toMatchObject({ done: 2, active: 2 });
    sandbox.clock.advance(50_000);
    expect(view(sandbox, id)?.done).toBe(6);
  });

  test('a pause lets calls in progress end and begins no more', async () => {
    const sandbox = await start({ callSeconds: 30, outcomes: { 1: 1 } });
    const id = await create(sandbox, { maximumcall: 2 });
    await fill(sandbox, id, 10);
    await startTask(sandbox, id);
    sandbox.clock.advance(10_000);
    await stopTask(sandbox, id);
    expect(view(sandbox, id)).toMatchObject({ done: 0, active: 2 });
    sandbox.clock.advance(hour);
    expect(view(sandbox, id)).toMatchObject({ done: 2, active: 0 });
    await startTask(sandbox, id);
    await startTask(sandbox, id);
    expect(view(sandbox, id)?.active).toBe(2);
    sandbox.clock.advance(hour);
    expect(view(sandbox, id)?.done).toBe(10);
  });

  test('numbers imported into a running task are dialed', async () => {
    const sandbox = await start({ callSeconds: 30 });
    const id = await create(sandbox);
    await startTask(sandbox, id);
    sandbox.clock.advance(hour);
    await fill(sandbox, id, 4);
    sandbox.clock.advance(minute);
    expect(view(sandbox, id)).toMatchObject({ total: 4, done: 4 });
  });

  test('a modify changes the concurrency of a running task', async () => {
    const sandbox = await start({ callSeconds: 30 });
    const id = await create(sandbox, { maximumcall: 1 });
    await fill(sandbox, id, 20);
    await startTask(sandbox, id);
    sandbox.rival(id, { maximumCall: 5 });
    expect(view(sandbox, id)?.active).toBe(5);
    sandbox.rival(id, { maximumCall: 2 });
    sandbox.clock.advance(30_000);
    expect(view(sandbox, id)).toMatchObject({ done: 5, active: 2 });
  });

  test('tasks share the capacity of their line, and none starves', async () => {
    const sandbox = await start({ callSeconds: 30, switches: { holding: 'started' } });
    const line = { caller_line_id: seededLineIds.full, maximumcall: 6 };
    const ids = [await create(sandbox, line), await create(sandbox, line)];
    for (const id of ids) await fill(sandbox, id, 60);
    for (const id of ids) await startTask(sandbox, id);
    expect(await residue(sandbox, seededLineIds.full)).toBe(-6);
    expect(ids.map((id) => view(sandbox, id)?.active)).toEqual([6, 0]);
    sandbox.clock.advance(5 * minute);
    const done = ids.map((id) => view(sandbox, id)?.done ?? 0);
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(Math.min(...done)).toBeGreaterThan(20);
  });

  test('a destroyed task gives its slots back', async () => {
    const sandbox = await start({ callSeconds: 30, switches: { holding: 'started' } });
    const line = { caller_line_id: seededLineIds.full, maximumcall: 6 };
    const [first, second] = [await create(sandbox, line), await create(sandbox, line)];
    for (const id of [first, second]) {
      await fill(sandbox, id, 60);
      await startTask(sandbox, id);
    }
    await call(sandbox, 'GET', `/v1/task/destroy/${first}`);
    sandbox.clock.advance(30_000);
    expect(view(sandbox, second)?.active).toBe(6);
  });

  test('and dials no more, not even after its rest', async () => {
    const sandbox = await start({ callSeconds: 30, switches: { holding: 'started' } });
    const line = { caller_line_id: seededLineIds.full, maximumcall: 6, call_pause_second: 10 };
    const [first, second] = [await create(sandbox, line), await create(sandbox, line)];
    for (const id of [first, second]) await fill(sandbox, id, 60);
    await startTask(sandbox, first);
    await call(sandbox, 'GET', `/v1/task/destroy/${first}`);
    sandbox.clock.advance(45_000);
    await startTask(sandbox, second);
    expect(view(sandbox, second)?.active).toBe(6);
  });

  test('a dead line dials nothing until it is restored', async () => {
    const sandbox = await start({ callSeconds: 30 });
    const id = await create(sandbox, { maximumcall: 2 });
    await fill(sandbox, id, 100);
    await startTask(sandbox, id);
    sandbox.lineDies(seededLineIds.hangzhou);
    sandbox.clock.advance(hour);
    expect(view(sandbox, id)).toMatchObject({ started: true, done: 2, active: 0 });
    expect(await residue(sandbox, seededLineIds.hangzhou)).toBe(0);
    expect((await item(sandbox, id)).caller_line.node_status).toBe('0');
    sandbox.lineRevives(seededLineIds.hangzhou);
    expect(view(sandbox, id)?.active).toBe(2);
    expect(() => sandbox.lineDies('nowhere')).toThrow(RangeError);
  });

  test('switches itself off after the last number if asked to', async () => {
    const sandbox = await start({ callSeconds: 30, outcomes: { 4: 1 }, switches: { pauseWhenDone: true } });
    const id = await create(sandbox, { auto_recycle_rule_id: 1 });
    await fill(sandbox, id, 2);
    await startTask(sandbox, id);
    sandbox.clock.advance(30_000);
    expect(view(sandbox, id)).toMatchObject({ done: 2, started: true });
    sandbox.clock.advance(hour);
    expect(view(sandbox, id)).toMatchObject({ done: 2, started: false });
  });
});

describe('outcomes', () => {
  test('follow the weights', async () => {
    const sandbox = await start({ outcomes: { 1: 3, 5: 1 }, callSeconds: 1 });
    const id = await create(sandbox, { maximumcall: 20 });
    await fill(sandbox, id, 2000);
    await startTask(sandbox, id);
    sandbox.clock.advance(hour);
    const tally = view(sandbox, id)?.tally ?? {};
    expect(Object.keys(tally)).toEqual(['1', '5']);
    expect(tally[1]).toBeGreaterThan(1400);
    expect(tally[1]).toBeLessThan(1600);
  });

  test('all twelve codes occur by default', async () => {
    const sandbox = await start({ callSeconds: 1 });
    const id = await create(sandbox, { maximumcall: 20 });
    await fill(sandbox, id, 3000);
    await startTask(sandbox, id);
    sandbox.clock.advance(hour);
    expect(Object.keys(view(sandbox, id)?.tally ?? {})).toHaveLength(12);
  });

  test('need some weight', () => {
    expect(() => outcomeBy({})).toThrow(RangeError);
    expect(outcomeBy({ 7: 1 })(0.999999)).toBe(7);
  });

  test('are the same for the same seed, however often anybody looks', async () => {
    const run = async (seed: number, looks: number) => {
      const sandbox = await start({ account: 'morning', seed });
      for (let look = 0; look < looks; look += 1) {
        sandbox.clock.advance((6 * hour) / looks);
        if (look < looks - 1) expect(sandbox.tasks).toHaveLength(12);
      }
      return sandbox.tasks.map(({ name, done, active, tally }) => ({ name, done, active, tally }));
    };
    const once = await run(7, 1);
    expect(await run(7, 360)).toEqual(once);
    expect(await run(8, 1)).not.toEqual(once);
  });
});

describe('quiet hours', () => {
  /** 休息时间: 21:00 to 08:30, over midnight. */
  const rest = { disable_dial_timegroup: seededQuietIds.rest, maximumcall: 1 };

  test('nothing begins inside them, over midnight too, and start stays 1', async () => {
    const sandbox = await start({ startAt: '20:59', callSeconds: 50, outcomes: { 1: 1 } });
    const id = await create(sandbox, rest);
    await fill(sandbox, id, 100);
    await startTask(sandbox, id);
    // The second call began at 20:59:50 and is not cut off.
    sandbox.clock.advance(10 * minute);
    expect(view(sandbox, id)).toMatchObject({ done: 2, active: 0, started: true });
    sandbox.clock.advance(11 * hour + 20 * minute);
    expect(view(sandbox, id)).toMatchObject({ done: 2, active: 0 });
    expect(await item(sandbox, id)).toMatchObject({ start: 1 });
    // 08:30 exactly.
    sandbox.clock.advance(minute);
    expect(view(sandbox, id)?.active).toBe(1);
    sandbox.clock.advance(50_000);
    expect(view(sandbox, id)?.done).toBe(3);
  });

  test('a start inside them waits for their end', async () => {
    const sandbox = await start({ startAt: '23:30', callSeconds: 30 });
    const id = await create(sandbox, rest);
    await fill(sandbox, id, 3);
    await startTask(sandbox, id);
    await startTask(sandbox, id);
    sandbox.clock.advance(9 * hour - 1);
    expect(view(sandbox, id)?.active).toBe(0);
    sandbox.clock.advance(1);
    expect(view(sandbox, id)?.active).toBe(1);
  });

  test('a pause during them keeps the task from dialing at their end', async () => {
    const sandbox = await start({ startAt: '23:30' });
    const id = await create(sandbox, rest);
    await fill(sandbox, id, 3);
    await startTask(sandbox, id);
    await stopTask(sandbox, id);
    sandbox.clock.advance(24 * hour);
    expect(view(sandbox, id)?.done).toBe(0);
  });

  test('a change to other quiet hours counts at once', async () => {
    const sandbox = await start({ startAt: '23:30', callSeconds: 30 });
    const id = await create(sandbox, rest);
    await fill(sandbox, id, 3);
    await startTask(sandbox, id);
    const body = JSON.parse(sandbox.requests.find(({ route }) => route === 'create')?.body ?? '{}');
    await call(sandbox, 'PUT', `/v1/task/${id}`, { body: { ...body, disable_dial_timegroup: seededQuietIds.none } });
    expect(view(sandbox, id)?.active).toBe(1);
  });
});

describe('redial rules', () => {
  test('bring numbers back to waiting: progress falls after 100 %', async () => {
    // Rule 1: no answer and busy once more after ten minutes.
    const sandbox = await start({ callSeconds: 30, outcomes: { 4: 1 } });
    const id = await create(sandbox, { auto_recycle_rule_id: 1, maximumcall: 2 });
    await fill(sandbox, id, 2);
    await startTask(sandbox, id);
    sandbox.clock.advance(30_000);
    expect((await item(sandbox, id)).progress_bar.percent).toBe(100);
    expect(view(sandbox, id)?.redialsDue).toBe(2);
    sandbox.clock.advance(10 * minute);
    expect((await item(sandbox, id)).progress_bar).toEqual({ total: 2, progress: 0, percent: 0 });
    sandbox.clock.advance(hour);
    expect(sandbox.numbers(id)).toMatchObject([
      { status: 4, attempts: 2 },
      { status: 4, attempts: 2 },
    ]);
    expect(view(sandbox, id)).toMatchObject({ done: 2, redialsDue: 0 });
  });

  test('leave other outcomes alone', async () => {
    const sandbox = await start({ callSeconds: 30, outcomes: { 5: 1 } });
    const id = await create(sandbox, { auto_recycle_rule_id: 1 });
    await fill(sandbox, id, 2);
    await startTask(sandbox, id);
    sandbox.clock.advance(hour);
    expect(sandbox.numbers(id)).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
  });

  test('that are off do nothing', async () => {
    const sandbox = await start({ callSeconds: 30, outcomes: { 4: 1 } });
    const id = await create(sandbox, { auto_recycle_rule_id: 131 });
    await fill(sandbox, id, 1);
    await startTask(sandbox, id);
    sandbox.clock.advance(24 * hour);
    expect(sandbox.numbers(id)).toMatchObject([{ attempts: 1 }]);
  });

  test('a paused task takes its numbers back, and dials them when it is started', async () => {
    const sandbox = await start({ callSeconds: 30, outcomes: { 4: 1 } });
    const id = await create(sandbox, { auto_recycle_rule_id: 1 });
    await fill(sandbox, id, 1);
    await startTask(sandbox, id);
    sandbox.clock.advance(30_000);
    await stopTask(sandbox, id);
    sandbox.clock.advance(hour);
    expect(view(sandbox, id)?.done).toBe(0);
    await startTask(sandbox, id);
    sandbox.clock.advance(30_000);
    expect(view(sandbox, id)?.done).toBe(1);
  });
});

describe('cost', () => {
  test('a whole day of 20,000 numbers takes well under two seconds, an idle year nothing', async () => {
    const sandbox = await start();
    const ids = [];
    for (let count = 0; count < 10; count += 1) ids.push(await create(sandbox, { maximumcall: 3 }));
    sandbox.setSwitches({ importLimit: 2000 });
    for (const id of ids) {
      const body = Array.from({ length: 2000 }, (_, index) => `139${String(index).padStart(8, '0')}`);
      await call(sandbox, 'POST', `/v1/task/import_task_customer/${id}`, { body });
      await startTask(sandbox, id);
    }
    const before = process.cpuUsage();
    sandbox.clock.advance(24 * hour);
    expect(sandbox.tasks.map(({ done }) => done)).toEqual(ids.map(() => 2000));
    sandbox.clock.advance(365 * 24 * hour);
    expect(sandbox.tasks).toHaveLength(10);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });
});
