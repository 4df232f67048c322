import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPermission } from '../../../src/core/access/permission.ts';
import type { RunOutcome } from '../../../src/core/imports/ledger.ts';
import { resumeImports } from '../../../src/core/imports/resume.ts';
import { draftFromRaw } from '../../../src/core/model/fields.ts';
import type { Task } from '../../../src/core/model/task.ts';
import { createDeliverer } from '../../../src/core/notices/deliver.ts';
import type { Dialer } from '../../../src/core/ports.ts';
import { createStartGate } from '../../../src/core/stop/gate.ts';
import { createTaskUseCases } from '../../../src/core/tasks/actions.ts';
import type { SettledAction } from '../../../src/core/tasks/follow-up.ts';
import { createMetadataCache } from '../../../src/core/tasks/metadata-cache.ts';
import { type Board, createBoard } from '../../../src/core/watch/board.ts';
import { type Looked, watchOnce } from '../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../src/store/store.ts';
import { createFakeSlack } from '../../support/core/fake-messenger.ts';
import { nothingAround } from '../../support/core/import-rig.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { recordingLog } from '../../support/real-store.ts';
import { sampleTaskOf } from '../../support/samples.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { release, restore } from '../../support/store/release-0.1.0.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { batchesOf } from '../../support/store/samples.ts';

reportSkipped();

const minute = 60_000;
const unused = (): never => {
  throw new Error('nothing is to be asked or sent here');
};
const silentPlatform: Dialer = {
  metadata: unused,
  list: unused,
  hasProgress: false,
  progress: async () => null,
  create: unused,
  update: unused,
  start: unused,
  pause: unused,
  remove: unused,
  importNumbers: unused,
  findCreated: unused,
};

describe.each(engines)('what 0.1.0 stored, opened on %s', (engine) => {
  let database: TestDatabase;
  let clock: ManualClock;
  let store: Store;
  let board: Board;
  let log: ReturnType<typeof recordingLog>;

  beforeEach(async () => {
    database = await makeDatabase(engine);
    await restore(database);
    clock = createManualClock(release.asOf);
    store = await database.open(clock);
    board = createBoard(clock);
    log = recordingLog();
  });
  afterEach(async () => {
    const complaints = [...database.lines, ...log.lines].filter(({ level }) => level === 'warn' || level === 'error');
    await database.drop();
    expect(complaints).toEqual([]);
  });

  const platform = (tasks: readonly Task[], change: Partial<Dialer> = {}): Dialer => ({
    ...silentPlatform,
    list: async () => [...tasks],
    progress: async (taskId) => tasks.find(({ id }) => id === taskId)?.progress ?? null,
    ...change,
  });
  const poll = async (tasks: readonly Task[]) => {
    await clock.advance(minute);
    return watchOnce({ dialer: platform(tasks), store, log, board });
  };
  /** The tasks as the last poll of 0.1.0 left them. */
  const unchanged = [...release.readings.values()].filter(({ state }) => state !== 'gone').map(({ task }) => task);
  const openKeys = async (): Promise<string[]> => (await store.openItems()).map(({ key }) => key);
  const openItems = release.outbox.filter(({ state }) => state === 'pending' || state === 'attempting');

  test('every row is there and readable', async () => {
    expect(await store.readings()).toEqual(release.readings);
    expect(await store.watches()).toEqual(release.watches);
    expect(await store.openItems()).toEqual(openItems);
    expect(openItems.map(({ key, channel, state }) => ({ key, channel, state }))).toEqual(
      release.summary.openItemsInOrder,
    );
    for (const row of release.submissions) expect(await store.submission(row.key)).toEqual(row);
    const { acting, open } = await store.underWay();
    expect([...acting]).toEqual([]);
    expect(open.map(({ id, kind, state, held }) => ({ id, kind, state, held }))).toEqual(
      release.summary.abandonedSubmissions.map((id) => ({ id, kind: 'create', state: 'working', held: false })),
    );
    expect([...(await store.claimedTaskIds())].sort()).toEqual(release.summary.claimedTaskIds);
    for (const { person, taskIds } of release.lists) expect(await store.lastList(person)).toEqual(taskIds);
    for (const run of release.importRuns) {
      expect(await store.importRun(run.id)).toEqual(run);
      expect(await batchesOf(store, run.id)).toEqual(release.importBatches.filter(({ runId }) => runId === run.id));
    }
    expect((await store.openImports()).map(({ id }) => id)).toEqual(release.summary.runningImports);
    expect(await store.leased('')).toEqual([]);

    for (const [table, count] of Object.entries(release.counts)) {
      expect([table, await database.sql(`select 1 from ${table}`)]).toEqual([
        table,
        Array(count).fill(expect.anything()),
      ]);
    }
    const items = await database.sql('select id, state, message_ref from outbox order by seq');
    expect(items).toEqual(release.outbox.map(({ id, state, messageRef }) => ({ id, state, message_ref: messageRef })));
  });

  test('opened again it is the same', async () => {
    await store.close();
    const again = await database.open(clock);
    expect(await again.readings()).toEqual(release.readings);
    expect(await again.openItems()).toEqual(openItems);
    const migrated = database.lines.filter(({ message }) => message === 'database migrated');
    expect(migrated.length).toBeGreaterThan(1);
    expect(new Set(migrated.map(({ fields }) => fields?.migration)).size).toBe(migrated.length);
  });

  test('a poll of a platform in which nothing happened announces nothing, and loses no history', async () => {
    for (let round = 0; round < 3; round += 1) expect((await poll(unchanged)).notices).toBe(0);
    expect(await openKeys()).toEqual(openItems.map(({ key }) => key));
    const after = await store.readings();
    expect([...after.keys()].sort()).toEqual([...release.readings.keys()].sort());
    for (const [id, { state, movedAt, startedAt, doneAtStart, actor }] of release.readings) {
      // The one that had just begun stands still now.
      const expected = state === 'dialing' ? 'waiting' : state;
      expect(after.get(id)).toMatchObject({ state: expected, movedAt, startedAt, doneAtStart, actor });
    }
  });

  test('every open message is posted once and in order, and nothing that was announced', async () => {
    await poll(unchanged);
    const slack = createFakeSlack(clock.now);
    const perhapsPosted = openItems.filter(({ state, body }) => state === 'attempting' && body.type === 'notice');
    expect(perhapsPosted).toHaveLength(1);
    for (const { channel, body, key } of perhapsPosted) {
      if (body.type === 'notice') await slack.postNotice(channel, { notice: body.notice }, key);
    }
    // The cards that 0.1.0 posted can be edited and are no news.
    for (const { channel, cardRef } of release.watches) {
      if (cardRef !== null)
        slack.messages.push({ channel, ts: cardRef, key: '', notice: null, card: null, at: 0, edits: [] });
    }
    const deliverer = createDeliverer({
      store,
      messenger: slack,
      clock,
      log,
      board,
      owner: 'bot',
      // Nothing has to wait, so the clock may stand still while a real database works.
      limits: { postEveryMs: 0, editEveryMs: 0 },
    });
    for (let round = 0; round < 3; round += 1) {
      await deliverer.flush();
      await clock.advance(minute);
    }
    await deliverer.stop();
    for (const channel of new Set(release.watches.map((watch) => watch.channel))) {
      expect(slack.keys(channel).filter((key) => key !== '')).toEqual(
        openItems.filter((item) => item.channel === channel).map(({ key }) => key),
      );
    }
    expect(await store.openItems()).toEqual([]);
    const posted = new Set(slack.messages.map(({ key }) => key));
    for (const { key } of [...release.summary.announced, ...release.summary.givenUp]) expect(posted).not.toContain(key);
  });

  test('the next two finishes of every task are announced, each once in each channel that watches it', async () => {
    const known = new Set(release.outbox.map(({ key }) => key));
    const tasksAt = (added: number, left: number): Task[] =>
      [...release.readings.values()].map(({ task }) => {
        const { total: before, source } = task.progress ?? { total: 0, source: 'progress_bar' as const };
        const total = before + added;
        return { ...task, progress: { total, done: total - left, source } };
      });
    await poll(unchanged);
    // Twice over: numbers are added, dialed, and all of them stay dialed.
    for (const added of [10, 20]) for (const left of [10, 1, 0, 0, 0]) await poll(tasksAt(added, left));
    const items = (await store.openItems()).filter(({ key }) => !known.has(key));
    const finished = items.flatMap(({ taskId, channel, key, body }) => {
      if (body.type !== 'notice' || body.notice.kind !== 'finished') return [];
      expect(key).toMatch(/^campaign:\d+:finished:/);
      return [`${taskId} ${channel}`];
    });
    const watched = release.watches.filter(({ brokenBy }) => brokenBy === null);
    expect(finished.sort()).toEqual(
      watched.flatMap(({ taskId, channel }) => Array(2).fill(`${taskId} ${channel}`)).sort(),
    );
  });

  describe('the import that was half sent', () => {
    const { runId } = release.summary.halfSentImport;
    const run = release.importRuns.find(({ id }) => id === runId);
    test.each([
      [17, { accepted: 6, unknown: 0, unsent: 4, ready: 10 }],
      [14, { accepted: 3, unknown: 3, unsent: 4, ready: 10 }],
      [16, { accepted: 3, unknown: 3, unsent: 4, ready: 10 }],
    ])('with %i numbers in its task now it is settled once, and its person decides', async (total, expected) => {
      const tasks = unchanged.map((task): Task => {
        const own = { total, done: 0, source: 'endpoint' as const };
        return task.id === run?.taskId ? { ...task, progress: own } : task;
      });
      // Half a day later nobody expects the calls.
      await clock.advance(13 * 3_600_000);
      const rules = { cap: null, recentMs: 1 };
      const deps = { store, dialer: platform(tasks), clock, log, batchSize: 3, rules, around: nothingAround };
      const reported: RunOutcome[] = [];
      const resume = async () => {
        let settled = false;
        const resuming = resumeImports(
          { ...deps, tasks: { create: unused }, giveErrorFile: unused },
          { progress: async () => () => undefined, report: async (outcome) => void reported.push(outcome) },
        ).finally(() => {
          settled = true;
        });
        // A database needs real time as well.
        while (!settled) {
          await clock.advance(500);
          await sleep(2);
        }
        await resuming;
      };
      await resume();
      expect(reported).toMatchObject([
        { run: { id: runId, state: 'halted' }, result: { ...expected, state: 'halted' } },
      ]);
      expect(reported[0]?.result.because?.code).toBe('import_overdue');
      expect((await batchesOf(store, runId)).flatMap(({ entries }) => entries)).toHaveLength(10);
      await resume();
      expect(reported).toHaveLength(1);
    });
  });

  describe('the forms that were submitted', () => {
    const cutOff = release.submissions.find(({ key }) => key === release.summary.abandonedSubmissions[0]);
    const tasksWith = (change: Partial<Dialer>, tasks = unchanged) => {
      const dialer = platform(tasks, change);
      const metadata = createMetadataCache(dialer, clock, log);
      let ids = 0;
      const newId = () => `id-${++ids}`;
      return createTaskUseCases({
        dialer,
        store,
        board,
        metadata,
        startAskAbove: 100,
        gate: createStartGate(store),
        clock,
        log,
        may: createPermission(),
        newId,
        changed: () => undefined,
      });
    };

    const told: SettledAction[] = [];
    beforeEach(() => {
      told.length = 0;
    });
    /** A poll that shows these tasks, and what it settles. */
    const pollAndSettle = async (tasks: readonly Task[]): Promise<void> => {
      await clock.advance(minute);
      const seen: Looked[] = [];
      const dialer = platform(tasks);
      await watchOnce({ dialer, store, log, board, looked: (one) => seen.push(one) });
      for (const one of seen) await tasksWith({}).followUp(one, async (settled) => void told.push(settled));
    };

    test('one cut off before its effect: there is no such task, and what was typed is given back', async () => {
      for (let polls = 0; polls < 3; polls += 1) await pollAndSettle(unchanged);
      expect(told).toMatchObject([
        {
          action: { id: cutOff?.key, person: cutOff?.person, interrupted: true },
          verdict: 'not_done',
          raw: cutOff?.raw,
        },
      ]);
      expect(await store.submission(cutOff?.key ?? '')).toEqual({ ...cutOff, state: 'refused' });
    });

    test('one cut off after its effect: its task is found, and watched where it was submitted', async () => {
      const typed = cutOff?.raw;
      if (!typed) throw new Error('nothing was typed');
      const made: Task = sampleTaskOf(draftFromRaw(typed), { id: 'made', createdAt: cutOff.sentAt });
      for (let polls = 0; polls < 3; polls += 1) await pollAndSettle([...unchanged, made]);
      expect(told).toMatchObject([{ action: { id: cutOff.key }, verdict: 'done', card: { task: { id: 'made' } } }]);
      expect(await store.submission(cutOff.key)).toEqual({ ...cutOff, state: 'done', taskId: 'made' });
      expect(await store.watchesOf('made')).toMatchObject([{ channel: cutOff.channel, owner: cutOff.person }]);
    });

    test('one whose answer was lost can be checked, and one that is done creates nothing again', async () => {
      const lost = release.submissions.find(({ state }) => state === 'unknown');
      const tasks = tasksWith({ findCreated: async () => null });
      expect(await tasks.checkCreate(lost?.key ?? '')).toEqual({ kind: 'not_created', raw: lost?.raw });
      const done = release.submissions.find(
        ({ state, taskId }) => state === 'done' && unchanged.some(({ id }) => id === taskId),
      );
      expect(done?.raw && (await tasks.create({ ...done, draft: draftFromRaw(done.raw) }))).toMatchObject({
        kind: 'created',
        already: true,
        card: { task: { id: done?.taskId } },
      });
    });
  });
});
