import { describe, expect, test } from '@jest/globals';
import { shanghaiDatetime } from '../../../../sandbox/dialer/clock.ts';
import { routes } from '../../../../sandbox/dialer/routes.ts';
import { seededLineIds, seededQuietIds } from '../../../../sandbox/dialer/seed-ids.ts';
import { call, create, definition, item, morning, phones, start } from '../../../support/sandbox/dialer-call.ts';

const createdKeys = [
  'start',
  'alter_datetime',
  'destination_dialplan',
  'destination_context',
  'originate_variables',
  'maximumcall',
  'recycle_limit',
  'name',
  'remark',
  'destination_extension',
  'disable_dial_timegroup',
  'random_assignment_number',
  'caller_line_id',
  'call_pause_second',
  '_originate_timeout',
  'customer_service_id',
  'auto_recycle_rule_id',
  '_origination_caller_id_number',
  'dial_format',
  'call_notify_url',
  'call_notify_type',
  'uuid',
  'user_id',
  'create_datetime',
  'start_str',
  'group_str',
  'progress_bar',
  'group',
];
const listedKeys = [
  ...createdKeys,
  'call_per_second',
  'scheduling_policy_ratio',
  'scheduling_queue',
  'domain',
  'sort',
  'caller_line',
  'auto_recycle_rule',
  'disable_time_group',
];

describe('the eight routes', () => {
  test('init lists everything, usable or not, under meta', async () => {
    const sandbox = await start({ account: 'morning' });
    const { status, json } = await call(sandbox, 'GET', '/v1/task/create');
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual(['meta']);
    const { meta } = json;
    expect(Object.keys(meta).sort()).toEqual([
      'auto_recycle_rules',
      'caller_line_list',
      'customer_service',
      'enum_disable_dial_timegroup',
      'max_recycle_limit',
      'outbound_group',
    ]);
    expect(meta.max_recycle_limit).toBe('50');
    expect(Object.keys(meta.caller_line_list[0])).toEqual([
      'name',
      'value',
      'residue',
      'call_line',
      'available_at',
      'call_number',
    ]);
    const residues = meta.caller_line_list.map((line: { residue: number }) => line.residue);
    expect(residues).toEqual(expect.arrayContaining([0, 1]));
    const soon = meta.caller_line_list.filter(
      (line: { available_at: string }) => line.available_at < shanghaiDatetime(Date.now() + 7 * 86_400_000),
    );
    expect(soon).toHaveLength(1);
    expect(meta.auto_recycle_rules.some((rule: { status: boolean }) => !rule.status)).toBe(true);
    expect(meta.customer_service.some((group: { status: number }) => group.status === 0)).toBe(true);
    expect(meta.customer_service.some((group: { caller_line_id: unknown }) => group.caller_line_id === null)).toBe(
      true,
    );
    expect(meta.outbound_group.some((script: { debug: boolean }) => script.debug)).toBe(true);
    expect(meta.outbound_group.some((script: { deleted_at: unknown }) => script.deleted_at !== null)).toBe(true);
    expect(Object.keys(meta.enum_disable_dial_timegroup[0])).toEqual(['uuid', 'name']);
  });

  test('create returns the bare entity: paused, without numbers, dated in real time', async () => {
    const wall = Date.UTC(2030, 0, 1, 16, 0, 5);
    const sandbox = await start({ wall: () => wall });
    const body = definition({ remark: '第一个任务', customer_service_id: 21 });
    const { status, json } = await call(sandbox, 'POST', '/v1/task', { body });
    expect(status).toBe(200);
    expect(Object.keys(json).sort()).toEqual([...createdKeys].sort());
    expect(json).toMatchObject({
      ...body,
      start: 0,
      start_str: '暂停',
      create_datetime: '2030-01-02 00:00:05',
      alter_datetime: '2030-01-02 00:00:05',
      progress_bar: { total: 0, progress: 0, percent: 0 },
      group_str: '会员回访标准话术',
      group: { id: 297, link_word_group_id: null, tag_scene_id: null, default: true },
    });
  });

  test('the list adds the nested objects, newest first', async () => {
    const sandbox = await start();
    const first = await create(sandbox);
    const second = await create(sandbox, { name: 'Second' });
    const { json } = await call(sandbox, 'GET', '/v1/task');
    expect(Object.keys(json)).toEqual(['data']);
    expect(json.data.map((task: { uuid: string }) => task.uuid)).toEqual([second, first]);
    expect(Object.keys(json.data[0]).sort()).toEqual([...listedKeys].sort());
    expect(json.data[0]).toMatchObject({
      customer_service_id: null,
      remark: null,
      caller_line: { id: seededLineIds.hangzhou, call_line: 30, call_line_used: 4, node_status: '1', feature: 7 },
      auto_recycle_rule: { id: 103, is_default: true, status: true },
      disable_time_group: { uuid: seededQuietIds.none, domain: '', created_at: null },
    });
    expect(Object.keys(json.data[0].group)).not.toContain('link_word_group_id');
  });

  test('modify replaces the definition and moves only alter_datetime', async () => {
    let wall = Date.UTC(2030, 0, 1, 2, 0, 0);
    const sandbox = await start({ wall: () => wall });
    const id = await create(sandbox, { remark: 'gone after the change', customer_service_id: 21 });
    wall += 90_000;
    const body = definition({ name: 'Renamed', maximumcall: 5 });
    const { status, json } = await call(sandbox, 'PUT', `/v1/task/${id}`, { body });
    expect(status).toBe(200);
    expect(json).toMatchObject({ uuid: id, name: 'Renamed', maximumcall: 5, remark: null, customer_service_id: null });
    expect(await item(sandbox, id)).toMatchObject({
      create_datetime: '2030-01-01 10:00:00',
      alter_datetime: '2030-01-01 10:01:30',
    });
  });

  test('start and stop are idempotent, and every one of them counts', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    for (const expected of [1, 1]) {
      expect((await call(sandbox, 'GET', `/v1/task/start/${id}`)).json.start).toBe(expected);
    }
    expect(await item(sandbox, id)).toMatchObject({ start: 1, start_str: '开启' });
    expect(sandbox.effects('start', id)).toBe(2);
    await call(sandbox, 'GET', `/v1/task/stop/${id}`);
    await call(sandbox, 'GET', `/v1/task/stop/${id}`);
    expect(await item(sandbox, id)).toMatchObject({ start: 0 });
    expect(sandbox.effects('stop', id)).toBe(2);
  });

  test('a destroyed task is 404 for everything afterward', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    expect((await call(sandbox, 'GET', `/v1/task/destroy/${id}`)).status).toBe(200);
    expect(await item(sandbox, id)).toBeUndefined();
    const later = await Promise.all([
      call(sandbox, 'GET', `/v1/task/destroy/${id}`),
      call(sandbox, 'GET', `/v1/task/start/${id}`),
      call(sandbox, 'GET', `/v1/task/stop/${id}`),
      call(sandbox, 'PUT', `/v1/task/${id}`, { body: definition() }),
      call(sandbox, 'POST', `/v1/task/import_task_customer/${id}`, { body: phones(1) }),
    ]);
    expect(later.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(later[0]?.json.message).toBe('任务不存在');
    expect(sandbox.effects('destroy')).toBe(1);
  });

  test('ids in the path are decoded', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    const encoded = id.replace(/-/g, '%2D');
    expect((await call(sandbox, 'GET', `/v1/task/start/${encoded}`)).json.uuid).toBe(id);
    expect((await call(sandbox, 'GET', '/v1/task/start/%E0%A4%A')).status).toBe(404);
  });
});

describe('the gate', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/v1/tasks'],
    ['GET', '/v1/task/'],
    ['GET', '/v2/task'],
    ['GET', '/v1/task/start/'],
    ['GET', '/v1/task/start/a/b'],
    ['POST', '/v1/task/import_task_customer'],
  ])('%s %s is 404 or a wrong method, never a route', async (method, path) => {
    const sandbox = await start();
    expect([404, 405]).toContain((await call(sandbox, method, path)).status);
    expect(sandbox.requests.at(-1)).toMatchObject({ route: null, effect: false });
  });

  test.each([
    ['DELETE', '/v1/task', 'POST, GET'],
    ['GET', '/v1/task/some-id', 'PUT'],
    ['POST', '/v1/task/start/some-id', 'GET'],
    ['DELETE', '/v1/task/destroy/some-id', 'GET'],
    ['GET', '/v1/task/import_task_customer/some-id', 'POST'],
  ])('%s %s is 405 and names %s', async (method, path, allow) => {
    const sandbox = await start();
    const { status, headers } = await call(sandbox, method, path);
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow });
  });

  test('every route asks for the token', async () => {
    const sandbox = await start({ switches: { progress: 'root' } });
    const id = await create(sandbox);
    for (const { method, path } of routes) {
      for (const authorization of ['', 'Bearer wrong', sandbox.token]) {
        const answer = await call(sandbox, method, path.replace('{id}', id), { headers: { authorization } });
        expect({ path, status: answer.status, json: answer.json }).toEqual({
          path,
          status: 401,
          json: { message: 'Unauthenticated.' },
        });
      }
    }
    expect(sandbox.effects('start')).toBe(0);
  });

  test('a token that was replaced is refused', async () => {
    const sandbox = await start();
    const former = sandbox.token;
    expect(sandbox.replaceToken()).toBe(sandbox.token);
    expect((await call(sandbox, 'GET', '/v1/task')).status).toBe(200);
    const refused = await call(sandbox, 'GET', '/v1/task', { headers: { authorization: `Bearer ${former}` } });
    expect(refused.status).toBe(401);
  });

  test('the token may be alone in another header', async () => {
    const sandbox = await start({ authHeader: 'X-Api-Token', authScheme: '', token: 'opaque' });
    const { status } = await call(sandbox, 'GET', '/v1/task', { headers: { 'x-api-token': 'opaque' } });
    expect(status).toBe(200);
    expect(sandbox.requests.at(-1)?.headers).not.toHaveProperty('x-api-token');
  });
});

describe('HEAD', () => {
  test('takes effect on a mutating GET, as where HEAD is served by the GET handler', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    const { status, text } = await call(sandbox, 'HEAD', `/v1/task/start/${id}`);
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(sandbox.effects('start', id)).toBe(1);
    expect(sandbox.requests.at(-1)).toMatchObject({ method: 'HEAD', effect: true });
  });

  test('does nothing when switched so', async () => {
    const sandbox = await start({ switches: { headMutates: false } });
    const id = await create(sandbox);
    await call(sandbox, 'HEAD', `/v1/task/destroy/${id}`);
    expect(await item(sandbox, id)).toBeDefined();
    expect(sandbox.effects('destroy')).toBe(0);
  });
});

describe('the record', () => {
  test('keeps method, path, body byte for byte and headers, but no token', async () => {
    const sandbox = await start();
    const raw = JSON.stringify(definition(), null, 3);
    await call(sandbox, 'POST', '/v1/task?x=1', {
      raw,
      headers: { 'content-type': 'application/json', 'x-trace': 'abc' },
    });
    const [recorded] = sandbox.requests;
    expect(recorded).toMatchObject({
      ordinal: 1,
      method: 'POST',
      path: '/v1/task?x=1',
      body: raw,
      route: 'create',
      effect: true,
      status: 200,
      faults: [],
    });
    expect(recorded?.headers).toMatchObject({ 'x-trace': 'abc', 'content-type': 'application/json' });
    expect(JSON.stringify(sandbox.requests)).not.toContain(sandbox.token);
    expect(sandbox.effects('create', recorded?.taskId ?? '')).toBe(1);
  });

  test('a refused request has no effect', async () => {
    const sandbox = await start();
    await call(sandbox, 'POST', '/v1/task', { body: definition({ name: '' }) });
    expect(sandbox.requests[0]).toMatchObject({ effect: false, status: 422, taskId: '' });
    expect(sandbox.effects('create')).toBe(0);
  });
});

describe('responses that the document leaves open', () => {
  test.each([
    ['message', '{"message":"启动成功"}'],
    ['envelope', '{"code":200,"status":"success","message":"启动成功"}'],
    ['empty', ''],
  ] as const)('%s', async (answers, expected) => {
    const sandbox = await start({ switches: { answers } });
    const id = await create(sandbox);
    const { status, text } = await call(sandbox, 'GET', `/v1/task/start/${id}`);
    expect({ status, text }).toEqual({ status: 200, text: expected });
  });
});

describe('reset', () => {
  test('goes back to the first moment', async () => {
    const sandbox = await start({ account: 'morning', switches: { paging: 'laravel' } });
    const before = sandbox.tasks;
    await create(sandbox);
    sandbox.clock.advance(3_600_000);
    sandbox.setSwitches({ paging: 'ignored' });
    sandbox.faults.add({ route: '*', kind: 'drop', effect: false });
    sandbox.reset();
    expect(sandbox.tasks).toEqual(before);
    expect(sandbox.requests).toEqual([]);
    expect(sandbox.faults.list()).toEqual([]);
    expect(sandbox.switches.paging).toBe('laravel');
    expect(sandbox.clock.now()).toBe(morning);
    expect((await call(sandbox, 'GET', '/v1/task')).status).toBe(200);
    expect(sandbox.effects('create')).toBe(0);
  });
});
