import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { RunDeps } from '../../../../src/core/imports/book.ts';
import { decide } from '../../../../src/core/imports/decide.ts';
import type { ImportResult, RunOutcome } from '../../../../src/core/imports/ledger.ts';
import { orderFacts } from '../../../../src/core/imports/order.ts';
import type { ErrorRow } from '../../../../src/core/imports/ports.ts';
import { conclude, resumeImports } from '../../../../src/core/imports/resume.ts';
import { continueRun, type OnProgress, startRun } from '../../../../src/core/imports/run.ts';
import type { Store } from '../../../../src/store/store.ts';
import {
  clock,
  entries,
  type FakeDialer,
  fakeDialer,
  nothingAround,
  preview,
  refused,
  rules,
  take,
  unknown,
} from '../../../support/core/import-rig.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';
import { batchesOf } from '../../../support/store/samples.ts';

const log = recordingLog();
let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
let runs = 0;

beforeEach(async () => {
  folder = await storeFolder(clock, log);
  store = await folder.open();
});
afterEach(() => folder.remove());

/** A fresh run of 35 numbers in batches of 10, 10, 10 and 5, and a platform that accepts them. */
async function rig(total: number | null = 50) {
  runs += 1;
  const run = await preview(store, `run-${runs}`, 35, total);
  const dialer = fakeDialer(total);
  const deps: RunDeps & { store: Store; dialer: FakeDialer } = {
    store,
    dialer,
    clock,
    log,
    batchSize: 10,
    rules,
    around: nothingAround,
  };
  return { id: run.id, dialer, deps };
}

const start = (deps: RunDeps, runId: string, onProgress?: OnProgress): Promise<RunOutcome> =>
  startRun(deps, { runId, place: null, earlier: [], order: orderFacts(null) }, onProgress);
const startAgain = async (deps: RunDeps, runId: string): Promise<ImportResult> => (await start(deps, runId)).result;

/** Nothing is created here. */
const noTasks = { create: async () => ({ kind: 'in_progress' }) as const };

/** Goes on with everything that is open, as after a poll; what its people are given. */
async function resume(deps: RunDeps) {
  const reported: RunOutcome[] = [];
  const files: { id: string; rows: ErrorRow[] }[] = [];
  await resumeImports(
    {
      ...deps,
      tasks: noTasks,
      store,
      async giveErrorFile({ id }, rows) {
        const given: ErrorRow[] = [];
        for await (const row of rows) given.push(row);
        files.push({ id, rows: given });
      },
    },
    {
      progress: async () => () => undefined,
      report: async (outcome) => void reported.push(outcome),
    },
  );
  return { reported, files };
}

const about = { taskId: 't', runId: '', recentSince: 0, cappedSince: 0 };
const statesOf = async (id: string): Promise<string[]> => (await store.importLedger(id)).map(({ state }) => state);
const allSent: ImportResult = {
  ready: 35,
  accepted: 35,
  taken: 35,
  grown: null,
  present: 0,
  refused: [],
  unknown: 0,
  unsent: 0,
  withheld: [],
  state: 'done',
  because: null,
};
const phones = (count: number) => entries(count).map(({ phone }) => phone);
const sentPhones = (dialer: FakeDialer) => dialer.requests.flatMap((request) => request.phones);

describe('a run that goes well', () => {
  test('every number goes out once, in order, and the ledger says so', async () => {
    const { id, dialer, deps } = await rig();
    const progress: [number, number][] = [];
    const { result } = await start(deps, id, (_, done, total) => progress.push([done, total]));
    expect(result).toEqual(allSent);
    expect(sentPhones(dialer)).toEqual(phones(35));
    expect(dialer.requests).toHaveLength(4);
    expect(progress).toEqual([0, 10, 20, 30, 35].map((done) => [done, 35]));
    expect(await store.importRun(id)).toMatchObject({ state: 'done' });
    const ledger = await store.importLedger(id);
    expect(ledger.map(({ state, accepted, turn, totalBefore }) => ({ state, accepted, turn, totalBefore }))).toEqual(
      [10, 10, 10, 5].map((accepted, n) => ({ state: 'accepted', accepted, turn: n + 1, totalBefore: 50 + n * 10 })),
    );
  });

  test('the numbers are forgotten when its person knows, and were never logged', async () => {
    const { id, deps } = await rig();
    await start(deps, id);
    const { reported, files } = await resume(deps);
    expect(reported.map(({ run }) => run.id)).toEqual([id]);
    expect(files).toEqual([]);
    expect((await batchesOf(store, id)).flatMap((batch) => batch.entries)).toEqual([]);
    expect(JSON.stringify(log.lines)).not.toContain('1380000');
    expect(await resume(deps)).toEqual({ reported: [], files: [] });
  });

  test('the ledger says sending before the request leaves', async () => {
    const { id, dialer, deps } = await rig();
    const seen: string[][] = [];
    dialer.answers.set(1, async (batch) => {
      seen.push(await statesOf(id));
      return take(dialer, batch);
    });
    await start(deps, id);
    expect(seen).toEqual([['accepted', 'sending', 'planned', 'planned']]);
  });

  test('accepted is what the platform took by its own count', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(0, () => ({ kind: 'done', value: { accepted: 7 } }));
    expect(await startAgain(deps, id)).toEqual({ ...allSent, taken: 32 });
  });

  test.each<[string, number | null, (number | null)[], Partial<ImportResult>]>([
    ['the total shows all of it, late', 50, [50, 50, 70, 85], { grown: 35 }],
    ['the total never shows all of it', 50, [50, ...Array(40).fill(80)], { grown: 30 }],
    ['others changed it meanwhile', 50, [50, ...Array(40).fill(500)], { grown: null }],
    ['there is no total', null, [], { grown: null }],
  ])('answers without counts: %s', async (_, total, shown, expected) => {
    const { id, dialer, deps } = await rig(total);
    dialer.counts = false;
    dialer.shown = [...shown];
    expect(await startAgain(deps, id)).toEqual({ ...allSent, taken: null, ...expected });
  });

  test('a progress display that fails does not stop the calls', async () => {
    const { id, deps } = await rig();
    const failing = (): void => {
      throw new Error('slack is away');
    };
    expect((await start(deps, id, failing)).result).toEqual(allSent);
  });
});

describe('while a request is in flight', () => {
  /** What was looked up stays as good as new. */
  const still = { ...clock, elapsed: () => 0 };
  /** Resolves once the numbers of a batch were read and looked up. */
  function lookedUp(ordinal: number) {
    let [isRead, resolve] = [false, () => {}];
    const looked = new Promise<void>((done) => {
      resolve = done;
    });
    const watched: Store = {
      ...store,
      async batchEntries(runId, which) {
        isRead ||= which === ordinal;
        return store.batchEntries(runId, which);
      },
      async numberHistory(...about) {
        const history = await store.numberHistory(...about);
        if (isRead) setImmediate(resolve);
        return history;
      },
    };
    return { watched, looked };
  }

  test('the next batch is prepared, and begins in one transaction with the answer to the one before', async () => {
    const { id, dialer, deps } = await rig();
    const { watched, looked } = lookedUp(2);
    const calls: unknown[] = [];
    const counted: Store = {
      ...watched,
      beginBatch: async (runId, ordinal, change, given) => {
        calls.push(['begin', ordinal, given?.answered?.ordinal]);
        return watched.beginBatch(runId, ordinal, change, given);
      },
      updateBatch: async (runId, ordinal, change, sent) => {
        calls.push(['update', ordinal]);
        await watched.updateBatch(runId, ordinal, change, sent);
      },
      recordSent: async (runId, sent) => {
        calls.push(['record', ...sent.map((one) => one.phones.length)]);
        await watched.recordSent(runId, sent);
      },
    };
    dialer.answers.set(1, async (batch) => {
      await looked;
      return take(dialer, batch);
    });
    expect(await startAgain({ ...deps, store: counted, clock: still }, id)).toEqual(allSent);
    expect(calls).toEqual([
      ['begin', 0, undefined],
      ['begin', 1, 0],
      ['begin', 2, 1],
      ['begin', 3, 2],
      ['update', 3],
      ['record', 10, 10, 10],
    ]);
    const history = await store.numberHistory(phones(36), { ...about, runId: 'another' });
    expect(history.map(({ here }) => here)).toEqual([...Array(35).fill(true), false]);
  });

  test('a number that is put on the do-not-call list meanwhile is not sent', async () => {
    const { id, dialer, deps } = await rig();
    const { watched, looked } = lookedUp(2);
    const barred = phones(35)[25] ?? '';
    dialer.answers.set(1, async (batch) => {
      await looked;
      await store.addDoNotCall([barred], { person: 'U2', at: clock.now() });
      return take(dialer, batch);
    });
    const result = await startAgain({ ...deps, store: watched, clock: still }, id);
    expect(result).toMatchObject({ accepted: 34, withheld: [{ count: 1, why: 'do_not_call' }], state: 'done' });
    expect(sentPhones(dialer).sort()).toEqual(phones(35).filter((phone) => phone !== barred));
  });

  test('under a cap, what another run sends meanwhile counts at once, and so does what this one sent', async () => {
    const { id, dialer, deps } = await rig();
    const capped = { ...rules, cap: { times: 1, withinMs: 3_600_000 } };
    const shared = phones(35)[25] ?? '';
    const recorded: number[] = [];
    const seen = async (): Promise<void> => {
      const history = await store.numberHistory(phones(35), { ...about, runId: 'another' });
      recorded.push(history.filter(({ here }) => here).length);
    };
    dialer.answers.set(0, async (batch) => {
      await seen();
      return take(dialer, batch);
    });
    dialer.answers.set(1, async (batch) => {
      await seen();
      await store.recordSent('another', [{ taskId: 'other', phones: [shared], at: clock.now() }]);
      return take(dialer, batch);
    });
    const result = await startAgain({ ...deps, rules: capped, clock: still }, id);
    expect(result).toMatchObject({ accepted: 34, withheld: [{ count: 1, why: 'frequency_cap' }], state: 'done' });
    expect(recorded).toEqual([0, 10]);
  });

  test('what was looked up too long ago is looked up again', async () => {
    const { id, dialer, deps } = await rig();
    const { watched, looked } = lookedUp(2);
    const barred = phones(35)[25] ?? '';
    let late = 0;
    dialer.answers.set(1, async (batch) => {
      await looked;
      // Another run sends it.
      await store.recordSent('another', [{ taskId: 't', phones: [barred], at: clock.now() }]);
      late = 6_000;
      return take(dialer, batch);
    });
    const result = await startAgain({ ...deps, store: watched, clock: { ...clock, elapsed: () => late } }, id);
    expect(result).toMatchObject({ accepted: 34, withheld: [{ count: 1, why: 'sent_to_task' }], state: 'done' });
  });

  test('a process that dies before it has recorded what was sent leaves that to the next one', async () => {
    const { id, dialer, deps } = await rig();
    const recordSent = async (): Promise<void> => {
      throw new Error('kill -9');
    };
    dialer.answers.set(2, () => refused('platform_task_running'));
    await expect(start({ ...deps, store: { ...store, recordSent }, clock: still }, id)).rejects.toThrow('kill -9');
    const seen = async () =>
      (await store.numberHistory(phones(35), { ...about, runId: 'another' })).filter(({ here }) => here).length;
    expect(await seen()).toBe(0);
    await resume(deps);
    expect(await seen()).toBe(35);
    expect(dialer.total).toBe(85);
  });
});

describe('a batch that is refused for its rows', () => {
  const words = '号码格式错误: 138****0013';

  test.each([
    ['named', true, 5],
    ['not named', false, 12],
  ])('the row is found when it is %s, and all others are imported', async (_, names, maxRequests) => {
    const { id, dialer, deps } = await rig();
    dialer.bad.set(phones(35)[13] ?? '', '号码格式错误');
    dialer.names = names;
    const result = await startAgain(deps, id);
    expect(result).toMatchObject({ accepted: 34, refused: [{ count: 1, message: '号码格式错误' }], state: 'done' });
    expect(dialer.total).toBe(84);
    expect(dialer.requests.length).toBeLessThanOrEqual(maxRequests);
  });

  test('a number in the message names its row, as far as it can be read', async () => {
    const { id, dialer, deps } = await rig();
    const bad = phones(35)[13] ?? '';
    dialer.answers.set(1, () => refused('platform_rejected', `号码已存在: 138****0013`));
    dialer.bad.set(bad, words);
    expect(await startAgain(deps, id)).toMatchObject({ accepted: 34, present: 1, refused: [] });
    expect(dialer.requests).toHaveLength(5);
  });

  test('a number that the task has is no error', async () => {
    const { id, dialer, deps } = await rig();
    dialer.bad.set(phones(35)[4] ?? '', '号码已存在');
    dialer.bad.set(phones(35)[34] ?? '', '号码已存在');
    dialer.names = true;
    expect(await startAgain(deps, id)).toMatchObject({ accepted: 33, present: 2, refused: [] });
  });

  test('many bad rows that are not named: all others are imported, with at most twice as many requests as batches', async () => {
    runs += 1;
    const run = await preview(store, `run-${runs}`, 400);
    const dialer = fakeDialer();
    for (const [index, phone] of phones(400).entries()) if (index % 4 === 0) dialer.bad.set(phone, '空号');
    const deps = { store, dialer, clock, log, batchSize: 10, rules, around: nothingAround };
    const { result } = await start(deps, run.id);
    expect(result).toMatchObject({ accepted: 300, refused: [{ count: 100, message: '空号' }], state: 'done' });
    expect(dialer.total).toBe(350);
    expect(dialer.requests.length).toBeLessThanOrEqual(2 * (await store.importLedger(run.id)).length);
  });

  test('everything refused, again and again: its person is asked instead', async () => {
    runs += 1;
    const run = await preview(store, `run-${runs}`, 200);
    const dialer = fakeDialer();
    for (const phone of phones(200)) dialer.bad.set(phone, '参数错误');
    const deps = { store, dialer, clock, log, batchSize: 10, rules, around: nothingAround };
    const { result } = await start(deps, run.id);
    expect(result).toMatchObject({ state: 'halted', accepted: 0, unsent: 197, refused: [{ count: 3 }] });
    expect(result.because?.code).toBe('platform_rejected');
    expect(dialer.requests.length).toBeLessThanOrEqual(10);
  });
});

describe('a refusal that is not about rows', () => {
  test.each(['platform_task_running', 'platform_unauthorized', 'platform_not_found', 'task_gone'] as const)(
    '%s: nothing is divided or lost, and its person decides',
    async (code) => {
      const { id, dialer, deps } = await rig();
      dialer.answers.set(1, () => refused(code, '任务运行中'));
      const result = await startAgain(deps, id);
      expect(result).toMatchObject({ accepted: 10, refused: [], unknown: 0, unsent: 25, state: 'halted' });
      expect(result.because).toMatchObject({ code, details: { platformMessage: '任务运行中' } });
      expect(dialer.requests).toHaveLength(2);
      expect(await statesOf(id)).toEqual(['accepted', 'planned', 'planned', 'planned']);

      await decide(deps, (await store.importRun(id)) ?? never(), 'resume', { place: null });
      expect((await continueRun(deps, id))?.result).toEqual(allSent);
      expect(sentPhones(dialer).length).toBe(45);
      expect(dialer.total).toBe(85);
    },
  );

  test.each(['platform_rate_limited', 'platform_unreachable', 'platform_timeout'] as const)(
    '%s passes: the batch is sent again after a wait',
    async (code) => {
      const { id, dialer, deps } = await rig();
      dialer.answers.set(1, () => refused(code)).set(2, () => refused(code));
      expect(await startAgain(deps, id)).toEqual(allSent);
      expect(dialer.requests).toHaveLength(6);
    },
  );

  test('one that does not pass leaves the run to go on by itself', async () => {
    const { id, dialer, deps } = await rig();
    for (let n = 1; n < 7; n++) dialer.answers.set(n, () => refused('platform_unreachable'));
    expect(await startAgain(deps, id)).toMatchObject({ accepted: 10, unsent: 25, state: 'continues' });
    const { reported } = await resume(deps);
    expect(reported.map(({ result }) => result)).toEqual([allSent]);
    expect(dialer.total).toBe(85);
  });
});

function never(): never {
  throw new Error('there is no such run');
}

describe('an answer that was lost', () => {
  test('the total shows that the batch arrived: the run goes on', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, (batch) => unknown({ dialer, batch }));
    expect(await startAgain(deps, id)).toMatchObject({ accepted: 35, unknown: 0, state: 'done' });
    expect(dialer.requests).toHaveLength(4);
  });

  test('the total lags: it is waited for', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, (batch) => {
      dialer.shown = [50, 60, null, 50, 60];
      return unknown({ dialer, batch });
    });
    expect(await startAgain(deps, id)).toMatchObject({ accepted: 35, unknown: 0 });
    expect(dialer.requests).toHaveLength(4);
  });

  test('a list that comes empty proves nothing', async () => {
    const { id, dialer, deps } = await rig();
    const { list } = dialer;
    let empty = 0;
    dialer.list = async () => (empty++ % 3 < 2 && dialer.requests.length === 2 && empty < 12 ? [] : list());
    dialer.answers.set(1, (batch) => unknown({ dialer, batch }));
    expect(await startAgain(deps, id)).toMatchObject({ accepted: 35, unknown: 0 });
    expect(dialer.requests).toHaveLength(4);
  });

  test('it did not arrive: that is known once a later batch shows without it, and it is sent again', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, () => unknown());
    expect(await startAgain(deps, id)).toEqual(allSent);
    // The later batch is cut, so that its size is its own.
    expect(dialer.requests.map((request) => request.phones.length)).toEqual([10, 10, 9, 10, 5, 1]);
    expect(dialer.total).toBe(85);
  });

  test('two of them, of which one arrived: the total tells which, and only the other one is sent again', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, () => unknown());
    dialer.answers.set(2, (batch) => unknown({ dialer, batch }));
    expect(await startAgain(deps, id)).toEqual(allSent);
    expect(dialer.total).toBe(85);
    expect(new Set(sentPhones(dialer)).size).toBe(35);
    expect(sentPhones(dialer)).toHaveLength(45);
  });

  test('the last one did not arrive: nothing shows that, so its person is asked', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(3, () => unknown());
    expect(await startAgain(deps, id)).toMatchObject({ accepted: 30, unknown: 5, unsent: 0, state: 'halted' });
    expect(dialer.requests).toHaveLength(4);
    const { reported, files } = await resume(deps);
    expect([reported.length, files.length]).toEqual([1, 0]);
    expect(await resume(deps)).toEqual({ reported: [], files: [] });

    await decide(deps, (await store.importRun(id)) ?? never(), 'cancel', { place: null });
    const ended = await resume(deps);
    expect(ended.reported.map(({ result }) => result)).toMatchObject([{ accepted: 30, unknown: 5, state: 'stopped' }]);
    expect(ended.files).toEqual([
      {
        id,
        rows: phones(35)
          .slice(30)
          .map((phone, index) => ({ why: 'unknown', line: 31 + index, phone, name: null, detail: null })),
      },
    ]);
  });

  test('a person may have it sent again', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(3, () => unknown());
    await start(deps, id);
    await decide(deps, (await store.importRun(id)) ?? never(), 'send_unknown', { place: null });
    expect((await continueRun(deps, id))?.result).toEqual(allSent);
    expect(dialer.total).toBe(85);
  });

  test('a total that someone else changed is not believed', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, (batch) => {
      dialer.total = (dialer.total ?? 0) + 3;
      return unknown({ dialer, batch });
    });
    expect(await startAgain(deps, id)).toMatchObject({ accepted: 25, unknown: 10, unsent: 0, state: 'halted' });
    expect(dialer.requests).toHaveLength(5);
  });

  test('nor one that was read right after someone else’s numbers may have been on their way', async () => {
    const { id, dialer, deps } = await rig();
    const at = clock.now();
    await store.noteRun(id, { previewed: { total: 50, at } });
    dialer.answers.set(1, (batch) => unknown({ dialer, batch }));
    // However slow the machine is, no time has passed since.
    const result = await startAgain({ ...deps, clock: { ...clock, now: () => at } }, id);
    expect(result).toMatchObject({ accepted: 25, unknown: 10, state: 'halted' });
  });

  test('a platform whose answers all get lost is not given the whole list', async () => {
    runs += 1;
    const run = await preview(store, `run-${runs}`, 200, null);
    const dialer = fakeDialer(null);
    for (let n = 0; n < 20; n++) dialer.answers.set(n, () => unknown());
    const deps = { store, dialer, clock, log, batchSize: 10, rules, around: nothingAround };
    expect((await start(deps, run.id)).result).toMatchObject({ unknown: 30, unsent: 170, state: 'halted' });
    expect(dialer.requests).toHaveLength(3);
  });
});

describe('once only', () => {
  test('of ten callers at once one sends, also from two bots', async () => {
    const { id, dialer, deps } = await rig();
    const other = { ...deps, store: await folder.open() };
    const calls = Array.from({ length: 10 }, (_, index) => start(index % 2 === 0 ? deps : other, id));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(['held_elsewhere', 'already_sent']).toContain(outcome.reason.code);
    }
    expect(dialer.requests).toHaveLength(4);
  });

  test('a discarded run is not sent, nor one that is unknown', async () => {
    const { id, dialer, deps } = await rig();
    await store.moveImport(id, 'preview', 'discarded');
    await expect(start(deps, id)).rejects.toMatchObject({ code: 'already_sent' });
    await expect(start(deps, 'no such run')).rejects.toMatchObject({ code: 'already_sent' });
    expect(dialer.requests).toEqual([]);
  });

  test('two people decide at once: one is first', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, () => refused('platform_task_running'));
    await start(deps, id);
    const run = (await store.importRun(id)) ?? never();
    const decided = await Promise.allSettled([
      decide(deps, run, 'cancel', { place: null }),
      decide(deps, run, 'resume', { place: null }),
    ]);
    expect(decided.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    await resume(deps);
    expect(['done', 'stopped']).toContain((await store.importRun(id))?.state);
    await expect(decide(deps, run, 'cancel', { place: null })).rejects.toMatchObject({ code: 'already_decided' });
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
    await start(deps, id);
    expect(dialer.requests.length).toBeGreaterThan(0);
  });

  test('gone: nothing is sent, and the run stays', async () => {
    const { id, dialer, deps } = await rig();
    dialer.total = undefined;
    await expect(start(deps, id)).rejects.toMatchObject({ code: 'task_gone' });
    expect(dialer.requests).toEqual([]);
    expect(await store.importRun(id)).toMatchObject({ state: 'preview' });
    // It came back: the same run can be sent.
    dialer.total = 50;
    expect(await startAgain(deps, id)).toEqual(allSent);
  });
});

test('a run that was taken away sends nothing more and does not judge', async () => {
  const { id, dialer, deps } = await rig();
  const losing: Store = {
    ...deps.store,
    renew: async (name, owner, ttlMs) => dialer.requests.length < 2 && (await store.renew(name, owner, ttlMs)),
  };
  // A held lease is renewed when seconds have passed: each request takes that long.
  const slow = { ...clock, elapsed: () => clock.elapsed() + dialer.requests.length * 11_000 };
  await expect(start({ ...deps, store: losing, clock: slow }, id)).rejects.toMatchObject({ code: 'held_elsewhere' });
  expect(dialer.requests).toHaveLength(2);
  expect(await store.importRun(id)).toMatchObject({ state: 'running' });
  // Until its lease is over.
  await clock.sleep(31_000);
  await resume(deps);
  expect(dialer.total).toBe(85);
});

/** The statements of a run; each fails some times, after its effect or before. */
const statements = [
  'importRun',
  'importLedger',
  'batchEntries',
  'numberHistory',
  'noteRun',
  'moveImport',
  'beginBatch',
  'updateBatch',
  'replaceBatch',
  'recordSent',
  'doNotCallVersion',
  'renew',
] as const;

/** What is asked too early fails again in its turn, if it still does. */
const waitedForByNobody: ReadonlySet<string> = new Set(['renew', 'doNotCallVersion']);

describe('a store that fails meanwhile', () => {
  const outage = () => new AppError('store_failed', 'the database ended the connection');

  test.each(
    statements.flatMap((name) => [0, 1, 2].flatMap((skip) => [true, false].map((effect) => ({ name, skip, effect })))),
  )(
    'in $name after $skip, effect $effect: the run waits, and every number is there once',
    async ({ name, skip, effect }) => {
      const { id, dialer, deps } = await rig();
      dialer.bad.set(phones(35)[12] ?? '', '空号');
      let calls = 0;
      let confirmed = false;
      const act = store[name] as (...given: unknown[]) => Promise<unknown>;
      const failing = async (...given: unknown[]): Promise<unknown> => {
        calls += 1;
        // The confirmation fails in words; what is confirmed goes on.
        const fails = confirmed && calls > skip && calls <= skip + 3;
        if (!fails) return act(...given);
        if (effect) await act(...given);
        throw outage();
      };
      const waits: (string | undefined)[] = [];
      const { result } = await startRun(
        { ...deps, store: { ...store, [name]: failing } },
        {
          runId: id,
          place: null,
          earlier: [],
          order: orderFacts(null),
          confirmed: () => {
            [confirmed, calls] = [true, 0];
          },
        },
        (_run, _done, _total, wait) => waits.push(wait),
      );
      expect(result).toMatchObject({ accepted: 34, refused: [{ count: 1 }], unknown: 0, unsent: 0, state: 'done' });
      expect(await store.importRun(id)).toMatchObject({ state: 'done' });
      const taken = (await store.importLedger(id)).filter(({ state }) => state === 'accepted');
      expect(taken.reduce((sum, { size }) => sum + size, 0)).toBe(34);
      expect(dialer.total).toBe(84);
      if (calls > skip && !waitedForByNobody.has(name)) expect(waits).toContain('store');
    },
    30_000,
  );

  test('before it is confirmed: nothing is sent, and it can be confirmed again', async () => {
    const { id, dialer, deps } = await rig();
    const moveImport = async () => Promise.reject(outage());
    await expect(start({ ...deps, store: { ...store, moveImport } }, id)).rejects.toMatchObject({
      code: 'store_failed',
    });
    expect(dialer.requests).toEqual([]);
    expect(await startAgain(deps, id)).toEqual(allSent);
  });

  test('with a confirmation that was written without an answer: it goes on', async () => {
    const { id, deps } = await rig();
    let failed = false;
    const moveImport: Store['moveImport'] = async (...move) => {
      const moved = await store.moveImport(...move);
      if (failed) return moved;
      failed = true;
      throw outage();
    };
    expect(await startAgain({ ...deps, store: { ...store, moveImport } }, id)).toEqual(allSent);
  });
});

test('a process that stops while the store fails: the total settles the batch, and the run goes on', async () => {
  const { id, dialer, deps } = await rig();
  const stopping = new AbortController();
  const full = (): never => {
    stopping.abort();
    throw new AppError('store_failed', 'disk full');
  };
  // The answer is written together with the next batch, or alone.
  const failing: Store = {
    ...deps.store,
    beginBatch: async (runId, ordinal, change, given) =>
      given?.answered?.ordinal === 1 ? full() : store.beginBatch(runId, ordinal, change, given),
    updateBatch: async (runId, ordinal, change, sent) =>
      change.state === 'accepted' && ordinal === 1 ? full() : store.updateBatch(runId, ordinal, change, sent),
  };
  const stopped = await start({ ...deps, store: failing, stopping: stopping.signal }, id);
  expect(stopped.result).toMatchObject({ accepted: 10, unknown: 10, unsent: 15, state: 'continues' });
  const { reported } = await resume(deps);
  expect(reported.map(({ result }) => result)).toMatchObject([{ accepted: 35, unknown: 0, unsent: 0 }]);
  expect(sentPhones(dialer)).toEqual(phones(35));
});

test('a process that stops finishes the batch under way, and the next one sends the rest', async () => {
  const { id, dialer, deps } = await rig();
  const stopping = new AbortController();
  dialer.answers.set(1, (batch) => {
    stopping.abort();
    return take(dialer, batch);
  });
  const { result } = await start({ ...deps, stopping: stopping.signal }, id);
  expect(result).toMatchObject({ accepted: 20, unknown: 0, unsent: 15, state: 'continues' });
  expect(dialer.requests).toHaveLength(2);
  await resume(deps);
  expect(sentPhones(dialer)).toEqual(phones(35));
});

test('a run that is cancelled while it is sent ends after the batch under way', async () => {
  const { id, dialer, deps } = await rig();
  dialer.answers.set(1, async (batch) => {
    await decide(deps, (await store.importRun(id)) ?? never(), 'cancel', { place: null });
    return take(dialer, batch);
  });
  expect(await startAgain(deps, id)).toMatchObject({ accepted: 20, unsent: 15, state: 'stopped' });
  expect(dialer.requests).toHaveLength(2);
});

describe('after a crash', () => {
  /** Dies at the n-th request, before or after its effect. */
  async function crashed(at: number, effect: boolean, total: number | null = 50) {
    const { id, dialer, deps } = await rig(total);
    dialer.answers.set(at, (batch) => {
      if (effect) take(dialer, batch);
      throw new Error('kill -9');
    });
    await expect(start(deps, id)).rejects.toThrow('kill -9');
    return { id, dialer, deps };
  }

  test.each([
    [true, 4],
    [false, 6],
  ])('in the middle of a request whose effect was %s: every number is there once', async (effect, requests) => {
    const { id, dialer, deps } = await crashed(1, effect);
    expect(await statesOf(id)).toEqual(['accepted', 'sending', 'planned', 'planned']);
    const { reported } = await resume(deps);
    expect(reported).toMatchObject([{ run: { id, person: 'U1' }, result: { accepted: 35, state: 'done' } }]);
    expect(dialer.requests).toHaveLength(requests);
    expect(dialer.total).toBe(85);
    expect((await batchesOf(store, id)).flatMap((batch) => batch.entries)).toEqual([]);
    // Settled once, reported once.
    expect(await resume(deps)).toEqual({ reported: [], files: [] });
  });

  test('again while a total is waited for: the time that it had to lag counts, whoever waited', async () => {
    const { id, dialer, deps } = await crashed(1, false);
    const stopping = new AbortController();
    // Lives for less than a total may lag.
    dialer.answers.set(2, (batch) => {
      void clock.sleep(3_000).then(() => stopping.abort());
      return take(dialer, batch);
    });
    await resume({ ...deps, stopping: stopping.signal });
    expect(await statesOf(id)).toContain('unknown');
    await clock.sleep(10_000);
    let looks = 0;
    const list = async () => {
      looks += 1;
      return dialer.list();
    };
    const { reported } = await resume({ ...deps, dialer: { ...dialer, list } });
    expect(reported).toMatchObject([{ result: { accepted: 35, unknown: 0, state: 'done' } }]);
    expect(looks).toBe(1);
    expect(dialer.total).toBe(85);
  });

  test('without totals, the batch is not known, and the rest goes on', async () => {
    const { dialer, deps } = await crashed(1, false, null);
    const { reported } = await resume(deps);
    expect(reported.map(({ result }) => result)).toMatchObject([{ accepted: 25, unknown: 10, state: 'halted' }]);
    expect(dialer.requests).toHaveLength(4);
  });

  test('between the end and the report: its person is notified all the same, once', async () => {
    const { id, deps } = await rig();
    await start(deps, id);
    expect((await resume(deps)).reported).toMatchObject([{ run: { id }, result: { state: 'done' } }]);
    expect((await resume(deps)).reported).toEqual([]);
  });

  test('after the result was shown, only what is left to do is done', async () => {
    const { id, deps } = await rig();
    await start(deps, id);
    await store.noteRun(id, { reported: true });
    expect((await resume(deps)).reported).toEqual([]);
    expect((await batchesOf(store, id)).flatMap((batch) => batch.entries)).toEqual([]);
  });

  test('a run whose process lives is left alone', async () => {
    const { id, dialer, deps } = await rig();
    const other = { ...deps, store: await folder.open() };
    dialer.answers.set(1, async (batch) => {
      expect(await resume(other)).toEqual({ reported: [], files: [] });
      expect(await statesOf(id)).toEqual(['accepted', 'sending', 'planned', 'planned']);
      return take(dialer, batch);
    });
    expect(await startAgain(deps, id)).toEqual(allSent);
    expect(dialer.requests).toHaveLength(4);
  });

  test('after more than half a day nobody expects the calls: its person is asked', async () => {
    const { id, dialer, deps } = await crashed(1, true);
    await store.noteRun(id, { startedAt: clock.now() - 13 * 3_600_000 });
    const { reported } = await resume(deps);
    expect(reported).toMatchObject([{ result: { accepted: 20, unsent: 15, state: 'halted' } }]);
    expect(reported[0]?.result.because?.code).toBe('import_overdue');
    expect(dialer.requests).toHaveLength(2);
  });

  test('a decision that nobody makes: the run ends, and its numbers are given back and deleted', async () => {
    const { id, dialer, deps } = await rig();
    dialer.answers.set(1, () => refused('platform_task_running'));
    await start(deps, id);
    await resume(deps);
    await store.noteRun(id, { startedAt: clock.now() - 73 * 3_600_000 });
    const { reported, files } = await resume(deps);
    expect(reported).toMatchObject([{ result: { state: 'stopped', unsent: 25 } }]);
    expect(files.flatMap(({ rows }) => rows.map(({ phone, why }) => [phone, why]))).toEqual(
      phones(35)
        .slice(10)
        .map((phone) => [phone, 'unsent']),
    );
    expect((await batchesOf(store, id)).flatMap((batch) => batch.entries)).toEqual([]);
  });

  test('a file that cannot be delivered is delivered later, and not kept forever', async () => {
    const { id, dialer, deps } = await rig();
    dialer.bad.set(phones(35)[0] ?? '', '空号');
    await start(deps, id);
    const failing = {
      ...deps,
      tasks: noTasks,
      giveErrorFile: async () => {
        throw new AppError('chat_failed', 'no');
      },
    };
    await expect(conclude(failing, id)).rejects.toMatchObject({ code: 'chat_failed' });
    expect((await batchesOf(store, id)).flatMap((batch) => batch.entries)).toHaveLength(35);
    await store.noteRun(id, { startedAt: clock.now() - 73 * 3_600_000 });
    await conclude(failing, id);
    expect((await batchesOf(store, id)).flatMap((batch) => batch.entries)).toEqual([]);
  });
});
