import { describe, expect, test } from '@jest/globals';
import { call, create, fill, start } from '../../../support/sandbox/dialer-call.ts';

describe('paging', () => {
  test('ignored: everything, whatever was asked', async () => {
    const sandbox = await start({ account: 'morning' });
    const { json } = await call(sandbox, 'GET', '/v1/task?page=3&per_page=5');
    expect(Object.keys(json)).toEqual(['data']);
    expect(json.data).toHaveLength(12);
  });

  test.each([
    ['laravel', 5],
    ['agent', '5'],
  ] as const)('%s: pages that end, empty beyond the end', async (paging, perPage) => {
    const sandbox = await start({ account: 'morning', switches: { paging } });
    const seen: string[] = [];
    for (const [page, count] of [
      [1, 5],
      [2, 5],
      [3, 2],
      [4, 0],
    ] as const) {
      const { json } = await call(sandbox, 'GET', `/v1/task?page=${page}&per_page=5`);
      expect(json.data).toHaveLength(count);
      expect(json.meta).toMatchObject({ current_page: page, last_page: 3, total: 12, per_page: perPage });
      seen.push(...json.data.map((task: { uuid: string }) => task.uuid));
    }
    expect(new Set(seen).size).toBe(12);
  });

  test('laravel gives links, agent an envelope', async () => {
    const sandbox = await start({ account: 'morning', switches: { paging: 'laravel', perPage: 5 } });
    const { json } = await call(sandbox, 'GET', '/v1/task');
    expect(json.links).toEqual({
      first: `${sandbox.url}/v1/task?page=1`,
      last: `${sandbox.url}/v1/task?page=3`,
      prev: null,
      next: `${sandbox.url}/v1/task?page=2`,
    });
    sandbox.setSwitches({ paging: 'agent' });
    const agent = (await call(sandbox, 'GET', '/v1/task')).json;
    expect(agent).toMatchObject({ code: 200, status: 'success', meta: { has_pages: true } });
  });
});

describe('noise', () => {
  test('stitched ids, numbers as strings, unannounced fields', async () => {
    const sandbox = await start({ switches: { noise: ['stitched', 'strings', 'extras'] } });
    const id = await create(sandbox);
    await call(sandbox, 'GET', `/v1/task/start/${id}`);
    const [task] = (await call(sandbox, 'GET', '/v1/task')).json.data;
    expect(task).toMatchObject({
      start: '1',
      maximumcall: '2',
      progress_bar: { total: '0' },
      ai_model: { code: 0, status: 'error' },
    });
    expect(task.caller_line.id).not.toBe(task.caller_line_id);
    expect(task.disable_time_group.uuid).not.toBe(task.disable_dial_timegroup);
  });

  test('nested objects as null or missing', async () => {
    const sandbox = await start({ switches: { noise: ['nulls'] } });
    await create(sandbox);
    await create(sandbox);
    const [even, odd] = (await call(sandbox, 'GET', '/v1/task')).json.data;
    expect(even).toMatchObject({ caller_line: null, group: null });
    expect(odd).not.toHaveProperty('caller_line');
  });
});

describe('the progress endpoint', () => {
  test('is absent unless switched on, and then responds in the chosen shape', async () => {
    const sandbox = await start({ callSeconds: 10, outcomes: { 1: 1 } });
    const id = await create(sandbox, { maximumcall: 1 });
    await fill(sandbox, id, 4);
    await call(sandbox, 'GET', `/v1/task/start/${id}`);
    sandbox.clock.advance(10_000);
    const ask = () => call(sandbox, 'GET', `/v1/task/progress/${id}`);
    expect((await ask()).status).toBe(404);
    sandbox.setSwitches({ progress: 'root' });
    expect((await ask()).json).toEqual({ total: 4, progress: 1, percent: 25 });
    sandbox.setSwitches({ progress: 'data' });
    expect((await ask()).json).toEqual({ data: { total: 4, progress: 1, percent: 25 } });
    sandbox.setSwitches({ progress: 'stat' });
    const { json } = await ask();
    expect(json.data.answer_rate).toEqual({ answered: 1, noAnswer: 0, callCompletetRate: 100, taskProgress: 25 });
    expect(json.data.number_status).toHaveLength(13);
    expect(json.data.number_status[0]).toEqual({ status: 0, status_str: '等待呼叫', count: 3 });
    expect((await call(sandbox, 'GET', '/v1/task/progress/nothing')).status).toBe(404);
  });
});

describe('accounts', () => {
  test('the morning: twelve tasks in their states', async () => {
    const sandbox = await start({ account: 'morning' });
    const tasks = new Map(sandbox.tasks.map((task) => [task.name, task]));
    expect(tasks.size).toBe(12);
    expect(tasks.get('双十一会员回访')).toMatchObject({ started: true, total: 8214, done: 5093, active: 8 });
    expect(tasks.get('早教课程邀约')).toMatchObject({ started: true, active: 0 });
    expect(tasks.get('新品试用调研')).toMatchObject({ started: false, total: 0 });
    expect(tasks.get('物业满意度调查')).toMatchObject({ started: true, total: 750, done: 750 });
    const all = sandbox.tasks.flatMap(({ uuid }) => sandbox.numbers(uuid).map(({ phone }) => phone));
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((phone) => /^1[3-9]\d{9}$/.test(phone))).toBe(true);
  });

  test('an empty one, and a huge one', async () => {
    const empty = await start({ account: 'empty' });
    const { meta } = (await call(empty, 'GET', '/v1/task/create')).json;
    expect(Object.values(meta).filter(Array.isArray)).toEqual([[], [], [], [], []]);
    expect((await call(empty, 'GET', '/v1/task')).json).toEqual({ data: [] });
    const huge = await start({ extra: { scripts: 10_000, lines: 200, tasks: 50 } });
    const { json } = await call(huge, 'GET', '/v1/task/create');
    expect(json.meta.outbound_group).toHaveLength(10_011);
    expect(json.meta.caller_line_list).toHaveLength(207);
    expect((await call(huge, 'GET', '/v1/task')).json.data).toHaveLength(50);
  });
});
