import { describe, expect, test } from '@jest/globals';
import { createGate, eventually } from '../../../support/eventually.ts';
import { ask, create, item, start } from '../../../support/sandbox/dialer-call.ts';

describe('delay', () => {
  /** A stand-in whose delays last until the test ends them. */
  async function startDelayed() {
    const delay = createGate();
    const asked: number[] = [];
    const sandbox = await start({
      sleep(ms) {
        asked.push(ms);
        return delay.opened;
      },
    });
    return { sandbox, asked, delay };
  }

  test('by default the effect comes at once and the answer late', async () => {
    const { sandbox, asked, delay } = await startDelayed();
    const id = await create(sandbox);
    sandbox.faults.add({ route: 'start', kind: 'delay', ms: 300, times: 1 });
    const answer = ask(sandbox, 'start', id);
    await eventually(() => asked.length === 1);
    expect(asked).toEqual([300]);
    expect(await item(sandbox, id)).toMatchObject({ start: 1 });
    expect(sandbox.requests.find(({ route }) => route === 'start')?.status).toBeNull();
    delay.open();
    expect((await answer).status).toBe(200);
  });

  test('or the effect is late too, and comes even when the client has given up', async () => {
    const { sandbox, asked, delay } = await startDelayed();
    const id = await create(sandbox);
    sandbox.faults.add({ route: 'start', kind: 'delay', ms: 300, before: true, times: 1 });
    const givenUp = expect(ask(sandbox, 'start', id, 100)).rejects.toThrow('timed out');
    await eventually(() => asked.length === 1);
    await givenUp;
    expect(asked).toEqual([300]);
    expect(await item(sandbox, id)).toMatchObject({ start: 0 });
    delay.open();
    await eventually(() => sandbox.effects('start') === 1);
    expect(await item(sandbox, id)).toMatchObject({ start: 1 });
  });

  test('adds to another fault', async () => {
    const { sandbox, asked, delay } = await startDelayed();
    sandbox.faults.add({ route: '*', kind: 'delay', ms: 150 });
    sandbox.faults.add({ route: '*', kind: 'status', status: 503 });
    const answer = ask(sandbox, 'list', '');
    await eventually(() => asked.length === 1);
    expect([asked, sandbox.requests[0]?.status]).toEqual([[150], null]);
    delay.open();
    expect((await answer).status).toBe(503);
    expect(sandbox.requests[0]?.faults).toEqual(['delay', 'status']);
  });
});

test.each([true, false])('a connection that hangs, effect: %s', async (effect) => {
  const sandbox = await start();
  const id = await create(sandbox);
  sandbox.faults.add({ route: 'start', kind: 'hang', effect, times: 1 });
  const hanging = expect(ask(sandbox, 'start', id, 150)).rejects.toThrow('timed out');
  await eventually(() => sandbox.requests.some(({ faults }) => faults.includes('hang')));
  await hanging;
  expect(sandbox.effects('start')).toBe(effect ? 1 : 0);
});

test('reset and close cut hanging and delayed requests off', async () => {
  const sandbox = await start();
  const id = await create(sandbox);
  sandbox.faults.add({ route: 'start', kind: 'hang', effect: false });
  sandbox.faults.add({ route: 'stop', kind: 'delay', ms: 60_000, before: true });
  const waiting = [ask(sandbox, 'start', id), ask(sandbox, 'stop', id)].map((answer) =>
    answer.then(
      () => 'answered',
      (error: Error) => error.message,
    ),
  );
  await eventually(() => sandbox.requests.filter(({ faults }) => faults.length > 0).length === 2);
  sandbox.reset();
  expect(await Promise.all(waiting)).toEqual(['socket hang up', 'socket hang up']);
  expect(sandbox.effects('stop')).toBe(0);
});

test('a request that was delayed across a reset takes no effect on the new account', async () => {
  const sandbox = await start();
  sandbox.faults.add({ route: 'create', kind: 'delay', ms: 60_000, before: true });
  const cut = expect(ask(sandbox, 'create', '')).rejects.toThrow('socket hang up');
  await eventually(() => sandbox.requests.some(({ faults }) => faults.includes('delay')));
  sandbox.reset();
  await cut;
  expect(sandbox.tasks).toEqual([]);
});
