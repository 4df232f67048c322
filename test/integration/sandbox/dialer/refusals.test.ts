import { describe, expect, test } from '@jest/globals';
import { longScriptId } from '../../../../sandbox/dialer/noise.ts';
import { seededLineIds } from '../../../../sandbox/dialer/seed-ids.ts';
import { call, create, definition, item, residue, start } from '../../../support/sandbox/dialer-call.ts';

const refused: [what: string, change: Record<string, unknown>, field: string][] = [
  ['no name', { name: undefined }, 'name'],
  ['a blank name', { name: '  ' }, 'name'],
  ['a name that is no string', { name: 5 }, 'name'],
  ['a name of 101 characters', { name: '名'.repeat(101) }, 'name'],
  ['a remark of null', { remark: null }, 'remark'],
  ['no line', { caller_line_id: undefined }, 'caller_line_id'],
  ['an unknown line', { caller_line_id: 'nowhere' }, 'caller_line_id'],
  ['no script', { destination_extension: undefined }, 'destination_extension'],
  ['an unknown script', { destination_extension: 4 }, 'destination_extension'],
  ['a deleted script', { destination_extension: 811 }, 'destination_extension'],
  ['a script as a string', { destination_extension: '297' }, 'destination_extension'],
  ['no quiet hours', { disable_dial_timegroup: undefined }, 'disable_dial_timegroup'],
  ['unknown quiet hours', { disable_dial_timegroup: 'never' }, 'disable_dial_timegroup'],
  ['no redial rule', { auto_recycle_rule_id: undefined }, 'auto_recycle_rule_id'],
  ['an unknown redial rule', { auto_recycle_rule_id: 2 }, 'auto_recycle_rule_id'],
  ['no concurrency', { maximumcall: undefined }, 'maximumcall'],
  ['a concurrency of 0', { maximumcall: 0 }, 'maximumcall'],
  ['a concurrency of 1.5', { maximumcall: 1.5 }, 'maximumcall'],
  ['a concurrency as a string', { maximumcall: '2' }, 'maximumcall'],
  ['more than the residue', { maximumcall: 31 }, 'maximumcall'],
  ['no ring timeout', { _originate_timeout: undefined }, '_originate_timeout'],
  ['no pause', { call_pause_second: undefined }, 'call_pause_second'],
  ['a pause below 0', { call_pause_second: -1 }, 'call_pause_second'],
  ['recycle_limit 1', { recycle_limit: 1 }, 'recycle_limit'],
  ['no recycle_limit', { recycle_limit: undefined }, 'recycle_limit'],
  ['random_assignment_number 1', { random_assignment_number: 1 }, 'random_assignment_number'],
  ['no random_assignment_number', { random_assignment_number: undefined }, 'random_assignment_number'],
  ['an unknown agent group', { customer_service_id: 99 }, 'customer_service_id'],
  ['an agent group with status 0', { customer_service_id: 23 }, 'customer_service_id'],
  ['an agent group without line', { customer_service_id: 24 }, 'customer_service_id'],
  ['an agent group of null', { customer_service_id: null }, 'customer_service_id'],
];

describe('create and modify refuse', () => {
  test.each(refused)('%s', async (_what, change, field) => {
    const sandbox = await start();
    const id = await create(sandbox, { name: 'Untouched' });
    const body = definition(change);
    const created = await call(sandbox, 'POST', '/v1/task', { body });
    expect(created.status).toBe(422);
    expect(Object.keys(created.json.errors)).toEqual([field]);
    const updated = await call(sandbox, 'PUT', `/v1/task/${id}`, { body });
    expect(updated.status).toBe(422);
    expect(updated.json).toMatchObject({
      message: expect.stringContaining(field),
      errors: { [field]: expect.any(Array) },
    });
    expect(await item(sandbox, id)).toMatchObject({ name: 'Untouched' });
    expect(sandbox.tasks).toHaveLength(1);
  });

  test('a body that is no JSON', async () => {
    const sandbox = await start();
    expect((await call(sandbox, 'POST', '/v1/task', { raw: '{"name":' })).status).toBe(400);
    expect((await call(sandbox, 'POST', '/v1/task', { raw: '[]' })).status).toBe(422);
  });

  test('in the form of an envelope when switched so', async () => {
    const sandbox = await start({ switches: { refusals: 'envelope' } });
    const invalid = await call(sandbox, 'POST', '/v1/task', { body: definition({ maximumcall: 31 }) });
    expect(invalid.status).toBe(200);
    expect(invalid.json).toEqual({
      code: 422,
      status: 'error',
      message: 'maximumcall 并发数不得超过线路剩余并发 30',
      data: [],
    });
    const unknown = await call(sandbox, 'GET', '/v1/task/start/nothing');
    expect(unknown).toMatchObject({ status: 200, json: { code: 404, status: 'error' } });
  });

  test('parameters beside the data key when they belong under it', async () => {
    const sandbox = await start({ switches: { bodyUnderData: true } });
    expect((await call(sandbox, 'POST', '/v1/task', { body: definition() })).status).toBe(422);
    expect((await call(sandbox, 'POST', '/v1/task', { body: { data: definition() } })).status).toBe(200);
  });

  test('script ids that lost digits, when ids are long', async () => {
    const sandbox = await start({ switches: { noise: ['longIds'] } });
    const { json } = await call(sandbox, 'GET', '/v1/task/create');
    const id: string = json.meta.outbound_group[0].id;
    expect(id).toBe(longScriptId(297));
    expect(String(Number(id))).not.toBe(id);
    const exact = await call(sandbox, 'POST', '/v1/task', { body: definition({ destination_extension: id }) });
    expect(exact.json).toMatchObject({ destination_extension: id, group: { id } });
    const rounded = await call(sandbox, 'POST', '/v1/task', {
      body: definition({ destination_extension: Number(id) }),
    });
    expect(rounded.status).toBe(422);
  });
});

describe('residue', () => {
  const line = seededLineIds.hangzhou;

  test('a task holds its line from creation until it is destroyed', async () => {
    const sandbox = await start();
    const id = await create(sandbox, { maximumcall: 8 });
    expect(await residue(sandbox, line)).toBe(22);
    await call(sandbox, 'GET', `/v1/task/start/${id}`);
    expect(await residue(sandbox, line)).toBe(22);
    await call(sandbox, 'GET', `/v1/task/destroy/${id}`);
    expect(await residue(sandbox, line)).toBe(30);
  });

  test('or only while it is switched on', async () => {
    const sandbox = await start({ switches: { holding: 'started' } });
    const id = await create(sandbox, { maximumcall: 8 });
    expect(await residue(sandbox, line)).toBe(30);
    await call(sandbox, 'GET', `/v1/task/start/${id}`);
    expect(await residue(sandbox, line)).toBe(22);
    await call(sandbox, 'GET', `/v1/task/stop/${id}`);
    expect(await residue(sandbox, line)).toBe(30);
  });

  test('a modify may use what the task itself holds, and no more', async () => {
    const sandbox = await start();
    await create(sandbox, { maximumcall: 20 });
    const id = await create(sandbox, { maximumcall: 10 });
    expect(await residue(sandbox, line)).toBe(0);
    expect((await call(sandbox, 'PUT', `/v1/task/${id}`, { body: definition({ maximumcall: 10 }) })).status).toBe(200);
    const more = await call(sandbox, 'PUT', `/v1/task/${id}`, { body: definition({ maximumcall: 11 }) });
    expect(more.json.errors.maximumcall).toEqual(['并发数不得超过线路剩余并发 10']);
    const moved = definition({ maximumcall: 10, caller_line_id: seededLineIds.trunk });
    expect((await call(sandbox, 'PUT', `/v1/task/${id}`, { body: moved })).status).toBe(200);
    expect(await residue(sandbox, line)).toBe(10);
  });

  test('a line with residue 1 is refused in strict mode only', async () => {
    const sandbox = await start();
    const single = definition({ caller_line_id: seededLineIds.single, maximumcall: 1 });
    sandbox.setSwitches({ strict: true });
    const { status, json } = await call(sandbox, 'POST', '/v1/task', { body: single });
    expect({ status, fields: Object.keys(json.errors) }).toEqual({ status: 422, fields: ['caller_line_id'] });
    const off = await call(sandbox, 'POST', '/v1/task', { body: definition({ auto_recycle_rule_id: 131 }) });
    expect(Object.keys(off.json.errors)).toEqual(['auto_recycle_rule_id']);
    sandbox.setSwitches({ strict: false });
    expect((await call(sandbox, 'POST', '/v1/task', { body: single })).status).toBe(200);
  });
});
