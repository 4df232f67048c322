import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { RunStartState } from '../../../../src/core/model/import-run.ts';
import type { Store } from '../../../../src/store/store.ts';
import {
  clock,
  entries,
  type FakeDialer,
  fakeDialer,
  refused,
  switched,
  take,
  unknown,
} from '../../../support/core/import-rig.ts';
import { type OrderBot, orderBot, preparedRun, sendOrdered, textOf } from '../../../support/core/order-rig.ts';
import { metadataOf } from '../../../support/core/task-samples.ts';
import { createGate } from '../../../support/eventually.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';
import { sampleDraft } from '../../../support/samples.ts';

let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
let dialer: FakeDialer;
let forbidden: Set<string>;
let stopping: AbortController;
beforeEach(async () => {
  folder = await storeFolder(clock, recordingLog());
  store = await folder.open();
  dialer = fakeDialer();
  dialer.metadata = async () => metadataOf();
  forbidden = new Set();
  stopping = new AbortController();
});
afterEach(() => folder.remove());

const bot = (startAskAbove = 100, change: Partial<Store> = {}): OrderBot =>
  orderBot({
    store: { ...store, ...change },
    dialer,
    startAskAbove,
    rule: async (_, act) => !forbidden.has(act),
    stopping: stopping.signal,
  });

const stateOf = async (runId: string): Promise<RunStartState | undefined> =>
  (await store.importRun(runId))?.facts.start?.state;

/** What happens while the n-th batch is being sent, before it is accepted. */
const during = (n: number, happen: () => Promise<unknown>): void => {
  dialer.answers.set(n, async (batch) => {
    await happen();
    return take(dialer, batch);
  });
};
const ended = (runId: string) => () =>
  bot().imports.decide({ runId, person: 'U2', choice: 'cancel', place: null }, () => {});
const pausedByAnother = () => bot().tasks.pause({ taskId: 't', person: 'U2' });

describe('import and start', () => {
  test('the task is started once, after the last number is in, and the result says so', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    const before: number[] = [];
    dialer.start = async () => {
      before.push(dialer.requests.length);
      return switched(dialer, 'start');
    };
    const { result, run, answer } = await sendOrdered(one, runId, 'import_start');
    expect(result).toMatchObject({ state: 'done', accepted: 25 });
    expect(run.facts.start).toMatchObject({ state: 'started' });
    expect(answer).toMatchObject({ kind: 'done' });
    expect(before).toEqual([3]);
    await one.imports.conclude(runId);
    await one.resume();
    await bot().resume();
    expect(dialer.acts).toEqual(['start']);
    expect(one.reported).toEqual([]);
  });

  test('an import alone starts nothing', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    await sendOrdered(one, runId, null);
    await one.resume();
    expect([dialer.acts, await stateOf(runId)]).toEqual([[], undefined]);
  });

  test('a preview says what may be ordered, and how many calls that leads to', async () => {
    const request = { taskId: 't', person: 'U1', channel: 'C1', given: textOf(25) };
    const further = async () => (await bot(40).imports.preview(request)).further;
    dialer.total = 10;
    expect(await further()).toEqual({ order: 'import_start', calls: 35, asks: false, asOf: 0, judged: null });
    [dialer.on, dialer.total] = [true, 20];
    expect(await further()).toEqual({ order: 'pause_import_start', calls: 45, asks: true, asOf: 0, judged: null });
    forbidden.add('start');
    expect(await further()).toBeNull();
  });

  test.each<[string, RunStartState, (runId: string) => void]>([
    ['halted', 'incomplete', () => dialer.answers.set(1, () => refused('platform_unauthorized'))],
    [
      'in doubt',
      'incomplete',
      () => {
        dialer.total = null;
        dialer.answers.set(1, () => unknown());
      },
    ],
    [
      'refused whole',
      'nothing',
      () => {
        for (const { phone } of entries(25).slice(0, 2)) dialer.bad.set(phone, '空号');
      },
    ],
    ['ended by someone', 'cancelled', (runId) => during(1, ended(runId))],
    ['ended by someone at its last batch', 'cancelled', (runId) => during(2, ended(runId))],
    ['not permitted by then', 'refused', () => forbidden.add('start')],
    [
      'without a line',
      'stopped',
      () => {
        dialer.metadata = async () => metadataOf({ lines: [] });
      },
    ],
    [
      'running by then',
      'running',
      () =>
        during(2, async () => {
          dialer.on = true;
        }),
    ],
    ['paused meanwhile', 'overtaken', () => during(1, pausedByAnother)],
  ])('%s: the task is not started, now or later, and it is known why', async (what, state, arrange) => {
    const one = bot();
    const runId = await preparedRun(one, what === 'refused whole' ? 2 : 25);
    arrange(runId);
    const { run } = await sendOrdered(one, runId, 'import_start');
    expect(run.facts.start?.state).toBe(state);
    dialer.answers.clear();
    forbidden.clear();
    await one.imports.conclude(runId);
    await one.resume();
    expect(dialer.acts).not.toContain('start');
    expect(await stateOf(runId)).toBe(state);
  });

  test('what was resumed after a halt is imported, and not started unasked', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    dialer.answers.set(1, () => refused('platform_unauthorized'));
    await sendOrdered(one, runId, 'import_start');
    const { result } = await one.imports.decide({ runId, person: 'U1', choice: 'resume', place: null }, () => {});
    expect(result).toMatchObject({ state: 'done', accepted: 25 });
    expect([dialer.acts, await stateOf(runId)]).toEqual([[], 'incomplete']);
  });

  test('as many calls as were agreed to are made, and more are asked about; a list that lags hides none', async () => {
    dialer.total = 0;
    const one = bot(20);
    const agreed = await sendOrdered(one, await preparedRun(one, 25), 'import_start', 25);
    expect(agreed.run.facts.start?.state).toBe('started');

    dialer = fakeDialer(0);
    dialer.metadata = async () => metadataOf();
    const another = bot(20);
    const { runId } = await another.imports.preview({
      taskId: 't',
      given: textOf(50),
      person: 'U1',
      channel: 'C1',
      wishes: { again: true, withoutRecent: false },
    });
    // The list goes on to say that the task is empty.
    dialer.shown = Array.from({ length: 50 }, () => 0);
    const asked = await sendOrdered(another, runId ?? '', 'import_start', 30);
    expect(asked.run.facts.start?.state).toBe('asks');
    expect(asked.answer).toMatchObject({
      kind: 'ask',
      card: { task: { progress: { total: 50 } } },
      preflight: { items: [{ code: 'many_numbers' }] },
    });
    expect(dialer.acts).toEqual([]);
  });

  test('a start whose answer is lost is not sent again', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    dialer.start = async () => {
      dialer.acts.push('start');
      return { kind: 'unknown', error: new AppError('outcome_unknown', 'no answer') };
    };
    const { run } = await sendOrdered(one, runId, 'import_start');
    expect(run.facts.start?.state).toBe('unknown');
    await one.resume();
    expect(dialer.acts).toEqual(['start']);
  });

  test('another action on the task is waited for', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    const gate = createGate();
    dialer.update = async () => {
      await gate.opened;
      return { kind: 'refused', error: new AppError('platform_rejected', 'no') };
    };
    const saving = one.tasks.save({ taskId: 't', person: 'U2', draft: sampleDraft() });
    const sending = sendOrdered(one, runId, 'import_start');
    await clock.sleep(3_000);
    gate.open();
    await saving;
    expect((await sending).run.facts.start?.state).toBe('started');
  });
});

describe('interrupted', () => {
  test('a stop in the middle: the next process sends the rest, starts the task and notifies its person', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    during(1, async () => stopping.abort());
    const { result, run } = await sendOrdered(one, runId, 'import_start');
    expect([result.state, run.facts.start?.state]).toEqual(['continues', 'wanted']);
    await one.imports.conclude(runId);

    stopping = new AbortController();
    const next = bot();
    await next.resume();
    expect(dialer.acts).toEqual(['start']);
    expect(next.reported).toMatchObject([
      {
        result: { state: 'done', accepted: 25 },
        run: { facts: { start: { state: 'started' } } },
        answer: { kind: 'done' },
      },
    ]);
    await next.resume();
    expect([dialer.acts, next.reported.length]).toEqual([['start'], 1]);
  });

  test('between the last number and the start: the start follows', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    during(2, async () => {
      // The batch is accepted; then the process may do no more.
      stopping.abort();
    });
    await sendOrdered(one, runId, 'import_start');
    expect(dialer.acts).toEqual([]);
    await one.imports.conclude(runId);
    stopping = new AbortController();
    const next = bot();
    await next.resume();
    expect([dialer.acts, next.reported.length, await stateOf(runId)]).toEqual([['start'], 1, 'started']);
  });

  test.each([true, false])('while it was started (it took effect: %p): it is not started twice', async (effect) => {
    // What the process found out is never written.
    const dying = bot(100, {
      noteRun: async (id, change, when) => {
        const { start } = change;
        if (start !== undefined && start !== null && !['wanted', 'begun'].includes(start.state))
          throw new AppError('store_failed', 'dead');
        return store.noteRun(id, change, when);
      },
    });
    const runId = await preparedRun(dying);
    if (!effect)
      dialer.start = async () => {
        dialer.acts.push('start');
        return { kind: 'unknown', error: new AppError('outcome_unknown', 'no answer') };
      };
    await sendOrdered(dying, runId, 'import_start');
    expect(await stateOf(runId)).toBe('begun');
    await dying.imports.conclude(runId);

    const next = bot();
    await next.resume();
    expect(dialer.acts).toEqual(['start']);
    expect(next.reported).toMatchObject([{ run: { facts: { start: { state: 'unknown' } } } }]);
  });

  test('two processes after an interruption: one start', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    during(2, async () => stopping.abort());
    await sendOrdered(one, runId, 'import_start');
    stopping = new AbortController();
    const bots = [bot(), bot(), bot()];
    await Promise.all(bots.map((each) => each.resume()));
    await Promise.all(bots.map((each) => each.resume()));
    expect(dialer.acts).toEqual(['start']);
    expect(bots.flatMap(({ reported }) => reported)).toHaveLength(1);
  });

  test('paused by a person while no process ran its import: it is not started', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    during(1, async () => stopping.abort());
    await sendOrdered(one, runId, 'import_start');
    stopping = new AbortController();
    const next = bot();
    await next.tasks.pause({ taskId: 't', person: 'U2' });
    await next.resume();
    expect([dialer.acts, await stateOf(runId)]).toEqual([['pause'], 'overtaken']);
  });
});

describe('pause, import, start', () => {
  beforeEach(() => {
    dialer.on = true;
  });

  test('in that order, each once', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    const seen: [boolean, number][] = [];
    for (const n of [0, 1, 2]) during(n, async () => void seen.push([dialer.on, dialer.acts.length]));
    const { run } = await sendOrdered(one, runId, 'pause_import_start', 200);
    expect(run.facts).toMatchObject({ pausing: 'done', start: { state: 'started' } });
    expect(dialer.acts).toEqual(['pause', 'start']);
    expect(seen).toEqual([
      [false, 1],
      [false, 1],
      [false, 1],
    ]);
  });

  test.each([
    ['refused', 'platform_rejected'],
    ['unknown', 'outcome_unknown'],
  ] as const)('a pause that is %s: nothing is sent, and it can be ordered again', async (kind, code) => {
    const one = bot();
    const runId = await preparedRun(one);
    dialer.pause = async () => ({ kind, error: new AppError(code, 'no', { details: { platformMessage: '线路忙' } }) });
    await expect(sendOrdered(one, runId, 'pause_import_start')).rejects.toMatchObject({
      code: 'not_paused',
      details: { platformMessage: '线路忙' },
    });
    expect(dialer.requests).toEqual([]);
    await one.resume();
    expect([dialer.requests, dialer.acts, one.reported]).toEqual([[], [], []]);

    dialer.pause = () => switched(dialer, 'pause');
    const { run } = await sendOrdered(one, runId, 'pause_import_start', 200);
    expect([run.facts.start?.state, dialer.acts]).toEqual(['started', ['pause', 'start']]);
  });

  test('an import that halts leaves the task paused, and it is known that it was paused for it', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    dialer.answers.set(1, () => refused('platform_unauthorized'));
    const { run, result } = await sendOrdered(one, runId, 'pause_import_start', 200);
    expect(result.state).toBe('halted');
    expect(run.facts).toMatchObject({ pausing: 'done', start: { state: 'incomplete' } });
    expect(dialer.acts).toEqual(['pause']);
  });

  test('someone pauses it before: the numbers are imported, and a pause wins', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    dialer.on = false;
    const { run, result } = await sendOrdered(one, runId, 'pause_import_start', 200);
    expect(result.accepted).toBe(25);
    expect([run.facts.start?.state, dialer.acts]).toEqual(['overtaken', []]);
  });

  test('someone pauses it during the import: a pause wins', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    during(1, pausedByAnother);
    const { run } = await sendOrdered(one, runId, 'pause_import_start', 200);
    expect([run.facts.start?.state, dialer.acts]).toEqual(['overtaken', ['pause', 'pause']]);
  });

  test.each(['wanted', 'begun'] as const)(
    'the process dies with its pause %s: the next one goes on',
    async (pausing) => {
      const one = bot();
      const runId = await preparedRun(one);
      const at = { startedAt: clock.now(), base: null };
      await store.noteRun(runId, {
        ...at,
        pausing,
        start: { state: 'wanted', agreed: 200, asOf: null, accepted: [], because: null },
      });
      await store.moveImport(runId, 'preview', 'running');
      if (pausing === 'begun') dialer.on = false;
      const next = bot();
      await next.resume();
      expect(dialer.acts).toEqual(['pause', 'start']);
      expect(next.reported).toMatchObject([{ run: { facts: { pausing: 'done', start: { state: 'started' } } } }]);
    },
  );

  test('a platform that takes no numbers while the task runs: it is paused and started by one more press', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    dialer.answers.set(1, () => refused('platform_task_running'));
    expect((await sendOrdered(one, runId, null)).result).toMatchObject({ state: 'halted', accepted: 10, unsent: 15 });
    dialer.answers.clear();
    const decision = { runId, person: 'U1', choice: 'pause_resume', place: null } as const;
    const { run, result } = await one.imports.decide(decision, () => {});
    expect(result).toMatchObject({ state: 'done', accepted: 25 });
    expect(run.facts).toMatchObject({ pausing: 'done', start: { state: 'started' } });
    expect(dialer.acts).toEqual(['pause', 'start']);
  });

  test('the next process cannot pause it either: the run waits for its person', async () => {
    const one = bot();
    const runId = await preparedRun(one);
    await store.noteRun(runId, {
      startedAt: clock.now(),
      pausing: 'wanted',
      start: { state: 'wanted', agreed: 0, asOf: null, accepted: [], because: null },
    });
    await store.moveImport(runId, 'preview', 'running');
    dialer.pause = async () => ({ kind: 'refused', error: new AppError('platform_forbidden', 'no') });
    const next = bot();
    await next.resume();
    expect(next.reported).toMatchObject([
      { result: { state: 'halted', unsent: 25 }, run: { facts: { haltedBy: { code: 'not_paused' } } } },
    ]);
    expect(dialer.requests).toEqual([]);
    dialer.pause = () => switched(dialer, 'pause');
    const { result } = await next.imports.decide({ runId, person: 'U1', choice: 'resume', place: null }, () => {});
    expect([result.accepted, dialer.acts]).toEqual([25, ['pause']]);
  });
});
