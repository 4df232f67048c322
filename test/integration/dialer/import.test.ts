import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAccount } from '../../support/dialer/account.ts';
import { createPlatform, dialerFor, json, reset } from '../../support/dialer/platform.ts';

let platform: Awaited<ReturnType<typeof createPlatform>>;
let account: ReturnType<typeof createAccount>;
let dialer: ReturnType<typeof dialerFor>['dialer'];
const path = '/v1/task/import_task_customer/t1';

beforeEach(async () => {
  account = createAccount(['t1']);
  platform = await createPlatform(account.answering);
  ({ dialer } = dialerFor(platform.url));
});
afterEach(async () => {
  dialer.close();
  await platform.close();
});

const batch = [
  { phone: '13800138000', name: '王小明' },
  { phone: '13800138001', name: null },
  { phone: '13800138002', name: null },
];
describe('an import', () => {
  test('is one request, and nothing is read back', async () => {
    expect(await dialer.importNumbers('t1', batch)).toMatchObject({ kind: 'done' });
    expect(platform.received.map((one) => one.path)).toEqual([path]);
    expect(platform.received[0]?.body).toBe(
      '{"customer_info_list":[{"phone":"13800138000","name":"王小明"},{"phone":"13800138001"},{"phone":"13800138002"}]}',
    );
  });

  test('of nothing sends nothing', async () => {
    expect(await dialer.importNumbers('t1', [])).toEqual({ kind: 'done', value: { accepted: 0 } });
    expect(platform.received).toHaveLength(0);
  });

  test.each<[string, unknown, number | null]>([
    ['counted by the platform', { code: 200, data: { success: 2, failed: 1 } }, 2],
    ['with counts that do not add up', { success: 1, failed: 0 }, null],
    ['without counts', { message: 'ok' }, null],
    ['with an empty answer', '', null],
  ])('%s', async (_, answer, accepted) => {
    account.troubles.set('import', { effect: false, answer: (response) => json(response, answer) });
    expect(await dialer.importNumbers('t1', batch)).toEqual({ kind: 'done', value: { accepted } });
  });

  test('whose answer was lost is not known, and not sent again', async () => {
    account.troubles.set('import', { effect: true, answer: reset });
    expect(await dialer.importNumbers('t1', batch)).toMatchObject({ kind: 'unknown' });
    expect(platform.count(path)).toBe(1);
  });

  test('refused in an envelope says with which code', async () => {
    const answer = { code: 500, status: 'error', message: '系统繁忙' };
    account.troubles.set('import', { effect: false, answer: (response) => json(response, answer) });
    expect(await dialer.importNumbers('t1', batch)).toMatchObject({
      kind: 'refused',
      error: { code: 'platform_rejected', details: { businessCode: 500 } },
    });
  });
});
