import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPermission } from '../../../../src/core/access/permission.ts';
import { AppError } from '../../../../src/core/errors.ts';
import { createImportUseCases, type ImportUseCases } from '../../../../src/core/imports/importing.ts';
import { readNumbers } from '../../../../src/core/imports/read.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { watchOnce } from '../../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../../src/store/store.ts';
import { clock, entries, type FakeDialer, fakeDialer, unknown } from '../../../support/core/import-rig.ts';
import { taskOf } from '../../../support/core/task-samples.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';

let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
let dialer: FakeDialer;
let board: Board;
let log: ReturnType<typeof recordingLog>;
let ids: number;
let changed: number;
beforeEach(async () => {
  folder = await storeFolder(clock, recordingLog());
  store = await folder.open();
  dialer = fakeDialer();
  board = createBoard(clock);
  log = recordingLog();
  ids = 0;
  changed = 0;
});
afterEach(() => folder.remove());

const may = createPermission();

const bot = (change: Partial<Store> = {}): ImportUseCases =>
  createImportUseCases({
    dialer,
    store: { ...store, ...change },
    board,
    clock,
    log,
    may,
    batchSize: 10,
    stopping: new AbortController().signal,
    readList: async (given) => readNumbers(given),
    newId: () => `run-${++ids}`,
    changed: () => {
      changed += 1;
    },
    find: async () => taskOf({ id: 't' }),
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
  expect((await store.importBatches(run.id)).map(({ entries: batch }) => batch.length)).toEqual([10, 10, 5]);
  expect(dialer.requests).toEqual([]);
});

test('a list without a number that is ready has no run, and what cannot be read plans none', async () => {
  const imports = bot();
  const request = { taskId: 't', person: 'U1', channel: 'C1' };
  const { runId, list } = await imports.preview({ ...request, given: { text: '1380013800' } });
  expect([runId, list.rejected.length]).toEqual([null, 1]);
  const lost = Promise.reject(new AppError('file_download_failed', 'no answer'));
  await expect(imports.preview({ ...request, given: lost })).rejects.toMatchObject({ code: 'file_download_failed' });
  expect(await store.importRun('run-1')).toBeNull();
});

describe('sending', () => {
  test('once: a second press, on this bot or another, sends nothing', async () => {
    const run = await prepare(bot());
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => bot().send({ runId: run.id, person: 'U1' }, () => {})),
    );
    const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(failed.map((reason) => (reason as AppError).code)).toEqual(['held_elsewhere', 'held_elsewhere']);
    await expect(bot().send({ runId: run.id, person: 'U1' }, () => {})).rejects.toMatchObject({ code: 'already_sent' });
    await expect(bot().send({ runId: 'no-such-run', person: 'U1' }, () => {})).rejects.toMatchObject({
      code: 'already_sent',
    });
    expect(dialer.requests.map(({ phones }) => phones.length)).toEqual([10, 10, 5]);
  });

  test('reports its progress and its result, and is recorded as ours', async () => {
    const imports = bot();
    const run = await prepare(imports);
    const reported: [number, number][] = [];
    const result = await imports.send({ runId: run.id, person: 'U1' }, ({ counts }, sent) =>
      reported.push([sent, counts.ready]),
    );
    expect(reported).toEqual([
      [10, 25],
      [20, 25],
      [25, 25],
    ]);
    expect(result).toMatchObject({ accepted: 25, unknown: 0, unsent: 0, stopped: false, run: { id: run.id } });
    expect(board.get('t')?.actor).toMatchObject({ person: 'U1', action: 'imported' });
    expect(board.get('t')?.acts).toMatchObject([{ person: 'U1', action: 'imported', count: 25 }]);
    expect(changed).toBe(1);
  });

  test('is not announced by the next poll', async () => {
    await store.addWatch({ taskId: 't', channel: 'C1', owner: 'U1', createdAt: 0 });
    await watchOnce({ dialer, store, log, board });
    const imports = bot();
    await imports.send({ runId: (await prepare(imports)).id, person: 'U1' }, () => {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    await watchOnce({ dialer, store, log, board });
    expect(await store.openItems()).toEqual([]);
  });

  test('an unknown batch is reported as such', async () => {
    const imports = bot();
    dialer.answers.set(1, () => unknown());
    const result = await imports.send({ runId: (await prepare(imports)).id, person: 'U1' }, () => {});
    expect(result).toMatchObject({ unknown: 10, unsent: 5, stopped: true });
  });

  test('numbers that were sent are reported as sent, also when nothing could be recorded afterwards', async () => {
    const deriveReading = async (): Promise<never> => {
      throw new AppError('store_failed', 'the disk is full');
    };
    const imports = bot({ deriveReading });
    const result = await imports.send({ runId: (await prepare(imports)).id, person: 'U1' }, () => {});
    expect(result).toMatchObject({ accepted: 25, stopped: false });
    expect(log.lines.some(({ level, fields }) => level === 'error' && fields.code === 'store_failed')).toBe(true);
  });

  test('when the task cannot be read afterwards, the result is kept', async () => {
    const imports = bot();
    const run = await prepare(imports);
    dialer.answers.set(2, (batch) => {
      dialer.total = undefined;
      return { kind: 'done', value: { accepted: batch.length, totalAfter: 75 } };
    });
    expect(await imports.send({ runId: run.id, person: 'U1' }, () => {})).toMatchObject({ accepted: 25 });
  });
});

test('a prepared run belongs to its person: nobody else sends or discards it', async () => {
  const imports = bot();
  const runId = (await prepare(imports)).id;
  await expect(imports.send({ runId, person: 'U2' }, () => {})).rejects.toMatchObject({ code: 'not_yours' });
  await imports.discard({ runId, person: 'U2' });
  expect(dialer.requests).toEqual([]);
  expect(await imports.send({ runId, person: 'U1' }, () => {})).toMatchObject({ accepted: 25 });
});

test('what was discarded cannot be sent, and its numbers are forgotten; what runs cannot be discarded', async () => {
  const imports = bot();
  const dropped = await prepare(imports);
  await imports.discard({ runId: dropped.id, person: 'U1' });
  await expect(imports.send({ runId: dropped.id, person: 'U1' }, () => {})).rejects.toMatchObject({
    code: 'already_sent',
  });
  expect((await store.importBatches(dropped.id)).flatMap(({ entries: batch }) => batch)).toEqual([]);
  const sent = await prepare(imports);
  await imports.send({ runId: sent.id, person: 'U1' }, () => {});
  await imports.discard({ runId: sent.id, person: 'U1' });
  expect((await store.importRun(sent.id))?.state).toBe('done');
  expect(dialer.requests).toHaveLength(3);
});
