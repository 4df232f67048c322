import { describe, expect, test } from '@jest/globals';
import { longScriptId } from '../../../../sandbox/dialer/noise.ts';
import type { DialerSandboxOptions, Switches } from '../../../../sandbox/dialer/options.ts';
import { seededLineIds, seededQuietIds } from '../../../../sandbox/dialer/seed-ids.ts';
import type { DialerSandbox } from '../../../../sandbox/dialer/server.ts';
import { systemClock } from '../../../../src/clock.ts';
import { createDialer } from '../../../../src/dialer/client.ts';
import { readingBudget } from '../../../support/dialer/platform.ts';
import { sampleDraft } from '../../../support/samples.ts';
import { start } from '../../../support/sandbox/dialer-call.ts';

/** The product's client, which was written against the document and not against this stand-in: each checks the other. */
function clientOf(sandbox: DialerSandbox, settings: { progressPath?: string; timeoutMs?: number } = {}) {
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const clock = {
    ...systemClock,
    sleep: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  return createDialer(
    {
      url: sandbox.url,
      token: sandbox.token,
      authHeader: 'Authorization',
      authScheme: 'Bearer',
      timeoutMs: settings.timeoutMs ?? 3000,
      timeZone: 'Asia/Shanghai',
      progressPath: settings.progressPath ?? null,
      importKey: 'customer_info_list',
      ...readingBudget,
    },
    { log: silent, clock },
  );
}

const draft = sampleDraft({
  name: '回访 Follow-up',
  line: seededLineIds.hangzhou,
  concurrency: 2,
  ringTimeout: 45,
  quietHours: seededQuietIds.none,
  agentGroup: '21',
  remark: null,
});

const variants: [name: string, switches: Partial<Switches>][] = [
  ['as documented', {}],
  ['envelopes and agent paging', { refusals: 'envelope', answers: 'envelope', paging: 'agent' }],
  ['empty answers and laravel paging', { answers: 'empty', paging: 'laravel' }],
  ['sentences for answers', { answers: 'message' }],
  ['noisy entities', { noise: ['stitched', 'strings', 'extras'] }],
  ['no nested objects', { noise: ['nulls'] }],
  ['concurrency held while started', { holding: 'started', strict: true }],
];

describe('the life of a task with the product’s own client', () => {
  test.each(variants)('%s', async (_name, switches) => {
    const sandbox = await start({ account: 'morning', switches, callSeconds: 30 } satisfies DialerSandboxOptions);
    const client = clientOf(sandbox);
    const metadata = await client.metadata();
    expect(metadata.lines).toHaveLength(7);
    expect(metadata.scripts).toHaveLength(11);
    const before = await client.list();
    expect(before).toHaveLength(12);

    const created = await client.create(draft, new Set(before.map(({ id }) => id)));
    expect(created).toMatchObject({ kind: 'done', value: { name: draft.name, started: false, concurrency: 2 } });
    const id = created.kind === 'done' ? created.value.id : '';
    expect(await client.update(id, { ...draft, concurrency: 3 })).toMatchObject({
      kind: 'done',
      value: { concurrency: 3 },
    });
    const batch = [
      { phone: '13800138000', name: '张三' },
      { phone: '01012345678', name: null },
    ];
    expect(await client.importNumbers(id, batch)).toMatchObject({ kind: 'done' });
    expect(sandbox.numbers(id)).toHaveLength(2);
    expect(await client.start(id)).toMatchObject({ kind: 'done', value: { started: true } });
    sandbox.clock.advance(30_000);
    const done = (await client.list()).find((task) => task.id === id);
    expect(done?.progress).toMatchObject({ total: 2, done: 2 });
    expect(await client.pause(id)).toMatchObject({ kind: 'done', value: { started: false } });
    expect(await client.remove(id)).toMatchObject({ kind: 'done' });
    const refused = await client.create({ ...draft, concurrency: 500 }, new Set());
    expect(refused).toMatchObject({ kind: 'refused', error: { code: 'platform_rejected' } });
    for (const route of ['create', 'update', 'import', 'start', 'stop', 'destroy'] as const) {
      expect({ route, effects: sandbox.effects(route) }).toEqual({ route, effects: 1 });
    }
    client.close();
  });

  test('script ids of 18 digits', async () => {
    const sandbox = await start({ account: 'morning', switches: { noise: ['longIds'] } });
    const client = clientOf(sandbox);
    const created = await client.create({ ...draft, script: longScriptId(297) }, new Set());
    expect(created).toMatchObject({ kind: 'done', value: { script: { id: longScriptId(297) } } });
    client.close();
  });

  test.each(['root', 'data', 'stat'] as const)('progress in the shape %s', async (progress) => {
    const sandbox = await start({ account: 'morning', switches: { progress } });
    const client = clientOf(sandbox, { progressPath: '/v1/task/progress/{id}' });
    const task = sandbox.tasks.find(({ name }) => name === '双十一会员回访');
    expect(await client.progress(task?.uuid ?? '')).toEqual({ total: 8214, done: 5093, source: 'endpoint' });
    client.close();
  });

  test('responses that are lost after the effect', async () => {
    const sandbox = await start();
    const client = clientOf(sandbox);
    sandbox.answerLost('create');
    const created = await client.create(draft, new Set());
    expect(created.kind).toBe('done');
    const id = created.kind === 'done' ? created.value.id : '';
    sandbox.answerLost('start');
    expect(await client.start(id)).toMatchObject({ kind: 'done' });
    sandbox.answerLost('stop');
    expect(await client.pause(id)).toMatchObject({ kind: 'done' });
    sandbox.answerLost('destroy');
    expect(await client.remove(id)).toMatchObject({ kind: 'done' });
    for (const route of ['create', 'start', 'stop', 'destroy'] as const) expect(sandbox.effects(route)).toBe(1);
    client.close();
  });
});
