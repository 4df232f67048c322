import { describe, expect, test } from '@jest/globals';
import type { Lie } from '../../../../sandbox/dialer/lies.ts';
import type { RouteName } from '../../../../sandbox/dialer/routes.ts';
import type { DialerSandbox } from '../../../../sandbox/dialer/server.ts';
import { ask, call, create, fill, item, start } from '../../../support/sandbox/dialer-call.ts';

const reads: RouteName[] = ['init', 'list'];
const writes: RouteName[] = ['create', 'update', 'start', 'stop', 'destroy', 'import'];

describe('on every route', () => {
  test.each(writes)('%s: the answer is lost after the effect', async (route) => {
    const sandbox = await start();
    const id = await create(sandbox);
    const before = sandbox.effects(route);
    sandbox.answerLost(route);
    await expect(ask(sandbox, route, id)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(sandbox.effects(route)).toBe(before + 1);
    expect(sandbox.requests.at(-1)).toMatchObject({ route, effect: true, status: null, faults: ['drop'] });
    // Once only.
    expect((await ask(sandbox, 'list', id)).status).toBe(200);
    expect(sandbox.faults.list()).toEqual([]);
  });

  test.each(writes)('%s: the connection is cut before the effect', async (route) => {
    const sandbox = await start();
    const id = await create(sandbox);
    const before = sandbox.effects(route);
    sandbox.faults.add({ route, kind: 'drop', effect: false, times: 1 });
    await expect(ask(sandbox, route, id)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(sandbox.effects(route)).toBe(before);
  });

  test.each([...reads, ...writes])('%s: HTML from the gateway', async (route) => {
    const sandbox = await start();
    const id = await create(sandbox);
    const before = sandbox.effects(route);
    sandbox.faults.add({ route, kind: 'status', status: 502, message: '502 Bad Gateway', times: 1 });
    const answer = await ask(sandbox, route, id);
    expect(answer).toMatchObject({ status: 502, text: expect.stringContaining('<h1>502 Bad Gateway</h1>') });
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(sandbox.effects(route)).toBe(before);
    expect((await ask(sandbox, route, id)).status).toBe(200);
  });

  test.each([...reads, ...writes])('%s: truncated JSON after the effect', async (route) => {
    const sandbox = await start();
    const id = await create(sandbox);
    sandbox.faults.add({ route, kind: 'truncate', times: 1 });
    const answer = await ask(sandbox, route, id);
    expect(answer).toMatchObject({ status: 200, json: undefined, text: expect.stringMatching(/^\{/) });
    expect(sandbox.requests.at(-1)?.effect).toBe(writes.includes(route));
  });

  test.each([...reads, ...writes])('%s: an empty 200 after the effect', async (route) => {
    const sandbox = await start();
    const id = await create(sandbox);
    sandbox.faults.add({ route, kind: 'empty', times: 1 });
    expect(await ask(sandbox, route, id)).toMatchObject({ status: 200, text: '' });
    expect(sandbox.requests.at(-1)?.effect).toBe(writes.includes(route));
  });
});

test('an answer that breaks off with its connection', async () => {
  const sandbox = await start();
  const id = await create(sandbox);
  sandbox.faults.add({ route: 'start', kind: 'truncate', cut: true, times: 1 });
  await expect(ask(sandbox, 'start', id)).rejects.toThrow('aborted');
  expect(sandbox.effects('start', id)).toBe(1);
});

describe('status', () => {
  test('429 with Retry-After in seconds or as a date', async () => {
    const sandbox = await start();
    sandbox.faults.add({ route: 'list', kind: 'status', status: 429, retryAfter: 7, times: 1 });
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    sandbox.faults.add({ route: 'list', kind: 'status', status: 429, retryAfter: date, body: 'none', times: 1 });
    const first = await ask(sandbox, 'list', '');
    expect(first).toMatchObject({ status: 429, json: { message: 'Too Many Attempts.' } });
    expect(first.headers['retry-after']).toBe('7');
    const second = await ask(sandbox, 'list', '');
    expect(second).toMatchObject({ status: 429, text: '' });
    expect(second.headers['retry-after']).toBe(date);
  });

  test('401 in the middle of a run', async () => {
    const sandbox = await start();
    sandbox.faults.add({ route: '*', kind: 'status', status: 401, message: 'Unauthenticated.', skip: 1 });
    expect((await ask(sandbox, 'list', '')).status).toBe(200);
    expect((await ask(sandbox, 'init', '')).json).toEqual({ message: 'Unauthenticated.' });
    sandbox.faults.clear();
    expect((await ask(sandbox, 'init', '')).status).toBe(200);
  });

  test('504 although the effect took place', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    sandbox.faults.add({ route: 'start', kind: 'status', status: 504, effect: true, times: 1 });
    expect((await ask(sandbox, 'start', id)).status).toBe(504);
    expect(await item(sandbox, id)).toMatchObject({ start: 1 });
  });
});

test('an error envelope with status 200, with and without the effect', async () => {
  const sandbox = await start();
  const id = await create(sandbox);
  sandbox.faults.add({ route: 'start', kind: 'envelope', code: 6007, message: '任务忙', times: 1 });
  const answer = await ask(sandbox, 'start', id);
  expect(answer).toMatchObject({ status: 200, json: { code: 6007, status: 'error', message: '任务忙', data: [] } });
  expect(sandbox.effects('start')).toBe(0);
  sandbox.faults.add({ route: 'start', kind: 'envelope', effect: true, times: 1 });
  expect((await ask(sandbox, 'start', id)).json.status).toBe('error');
  expect(sandbox.effects('start')).toBe(1);
});

test('a redirect leads to the same route, so that following it is seen', async () => {
  const sandbox = await start();
  const id = await create(sandbox);
  sandbox.faults.add({ route: 'start', kind: 'redirect', times: 1 });
  const answer = await ask(sandbox, 'start', id);
  expect({ status: answer.status, to: answer.headers.location }).toEqual({
    status: 302,
    to: `/v1/task/start/${id}?redirected=1`,
  });
  expect(sandbox.effects('start')).toBe(0);
  await call(sandbox, 'GET', String(answer.headers.location));
  expect(sandbox.effects('start', id)).toBe(1);
});

describe('a stale list', () => {
  test('shows the account as it was before the latest change, so many times', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    sandbox.faults.add({ route: 'list', kind: 'stale', times: 2 });
    expect((await ask(sandbox, 'list', id)).json.data).toHaveLength(1);
    await ask(sandbox, 'start', id);
    expect(await item(sandbox, id)).toMatchObject({ start: 0 });
    expect(await item(sandbox, id)).toMatchObject({ start: 0 });
    expect(await item(sandbox, id)).toMatchObject({ start: 1 });
  });

  test('does not show a task just created, and still shows one just destroyed', async () => {
    const sandbox = await start();
    sandbox.faults.add({ route: 'list', kind: 'stale' });
    const id = await create(sandbox);
    expect(await item(sandbox, id)).toBeUndefined();
    await ask(sandbox, 'destroy', id);
    expect(await item(sandbox, id)).toBeDefined();
    sandbox.faults.clear();
    expect(await item(sandbox, id)).toBeUndefined();
  });
});

describe('another user', () => {
  test('changes the task right before a modify', async () => {
    let wall = Date.UTC(2030, 0, 1);
    const sandbox = await start({ wall: () => wall });
    const id = await create(sandbox);
    wall += 5000;
    sandbox.faults.add({ route: 'list', kind: 'rival', taskId: id, change: { name: 'Theirs' }, after: true, times: 1 });
    expect(await item(sandbox, id)).toMatchObject({ name: '测试任务', alter_datetime: '2030-01-01 08:00:00' });
    expect(await item(sandbox, id)).toMatchObject({ name: 'Theirs', alter_datetime: '2030-01-01 08:00:05' });
    expect(sandbox.effects('update')).toBe(0);
  });

  test('pauses what was just started, or destroys it', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    sandbox.faults.add({ route: 'start', kind: 'rival', change: { start: false }, after: true, times: 1 });
    expect((await ask(sandbox, 'start', id)).json.start).toBe(1);
    expect(await item(sandbox, id)).toMatchObject({ start: 0 });
    sandbox.faults.add({ route: 'start', kind: 'rival', change: 'destroy', times: 1 });
    expect((await ask(sandbox, 'start', id)).status).toBe(404);
  });

  test('acts at once on demand', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    sandbox.rival(id, { start: true, remark: 'by someone else' });
    expect(await item(sandbox, id)).toMatchObject({ start: 1, remark: 'by someone else' });
    sandbox.rival(id, 'destroy');
    expect(await item(sandbox, id)).toBeUndefined();
    expect(() => sandbox.rival(id, 'destroy')).toThrow(RangeError);
  });
});

describe('a list that lies', () => {
  /** Eight tasks of twenty numbers, of which one more has been dialed at each of five reads. */
  async function withHistory(): Promise<{ sandbox: DialerSandbox; read: () => Promise<Listed[]> }> {
    const sandbox = await start({ outcomes: { 1: 1 }, callSeconds: 60 });
    for (let count = 0; count < 8; count += 1) {
      const id = await create(sandbox, { maximumcall: 1 });
      await fill(sandbox, id, 20);
      await ask(sandbox, 'start', id);
    }
    const read = async (): Promise<Listed[]> =>
      (await ask(sandbox, 'list', '')).json.data.map((entity: RawListed) => ({
        id: entity.uuid,
        done: entity.progress_bar.progress,
      }));
    // Lists are remembered while a lie may be told.
    sandbox.faults.add({ route: 'list', kind: 'lie', shows: 'old', skip: 1_000 });
    for (let count = 0; count < 5; count += 1) {
      sandbox.clock.advance(60_000);
      await read();
    }
    sandbox.clock.advance(60_000);
    return { sandbox, read };
  }
  interface RawListed {
    uuid: string;
    progress_bar: { progress: number };
  }
  interface Listed {
    id: string;
    done: number;
  }
  const idsOf = (list: Listed[]): string[] => [...new Set(list.map(({ id }) => id))];

  test.each<[Lie, (told: Listed[], truth: Listed[]) => void]>([
    [
      'old',
      (told, truth) => {
        expect(idsOf(told)).toEqual(idsOf(truth));
        expect(told.every(({ done }) => done < 6 && done === told[0]?.done)).toBe(true);
      },
    ],
    [
      'lower',
      (told, truth) => {
        expect(idsOf(told)).toEqual(idsOf(truth));
        expect(told.some(({ done }) => done < 6)).toBe(true);
        expect(told.every(({ done }) => done <= 6)).toBe(true);
      },
    ],
    [
      'missing',
      (told, truth) => {
        expect(told.length).toBeLessThan(truth.length);
        expect(told).toEqual(truth.filter(({ id }) => idsOf(told).includes(id)));
      },
    ],
    [
      'doubled',
      (told, truth) => {
        expect(told.length).toBeGreaterThan(truth.length);
        expect(idsOf(told)).toEqual(idsOf(truth));
        for (const task of truth) expect(told).toContainEqual(task);
        expect(told.some(({ done }) => done < 6)).toBe(true);
      },
    ],
    ['empty', (told) => expect(told).toEqual([])],
  ])('%s, once; the next list is true again', async (shows, check) => {
    const { sandbox, read } = await withHistory();
    sandbox.faults.add({ route: 'list', kind: 'lie', shows, times: 1 });
    const told = await read();
    const truth = await read();
    expect(truth.map(({ done }) => done)).toEqual(Array(8).fill(6));
    check(told, truth);
    expect(sandbox.requests.at(-2)?.faults).toEqual(['lie']);
  });
});

test('a lie for one list, while no other is planned', async () => {
  const sandbox = await start();
  await create(sandbox);
  sandbox.faults.add({ route: 'list', kind: 'lie', shows: 'empty', times: 1 });
  expect((await ask(sandbox, 'list', '')).json.data).toEqual([]);
  expect((await ask(sandbox, 'list', '')).json.data).toHaveLength(1);
});

describe('counting', () => {
  test('a share of the requests, the same ones with the same seed', async () => {
    const failed = async (seed: number): Promise<string> => {
      const sandbox = await start({ seed });
      sandbox.faults.add({ route: 'list', kind: 'status', status: 500, share: 0.2 });
      const statuses: number[] = [];
      for (let count = 0; count < 100; count += 1) statuses.push((await ask(sandbox, 'list', '')).status);
      return statuses.map((status) => (status === 500 ? 'x' : '.')).join('');
    };
    const first = await failed(1);
    expect(first.replaceAll('.', '').length).toBeGreaterThan(8);
    expect(first.replaceAll('.', '').length).toBeLessThan(35);
    expect(await failed(1)).toBe(first);
    expect(await failed(2)).not.toBe(first);
  });

  test('skip lets requests pass, taskId spares other tasks, an id clears one fault', async () => {
    const sandbox = await start();
    const [first, second] = [await create(sandbox), await create(sandbox)];
    const fault = sandbox.faults.add({ route: 'start', kind: 'status', status: 500, taskId: first, skip: 1, times: 1 });
    expect((await ask(sandbox, 'start', second)).status).toBe(200);
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await ask(sandbox, 'start', first)).status);
    expect(statuses).toEqual([200, 500, 200]);
    sandbox.faults.clear(fault);
    const kept = sandbox.faults.add({ route: 'stop', kind: 'empty' });
    expect(sandbox.faults.list()).toEqual([{ id: kept, fault: { route: 'stop', kind: 'empty' }, left: null }]);
  });

  test('of two faults that replace the answer one happens at a time', async () => {
    const sandbox = await start();
    sandbox.faults.add({ route: '*', kind: 'status', status: 500, times: 1 });
    sandbox.faults.add({ route: '*', kind: 'status', status: 503, times: 1 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await ask(sandbox, 'list', '')).status);
    expect(statuses).toEqual([500, 503, 200]);
  });

  test('the platform is down for a while', async () => {
    let wall = 1_900_000_000_000;
    const sandbox = await start({ wall: () => wall });
    sandbox.platformDown(5000);
    await expect(ask(sandbox, 'create', '')).rejects.toThrow();
    wall += 4999;
    await expect(ask(sandbox, 'list', '')).rejects.toThrow();
    wall += 1;
    expect((await ask(sandbox, 'list', '')).json.data).toEqual([]);
  });

  test('a malformed fault is refused', async () => {
    const sandbox = await start();
    expect(() => sandbox.faults.add({ route: 'list', kind: 'status', status: 99 })).toThrow();
    expect(() => sandbox.faults.add({ route: 'list', kind: 'delay', ms: -5 })).toThrow();
  });
});
