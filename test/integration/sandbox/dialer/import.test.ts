import { describe, expect, test } from '@jest/globals';
import type { DialerSandbox } from '../../../../sandbox/dialer/server.ts';
import { type Asked, call, create, item, phones, start } from '../../../support/sandbox/dialer-call.ts';

const two = [{ phone: '13800138000', name: '张三' }, { phone: '057188765008' }];
const boundary = '----form5d2';
const upload = [
  `--${boundary}`,
  'Content-Disposition: form-data; name="file"; filename="numbers.csv"',
  'Content-Type: text/csv',
  '',
  'phone,name\n13800138000,张三\n057188765008',
  `--${boundary}--`,
  '',
].join('\r\n');

const send = (sandbox: DialerSandbox, id: string, asked: Asked) =>
  call(sandbox, 'POST', `/v1/task/import_task_customer/${id}`, asked);

describe('body presets', () => {
  test.each<[string, Asked]>([
    ['customer_info_list', { body: { customer_info_list: two } }],
    ['customerInfoList', { body: { customerInfoList: two } }],
    ['data', { body: { data: two } }],
    ['a bare array', { body: two }],
    [
      'a form',
      {
        raw: new URLSearchParams({
          'customer_info_list[0][phone]': '13800138000',
          'customer_info_list[0][name]': '张三',
          'customer_info_list[1][phone]': '057188765008',
        }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
    ['a file', { raw: upload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }],
  ])('%s', async (_name, asked) => {
    const sandbox = await start();
    const id = await create(sandbox);
    expect((await send(sandbox, id, asked)).json).toEqual({ message: '导入成功', total: 2, success: 2, failed: 0 });
    expect(sandbox.numbers(id)).toEqual([
      { phone: '13800138000', name: '张三', status: 0, attempts: 0 },
      { phone: '057188765008', name: null, status: 0, attempts: 0 },
    ]);
    expect((await item(sandbox, id)).progress_bar).toEqual({ total: 2, progress: 0, percent: 0 });
    expect(sandbox.effects('import', id)).toBe(1);
  });

  test('phones alone', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    expect((await send(sandbox, id, { body: { data: ['13800138000', '+8613800138001'] } })).status).toBe(200);
    expect(sandbox.numbers(id).map(({ phone }) => phone)).toEqual(['13800138000', '+8613800138001']);
  });

  test('one key and one mapping of its own', async () => {
    const sandbox = await start({
      switches: { importKey: 'rows', importPhoneKey: 'mobile', importNameKey: 'customer' },
    });
    const id = await create(sandbox);
    expect((await send(sandbox, id, { body: { customer_info_list: two } })).status).toBe(422);
    expect((await send(sandbox, id, { body: two })).status).toBe(422);
    expect((await send(sandbox, id, { body: { rows: two } })).json.errors).toHaveProperty(['rows.0.mobile']);
    const rows = [{ mobile: '13800138000', customer: 'Li' }];
    expect((await send(sandbox, id, { body: { rows } })).status).toBe(200);
    expect(sandbox.numbers(id)).toMatchObject([{ phone: '13800138000', name: 'Li' }]);
  });
});

test('the bare array alone', async () => {
  const sandbox = await start({ switches: { importKey: '[]' } });
  const id = await create(sandbox);
  expect((await send(sandbox, id, { body: { data: two } })).status).toBe(422);
  expect((await send(sandbox, id, { body: two })).status).toBe(200);
});

describe('refusals', () => {
  test.each<[string, Asked, number]>([
    ['no JSON', { raw: 'phone=1', headers: { 'content-type': 'application/json' } }, 400],
    ['no list', { body: { numbers: two } }, 422],
    ['an empty list', { body: { customer_info_list: [] } }, 422],
    ['a number that is no string', { body: { customer_info_list: [{ phone: 13800138000 }] } }, 422],
    ['a bad number', { body: { customer_info_list: [...two, { phone: '12345' }] } }, 422],
    ['a number with a space', { body: { customer_info_list: [{ phone: '138 0013 8000' }] } }, 422],
    ['101 rows', { body: { customer_info_list: phones(101) } }, 422],
  ])('%s: nothing is imported', async (_what, asked, status) => {
    const sandbox = await start();
    const id = await create(sandbox);
    expect((await send(sandbox, id, asked)).status).toBe(status);
    expect(sandbox.numbers(id)).toEqual([]);
    expect(sandbox.effects('import')).toBe(0);
  });

  test('a duplicate aborts the whole request', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    await send(sandbox, id, { body: two });
    const again = await send(sandbox, id, { body: { customer_info_list: [...phones(3), two[0]] } });
    expect(again.status).toBe(422);
    expect(again.json.message).toBe('号码已存在: 13800138000');
    expect(sandbox.numbers(id)).toHaveLength(2);
    const twice = await send(sandbox, id, { body: [phones(1)[0], phones(1)[0]] });
    expect(twice.status).toBe(422);
  });

  test('or leaves that row out', async () => {
    const sandbox = await start({ switches: { importDuplicates: 'skip' } });
    const id = await create(sandbox);
    await send(sandbox, id, { body: two });
    const again = await send(sandbox, id, { body: { customer_info_list: [...phones(3), two[0]] } });
    expect(again.json).toMatchObject({ total: 4, success: 3, failed: 1 });
    expect(sandbox.numbers(id)).toHaveLength(5);
  });

  test('the same number in another task is no duplicate', async () => {
    const sandbox = await start();
    for (const id of [await create(sandbox), await create(sandbox)]) {
      expect((await send(sandbox, id, { body: two })).status).toBe(200);
    }
  });

  test('a running task: allowed, or refused with 6007', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    await call(sandbox, 'GET', `/v1/task/start/${id}`);
    expect((await send(sandbox, id, { body: phones(1) })).status).toBe(200);
    sandbox.setSwitches({ importWhileRunning: 'refuse' });
    const laravel = await send(sandbox, id, { body: phones(1, 5) });
    expect(laravel).toMatchObject({ status: 422, json: { code: 6007, message: '任务正在运行中,请先暂停任务' } });
    sandbox.setSwitches({ refusals: 'envelope' });
    const envelope = await send(sandbox, id, { body: phones(1, 5) });
    expect(envelope).toMatchObject({ status: 200, json: { code: 6007, status: 'error' } });
    await call(sandbox, 'GET', `/v1/task/stop/${id}`);
    expect((await send(sandbox, id, { body: phones(1, 5) })).json.message).toBe('导入成功');
  });
});
