import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { draftOf } from '../../../src/core/model/fields.ts';
import type { Outcome } from '../../../src/core/ports.ts';
import { createAccount, type Route } from '../../support/dialer/account.ts';
import { createPlatform, dialerFor, html, json, reset, SECRET, truncate } from '../../support/dialer/platform.ts';
import { sampleDraft } from '../../support/samples.ts';

let platform: Awaited<ReturnType<typeof createPlatform>>;
let account: ReturnType<typeof createAccount>;
let dialer: ReturnType<typeof dialerFor>['dialer'];
let clock: ReturnType<typeof dialerFor>['clock'];

beforeEach(async () => {
  account = createAccount(['t1', 't2']);
  platform = await createPlatform(account.answering);
  ({ dialer, clock } = dialerFor(platform.url, { timeoutMs: 200 }));
});
afterEach(async () => {
  dialer.close();
  await platform.close();
});

const draft = sampleDraft({
  name: '新任务',
  script: '447',
  line: '37d73edf-4628-4cf1-8beb-758433fd0aab',
  concurrency: 2,
  ringTimeout: 45,
  quietHours: '146979fe-3864-4817-ad76-13b37f43bb1c',
  remark: null,
});
const none = new Set<string>();

/** Each action with the route it uses, the path it must hit exactly once and what shows its effect. */
const actions: [Route, string, () => Promise<Outcome<unknown>>, () => boolean][] = [
  ['create', '/v1/task', () => dialer.create(draft, none), () => account.tasks.has('made-1')],
  ['update', '/v1/task/t1', () => dialer.update('t1', draft), () => account.tasks.get('t1')?.name === '新任务'],
  ['start', '/v1/task/start/t1', () => dialer.start('t1'), () => account.tasks.get('t1')?.start === 1],
  ['destroy', '/v1/task/destroy/t1', () => dialer.remove('t1'), () => !account.tasks.has('t1')],
  [
    'import',
    '/v1/task/import_task_customer/t1',
    () => dialer.importNumbers('t1', [{ phone: '13800138000', name: null }]),
    () => JSON.stringify(account.tasks.get('t1')?.progress_bar).includes('"total":3'),
  ],
];
const methods: Record<string, string> = { create: 'POST', update: 'PUT', import: 'POST' };
const sentTo = (route: Route, path: string) =>
  platform.received.filter((one) => one.path === path && one.method === (methods[route] ?? 'GET')).length;

describe.each(actions)('%s', (route, path, act, effective) => {
  test('done when it is', async () => {
    expect(await act()).toMatchObject({ kind: 'done' });
    expect(effective()).toBe(true);
    expect(sentTo(route, path)).toBe(1);
  });

  const lostAnswers = {
    'a connection cut': reset,
    'no answer at all': () => {},
    'an HTML 502': (r: Parameters<typeof html>[0]) => html(r, 502),
    'an HTML 200': (r: Parameters<typeof html>[0]) => html(r, 200),
    'an answer that breaks off': (r: Parameters<typeof truncate>[0]) => truncate(r),
    'a JSON 500': (r: Parameters<typeof json>[0]) => json(r, { message: 'Server Error' }, 500),
  };
  test.each(Object.entries(lostAnswers))('%s after the effect: sent once, and done', async (_name, answer) => {
    account.troubles.set(route, { effect: true, answer });
    // An import is not read back: its ledger settles what is not known.
    expect(await act()).toMatchObject({ kind: route === 'import' ? 'unknown' : 'done' });
    expect(sentTo(route, path)).toBe(1);
    expect(account.effects).toEqual([route]);
  });

  test.each(Object.entries(lostAnswers))('%s before the effect: sent once, and unknown', async (_name, answer) => {
    account.troubles.set(route, { effect: false, answer });
    expect(await act()).toMatchObject({
      kind: 'unknown',
      error: { code: 'outcome_unknown', details: { maybeSent: true } },
    });
    expect(sentTo(route, path)).toBe(1);
    expect(effective()).toBe(false);
  });

  test.each(Object.entries(lostAnswers))('%s and no list either: unknown', async (_name, answer) => {
    account.troubles.set(route, { effect: true, answer });
    account.troubles.set('list', { effect: false, answer: (response) => html(response, 503) });
    const outcome = await act();
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'outcome_unknown' } });
    expect(inspect(outcome, { depth: 10, showHidden: true })).not.toContain(SECRET);
    expect(sentTo(route, path)).toBe(1);
  });

  test.each([
    ['platform_unauthorized', 401],
    ['platform_forbidden', 403],
    ['platform_rejected', 422],
    ['platform_rate_limited', 429],
    ['platform_redirect', 302],
  ])('%s is a refusal in the words of the platform', async (code, status) => {
    account.troubles.set(route, {
      effect: false,
      answer: (response) => json(response, { message: '线路并发不足' }, status, { location: '/v1/elsewhere' }),
    });
    expect(await act()).toMatchObject({
      kind: 'refused',
      error: { code, details: { status, platformMessage: '线路并发不足' } },
    });
    expect(sentTo(route, path)).toBe(1);
    expect(platform.count('/v1/elsewhere')).toBe(0);
    expect(effective()).toBe(false);
  });

  test('an error envelope on 200 is a refusal', async () => {
    account.troubles.set(route, {
      effect: false,
      answer: (response) => json(response, { code: 6007, status: 'error', message: '请先停止任务' }),
    });
    expect(await act()).toMatchObject({
      kind: 'refused',
      error: { code: 'platform_task_running', details: { platformMessage: '请先停止任务' } },
    });
  });

  test('a request that never left is a refusal', async () => {
    await platform.close();
    expect(await act()).toMatchObject({ kind: 'refused', error: { code: 'platform_unreachable' } });
  });

  test('goes out on a connection of its own', async () => {
    await dialer.list();
    await act();
    const sent = platform.received.filter((one) => one.path === path && one.method === (methods[route] ?? 'GET'));
    expect(sent.at(-1)?.headers.connection).toBe('close');
    expect(platform.received[0]?.headers.connection).toBe('keep-alive');
  });
});

describe('start and pause', () => {
  test('accepted, but the list lags behind: read again until it shows', async () => {
    account.troubles.set('list', {
      effect: false,
      times: 4,
      answer: (response) => json(response, { data: [{ uuid: 't1', start: 0 }] }),
    });
    expect(await dialer.start('t1')).toMatchObject({ kind: 'done', value: { id: 't1', started: true } });
    expect(clock.waits).toEqual([300, 800]);
    expect(account.effects).toEqual(['start']);
  });

  test('accepted, but the list never shows it: unknown', async () => {
    account.troubles.set('start', { effect: false });
    expect(await dialer.start('t1')).toMatchObject({ kind: 'unknown', error: { code: 'outcome_unknown' } });
    expect(clock.waits).toEqual([300, 800, 1600]);
  });

  test.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a word', '"ok"'],
    ['an entity', { uuid: 't1', start: 1 }],
  ])('%s as the answer is accepted', async (_name, body) => {
    account.troubles.set('start', { effect: true, answer: (response) => json(response, body) });
    expect(await dialer.start('t1')).toMatchObject({ kind: 'done', value: { started: true } });
  });

  test('pause', async () => {
    await dialer.start('t1');
    expect(await dialer.pause('t1')).toMatchObject({ kind: 'done', value: { started: false } });
    expect(account.effects).toEqual(['start', 'stop']);
  });

  test('of a task that is gone by the time it is read', async () => {
    account.troubles.set('start', {
      effect: false,
      answer: (response) => {
        account.tasks.delete('t1');
        reset(response);
      },
    });
    expect(await dialer.start('t1')).toMatchObject({ kind: 'refused', error: { code: 'task_gone' } });
  });

  test.each([
    ['in the last of the lists', 3],
    ['in all but the first of the lists', 1],
    ['in the only list that can be read', 0],
  ])('whose answer was lost, on a task that is missing %s: unknown', async (_name, from) => {
    account.troubles.set('start', { effect: true, answer: reset });
    const task = account.tasks.get('t1');
    let lists = 0;
    account.troubles.set('list', {
      effect: false,
      answer: (response) => {
        const lacking = lists >= from;
        lists += 1;
        // As before the start: a list that lags.
        if (from === 0 && lists > 1) reset(response);
        else json(response, { data: lacking ? [] : [{ ...task, start: 0 }] });
      },
    });
    expect(await dialer.start('t1')).toMatchObject({ kind: 'unknown' });
  });

  test('of a task that never was', async () => {
    expect(await dialer.start('nope')).toMatchObject({ kind: 'refused', error: { code: 'platform_not_found' } });
  });
});

describe('remove', () => {
  test('of a task that is absent already is done', async () => {
    expect(await dialer.remove('nope')).toEqual({ kind: 'done', value: null });
    expect(platform.count('/v1/task/destroy/nope')).toBe(1);
  });

  test('404 although the task is there is a refusal', async () => {
    account.troubles.set('destroy', { effect: false, answer: (r) => json(r, { message: 'no route' }, 404) });
    expect(await dialer.remove('t1')).toMatchObject({ kind: 'refused', error: { code: 'platform_not_found' } });
  });

  test('a list that was not read to its end proves nothing', async () => {
    account.troubles.set('list', {
      effect: false,
      answer: (response) => json(response, { data: [{ name: 'no id' }, account.tasks.get('t2')] }),
    });
    expect(await dialer.remove('t1')).toMatchObject({ kind: 'unknown' });
  });
});

describe('update', () => {
  test('sends the whole definition', async () => {
    await dialer.update('t1', draft);
    expect(JSON.parse(platform.received[0]?.body ?? '')).toStrictEqual({
      caller_line_id: draft.line,
      destination_extension: 447,
      disable_dial_timegroup: draft.quietHours,
      maximumcall: 2,
      name: '新任务',
      random_assignment_number: 0,
      recycle_limit: 0,
      _originate_timeout: 45,
      call_pause_second: 0,
      auto_recycle_rule_id: 103,
    });
  });

  test('the entity of the answer is believed when the list cannot be read', async () => {
    account.troubles.set('list', { effect: false, answer: (response) => html(response, 503) });
    expect(await dialer.update('t1', draft)).toMatchObject({ kind: 'done', value: { name: '新任务' } });
  });
});

describe('create', () => {
  test('writes every field on the wire under its own name and type', async () => {
    await dialer.create({ ...draft, agentGroup: '21', remark: '第一个任务' }, none);
    expect(platform.received[0]).toMatchObject({ method: 'POST', path: '/v1/task' });
    expect(platform.received[0]?.headers['content-type']).toBe('application/json');
    expect(platform.received[0]?.body).toBe(
      '{"caller_line_id":"37d73edf-4628-4cf1-8beb-758433fd0aab","customer_service_id":21,"destination_extension":447,' +
        '"disable_dial_timegroup":"146979fe-3864-4817-ad76-13b37f43bb1c","maximumcall":2,"name":"新任务",' +
        '"random_assignment_number":0,"recycle_limit":0,"remark":"第一个任务","_originate_timeout":45,' +
        '"call_pause_second":0,"auto_recycle_rule_id":103}',
    );
  });

  test('answers the task as the list shows it, or the entity when there is no list', async () => {
    const first = await dialer.create(draft, none);
    expect(first).toMatchObject({ kind: 'done', value: { id: 'made-1', redialRule: { name: '默认' } } });
    account.troubles.set('list', { effect: false, answer: (response) => html(response, 503) });
    const second = await dialer.create(draft, none);
    expect(second).toMatchObject({ kind: 'done', value: { id: 'made-2' } });
    if (second.kind === 'done') expect(draftOf(second.value)).toEqual(draft);
  });

  test.each([
    ['an empty answer', ''],
    ['an answer without an entity', { code: 200, status: 'success', message: '创建成功' }],
  ])('%s: the task is found in the list', async (_name, body) => {
    account.troubles.set('create', { effect: true, answer: (response) => json(response, body) });
    expect(await dialer.create(draft, none)).toMatchObject({ kind: 'done', value: { id: 'made-1' } });
  });

  test('a lost answer is not mistaken for a task that was known, is older or is defined otherwise', async () => {
    const now = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    await dialer.create(draft, none);
    const twin = account.tasks.get('made-1');
    account.tasks.set('old', { ...twin, uuid: 'old', create_datetime: '2020-01-01 00:00:00' });
    account.tasks.set('undated', { ...twin, uuid: 'undated', create_datetime: null });
    account.tasks.set('other', { ...twin, uuid: 'other', maximumcall: 3, create_datetime: now });
    account.troubles.set('create', { effect: false, answer: reset });
    expect(await dialer.create(draft, new Set(['made-1']))).toMatchObject({ kind: 'unknown' });
    account.troubles.set('create', { effect: true, answer: reset });
    expect(await dialer.create(draft, new Set(['made-1']))).toMatchObject({ kind: 'done', value: { id: 'made-2' } });
  });

  test('findCreated looks without sending', async () => {
    await dialer.create({ ...draft, remark: ' 备注 ' }, none);
    const wanted = { ...draft, remark: '备注' };
    const sent = platform.received.length;
    expect(await dialer.findCreated(wanted, Date.now(), none)).toMatchObject({ id: 'made-1' });
    expect(await dialer.findCreated(wanted, Date.now() + 3 * 3_600_000, none)).toBeNull();
    expect(await dialer.findCreated(wanted, Date.now(), new Set(['made-1']))).toBeNull();
    expect(platform.received.slice(sent).every((one) => one.method === 'GET' && one.path === '/v1/task')).toBe(true);
    account.troubles.set('list', { effect: false, answer: (response) => html(response, 503) });
    await expect(dialer.findCreated(wanted, Date.now(), none)).rejects.toMatchObject({ code: 'platform_server_error' });
  });
});
