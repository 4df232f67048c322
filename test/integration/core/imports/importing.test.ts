import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPermission } from '../../../../src/core/access/permission.ts';
import { AppError } from '../../../../src/core/errors.ts';
import { createImportUseCases, type ImportDeps, type ImportUseCases } from '../../../../src/core/imports/importing.ts';
import type { RunOutcome } from '../../../../src/core/imports/ledger.ts';
import { createStartGate } from '../../../../src/core/stop/gate.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { watchOnce } from '../../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../../src/store/store.ts';
import {
  clock,
  entries,
  type FakeDialer,
  fakeDialer,
  refused,
  rules,
  take,
  unknown,
} from '../../../support/core/import-rig.ts';
import { readHere } from '../../../support/core/read-list.ts';
import { taskOf } from '../../../support/core/task-samples.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';
import { batchesOf } from '../../../support/store/samples.ts';

let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
let dialer: FakeDialer;
let board: Board;
let log: ReturnType<typeof recordingLog>;
let ids: number;
let changed: number;
let files: string[][];
beforeEach(async () => {
  folder = await storeFolder(clock, recordingLog());
  store = await folder.open();
  dialer = fakeDialer();
  board = createBoard(clock);
  log = recordingLog();
  ids = 0;
  changed = 0;
  files = [];
});
afterEach(() => folder.remove());

const may = createPermission();

const bot = (change: Partial<Store> = {}, deps: Partial<ImportDeps> = {}): ImportUseCases =>
  createImportUseCases({
    dialer,
    store: { ...store, ...change },
    board,
    clock,
    log,
    may,
    batchSize: 10,
    rules,
    giveErrorFile: async ({ id }, rows) => {
      for await (const { phone, why } of rows) files.push([id, why, phone]);
    },
    stopping: new AbortController().signal,
    metadata: { peek: () => null },
    tasks: {
      create: async () => ({ kind: 'in_progress' }),
      start: async () => ({ kind: 'busy' }),
      pause: async () => ({ kind: 'busy' }),
    },
    startAskAbove: 100,
    gate: createStartGate(store),
    readList: readHere,
    newId: () => `run-${++ids}`,
    changed: () => {
      changed += 1;
    },
    find: async () => taskOf({ id: 't' }),
    ...deps,
  });

/** `count` good numbers, one of them twice, and one that is too short. */
const text = (count: number): string =>
  [...entries(count), ...entries(1), { phone: '1380013800' }].map(({ phone }) => phone).join('\n');
async function prepare(imports: ImportUseCases, count = 25): Promise<{ id: string }> {
  const { runId } = await imports.preview({ taskId: 't', given: { text: text(count) }, person: 'U1', channel: 'C1' });
  if (runId === null) throw new Error('nothing is ready');
  return { id: runId };
}

test('a preview sends nothing and plans batches of the size that was set', async () => {
  const run = await prepare(bot());
  const counts = { rows: 27, ready: 25, rejected: 1, repeated: 1 };
  expect(await store.importRun(run.id)).toMatchObject({ state: 'preview', taskId: 't', counts });
  expect((await batchesOf(store, run.id)).map(({ entries: batch }) => batch.length)).toEqual([10, 10, 5]);
  expect(dialer.requests).toEqual([]);
});

test('a list without a number that is ready has no run, and what cannot be read plans none', async () => {
  const imports = bot();
  const request = { taskId: 't', person: 'U1', channel: 'C1' };
  const { runId, list } = await imports.preview({ ...request, given: { text: '1380013800' } });
  expect([runId, list.rejected.count]).toEqual([null, 1]);
  const file = async (): Promise<void> => {
    throw new AppError('file_download_failed', 'no answer');
  };
  await expect(imports.preview({ ...request, given: { file } })).rejects.toMatchObject({
    code: 'file_download_failed',
  });
  expect(await store.importRun('run-1')).toBeNull();
});

describe('a list of several pieces', () => {
  const request = { taskId: 't', person: 'U1', channel: 'C1' };
  const long = entries(4_505).map((entry, index) => ({ ...entry, line: index + 2 }));
  const given = { text: ['1380013800', ...long.map(({ phone }) => phone), '1390013900'].join('\n') };

  test('is planned as it is read: full batches in their order, what is not sent apart, every rejected row', async () => {
    const barred = [3, 2_222, 4_444].map((index) => long[index]?.phone ?? '');
    await store.addDoNotCall(barred, { person: 'U1', at: clock.now() });
    const { runId, history } = await bot().preview({ ...request, given });
    expect(history).toMatchObject({ toSend: 4_502, withheld: { do_not_call: 3 } });
    const id = runId ?? '';
    const counts = { rows: 4_507, ready: 4_505, rejected: 2 };
    expect(await store.importRun(id)).toMatchObject({ state: 'preview', counts });
    const batches = await batchesOf(store, id);
    const planned = batches.filter(({ state }) => state === 'planned');
    expect(planned.flatMap((batch) => batch.entries)).toEqual(long.filter(({ phone }) => !barred.includes(phone)));
    expect(planned.map(({ size }) => size)).toEqual([...Array(450).fill(10), 2]);
    const withheld = batches.filter(({ state }) => state === 'withheld');
    expect(withheld.flatMap((batch) => batch.entries.map(({ phone }) => phone))).toEqual(barred);
    expect(batches.map(({ ordinal }) => ordinal)).toEqual(batches.map((_, index) => index));
    const rejected = [await store.importRejects(id, 0), await store.importRejects(id, 1)];
    expect(rejected.map((rows) => rows.map(({ line }) => line))).toEqual([[1], [4_507]]);
    expect(await store.importRejects(id, 2)).toEqual([]);
  });

  test('leaves nothing behind when the reading fails, or when nothing is to be sent', async () => {
    const failing = bot(
      {},
      {
        readList: async (_, take) => {
          await take({ ready: entries(25), rejected: [] });
          throw new AppError('file_too_slow', 'in the middle');
        },
      },
    );
    await expect(failing.preview({ ...request, given })).rejects.toMatchObject({ code: 'file_too_slow' });
    expect(await store.importRun('run-1')).toBeNull();
    await store.addDoNotCall(
      long.map(({ phone }) => phone),
      { person: 'U1', at: clock.now() },
    );
    const { runId, history } = await bot().preview({ ...request, given });
    expect([runId, history.withheld.do_not_call]).toEqual([null, 4_505]);
    expect([await store.importRun('run-2'), await store.importLedger('run-2')]).toEqual([null, []]);
    expect(await store.importRejects('run-2', 0)).toEqual([]);
  });
});

describe('sending', () => {
  test('once: a second press, on this bot or another, sends nothing', async () => {
    const run = await prepare(bot());
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => bot().send({ runId: run.id, person: 'U1', place: null }, () => {})),
    );
    const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(failed.map((reason) => (reason as AppError).code)).toEqual(['held_elsewhere', 'held_elsewhere']);
    await expect(bot().send({ runId: run.id, person: 'U1', place: null }, () => {})).rejects.toMatchObject({
      code: 'already_sent',
    });
    await expect(bot().send({ runId: 'no-such-run', person: 'U1', place: null }, () => {})).rejects.toMatchObject({
      code: 'already_sent',
    });
    expect(dialer.requests.map(({ phones }) => phones.length)).toEqual([10, 10, 5]);
  });

  test('reports its progress and its result, and is recorded as ours', async () => {
    const imports = bot();
    const run = await prepare(imports);
    const reported: [number, number][] = [];
    const result = await imports.send({ runId: run.id, person: 'U1', place: null }, (_, done, total) =>
      reported.push([done, total]),
    );
    expect(reported).toEqual([
      [0, 25],
      [10, 25],
      [20, 25],
      [25, 25],
    ]);
    expect(result).toMatchObject({
      result: { accepted: 25, unknown: 0, unsent: 0, state: 'done' },
      run: { id: run.id },
    });
    expect(board.get('t')?.actor).toMatchObject({ person: 'U1', action: 'imported' });
    expect(board.get('t')?.acts).toMatchObject([{ person: 'U1', action: 'imported', count: 25 }]);
    expect(changed).toBe(1);
  });

  test('is not announced by the next poll', async () => {
    await store.addWatch({ taskId: 't', channel: 'C1', owner: 'U1', createdAt: 0 });
    await watchOnce({ dialer, store, log, board });
    const imports = bot();
    await imports.send({ runId: (await prepare(imports)).id, person: 'U1', place: null }, () => {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    await watchOnce({ dialer, store, log, board });
    expect(await store.openItems()).toEqual([]);
  });

  test('an unknown batch is reported as such', async () => {
    const imports = bot();
    dialer.answers.set(1, () => unknown());
    const result = await imports.send({ runId: (await prepare(imports)).id, person: 'U1', place: null }, () => {});
    expect(result.result).toMatchObject({ accepted: 15, unknown: 10, unsent: 0, state: 'halted' });
  });

  test('numbers that were sent are reported as sent, also when nothing could be recorded afterwards', async () => {
    const deriveReading = async (): Promise<never> => {
      throw new AppError('store_failed', 'the disk is full');
    };
    const imports = bot({ deriveReading });
    const result = await imports.send({ runId: (await prepare(imports)).id, person: 'U1', place: null }, () => {});
    expect(result.result).toMatchObject({ accepted: 25, state: 'done' });
    expect(log.lines.some(({ level, fields }) => level === 'error' && fields.code === 'store_failed')).toBe(true);
  });

  test('when the task cannot be read afterwards, the result is kept', async () => {
    const imports = bot();
    const run = await prepare(imports);
    dialer.answers.set(2, (batch) => {
      const taken = take(dialer, batch);
      dialer.total = undefined;
      return taken;
    });
    expect(await imports.send({ runId: run.id, person: 'U1', place: null }, () => {})).toMatchObject({
      result: { accepted: 25 },
    });
  });
});

test('a prepared run belongs to its person: nobody else sends or discards it', async () => {
  const imports = bot();
  const runId = (await prepare(imports)).id;
  await expect(imports.send({ runId, person: 'U2', place: null }, () => {})).rejects.toMatchObject({
    code: 'not_yours',
  });
  await imports.discard({ runId, person: 'U2' });
  expect(dialer.requests).toEqual([]);
  expect(await imports.send({ runId, person: 'U1', place: null }, () => {})).toMatchObject({
    result: { accepted: 25 },
  });
});

test('what was discarded cannot be sent, and its numbers are forgotten; what runs cannot be discarded', async () => {
  const imports = bot();
  const dropped = await prepare(imports);
  await imports.discard({ runId: dropped.id, person: 'U1' });
  await expect(imports.send({ runId: dropped.id, person: 'U1', place: null }, () => {})).rejects.toMatchObject({
    code: 'already_sent',
  });
  expect((await batchesOf(store, dropped.id)).flatMap(({ entries: batch }) => batch)).toEqual([]);
  const sent = await prepare(imports);
  await imports.send({ runId: sent.id, person: 'U1', place: null }, () => {});
  await imports.discard({ runId: sent.id, person: 'U1' });
  expect((await store.importRun(sent.id))?.state).toBe('done');
  expect(dialer.requests).toHaveLength(3);
});

describe('numbers that are known', () => {
  const send = async (imports: ImportUseCases, runId: string) => {
    const outcome = await imports.send({ runId, person: 'U1', place: null }, () => {});
    await imports.conclude(runId);
    return outcome.result;
  };
  const request = { taskId: 't', person: 'U1', channel: 'C1' };
  const given = { text: text(25) };

  test('what was sent to the task before is left out, unless its person wants it sent again', async () => {
    const imports = bot();
    await send(imports, (await prepare(imports)).id);
    const second = await imports.preview({ ...request, given });
    expect(second).toMatchObject({ runId: null, history: { toSend: 0, here: 25, recent: 25 } });
    const wishes = { again: true, withoutRecent: false };
    const { runId, history } = await imports.preview({ ...request, given, wishes });
    expect(history).toMatchObject({ toSend: 25, here: 25 });
    expect(await send(imports, runId ?? '')).toMatchObject({ accepted: 25 });
  });

  test('what was sent to another task lately is counted, and left out when its person says so', async () => {
    const imports = bot();
    await send(imports, (await prepare(imports, 10)).id);
    const other = bot({}, { find: async () => taskOf({ id: 'other' }) });
    const about = { ...request, taskId: 'other', given };
    expect((await other.preview(about)).history).toEqual({ toSend: 25, withheld: {}, here: 0, recent: 10 });
    const careful = await other.preview({ ...about, wishes: { again: false, withoutRecent: true } });
    expect(careful.history).toEqual({ toSend: 15, withheld: { sent_recently: 10 }, here: 0, recent: 10 });
  });

  test('nobody on the do-not-call list is called, also when they were added after the preview', async () => {
    const imports = bot();
    const [first, second] = entries(2).map(({ phone }) => phone);
    await store.addDoNotCall([first ?? ''], { person: 'U9', at: 1 });
    const { runId, history } = await imports.preview({ ...request, given });
    expect(history).toEqual({ toSend: 24, withheld: { do_not_call: 1 }, here: 0, recent: 0 });
    await store.addDoNotCall([second ?? ''], { person: 'U9', at: 2 });
    const result = await send(imports, runId ?? '');
    expect(result).toMatchObject({ ready: 25, accepted: 23, withheld: [{ count: 2, why: 'do_not_call' }] });
    const called = dialer.requests.flatMap(({ phones }) => phones).sort();
    expect(called).toEqual(
      entries(25)
        .slice(2)
        .map(({ phone }) => phone),
    );
    expect(
      files
        .filter(([, why]) => why === 'withheld')
        .map(([, , phone]) => phone)
        .sort(),
    ).toEqual([first, second]);
  });

  test('a number is sent as often as the cap allows, counted over all tasks', async () => {
    const capped = { rules: { cap: { times: 1, withinMs: 3_600_000 }, recentMs: 1 } };
    const imports = bot({}, capped);
    await send(imports, (await prepare(imports, 5)).id);
    const other = bot({}, { ...capped, find: async () => taskOf({ id: 'other' }) });
    const { history } = await other.preview({ ...request, taskId: 'other', given });
    expect(history).toEqual({ toSend: 20, withheld: { frequency_cap: 5 }, here: 0, recent: 0 });
  });

  test('a key that is wrong refuses the import, and what must not be called is not forgotten', async () => {
    const wrong = async (): Promise<never> => {
      throw new AppError('numbers_key_wrong', 'another key');
    };
    const imports = bot({ numberHistory: wrong });
    await expect(imports.preview({ ...request, given })).rejects.toMatchObject({ code: 'numbers_key_wrong' });
    expect(dialer.requests).toEqual([]);
  });
});

test('a result that is about to be shown is left to the process that sent the run, also by the polls of others', async () => {
  const reports: string[] = [];
  const reporting = {
    progress: async () => () => undefined,
    report: async ({ run }: RunOutcome) => void reports.push(run.id),
  };
  const [sender, other] = [bot(), bot()];
  const shown = (await prepare(sender)).id;
  await sender.send({ runId: shown, person: 'U1', place: null }, () => {});
  await other.resume(reporting);
  await sender.resume(reporting);
  await sender.conclude(shown);
  await other.resume(reporting);
  expect(reports).toEqual([]);
});

test('what could not be sent goes to the person of the run only, and only while it is here', async () => {
  const imports = bot();
  dialer.answers.set(1, () => refused('platform_task_running'));
  const { id: runId } = await prepare(imports);
  await imports.send({ runId, person: 'U1', place: null }, () => {});
  await expect(imports.errorFile({ runId, person: 'U2' })).rejects.toMatchObject({ code: 'not_yours' });
  await imports.errorFile({ runId, person: 'U1' });
  expect(files.filter(([, why]) => why === 'unsent')).toHaveLength(15);
  const ended = await imports.decide({ runId, person: 'U2', choice: 'cancel', place: null }, () => {});
  expect(ended.result).toMatchObject({ accepted: 10, unsent: 15, state: 'stopped' });
  await imports.conclude(runId);
  await expect(imports.errorFile({ runId, person: 'U1' })).rejects.toMatchObject({ code: 'already_decided' });
  expect((await imports.runs('t')).map(({ run }) => run.id)).toEqual([runId]);
  expect(await imports.runs('other')).toEqual([]);
});
