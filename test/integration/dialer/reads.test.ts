import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../src/core/errors.ts';
import {
  createPlatform,
  dialerFor,
  entity,
  fixture,
  html,
  json,
  type Received,
} from '../../support/dialer/platform.ts';

let platform: Awaited<ReturnType<typeof createPlatform>>;

beforeEach(async () => {
  platform = await createPlatform((_request, response) => json(response, { data: [] }));
});
afterEach(async () => {
  await platform.close();
});

const many = Array.from({ length: 120 }, (_, index) => entity(`task-${index}`));
const pageAsked = (request: Received) => Number(request.query.get('page'));
function slice(request: Received, perPage: number): Record<string, unknown>[] {
  const page = pageAsked(request);
  return many.slice((page - 1) * perPage, page * perPage);
}

describe('the list ends under every way of paging', () => {
  test.each<[string, number, (request: Received) => unknown]>([
    ['paging ignored', 2, () => ({ data: many })],
    ['a bare array', 2, () => many],
    ['pages without meta, an empty one at the end', 4, (q) => ({ data: slice(q, 50) })],
    [
      'Laravel meta, with a page size of its own',
      8,
      (q) => ({ data: slice(q, 15), meta: { current_page: pageAsked(q), last_page: 8, per_page: 15, total: 120 } }),
    ],
    [
      'agent-api meta',
      3,
      (q) => ({
        code: 200,
        status: 'success',
        data: slice(q, 50),
        meta: { has_pages: true, current_page: pageAsked(q), last_page: 3, per_page: '50', total: 120 },
      }),
    ],
    ['a paginator inside data', 3, (q) => ({ data: { current_page: pageAsked(q), last_page: 3, data: slice(q, 50) } })],
  ])('%s', async (_name, requests, body) => {
    platform.set((request, response) => json(response, body(request)));
    const { dialer } = dialerFor(platform.url, { timeoutMs: 5000 });
    const tasks = await dialer.list();
    expect(tasks.map((task) => task.id)).toEqual(many.map(({ uuid }) => uuid));
    expect(platform.received.length).toBe(requests);
    expect(platform.received[0]?.query.get('per_page')).toBe('50');
    dialer.close();
  });

  test('a list without end is given up, not taken for the whole', async () => {
    platform.set((request, response) => json(response, { data: [entity(`p${pageAsked(request)}`)] }));
    const { dialer } = dialerFor(platform.url, { timeoutMs: 60_000 });
    await expect(dialer.list()).rejects.toMatchObject({ code: 'platform_malformed' });
    expect(platform.received.length).toBe(400);
    dialer.close();
  });

  test.each<[string, Parameters<typeof dialerFor>[1], string, number]>([
    ['tasks', { maxTasks: 1_000 }, 'platform_too_large', 21],
    ['bytes', { maxBytes: 1024 * 1024 }, 'platform_too_large', 10],
    ['time', { maxMs: 0 }, 'platform_timeout', 1],
  ])(
    'a list without end fails when its budget of %s is used up, all pages together',
    async (_name, budget, code, requests) => {
      const page = (number: number) => Array.from({ length: 50 }, (_, index) => entity(`p${number}-${index}`));
      platform.set((request, response) => json(response, { data: page(pageAsked(request)) }));
      const { dialer } = dialerFor(platform.url, { timeoutMs: 60_000, ...budget });
      await expect(dialer.list()).rejects.toMatchObject({ code });
      expect(platform.received.length).toBe(requests);
      dialer.close();
    },
  );

  test('an answer of ten thousand tasks is read in turns', async () => {
    const all = Array.from({ length: 10_000 }, (_, index) => ({ ...many[0], uuid: `task-${index}` }));
    const text = JSON.stringify({ data: all, meta: { current_page: 1, last_page: 1 } });
    platform.set((_request, response) => json(response, text));
    const { dialer } = dialerFor(platform.url, { timeoutMs: 20_000 });
    let turns = 0;
    let reading = true;
    const turn = (): void => {
      turns += 1;
      if (reading) setImmediate(turn);
    };
    setImmediate(turn);
    const tasks = await dialer.list();
    reading = false;
    expect(tasks.map(({ id }) => id)).toEqual(all.map(({ uuid }) => uuid));
    // One after every hundred tasks or quarter of a megabyte, whatever comes first.
    expect(turns).toBeGreaterThan(Math.max(text.length / 300_000, 100));
    dialer.close();
  });

  test('the example of the document', async () => {
    platform.set((_request, response) => json(response, fixture('list')));
    const { dialer } = dialerFor(platform.url);
    expect((await dialer.list()).map((task) => task.name)).toEqual(['测试任务']);
    dialer.close();
  });

  test('ids of 18 digits survive', async () => {
    const text = JSON.stringify({ data: [entity('a', { destination_extension: 'X' })] }).replace(
      '"X"',
      '123456789012345678',
    );
    platform.set((_request, response) => json(response, text));
    const { dialer } = dialerFor(platform.url);
    expect((await dialer.list())[0]?.script.id).toBe('123456789012345678');
    dialer.close();
  });
});

describe('a platform that does not page', () => {
  const requestsOf = async (reading: () => Promise<unknown>): Promise<number> => {
    platform.received.length = 0;
    await reading();
    return platform.received.length;
  };

  test.each([
    ['a long list shows it at once', 60, [2, 1, 1]],
    ['a list that may be a single page shows it twice', 50, [2, 2, 1, 1]],
    ['an empty one has nothing else', 0, [1, 1]],
  ])('is asked once: %s', async (_name, tasks, requests) => {
    platform.set((_request, response) => json(response, { data: many.slice(0, tasks) }));
    const { dialer } = dialerFor(platform.url, { timeoutMs: 5000 });
    for (const expected of requests) expect(await requestsOf(() => dialer.list())).toBe(expected);
    expect((await dialer.list()).length).toBe(tasks);
    dialer.close();
  });

  test('is asked again when the list became shorter: it may page by now', async () => {
    platform.set((_request, response) => json(response, { data: many }));
    const { dialer } = dialerFor(platform.url, { timeoutMs: 5000 });
    await dialer.list();
    expect(await requestsOf(() => dialer.list())).toBe(1);
    platform.set((request, response) => json(response, { data: slice(request, 50) }));
    expect(await requestsOf(() => dialer.list())).toBe(4);
    expect((await dialer.list()).length).toBe(many.length);
    platform.set((_request, response) => json(response, { data: many.slice(1) }));
    expect(await requestsOf(() => dialer.list())).toBe(2);
    expect(await requestsOf(() => dialer.list())).toBe(1);
    dialer.close();
  });
});

test('a task that is listed again as it was is the same object; one that changed is read', async () => {
  platform.set((_request, response) => json(response, { data: many }));
  const { dialer } = dialerFor(platform.url, { timeoutMs: 5000 });
  const before = await dialer.list();
  const changed = many.with(7, { ...many[7], progress_bar: { total: 900, progress: 30 } });
  platform.set((_request, response) => json(response, { data: changed }));
  const after = await dialer.list();
  expect(after.flatMap((task, index) => (task === before[index] ? [] : [index]))).toEqual([7]);
  expect(after[7]?.progress).toEqual({ total: 900, done: 30, source: 'progress_bar' });
  dialer.close();
});

test('what a failed attempt had read of the list is dropped', async () => {
  let asked = 0;
  platform.set((_request, response) => {
    asked += 1;
    if (asked === 1) json(response, `${JSON.stringify({ data: many.slice(0, 9) })}x`);
    else json(response, { data: many });
  });
  const { dialer } = dialerFor(platform.url, { timeoutMs: 5000 });
  expect((await dialer.list()).map(({ id }) => id)).toEqual(many.map(({ uuid }) => uuid));
  dialer.close();
});

describe('readings are repeated', () => {
  test('after a passing failure, with growing waits', async () => {
    let asked = 0;
    platform.set((_request, response) => {
      asked += 1;
      if (asked === 1) html(response, 502);
      else if (asked === 2) response.destroy();
      else json(response, fixture('init'));
    });
    const { dialer, clock } = dialerFor(platform.url);
    expect((await dialer.metadata()).scripts).toHaveLength(1);
    expect(clock.waits).toEqual([225, 450]);
    dialer.close();
  });

  test('a few times only', async () => {
    platform.set((_request, response) => html(response, 502));
    const { dialer } = dialerFor(platform.url);
    await expect(dialer.metadata()).rejects.toMatchObject({ code: 'platform_server_error' });
    expect(platform.received.length).toBe(3);
    dialer.close();
  });

  test('all pages together as often as one alone', async () => {
    const failedOn = new Set<number>();
    platform.set((request, response) => {
      const page = pageAsked(request);
      if (page > 1 && !failedOn.has(page)) {
        failedOn.add(page);
        html(response, 502);
      } else {
        json(response, { data: [entity(`p${page}`)] });
      }
    });
    const { dialer } = dialerFor(platform.url);
    await expect(dialer.list()).rejects.toMatchObject({ code: 'platform_server_error' });
    expect(platform.received.map(pageAsked)).toEqual([1, 2, 2, 3, 3, 4]);
    dialer.close();
  });

  test('when the platform asks for it, and not earlier', async () => {
    let asked = 0;
    platform.set((_request, response) => {
      asked += 1;
      if (asked === 1) json(response, '', 429, { 'retry-after': '1' });
      else json(response, fixture('init'));
    });
    const { dialer, clock } = dialerFor(platform.url);
    await dialer.metadata();
    expect(clock.waits).toEqual([1000]);
    dialer.close();
  });

  test('not when it asks for more patience than a reading has', async () => {
    platform.set((_request, response) => json(response, '', 429, { 'retry-after': '60' }));
    const { dialer } = dialerFor(platform.url);
    await expect(dialer.metadata()).rejects.toMatchObject({ details: { retryAfterMs: 60_000 } });
    expect(platform.received.length).toBe(1);
    dialer.close();
  });

  test.each([401, 403, 404, 422, 302])('never after %d', async (status) => {
    platform.set((_request, response) => json(response, { message: 'no' }, status));
    const { dialer } = dialerFor(platform.url);
    await expect(dialer.list()).rejects.toMatchObject({ details: { status } });
    expect(platform.received.length).toBe(1);
    dialer.close();
  });

  test('and end in bounded time when nothing ever answers', async () => {
    platform.set(() => {});
    const { dialer } = dialerFor(platform.url, { timeoutMs: 50 });
    const began = Date.now();
    await expect(dialer.list()).rejects.toMatchObject({ code: 'platform_timeout' });
    expect(Date.now() - began).toBeLessThan(10_000);
    dialer.close();
  });
});

describe('init', () => {
  const meta = JSON.parse(fixture('init')).meta;
  test.each([
    ['as documented', { meta }],
    ['inside an envelope', { code: 200, status: 'success', data: { meta } }],
    ['as the data of an envelope', { code: 0, data: meta }],
  ])('%s', async (_name, body) => {
    platform.set((_request, response) => json(response, body));
    const { dialer } = dialerFor(platform.url);
    expect((await dialer.metadata()).lines[0]?.name).toBe('尊享ai.zxycall.com一');
    expect(platform.received[0]).toMatchObject({ method: 'GET', path: '/v1/task/create' });
    dialer.close();
  });
});

describe('progress', () => {
  test('is null, unasked, without an endpoint', async () => {
    const { dialer } = dialerFor(platform.url);
    expect(await dialer.progress('a')).toBeNull();
    expect(platform.received).toHaveLength(0);
    dialer.close();
  });

  test.each([
    ['at the root', { total: 10, progress: 4, percent: 40 }],
    ['under data', { data: { total: '10', progress: '4' } }],
    [
      'as statistics',
      {
        code: 200,
        data: {
          number_status: [
            { status: 0, count: 6 },
            { status: 1, count: 4 },
          ],
        },
      },
    ],
  ])('%s', async (_name, body) => {
    platform.set((_request, response) => json(response, body));
    const { dialer } = dialerFor(platform.url, { progressPath: '/v1/task/{id}/progress' });
    expect(await dialer.progress('a/b')).toEqual({ total: 10, done: 4, source: 'endpoint' });
    expect(platform.received[0]?.path).toBe('/v1/task/a%2Fb/progress');
    dialer.close();
  });

  test('of another shape is malformed', async () => {
    platform.set((_request, response) => json(response, { ok: true }));
    const { dialer } = dialerFor(platform.url, { progressPath: 'v1/p/{id}' });
    await expect(dialer.progress('a')).rejects.toMatchObject({ code: 'platform_malformed' });
    dialer.close();
  });
});

describe('whose account is read', () => {
  const [ours, theirs] = ['4d99d91c-ours', '77777777-theirs'];
  const init = (userId: string) => ({ meta: { customer_service: [], outbound_group: [{ id: 1, user_id: userId }] } });

  function admitting() {
    const shown: { source: string; accounts: string[] }[] = [];
    const refused = new Set<string>();
    const { dialer, log } = dialerFor(
      platform.url,
      { timeoutMs: 5_000 },
      {
        async admit({ source, accounts }) {
          shown.push({ source, accounts: [...accounts] });
          if ([...accounts].some((one) => refused.has(one))) throw new AppError('platform_other_account', 'refused');
        },
      },
    );
    return { dialer, log, shown, refused };
  }

  test('is shown by every list as a fingerprint, and by the init metadata as the same one', async () => {
    platform.set(({ path }, response) =>
      json(response, path.endsWith('/create') ? init(ours) : { data: many.map((one) => ({ ...one, user_id: ours })) }),
    );
    const { dialer, log, shown } = admitting();
    await dialer.list();
    await dialer.list();
    await dialer.metadata();
    expect(shown.map(({ source }) => source)).toEqual(['list', 'list', 'init']);
    const [first] = shown[0]?.accounts ?? [];
    expect(shown.map(({ accounts }) => accounts)).toEqual([[first], [first], [first]]);
    expect(JSON.stringify([shown, log.lines])).not.toContain(ours);
    dialer.close();
  });

  test('one that is refused stays refused when the same bytes come again', async () => {
    const data = many.map((one) => ({ ...one, user_id: theirs }));
    platform.set((_request, response) => json(response, { data }));
    const { dialer, shown, refused } = admitting();
    await dialer.list();
    refused.add(shown[0]?.accounts[0] ?? '');
    for (let reads = 0; reads < 3; reads += 1) {
      await expect(dialer.list()).rejects.toMatchObject({ code: 'platform_other_account' });
    }
    dialer.close();
  });

  test('an empty list is vouched for by the init metadata, which is asked once and may fail', async () => {
    const state = { broken: true };
    platform.set(({ path }, response) => {
      if (!path.endsWith('/create')) json(response, { data: [] });
      else if (state.broken) html(response, 500);
      else json(response, init(theirs));
    });
    const { dialer, refused, shown } = admitting();
    expect(await dialer.list()).toEqual([]);
    expect(platform.count('/v1/task/create')).toBe(1);
    state.broken = false;
    await dialer.list();
    refused.add(shown.at(-1)?.accounts[0] ?? '');
    await expect(dialer.list()).rejects.toMatchObject({ code: 'platform_other_account' });
    dialer.close();
  });
});
