import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAccount } from '../../support/dialer/account.ts';
import { createPlatform, dialerFor, html, json, reset } from '../../support/dialer/platform.ts';

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
/** The task gains `rows` numbers, whatever was sent. */
function grow(rows: number) {
  const task = account.tasks.get('t1');
  const bar = task?.progress_bar as { total: number; progress: number };
  account.tasks.set('t1', { ...task, progress_bar: { ...bar, total: bar.total + rows } });
}

describe('an import', () => {
  test('is judged by how far the total grew, read before when it is not given', async () => {
    expect(await dialer.importNumbers('t1', batch, null)).toEqual({
      kind: 'done',
      value: { accepted: 3, totalAfter: 5 },
    });
    expect(await dialer.importNumbers('t1', batch, 5)).toEqual({
      kind: 'done',
      value: { accepted: 3, totalAfter: 8 },
    });
    expect(platform.count(path)).toBe(2);
    expect(platform.received.find((one) => one.path === path)?.body).toBe(
      '{"customer_info_list":[{"phone":"13800138000","name":"王小明"},{"phone":"13800138001"},{"phone":"13800138002"}]}',
    );
  });

  test('of nothing sends nothing', async () => {
    expect(await dialer.importNumbers('t1', [], 7)).toEqual({ kind: 'done', value: { accepted: 0, totalAfter: 7 } });
    expect(platform.received).toHaveLength(0);
  });

  test('of which a part was left out', async () => {
    account.troubles.set('import', {
      effect: false,
      answer: (response) => {
        grow(2);
        json(response, { message: 'ok' });
      },
    });
    expect(await dialer.importNumbers('t1', batch, 2)).toMatchObject({ value: { accepted: 2, totalAfter: 4 } });
  });

  test('counted by the platform itself', async () => {
    account.troubles.set('import', {
      effect: false,
      answer: (response) => {
        grow(9);
        json(response, { code: 200, data: { success: 2, failed: 1 } });
      },
    });
    expect(await dialer.importNumbers('t1', batch, 2)).toMatchObject({ value: { accepted: 2, totalAfter: 11 } });
  });

  test('beside somebody else’s: how much of it was ours is not known', async () => {
    account.troubles.set('import', {
      effect: false,
      answer: (response) => {
        grow(9);
        json(response, '');
      },
    });
    expect(await dialer.importNumbers('t1', batch, 2)).toMatchObject({
      kind: 'done',
      value: { accepted: null, totalAfter: 11 },
    });
  });

  test('accepted while no total can be read', async () => {
    account.troubles.set('list', { effect: false, answer: (response) => html(response, 503) });
    expect(await dialer.importNumbers('t1', batch, 2)).toEqual({
      kind: 'done',
      value: { accepted: null, totalAfter: null },
    });
  });

  test.each([
    [0, 'unknown'],
    [2, 'unknown'],
    [3, 'done'],
    [4, 'unknown'],
  ])('whose answer was lost, and the total grew by %d of 3: %s', async (rows, kind) => {
    account.troubles.set('import', {
      effect: false,
      answer: (response) => {
        grow(rows);
        reset(response);
      },
    });
    expect(await dialer.importNumbers('t1', batch, 2)).toMatchObject({ kind });
    expect(platform.count(path)).toBe(1);
  });

  test('whose answer was lost, without a total to compare with', async () => {
    account.tasks.set('t1', { ...account.tasks.get('t1'), progress_bar: null });
    account.troubles.set('import', { effect: true, answer: reset });
    expect(await dialer.importNumbers('t1', batch, null)).toMatchObject({ kind: 'unknown' });
  });

  test('whose answer was lost right after one that has not shown yet is not judged by the late numbers of that one', async () => {
    account.troubles.set('import', { effect: false, answer: (response) => json(response, '') });
    const first = await dialer.importNumbers('t1', batch, 2);
    expect(first).toMatchObject({ kind: 'done', value: { accepted: 0, totalAfter: 2 } });
    account.troubles.set('import', {
      effect: false,
      answer: (response) => {
        grow(3);
        reset(response);
      },
    });
    expect(await dialer.importNumbers('t1', batch, 2)).toMatchObject({ kind: 'unknown' });
  });

  test('takes its totals from the progress endpoint when there is one', async () => {
    const { dialer: other } = dialerFor(platform.url, { progressPath: '/v1/task/progress/{id}' });
    let total = 100;
    platform.set((request, response) => {
      if (request.path === '/v1/task/progress/t1') return json(response, { data: { total, progress: 0 } });
      total += 3;
      return reset(response);
    });
    expect(await other.importNumbers('t1', batch, null)).toEqual({
      kind: 'done',
      value: { accepted: 3, totalAfter: 103 },
    });
    other.close();
  });
});
