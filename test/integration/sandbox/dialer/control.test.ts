import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { controlRoutes } from '../../../../sandbox/dialer/control.ts';
import { faultSchema } from '../../../../sandbox/dialer/faults.ts';
import { seededLineIds } from '../../../../sandbox/dialer/seed-ids.ts';
import { call, create, morning, residue, start } from '../../../support/sandbox/dialer-call.ts';

const noToken = { authorization: '' };

describe('the control routes', () => {
  test('set, list and clear faults', async () => {
    const sandbox = await start();
    const body = { route: 'list', kind: 'status', status: 503 };
    const { json } = await call(sandbox, 'POST', '/sandbox/faults', { body, headers: noToken });
    expect((await call(sandbox, 'GET', '/v1/task')).status).toBe(503);
    expect((await call(sandbox, 'GET', '/sandbox/faults')).json).toEqual([{ id: json.id, fault: body, left: null }]);
    await call(sandbox, 'DELETE', `/sandbox/faults/${json.id}`);
    expect((await call(sandbox, 'GET', '/v1/task')).status).toBe(200);
    await call(sandbox, 'POST', '/sandbox/faults', { body });
    await call(sandbox, 'DELETE', '/sandbox/faults');
    expect((await call(sandbox, 'GET', '/v1/task')).status).toBe(200);
  });

  test('steer the clock and the switches', async () => {
    const sandbox = await start();
    const clock = await call(sandbox, 'POST', '/sandbox/clock', { body: { advance: 60_000 } });
    expect(clock.json).toEqual({ now: morning + 60_000, speed: 0 });
    await call(sandbox, 'POST', '/sandbox/clock', { body: { speed: 10 } });
    expect(sandbox.clock.speed()).toBe(10);
    const switches = await call(sandbox, 'POST', '/sandbox/switches', { body: { paging: 'agent', strict: true } });
    expect(switches.json).toMatchObject({ paging: 'agent', strict: true, refusals: 'laravel' });
    expect((await call(sandbox, 'GET', '/v1/task')).json.code).toBe(200);
  });

  test('show tasks and requests, and are not recorded themselves', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    expect((await call(sandbox, 'GET', '/sandbox/tasks')).json).toMatchObject([{ uuid: id, total: 0, started: false }]);
    expect((await call(sandbox, 'GET', '/sandbox/requests')).json).toMatchObject([{ route: 'create', taskId: id }]);
    expect((await call(sandbox, 'GET', '/sandbox')).json).toMatchObject({ tasks: 1, requests: 1, speed: 0 });
  });

  test('play scenarios and rivals, and reset', async () => {
    const sandbox = await start();
    const id = await create(sandbox);
    const play = (body: unknown) => call(sandbox, 'POST', '/sandbox/scenarios', { body });
    await play({ name: 'lineDies', lineId: seededLineIds.trunk });
    expect(await residue(sandbox, seededLineIds.trunk)).toBe(0);
    await play({ name: 'lineRevives', lineId: seededLineIds.trunk });
    expect(await residue(sandbox, seededLineIds.trunk)).toBe(40);
    await call(sandbox, 'POST', '/sandbox/rival', { body: { taskId: id, change: { start: true } } });
    expect(sandbox.tasks[0]?.started).toBe(true);
    await play({ name: 'answerLost', route: 'stop' });
    await expect(call(sandbox, 'GET', `/v1/task/stop/${id}`)).rejects.toThrow();
    await play({ name: 'platformDown', ms: 60_000 });
    await expect(call(sandbox, 'GET', '/v1/task')).rejects.toThrow();
    expect((await call(sandbox, 'POST', '/sandbox/reset', { body: {} })).json).toEqual({ ok: true });
    expect(sandbox.tasks).toEqual([]);
    expect((await call(sandbox, 'GET', '/v1/task')).status).toBe(200);
  });

  test.each([
    ['POST', '/sandbox/faults', { route: 'nowhere', kind: 'empty' }, 400],
    ['POST', '/sandbox/faults', { route: 'list', kind: 'empty', typo: 1 }, 400],
    ['POST', '/sandbox/clock', { speed: -1 }, 400],
    ['POST', '/sandbox/switches', { paging: 'sometimes' }, 400],
    ['POST', '/sandbox/switches', { colour: 'red' }, 400],
    ['POST', '/sandbox/rival', { taskId: 'nothing', change: 'destroy' }, 400],
    ['POST', '/sandbox/scenarios', { name: 'lineDies', lineId: 'nowhere' }, 400],
    ['GET', '/sandbox/nothing', undefined, 404],
  ])('%s %s %j is refused with a reason', async (method, path, body, status) => {
    const sandbox = await start();
    const answer = await call(sandbox, method, path, { body });
    expect(answer.status).toBe(status);
    expect(typeof answer.json.error).toBe('string');
  });

  test('are all in the README, as are the kinds of faults', async () => {
    const readme = await readFile(new URL('../../../../sandbox/dialer/README.md', import.meta.url), 'utf8');
    const paths = controlRoutes.map((route) => route.split(' ')[1] ?? '').filter((path) => !path.endsWith('{id}'));
    expect(paths.filter((path) => !readme.includes(path))).toEqual([]);
    const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
    expect(kinds.filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
  });

  test('take JSON only, which a page of another origin cannot send', async () => {
    const sandbox = await start();
    const headers = { 'content-type': 'text/plain' };
    const answer = await call(sandbox, 'POST', '/sandbox/clock', { raw: '{"advance":1}', headers });
    expect(answer.status).toBe(415);
    expect(sandbox.clock.now()).toBe(morning);
  });
});

describe('the command line', () => {
  test('prints address, token and routes, serves, and ends on SIGTERM', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/dialer/cli.ts'], {
      env: { ...process.env, PORT: '0', SPEED: '0', TOKEN: 'from-the-environment' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let printed = '';
      child.stdout.on('data', (chunk) => {
        printed += String(chunk);
      });
      while (!printed.includes('/sandbox/reset')) await once(child.stdout, 'data');
      const url = /DIALER_URL\s+(\S+)/.exec(printed)?.[1] ?? '';
      expect(printed).toContain('POST /v1/task/import_task_customer/{id}');
      const answer = await fetch(`${url}/v1/task`, { headers: { authorization: 'Bearer from-the-environment' } });
      expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(12);
    } finally {
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      expect(code).toBe(0);
    }
  });

  test('names a wrong setting and exits 1', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/dialer/cli.ts'], {
      env: { ...process.env, PORT: 'eighty' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let printed = '';
    child.stderr.on('data', (chunk) => {
      printed += String(chunk);
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(printed).toContain('PORT');
  });
});
