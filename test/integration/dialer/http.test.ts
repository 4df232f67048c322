import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError, type ErrorCode } from '../../../src/core/errors.ts';
import {
  type Answering,
  createPlatform,
  dialerFor,
  entity,
  html,
  json,
  reset,
  SECRET,
  truncate,
} from '../../support/dialer/platform.ts';
import { eventually } from '../../support/eventually.ts';

let platform: Awaited<ReturnType<typeof createPlatform>>;

beforeEach(async () => {
  platform = await createPlatform((_request, response) => json(response, { data: [] }));
});
afterEach(async () => {
  await platform.close();
});

async function errorOf(run: Promise<unknown>): Promise<AppError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Every way in which a request can fail, and what it is called. */
const failures: [string, ErrorCode, Answering][] = [
  ['401', 'platform_unauthorized', (_q, r) => json(r, { message: 'Unauthenticated.' }, 401)],
  ['403', 'platform_forbidden', (_q, r) => json(r, { message: 'no' }, 403)],
  ['404', 'platform_not_found', (_q, r) => json(r, { message: 'no' }, 404)],
  ['422 in the Laravel form', 'platform_rejected', (_q, r) => json(r, { message: 'x', errors: { name: ['y'] } }, 422)],
  [
    'an error envelope',
    'platform_rejected',
    (_q, r) => json(r, { code: 500, status: 'error', message: 'x', data: [] }),
  ],
  ['6007', 'platform_task_running', (_q, r) => json(r, { code: 6007, status: 'error', message: 'x' })],
  ['429', 'platform_rate_limited', (_q, r) => json(r, { message: 'slow' }, 429, { 'retry-after': '3' })],
  ['an HTML 502', 'platform_server_error', (_q, r) => html(r, 502)],
  ['an HTML 200', 'platform_malformed', (_q, r) => html(r, 200)],
  ['a JSON text cut short', 'platform_malformed', (_q, r) => json(r, '{"data":[{"uuid":"a"')],
  ['a body that breaks off', 'platform_malformed', (_q, r) => truncate(r)],
  ['a 401 whose body breaks off', 'platform_unauthorized', (_q, r) => truncate(r, 401)],
  ['an empty 200', 'platform_empty', (_q, r) => json(r, '')],
  ['a 204', 'platform_empty', (_q, r) => r.writeHead(204).end()],
  ['JSON without a list', 'platform_malformed', (_q, r) => json(r, { message: 'ok' })],
  ['no answer', 'platform_timeout', () => {}],
  ['a body that stalls', 'platform_timeout', (_q, r) => r.writeHead(200).write('{"data":[')],
  ['a redirect', 'platform_redirect', (_q, r) => r.writeHead(302, { location: '/elsewhere' }).end()],
  ['a reset', 'platform_unreachable', (_q, r) => reset(r)],
];

describe('each failure has its own code and holds no secret', () => {
  test.each(failures)('%s is %s', async (_name, code, answering) => {
    platform.set(answering);
    const { dialer, log } = dialerFor(platform.url, { timeoutMs: 120 });
    const error = await errorOf(dialer.list());
    expect(error.code).toBe(code);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET);
    expect(inspect(log.lines, { depth: 10 })).not.toContain(SECRET);
    expect(platform.count('/elsewhere')).toBe(0);
    expect(platform.received.every((one) => one.headers.authorization === `Bearer ${SECRET}`)).toBe(true);
    dialer.close();
  });

  test('a body that drips for ever ends at the limit', async () => {
    platform.set((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const { dialer } = dialerFor(platform.url, { timeoutMs: 150 });
    expect((await errorOf(dialer.metadata())).code).toBe('platform_timeout');
    dialer.close();
  });

  test('nobody listens, no such host', async () => {
    await platform.close();
    const { dialer } = dialerFor(platform.url);
    const error = await errorOf(dialer.list());
    expect(error.code).toBe('platform_unreachable');
    expect(error.message).toContain('ECONNREFUSED');
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET);
    const nowhere = dialerFor('http://dialer.invalid');
    expect((await errorOf(nowhere.dialer.list())).code).toBe('platform_unreachable');
  });

  test('an answer that is not HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const { dialer } = dialerFor(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    expect((await errorOf(dialer.list())).code).toBe('platform_malformed');
    server.close();
  });

  test('an answer without end is cut off', async () => {
    platform.set((_request, response) => {
      response.writeHead(200);
      const block = Buffer.alloc(1024 * 1024, 0x20);
      const pour = () => {
        while (response.writable && response.write(block)) {}
        if (response.writable) response.once('drain', pour);
      };
      pour();
    });
    const { dialer } = dialerFor(platform.url, { timeoutMs: 8000 });
    expect((await errorOf(dialer.metadata())).code).toBe('platform_malformed');
    dialer.close();
  });

  test('Retry-After is kept, as seconds and as a date', async () => {
    platform.set((_q, r) => json(r, { message: 'slow' }, 429, { 'retry-after': '60' }));
    const { dialer } = dialerFor(platform.url);
    expect((await errorOf(dialer.list())).details).toEqual({
      status: 429,
      platformMessage: 'slow',
      retryAfterMs: 60_000,
    });
    platform.set((_q, r) => json(r, '', 503, { 'retry-after': new Date(Date.now() + 90_000).toUTCString() }));
    const error = await errorOf(dialer.list());
    expect(error.code).toBe('platform_server_error');
    expect(error.details.retryAfterMs).toBeGreaterThan(80_000);
    dialer.close();
  });
});

describe('what goes over the wire', () => {
  test('a scheme may be empty and the header another', async () => {
    const { dialer } = dialerFor(`${platform.url}/base/`, { authHeader: 'X-Token', authScheme: '' });
    await dialer.list();
    expect(platform.received[0]?.headers['x-token']).toBe(SECRET);
    expect(platform.received[0]?.headers.authorization).toBeUndefined();
    expect(platform.received[0]?.path).toBe('/base/v1/task');
    dialer.close();
  });

  test('an id cannot leave its place in the path', async () => {
    platform.set((_q, r) => json(r, { data: [entity('a')] }));
    const { dialer } = dialerFor(platform.url);
    await dialer.start('../../destroy/a?x=1#y');
    expect(platform.received[0]?.path).toBe('/v1/task/start/..%2F..%2Fdestroy%2Fa%3Fx%3D1%23y');
    const before = platform.received.length;
    for (const id of ['', '.', '..']) {
      expect(await dialer.start(id)).toMatchObject({ kind: 'refused', error: { code: 'platform_not_found' } });
    }
    expect(platform.received.length).toBe(before);
    dialer.close();
  });

  test('log lines name the route and the task, never the address of an action or a number', async () => {
    platform.set((_q, r) => json(r, { data: [entity('id-1')] }));
    const { dialer, log } = dialerFor(platform.url);
    await dialer.pause('id-1');
    await dialer.importNumbers('id-1', [{ phone: '13800138000', name: '王小明' }]);
    const text = JSON.stringify(log.lines);
    expect(text).toContain('"route":"/v1/task/stop/{id}","task":"id-1"');
    expect(text).not.toMatch(/stop\/id-1|13800138000|王小明|127\.0\.0\.1/);
    dialer.close();
  });

  test('close ends what is under way and refuses the rest', async () => {
    platform.set(() => {});
    const { dialer } = dialerFor(platform.url, { timeoutMs: 60_000 });
    const reading = errorOf(dialer.list());
    await eventually(() => platform.received.length === 1);
    const began = Date.now();
    dialer.close();
    expect((await reading).code).toBe('platform_unreachable');
    expect((await errorOf(dialer.list())).code).toBe('platform_unreachable');
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(platform.received.length).toBe(1);
  });
});
