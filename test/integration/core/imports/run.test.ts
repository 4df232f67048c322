import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { resumeImports } from '../../../../src/core/imports/resume.ts';
import { type ImportResult, runImport } from '../../../../src/core/imports/run.ts';
import type { Store } from '../../../../src/store/store.ts';
import { clock, entries, fakeDialer, preview, refused, unknown } from '../../../support/core/import-rig.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';

const log = recordingLog();
let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
let runs = 0;

beforeAll(async () => {
  folder = await storeFolder(clock, log);
  store = await folder.open();
});
afterAll(() => folder.remove());

/** A fresh run of 35 numbers in batches of 10, 10, 10 and 5, and a platform that accepts them. */
async function rig(total: number | null = 50) {
  runs += 1;
  const run = await preview(store, `run-${runs}`, 35);
  const dialer = fakeDialer(total);
  return { run, id: run.id, dialer, deps: { store, dialer, clock, log } };
}

const statesOf = async (id: string): Promise<string[]> => (await store.importBatches(id)).map(({ state }) => state);
const allSent: ImportResult = { accepted: 35, ready: 35, refused: [], unknown: 0, unsent: 0, stopped: false };

describe('a run that goes well', () => {
  test('every number goes out once, in order, and the ledger says so', async () => {
    const { run, id, dialer, deps } = await rig();
    const progress: [number, number][] = [];
    expect(await runImport(deps, id, ({ counts }, sent) => progress.push([sent, counts.ready]))).toEqual({
      ...allSent,
      run,
    });
    expect(dialer.requests.map(({ taskId }) => taskId)).toEqual(['t', 't', 't', 't']);
    expect(dialer.requests.flatMap(({ phones }) => phones)).toEqual(entries(35).map(({ phone }) => phone));
    expect(dialer.requests.map(({ totalBefore }) => totalBefore)).toEqual([50, 60, 70, 80]);
    expect(progress).toEqual([
      [10, 35],
      [20, 35],
      [30, 35],
      [35, 35],
    ]);
    expect(await store.importRun(id)).toMatchObject({ state: 'done' });
    const batches = await store.importBatches(id);
    expect(batches.map(({ state, accepted, message }) => ({ state, accepted, message }))).toEqual(
      [10, 10, 10, 5].map((accepted) => ({ state: 'accepted', accepted, message: null })),
    );
  });

  test('the numbers are forgotten, and were never logged', async () => {
    const { id, deps } = await rig();
    await runImport(deps, id);
    expect((await store.importBatches(id)).flatMap((batch) => batch.entries)).toEqual([]);
    expect(JSON.stringify(log.lines)).not.toContain('1380000');
  });

  test('the ledger says sending before the request leaves', async () => {
    const { id, dialer, deps } = await rig();
    const seen: string[][] = [];
    dialer.answers.set(1, async (batch) => {
      seen.push(await statesOf(id));
      return { kind: 'done', value: { accepted: batch.length, totalAfter: 70 } };
    });
    await runImport(deps, id);
    expect(seen).toEqual([['accepted', 'sending', 'planned', 'planned']]);
  });

  test('without a total the numbers accepted are unknown, not made up', async () => {
    const { run, id, dialer, deps } = await rig(null);
    expect(await runImport(deps, id)).toEqual({ ...allSent, accepted: null, run });
    expect(dialer.requests.map(({ totalBefore }) => totalBefore)).toEqual([null, null, null, null]);
  });

  test('accepted is what the platform took, not what was sent', async () => {
    const { run, id, dialer, deps } = await rig();
    dialer.answers.set(0, () => ({ kind: 'done', value: { accepted: 7, totalAfter: 57 } }));
    dialer.total = 57;
    expect(await runImport(deps, id)).toEqual({ ...allSent, accepted: 32, run });
  });

  test('a progress display that fails does not stop the calls', async () => {
    const { run, id, deps } = await rig();
    const failing = (): void => {
      throw new Error('slack is away');
    };
    expect(await runImport(deps, id, failing)).toEqual({ ...allSent, run });
  });
});

describe('a platform that refuses', () => {
  test('one batch’s content: the others continue', async () => {
    const { run, id, dialer, deps } = await rig();
    dialer.answers.set(1, () => refused('platform_rejected', '号码已存在'));
    expect(await runImport(deps, id)).toEqual({
      run,
      ...allSent,
      accepted: 25,
      refused: [{ count: 10, message: '号码已存在' }],
    });
    expect(await statesOf(id)).toEqual(['accepted', 'refused', 'accepted', 'accepted']);
    expect(dialer.requests).toHaveLength(4);
    expect(await store.importRun(id)).toMatchObject({ state: 'done' });
  });

  test('equal words are counted together, silence by itself', async () => {
    const { id, dialer, deps } = await rig();
    for (const [n, words] of [
      [0, 'a'],
      [1, undefined],
      [3, 'a'],
    ] as const) {
      dialer.answers.set(n, () => refused('platform_rejected', words));
    }
    expect((await runImport(deps, id)).refused).toEqual([
      { count: 15, message: 'a' },
      { count: 10, message: null },
    ]);
  });

  test.each(['platform_task_running', 'platform_unauthorized', 'platform_unreachable'] as const)(
    '%s ends the run',
    async (code) => {
      const { run, id, dialer, deps } = await rig();
      dialer.answers.set(1, () => refused(code, '任务运行中'));
      expect(await runImport(deps, id)).toEqual({
        run,
        accepted: 10,
        ready: 35,
        refused: [{ count: 10, message: '任务运行中' }],
        unknown: 0,
        unsent: 15,
        stopped: true,
        endedBy: expect.objectContaining({ code }),
      });
      expect(dialer.requests).toHaveLength(2);
      expect(await statesOf(id)).toEqual(['accepted', 'refused', 'planned', 'planned']);
      expect(await store.importRun(id)).toMatchObject({ state: 'stopped' });
    },
  );
});

describe('a platform that asks for fewer requests', () => {
  const busy = () =>
    ({
      kind: 'refused',
      error: new AppError('platform_rate_limited', 'refused', { details: { retryAfterMs: 5 } }),
    }) as const;

  test('is obeyed: the batch is sent again after the wait, and nothing is lost', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, busy).set(2, busy);
    expect(await runImport(deps, id)).toMatchObject({ accepted: 35, refused: [], unsent: 0, stopped: false });
    expect(dialer.requests).toHaveLength(6);
  });

  test('and never stops asking ends the run', async () => {
    const { id, dialer, deps } = await rig();
    for (let n = 0; n < 10; n++) dialer.answers.set(n, busy);
    expect(await runImport(deps, id)).toMatchObject({
      unsent: 25,
      endedBy: expect.objectContaining({ code: 'platform_rate_limited' }),
    });
    expect(dialer.requests).toHaveLength(6);
  });
});

test('an unknown outcome ends the run, and nothing is sent again', async () => {
  const { id, dialer, deps } = await rig();
  dialer.answers.set(2, unknown);
  expect(await runImport(deps, id)).toMatchObject({ accepted: 20, unknown: 10, unsent: 5, stopped: true });
  await expect(runImport(deps, id)).rejects.toMatchObject({ code: 'already_sent' });
  expect(dialer.requests).toHaveLength(3);
  expect(await statesOf(id)).toEqual(['accepted', 'accepted', 'unknown', 'planned']);
});

describe('once only', () => {
  test('of ten callers at once one sends, also from two bots', async () => {
    const { id, dialer, deps } = await rig();
    const other = { ...deps, store: await folder.open() };
    const calls = Array.from({ length: 10 }, (_, index) => runImport(index % 2 === 0 ? deps : other, id));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(['held_elsewhere', 'already_sent']).toContain(outcome.reason.code);
    }
    expect(dialer.requests).toHaveLength(4);
  });

  test('a discarded run is not sent', async () => {
    const { id, dialer, deps } = await rig();
    await store.moveImport(id, 'preview', 'discarded');
    await expect(runImport(deps, id)).rejects.toMatchObject({ code: 'already_sent' });
    expect(dialer.requests).toEqual([]);
  });

  test('an unknown run', async () => {
    const { deps } = await rig();
    await expect(runImport(deps, 'no such run')).rejects.toMatchObject({ code: 'already_sent' });
  });
});

describe('a task that cannot be read', () => {
  test('missing from one list: the next one is believed', async () => {
    const { id, dialer, deps } = await rig();
    const list = dialer.list;
    let lists = 0;
    dialer.list = async () => {
      lists += 1;
      return lists === 1 ? [] : list();
    };
    await runImport(deps, id);
    expect(dialer.requests.length).toBeGreaterThan(0);
  });

  test('gone: nothing is sent, and the run stays', async () => {
    const { run, id, dialer, deps } = await rig();
    dialer.total = undefined;
    await expect(runImport(deps, id)).rejects.toMatchObject({ code: 'task_gone' });
    expect(dialer.requests).toEqual([]);
    expect(await store.importRun(id)).toMatchObject({ state: 'preview' });
    // It came back: the same run can be sent.
    dialer.total = 50;
    expect(await runImport(deps, id)).toEqual({ ...allSent, run });
  });
});

test('a slow batch keeps its run: the lease is renewed while the platform thinks', async () => {
  const { id, dialer, deps } = await rig();
  let renewals = 0;
  const counting: Store = {
    ...store,
    renew: (name, owner, ttlMs) => {
      renewals += 1;
      return store.renew(name, owner, ttlMs);
    },
  };
  const fast = { ...clock, sleep: (_: number, signal?: AbortSignal) => clock.sleep(1, signal) };
  dialer.answers.set(0, async (batch) => {
    const before = renewals;
    while (renewals < before + 3) await clock.sleep(1);
    return { kind: 'done', value: { accepted: batch.length, totalAfter: 60 } };
  });
  dialer.total = 60;
  await runImport({ ...deps, store: counting, clock: fast }, id);
  const after = renewals;
  await clock.sleep(30);
  expect(renewals).toBe(after);
});

test('a run that was taken away sends nothing more and does not judge', async () => {
  const { id, dialer, deps } = await rig();
  const losing: Store = {
    ...store,
    renew: async (name, owner, ttlMs) => dialer.requests.length < 2 && (await store.renew(name, owner, ttlMs)),
  };
  // A held lease is renewed when seconds have passed: each request takes that long.
  const slow = { ...clock, elapsed: () => clock.elapsed() + dialer.requests.length * 11_000 };
  const taken = runImport({ ...deps, store: losing, clock: slow }, id);
  await expect(taken).rejects.toMatchObject({ code: 'held_elsewhere' });
  expect(dialer.requests).toHaveLength(2);
  expect(await store.importRun(id)).toMatchObject({ state: 'running' });
  await resumeImports(deps);
});

test('a store that fails after the request leaves the batch to be settled', async () => {
  const { id, dialer, deps } = await rig();
  const failing: Store = {
    ...store,
    updateBatch: async (runId, ordinal, change) => {
      if (change.state === 'accepted' && ordinal === 1) throw new AppError('store_failed', 'disk full');
      await store.updateBatch(runId, ordinal, change);
    },
  };
  await expect(runImport({ ...deps, store: failing }, id)).rejects.toMatchObject({ code: 'store_failed' });
  const [settled] = await resumeImports(deps);
  expect(settled?.result).toMatchObject({ accepted: 20, unknown: 0, unsent: 15 });
  expect(dialer.requests).toHaveLength(2);
});

test('a process that stops finishes the batch under way and leaves the rest unsent', async () => {
  const { id, dialer, deps } = await rig();
  const stopping = new AbortController();
  dialer.answers.set(1, (batch) => {
    stopping.abort();
    return { kind: 'done', value: { accepted: batch.length, totalAfter: 70 } };
  });
  const result = await runImport({ ...deps, stopping: stopping.signal }, id);
  expect(result).toMatchObject({ accepted: 20, unknown: 0, unsent: 15, stopped: true });
  expect(dialer.requests).toHaveLength(2);
});

describe('after a crash', () => {
  /** As the process left it: the first batch accepted, the second under way. */
  async function crashed(total: number | null, totalBefore: number | null) {
    const { id, dialer, deps } = await rig(total);
    await store.moveImport(id, 'preview', 'running');
    await store.updateBatch(id, 0, { state: 'accepted', accepted: 10 });
    await store.updateBatch(id, 1, { state: 'sending', totalBefore });
    return { id, dialer, deps };
  }

  test.each<[string, number | null, number | null, Partial<ImportResult>]>([
    ['the total grew by the batch: it had arrived', 70, 60, { accepted: 20, unknown: 0, unsent: 15 }],
    ['it did not grow', 60, 60, { accepted: 10, unknown: 10, unsent: 15 }],
    ['it grew by less', 64, 60, { accepted: 10, unknown: 10, unsent: 15 }],
    ['it grew by more', 75, 60, { accepted: 10, unknown: 10, unsent: 15 }],
    ['no total now', null, 60, { accepted: 10, unknown: 10, unsent: 15 }],
    ['no total then', 70, null, { accepted: 10, unknown: 10, unsent: 15 }],
  ])('%s', async (_, total, totalBefore, expected) => {
    const { id, dialer, deps } = await crashed(total, totalBefore);
    const settled = await resumeImports(deps);
    expect(settled).toHaveLength(1);
    expect(settled[0]).toMatchObject({
      run: { id, person: 'U1', channel: 'C1' },
      result: { ready: 35, stopped: true, ...expected },
    });
    expect(dialer.requests).toEqual([]);
    expect(await store.importRun(id)).toMatchObject({ state: 'stopped' });
    expect((await store.importBatches(id)).flatMap((batch) => batch.entries)).toEqual([]);
    // Settled once, reported once.
    expect(await resumeImports(deps)).toEqual([]);
  });

  test('the total that is remembered is what a run really writes', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, () => {
      throw new Error('kill -9');
    });
    await expect(runImport(deps, id)).rejects.toThrow('kill -9');
    expect(await statesOf(id)).toEqual(['accepted', 'sending', 'planned', 'planned']);
    dialer.total = 70;
    const [settled] = await resumeImports(deps);
    expect(settled?.result).toMatchObject({ accepted: 20, unknown: 0, unsent: 15, stopped: true });
    expect(dialer.requests).toHaveLength(2);
  });

  test('the platform is away: unknown rather than wrong', async () => {
    const { dialer, deps } = await crashed(70, 60);
    dialer.total = undefined;
    const [settled] = await resumeImports(deps);
    expect(settled?.result).toMatchObject({ accepted: 10, unknown: 10, unsent: 15 });
  });

  test('everything had been sent', async () => {
    const { id, deps } = await rig();
    await store.moveImport(id, 'preview', 'running');
    for (const [ordinal, accepted] of [10, 10, 10, 5].entries()) {
      await store.updateBatch(id, ordinal, { state: 'accepted', accepted });
    }
    expect(await resumeImports(deps)).toEqual([{ run: expect.objectContaining({ id }), result: allSent }]);
    expect(await store.importRun(id)).toMatchObject({ state: 'done' });
  });

  test('a run whose process lives is left alone', async () => {
    const { id, dialer, deps } = await rig();
    const other = { ...deps, store: await folder.open() };
    dialer.answers.set(1, async (batch) => {
      expect(await resumeImports(other)).toEqual([]);
      expect(await store.importRun(id)).toMatchObject({ state: 'running' });
      expect(await statesOf(id)).toEqual(['accepted', 'sending', 'planned', 'planned']);
      return { kind: 'done', value: { accepted: batch.length, totalAfter: 70 } };
    });
    dialer.total = 50;
    expect(await runImport(deps, id)).toMatchObject({ ready: 35, stopped: false });
    expect(dialer.requests).toHaveLength(4);
  });
});
