import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../../sandbox/dialer/server.ts';
import { draftOf, type TaskDraft } from '../../../src/core/model/fields.ts';
import type { Task } from '../../../src/core/model/task.ts';
import type { Dialer, Outcome } from '../../../src/core/ports.ts';
import { dialerFor } from '../../support/dialer/platform.ts';
import { sampleDraft } from '../../support/samples.ts';

let sandbox: DialerSandbox;
let dialer: Dialer & { close(): void };
let draft: TaskDraft;

beforeAll(async () => {
  sandbox = await createDialerSandbox({ token: 'tok-9f8e7d6c5b4a' });
  ({ dialer } = dialerFor(sandbox.url, { timeoutMs: 1000 }));
});
afterAll(async () => {
  dialer.close();
  await sandbox.close();
});
beforeEach(async () => {
  sandbox.reset();
  const meta = await dialer.metadata();
  const line = meta.lines.find(({ free }) => free > 3);
  draft = sampleDraft({
    name: '三月回访 March',
    script: meta.scripts.find(({ deleted }) => !deleted)?.id ?? '',
    line: line?.id ?? '',
    concurrency: 2,
    ringTimeout: 45,
    quietHours: meta.quietHours[0]?.id ?? '',
    redialRule: meta.redialRules.find(({ enabled }) => enabled)?.id ?? '',
    agentGroup: meta.agentGroups.find(({ enabled, lineId }) => enabled && lineId !== null)?.id ?? null,
    remark: '第一批',
  });
});

function value<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  throw outcome.error;
}
async function paused(): Promise<Task> {
  const task = (await dialer.list()).find(({ started }) => !started);
  if (!task) throw new Error('the sandbox has no paused task');
  return task;
}
const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ phone: String(15_900_000_000 + index), name: `客户${index}` }));

describe('all eight operations', () => {
  test.each(['entity', 'message', 'envelope', 'empty'] as const)('when actions answer with %s', async (answers) => {
    sandbox.setSwitches({ answers });
    const made = value(await dialer.create(draft, new Set()));
    expect(draftOf(made)).toEqual(draft);
    expect(value(await dialer.importNumbers(made.id, numbers(5)))).toEqual({
      accepted: answers === 'entity' ? 5 : null,
    });
    expect(sandbox.numbers(made.id)).toHaveLength(5);
    const changed = { ...draft, name: '改名', concurrency: 1, remark: '二' };
    expect(draftOf(value(await dialer.update(made.id, changed)))).toEqual(changed);
    expect(value(await dialer.start(made.id)).started).toBe(true);
    expect(value(await dialer.pause(made.id)).started).toBe(false);
    expect(value(await dialer.remove(made.id))).toBeNull();
    expect((await dialer.list()).some(({ id }) => id === made.id)).toBe(false);
    const writes = sandbox.requests.filter(({ route }) => route !== 'list' && route !== 'init');
    expect(writes.map(({ route }) => route)).toEqual(['create', 'import', 'update', 'start', 'stop', 'destroy']);
  });
});

describe('however the list comes', () => {
  const noises = [
    [],
    ['strings'],
    ['stitched'],
    ['nulls'],
    ['extras'],
    ['longIds'],
    ['strings', 'longIds', 'extras'],
  ] as const;
  const cases = (['ignored', 'laravel', 'agent'] as const).flatMap((paging) =>
    noises.map((noise) => [paging, noise.join('+') || 'none', [...noise]] as const),
  );
  test.each(cases)('paging %s, noise %s', async (paging, _name, noise) => {
    sandbox.setSwitches({ paging, noise: [...noise] });
    const tasks = await dialer.list();
    const sorted = (ids: string[]) => [...ids].sort();
    expect(sorted(tasks.map(({ id }) => id))).toEqual(sorted(sandbox.tasks.map(({ uuid }) => uuid)));
    for (const view of sandbox.tasks) {
      const task = tasks.find(({ id }) => id === view.uuid);
      expect(task).toMatchObject({ name: view.name, started: view.started, line: { id: view.lineId } });
      expect(task?.progress?.total).toBe(view.total);
    }
    const meta = await dialer.metadata();
    const made = value(await dialer.create({ ...draft, script: meta.scripts[0]?.id ?? '' }, new Set()));
    expect(made.script.id).toBe(meta.scripts[0]?.id);
    expect(JSON.parse(sandbox.requests.find(({ route }) => route === 'create')?.body ?? '')).toMatchObject({
      maximumcall: 2,
      _originate_timeout: 45,
      random_assignment_number: 0,
      recycle_limit: 0,
    });
  });
});

describe('with every kind of fault after the effect', () => {
  const kinds = [
    { kind: 'drop', effect: true },
    { kind: 'hang', effect: true },
    { kind: 'truncate' },
    { kind: 'empty' },
    { kind: 'status', status: 502, body: 'html', effect: true },
  ] as const;
  test.each(kinds)('%j: one effect each, and done', async (fault) => {
    const known = new Set((await dialer.list()).map(({ id }) => id));
    for (const route of ['create', 'start', 'stop', 'import', 'destroy'] as const) {
      sandbox.faults.add({ ...fault, route, times: 1 });
    }
    const made = value(await dialer.create(draft, known));
    expect(known.has(made.id)).toBe(false);
    // An import is settled by its ledger; an empty answer is none that was lost.
    expect(await dialer.importNumbers(made.id, numbers(3))).toMatchObject({
      kind: fault.kind === 'empty' ? 'done' : 'unknown',
    });
    expect(sandbox.numbers(made.id)).toHaveLength(3);
    value(await dialer.start(made.id));
    value(await dialer.pause(made.id));
    value(await dialer.remove(made.id));
    for (const route of ['create', 'start', 'stop', 'import', 'destroy'] as const) {
      expect([route, sandbox.effects(route)]).toEqual([route, 1]);
      expect(sandbox.requests.filter((one) => one.route === route)).toHaveLength(1);
    }
  });

  test('a stale list is waited for', async () => {
    const task = await paused();
    sandbox.faults.add({ route: 'list', kind: 'stale', times: 2 });
    expect(value(await dialer.start(task.id)).started).toBe(true);
  });

  test('a pause that never arrived is not taken for done because the list lags', async () => {
    const task = await paused();
    // From the third on, a reading of a list without pages is a single request.
    for (let readings = 0; readings < 2; readings += 1) await dialer.list();
    // Armed from the start on: the stand-in keeps the list before a change only while a stale one is wanted.
    sandbox.faults.add({ route: 'list', kind: 'stale', skip: 1, times: 1 });
    value(await dialer.start(task.id));
    sandbox.faults.add({ route: 'stop', kind: 'drop', effect: false });
    expect(await dialer.pause(task.id)).toMatchObject({ kind: 'unknown' });
    expect(sandbox.tasks.find(({ uuid }) => uuid === task.id)?.started).toBe(true);
  });

  test('a rival who undoes it: unknown, not done', async () => {
    const task = await paused();
    sandbox.faults.add({ route: 'start', kind: 'rival', change: { start: false }, after: true });
    expect(await dialer.start(task.id)).toMatchObject({ kind: 'unknown' });
    expect(sandbox.effects('start')).toBe(1);
  });
});

describe('refusals', () => {
  test.each(['laravel', 'envelope'] as const)('in the %s form', async (refusals) => {
    sandbox.setSwitches({ refusals });
    expect(await dialer.create({ ...draft, concurrency: 10_000 }, new Set())).toMatchObject({
      kind: 'refused',
      error: { code: 'platform_rejected', details: { platformMessage: expect.stringMatching(/./) } },
    });
    expect(await dialer.start('nope')).toMatchObject({ kind: 'refused', error: { code: 'platform_not_found' } });
    expect(value(await dialer.remove('nope'))).toBeNull();
  });

  test.each(['laravel', 'envelope'] as const)('of an import into a running task, in the %s form', async (refusals) => {
    sandbox.setSwitches({ refusals, importWhileRunning: 'refuse' });
    const task = await paused();
    await dialer.start(task.id);
    expect(await dialer.importNumbers(task.id, numbers(1))).toMatchObject({
      kind: 'refused',
      error: { code: 'platform_task_running' },
    });
  });

  test('of numbers, masked', async () => {
    const task = value(await dialer.create(draft, new Set()));
    await dialer.importNumbers(task.id, numbers(2));
    const outcome = await dialer.importNumbers(task.id, numbers(1));
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'platform_rejected' } });
    expect(JSON.stringify(outcome.kind === 'refused' && outcome.error.details)).not.toContain('15900000000');
  });

  test('of a wrong token', async () => {
    const { dialer: stranger } = dialerFor(sandbox.url, { token: 'wrong' });
    await expect(stranger.list()).rejects.toMatchObject({ code: 'platform_unauthorized' });
    expect(await stranger.pause('x')).toMatchObject({ kind: 'refused', error: { code: 'platform_unauthorized' } });
  });
});

describe('progress and import shapes', () => {
  test.each(['root', 'data', 'stat'] as const)('progress: %s', async (progress) => {
    sandbox.setSwitches({ progress });
    const { dialer: other } = dialerFor(sandbox.url, { progressPath: '/v1/task/progress/{id}' });
    const view = sandbox.tasks.find(({ total, started }) => total > 0 && !started);
    expect(await other.progress(view?.uuid ?? '')).toMatchObject({ total: view?.total, source: 'endpoint' });
    other.close();
  });

  test.each(['customer_info_list', 'data', 'customerInfoList', '[]'])('import key %s', async (importKey) => {
    const { dialer: other } = dialerFor(sandbox.url, { importKey });
    const task = value(await other.create(draft, new Set()));
    expect(value(await other.importNumbers(task.id, numbers(100)))).toEqual({ accepted: 100 });
    expect(sandbox.numbers(task.id)[99]).toMatchObject({ phone: '15900000099', name: '客户99' });
    other.close();
  });

  test('numbers that the platform leaves out', async () => {
    for (const answers of ['entity', 'empty'] as const) {
      sandbox.setSwitches({ importDuplicates: 'skip', answers });
      const task = value(await dialer.create(draft, new Set()));
      await dialer.importNumbers(task.id, numbers(3));
      expect(value(await dialer.importNumbers(task.id, numbers(5)))).toEqual({
        accepted: answers === 'entity' ? 2 : null,
      });
    }
  });
});
