import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../../src/clock.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { createDeliverer } from '../../../../src/core/notices/deliver.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import type { Circumstances } from '../../../../src/core/watch/look.ts';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
import { watchOnce } from '../../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createFakeSlack } from '../../../support/core/fake-messenger.ts';
import { t0, taskOf, tick } from '../../../support/core/looks.ts';
import { createPlatform, dialerFor, entity, json } from '../../../support/dialer/platform.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';
import { reportSkipped } from '../../../support/store/report-skipped.ts';

reportSkipped();

const writes = (statements: readonly string[]): string[] =>
  statements.flatMap((sql) => /^(?:insert into|update|delete from) "(\w+)"/.exec(sql)?.[1] ?? []);

describe.each(engines)('what a poll costs on %s', (engine) => {
  let clock: ManualClock;
  let database: TestDatabase;
  let store: Store;
  let board: Board;
  let statements: string[];
  let log: ReturnType<typeof recordingLog>;

  const open = () => database.open(clock, undefined, (sql) => void statements.push(sql));
  beforeEach(async () => {
    clock = createManualClock(t0);
    log = recordingLog();
    statements = [];
    database = await makeDatabase(engine);
    store = await open();
    board = createBoard(clock);
  });
  const ending: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0)) await end();
    await database.drop();
  });

  interface Bot {
    store: Store;
    board: Board;
    owner?: string;
    circumstances?: Circumstances;
  }
  const listing = (list: () => Promise<Task[]>) => ({ list, hasProgress: false, progress: async () => null });
  /** A poll as the jobs make it: with the lease. What it cost is in `statements`. */
  async function poll(list: () => Promise<Task[]>, bot: Bot = { store, board }) {
    await clock.advance(tick);
    statements.length = 0;
    expect(await bot.store.lease('poll', bot.owner ?? 'bot', 30_000)).toBe(true);
    const circumstancesOf = () => bot.circumstances ?? {};
    return watchOnce({ dialer: listing(list), store: bot.store, board: bot.board, log, circumstancesOf });
  }
  /** What waits for the clock as well as for the database. */
  async function settled(work: Promise<void>): Promise<void> {
    let under = true;
    const end = work.finally(() => {
      under = false;
    });
    while (under) {
      await clock.advance(100);
      await systemClock.sleep(2);
    }
    return end;
  }
  const pollTasks = (tasks: Task[], bot?: Bot) => poll(async () => tasks, bot);
  const rowsOf = (taskId: string) => database.sql(`select revision from readings where task_id = '${taskId}'`);

  const manyTasksMs = 60_000;
  test.each([1_000, 10_000])(
    '%d tasks, unchanged: one request, the lease, nothing to Slack',
    async (count) => {
      const bar = (progress: number) => ({ progress_bar: { total: 9, progress } });
      const sample = entity('task');
      const entities = Array.from({ length: count }, (_, index) => {
        return { ...sample, uuid: `task-${index}`, start: index % 2, ...bar(index % 10) };
      });
      let body = JSON.stringify({ data: entities });
      const platform = await createPlatform((_request, response) => json(response, body));
      const { dialer } = dialerFor(platform.url, { timeoutMs: 20_000 });
      const slack = createFakeSlack(clock.now);
      const deliverer = createDeliverer({ store, messenger: slack, clock, log, board, owner: 'bot' });
      ending.push(() => settled(deliverer.stop()), dialer.close, platform.close);
      for (const channel of ['C1', 'C2']) {
        for (const taskId of ['task-0', 'task-1']) {
          await store.addWatch({ taskId, channel, owner: 'U1', createdAt: clock.now() });
        }
      }
      // The first writes everything; after some minutes it is clear that nothing is called: then nothing happens.
      for (let polls = 0; polls < 7; polls += 1) {
        await clock.advance(60_000);
        await poll(dialer.list);
        await settled(deliverer.flush());
      }
      expect(slack.calls.length).toBeGreaterThanOrEqual(4);

      for (let polls = 0; polls < 3; polls += 1) {
        platform.received.length = 0;
        slack.calls.length = 0;
        expect(await poll(dialer.list)).toEqual({ tasks: count, notices: 0, gone: 0 });
        expect(writes(statements)).toEqual(['leases', 'leases']);
        expect(statements).toHaveLength(3);
        expect(platform.received).toHaveLength(1);
        expect(board.get('task-0')?.takenAt).toBe(clock.now());
        await settled(deliverer.flush());
        expect(slack.calls).toEqual([]);
      }

      // One more number dialed in one of them: one row.
      const [first] = entities;
      body = JSON.stringify({ data: [{ ...first, ...bar(1) }, ...entities.slice(1)] });
      const revision = (await store.versions()).readings;
      await poll(dialer.list);
      expect(board.get('task-0')).toMatchObject({ revision: revision + 1, task: { progress: { done: 1 } } });
      expect((await store.versions()).readings).toBe(revision + 1);
    },
    manyTasksMs,
  );

  test('of many changed tasks, it writes those, and does not read back what it wrote', async () => {
    const tasks = Array.from({ length: 500 }, (_, index) => taskOf({ on: true, bar: [index, 1_000], id: `t${index}` }));
    for (let polls = 0; polls < 6; polls += 1) await pollTasks(tasks);
    const changed = tasks.map((task, index) =>
      index % 100 === 0 ? taskOf({ on: true, bar: [index + 1, 1_000], id: task.id }) : task,
    );
    const before = (await store.versions()).readings;
    await pollTasks(changed);
    expect((await store.versions()).readings).toBe(before + 5);
    await pollTasks(changed);
    expect(statements.filter((sql) => sql.includes('"body"'))).toEqual([]);
  });

  describe('what follows from the time is decided all the same', () => {
    /** The polls, by number, that wrote a reading of the one task, which never changes, and its state then. */
    async function decisions(
      task: Task,
      polls: number,
      circumstances: Circumstances = {},
    ): Promise<[number, string][]> {
      const found: [number, string][] = [];
      let revision = (await store.versions()).readings;
      for (let number = 1; number <= polls; number += 1) {
        await pollTasks([task], { store, board, circumstances });
        const now = (await store.versions()).readings;
        if (now !== revision) found.push([number, String(board.get(task.id)?.state)]);
        else expect(writes(statements)).toEqual(['leases', 'leases']);
        revision = now;
      }
      return found;
    }

    test('that nothing is called any more', async () => {
      const task = taskOf({ on: true, bar: [5, 9] });
      expect(await decisions(task, 40)).toEqual([
        [1, 'dialing'],
        [expect.any(Number), 'waiting'],
      ]);
      expect((await store.readings()).get('task-1')?.state).toBe('waiting');
    });

    test('that all numbers are dialed', async () => {
      await pollTasks([taskOf({ on: true, bar: [5, 9] })]);
      expect(await decisions(taskOf({ on: true, bar: [9, 9] }), 10)).toEqual([
        [1, 'dialing'],
        [2, 'finished'],
      ]);
    });

    test('that no redial has come', async () => {
      await pollTasks([taskOf({ on: true, bar: [5, 9] })]);
      const circumstances = { redials: true, redialQuietMs: 10 * tick };
      expect(await decisions(taskOf({ on: true, bar: [9, 9] }), 20, circumstances)).toEqual([
        [1, 'awaiting_redial'],
        [2, 'awaiting_redial'],
        [11, 'finished'],
      ]);
    });

    test('that a figure really fell', async () => {
      for (let polls = 0; polls < 3; polls += 1) await pollTasks([taskOf({ on: false, bar: [5, 9] })]);
      const found = await decisions(taskOf({ on: false, bar: [2, 9] }), 8);
      expect(found.map(([number]) => number)).toEqual([1, 2]);
      expect(board.get('task-1')?.task.progress?.done).toBe(2);
    });

    test('that quiet hours begin and end', async () => {
      const task = taskOf({ on: true, bar: [5, 9] });
      const quietHours = [{ from: clock.now() + 5.5 * tick, until: clock.now() + 10.5 * tick }];
      const found = await decisions(task, 14, { quietHours });
      expect(found).toEqual([
        [1, 'dialing'],
        [6, 'waiting'],
        [11, 'dialing'],
      ]);
    });
  });

  describe('what is only in memory', () => {
    test('after a restart, a task that nothing happened to was last seen by the last good poll', async () => {
      const task = taskOf({ on: false, bar: [5, 9] });
      for (let polls = 0; polls < 10; polls += 1) await pollTasks([task]);
      const last = clock.now();
      expect((await store.readings()).get('task-1')?.takenAt).toBe(t0 + tick);
      await store.release('poll', 'bot');

      const restarted = { store: await open(), board: createBoard(clock), owner: 'restarted' };
      await expect(poll(() => Promise.reject(new Error('down')), restarted)).rejects.toThrow();
      expect(restarted.board.get('task-1')?.takenAt).toBe(last);
      expect(restarted.board.staleSince).toBe(last);

      // Dialing began since then, not when the last row was written.
      await pollTasks([taskOf({ on: true, bar: [7, 9] })], restarted);
      expect(restarted.board.get('task-1')?.tally).toMatchObject({ dialed: 2, dialingMs: 2 * tick });
      expect(writes(statements)).toContain('readings');
    });

    test('after a restart, an unchanged list writes nothing', async () => {
      const tasks = ['a', 'b', 'c'].map((id) => taskOf({ on: false, bar: [5, 9], id }));
      await pollTasks(tasks);
      const restarted = { store: await open(), board: createBoard(clock) };
      await pollTasks(structuredClone(tasks), restarted);
      expect(writes(statements)).toEqual(['leases', 'leases']);
    });

    test('an own action that the store did not take is saved by the next poll, though the list is unchanged', async () => {
      await pollTasks([taskOf({ on: false, bar: [5, 9] })]);
      const failing = { ...store, deriveReading: () => Promise.reject(new Error('down')) };
      const started = taskOf({ on: true, bar: [5, 9] });
      const actor = { person: 'U1', action: 'started' as const, at: clock.now() };
      await recordAction({ store: failing, board, log }, started, actor);
      expect((await store.readings()).get('task-1')?.task.started).toBe(false);
      await pollTasks([started]);
      expect((await store.readings()).get('task-1')).toMatchObject({ actor, task: { started: true } });
      await pollTasks([started]);
      expect(writes(statements)).toEqual(['leases', 'leases']);
    });
  });

  describe('two bots', () => {
    test('what the other wrote is seen, though the list is as this bot saw it last', async () => {
      const paused = [taskOf({ on: false, bar: [5, 9] })];
      for (let polls = 0; polls < 3; polls += 1) await pollTasks(paused);
      await store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: 0 });
      const other = { store: await open(), board: createBoard(clock), log };
      const actor = { person: 'U2', action: 'started' as const, at: clock.now() };
      await recordAction(other, taskOf({ on: true, bar: [5, 9] }), actor);

      // Paused again elsewhere: the list is what it was before.
      for (let polls = 0; polls < 2; polls += 1) await pollTasks(paused);
      expect((await store.readings()).get('task-1')).toMatchObject({ state: 'paused', actor });
      expect((await store.openItems()).map(({ body }) => body.type === 'notice' && body.notice.kind)).toEqual([
        'acted',
        'paused',
      ]);
    });

    test('the one that takes over continues from what the other saw last', async () => {
      const task = taskOf({ on: false, bar: [5, 9] });
      const other = { store: await open(), board: createBoard(clock), owner: 'other' };
      await pollTasks([task], other);
      await store.release('poll', 'other');
      for (let polls = 0; polls < 5; polls += 1) await pollTasks([task]);
      await store.release('poll', 'bot');
      await pollTasks([taskOf({ on: true, bar: [7, 9] })], other);
      expect(other.board.get('task-1')?.tally?.dialingMs).toBe(tick);
    });
  });

  describe('a deleted task leaves the store', () => {
    const rest = ['a', 'b', 'c', 'd'].map((id) => taskOf({ on: false, bar: [5, 9], id }));
    const minute = 60_000;
    const [task] = [taskOf({ on: false, bar: [5, 9] })];

    async function removed(): Promise<void> {
      for (const tasks of [[task, ...rest], rest, rest]) await pollTasks(tasks);
      expect(board.get('task-1')?.state).toBe('gone');
    }

    test('some minutes after it was missing twice, with everything that is known of it', async () => {
      await removed();
      await store.pruneGone(clock.now() + 9 * minute);
      expect(await store.knowsTask('task-1')).toBe(true);
      await store.pruneGone(clock.now() + 11 * minute);
      expect(await store.knowsTask('task-1')).toBe(false);
      expect((await store.readings()).size).toBe(rest.length);
    });

    test('one that was missing only once stays', async () => {
      for (const tasks of [[task, ...rest], rest]) await pollTasks(tasks);
      await store.pruneGone(clock.now() + 1_000 * minute);
      expect(await rowsOf('task-1')).toHaveLength(1);
    });

    test('a day later if it is watched, and its watches with it', async () => {
      await store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: 0 });
      await store.addWatch({ taskId: 'a', channel: 'C1', owner: 'U1', createdAt: 0 });
      await removed();
      await store.pruneGone(clock.now() + 23 * 60 * minute);
      expect(await rowsOf('task-1')).toHaveLength(1);
      const { watches } = await store.versions();
      await store.pruneGone(clock.now() + 25 * 60 * minute);
      expect(await rowsOf('task-1')).toEqual([]);
      expect((await store.watches()).map(({ taskId }) => taskId)).toEqual(['a']);
      expect((await store.versions()).watches).toBe(watches + 1);
    });

    test('and comes back as a new one if it is listed again', async () => {
      await removed();
      await store.pruneGone(clock.now() + 11 * minute);
      for (let polls = 0; polls < 3; polls += 1) await pollTasks([task, ...rest]);
      expect((await store.readings()).get('task-1')).toMatchObject({ state: 'paused' });
      expect(board.isSaved('task-1')).toBe(true);
      await pollTasks([task, ...rest]);
      expect(writes(statements)).toEqual(['leases', 'leases']);
    });

    test('the memory forgets it after a day', async () => {
      await removed();
      await clock.advance(25 * 60 * minute);
      await pollTasks(rest);
      expect(board.get('task-1')).toBeNull();
    });
  });

  test('a row of the first release is written once, and not again', async () => {
    const tasks = [taskOf({ on: false, bar: [5, 9] })];
    await pollTasks(tasks);
    await database.sql(`update readings set revision = 0, body = replace(body, '"doubt":null,', '')`);
    const restarted = { store: await open(), board: createBoard(clock) };
    await pollTasks(tasks, restarted);
    expect(writes(statements)).toContain('readings');
    const [row] = await rowsOf('task-1');
    await pollTasks(tasks, restarted);
    expect(await rowsOf('task-1')).toEqual([row]);
    const reading: Reading | null = restarted.board.get('task-1');
    expect(reading?.revision).toBeGreaterThan(0);
  });
});
