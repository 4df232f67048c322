import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { createDigests, type Digests } from '../../../../src/core/reports/digests.ts';
import { spanOf } from '../../../../src/core/reports/period.ts';
import { createReports, type Reports } from '../../../../src/core/reports/reports.ts';
import { createDays } from '../../../../src/core/time/days.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { createGapNotes } from '../../../../src/core/watch/gaps.ts';
import { createRecorder } from '../../../../src/core/watch/record.ts';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
import { refreshBoard } from '../../../../src/core/watch/refresh.ts';
import { watchOnce } from '../../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../../src/store/store.ts';
import { taskOf } from '../../../support/core/looks.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';
import { reportSkipped } from '../../../support/store/report-skipped.ts';

reportSkipped();

const minute = 60_000;
const hour = 60 * minute;
const zone = 'Asia/Shanghai';
/** Noon on a Monday in Shanghai. */
const noon = Date.UTC(2026, 0, 5, 4, 0, 0);

interface Bot {
  store: Store;
  board: Board;
  reports: Reports;
  digests: Digests;
  poll(tasks: readonly Task[]): Promise<void>;
}

describe.each(engines)('reports on %s', (engine) => {
  let clock: ManualClock;
  let database: TestDatabase;
  let store: Store;
  const log = recordingLog();
  const days = createDays(zone);
  const recorder = createRecorder(days);

  beforeEach(async () => {
    clock = createManualClock(noon);
    database = await makeDatabase(engine);
    store = await database.open(clock);
  });
  afterEach(() => database.drop());

  /** A bot as it starts: with what the store holds. */
  async function startBot(): Promise<Bot> {
    const board = createBoard(clock);
    await refreshBoard(board, store);
    const shared = { store, board, days, clock, log };
    const reports = createReports({ ...shared, keptDays: 90, zone });
    const digests = createDigests({ ...shared, reports });
    const gaps = createGapNotes({ ...shared, maxMs: 5 * minute });
    const poll = async (tasks: readonly Task[]): Promise<void> => {
      await store.lease('poll', 'bot', 30_000);
      const list = async () => [...tasks];
      await watchOnce({
        dialer: { list, hasProgress: false, progress: async () => null },
        ...shared,
        recorder,
        refreshed: (versions) => {
          gaps.begin(versions);
          digests.refreshed(versions);
        },
      });
      await gaps.end();
    };
    return { store, board, reports, digests, poll };
  }

  const today = (bot: Bot) => bot.reports.report(spanOf('today', bot.reports.today()), { kind: 'all' });
  const on = (id: string, done: number, total = 1_000_000): Task => taskOf({ id, on: true, bar: [done, total] });

  test('add up to what the platform dialed, over days, restarts and other bots', async () => {
    const total = new Map<string, number>();
    const ids = ['a', 'b', 'c'];
    let bots = [await startBot(), await startBot()];
    let done = 0;
    for (let i = 0; i < 120; i += 1) {
      // Ten days, in steps of two hours.
      await clock.advance(2 * hour);
      if (i % 17 === 0) bots = [await startBot(), await startBot()];
      const bot = bots[i % 2];
      if (bot === undefined) break;
      done += (i * 7) % 13;
      await bot.poll(ids.map((id, n) => on(id, done * (n + 1))));
      const day = bot.reports.today();
      if (i > 0) total.set(day, (total.get(day) ?? 0) + ((i * 7) % 13) * 6);
    }
    for (const bot of [...bots, await startBot()]) {
      await refreshBoard(bot.board, store);
      for (const [day, dialed] of total) {
        const report = await bot.reports.report({ from: day, until: day }, { kind: 'all' });
        expect([day, report.figures.dialed]).toEqual([day, dialed]);
        expect(report.hours.reduce((sum, { dialed: count }) => sum + count, 0)).toBe(dialed);
      }
      const span = { from: '2026-01-01', until: '2026-01-31' };
      const whole = await bot.reports.report(span, { kind: 'all' });
      const sum = [...total.values()].reduce((all, count) => all + count, 0);
      expect([whole.figures.dialed, whole.days.reduce((all, { dialed }) => all + dialed, 0)]).toEqual([sum, sum]);
      const one = await bot.reports.report(span, { kind: 'task', id: 'b' });
      expect(one.figures.dialed).toBe(sum / 3);
      let rows = 0;
      for await (const piece of bot.reports.dayRows(span, { kind: 'all' })) {
        rows += piece.reduce((all, { dialed }) => all + dialed, 0);
      }
      expect(rows).toBe(sum);
    }
  }, 120_000);

  test('do not count what was seen once more by a bot that had not heard of it', async () => {
    const [one, other] = [await startBot(), await startBot()];
    await one.poll([on('a', 0)]);
    await clock.advance(minute);
    await one.poll([on('a', 10)]);
    // The other one looks with what it knew, and finds the same: nothing is added twice.
    await other.poll([on('a', 10)]);
    await clock.advance(minute);
    await other.poll([on('a', 15)]);
    await refreshBoard(one.board, store);
    expect((await today(one)).figures.dialed).toBe(15);
    expect((await today(other)).figures.dialed).toBe(15);
  });

  test('say who did what, and keep it where the platform no longer has the task', async () => {
    const bot = await startBot();
    await bot.poll([on('a', 0), on('b', 0)]);
    const task = taskOf({ id: 'a', on: false, bar: [0, 1_000_000] });
    const act = { person: 'U1', action: 'paused' as const, at: clock.now() };
    await recordAction({ store, board: bot.board, log, recorder }, task, act);
    for (let i = 0; i < 3; i += 1) {
      await clock.advance(minute);
      await bot.poll([on('b', 10 * (i + 1))]);
    }
    const report = await today(bot);
    expect(report.counts).toEqual(
      expect.arrayContaining([
        { kind: 'paused', person: 'U1', count: 1 },
        { kind: 'deleted', person: null, count: 1 },
      ]),
    );
    expect(report.changes.map(({ kind, taskId }) => [kind, taskId])).toEqual([
      ['deleted', 'a'],
      ['paused', 'a'],
    ]);
    const history = await bot.reports.history('a', 1);
    expect(history.lines.flatMap((line) => (line.kind === 'entry' ? [line.entry.kind] : []))).toEqual([
      'deleted',
      'paused',
    ]);
    expect(history.name).toBe(task.name);
    const { name } = task;
    expect(await bot.reports.deletedNamed(` “${name}”`)).toEqual({ id: 'a', name, inFull: true });
    expect(await bot.reports.deletedNamed(name.slice(1))).toEqual({ id: 'a', name, inFull: false });
    expect(await bot.reports.deletedNamed('something else')).toBeNull();
  });

  test('call a task as it is called now, and say that the platform cannot be read however often they are asked for', async () => {
    const bot = await startBot();
    const named = (name: string, done: number): Task => ({ ...on('a', done), name });
    await bot.poll([named('Spring', 0)]);
    await clock.advance(minute);
    await bot.poll([named('Spring', 10)]);
    await clock.advance(24 * hour);
    await bot.poll([named('Spring', 15)]);
    await clock.advance(minute);
    await bot.poll([named('Autumn', 16)]);
    const span = spanOf('yesterday', bot.reports.today());
    expect((await bot.reports.report(span, { kind: 'all' })).top).toMatchObject([{ name: 'Autumn', dialed: 10 }]);
    expect((await today(bot)).staleSince).toBeNull();
    bot.board.failed(new AppError('platform_timeout', 'no answer'), bot.board.beginRead());
    expect((await today(bot)).staleSince).not.toBeNull();
  });

  test('name the time in which the platform was not read, once', async () => {
    const bot = await startBot();
    await bot.poll([on('a', 0)]);
    await clock.advance(30 * minute);
    await (await startBot()).poll([on('a', 50)]);
    await clock.advance(minute);
    await (await startBot()).poll([on('a', 51)]);
    await refreshBoard(bot.board, store);
    const report = await today(bot);
    expect(report.gaps).toEqual({ count: 1, ms: 30 * minute });
    expect(report.figures.dialed).toBe(51);
  });

  test('a standstill that lasts counts up to now, and of yesterday up to midnight', async () => {
    const bot = await startBot();
    for (const done of [0, 10, 20]) {
      await bot.poll([on('a', done)]);
      await clock.advance(minute);
    }
    for (let i = 0; i < 30; i += 1) {
      await clock.advance(4 * minute);
      await bot.poll([on('a', 20)]);
    }
    const now = await today(bot);
    expect(now.standing).toBe(1);
    expect(now.figures).toMatchObject({ dialed: 20, stalls: 1 });
    expect(now.figures.stalledMs).toBeGreaterThan(110 * minute);
    await clock.advance(20 * hour);
    const span = spanOf('yesterday', bot.reports.today());
    const yesterday = await bot.reports.report(span, { kind: 'all' });
    // From 12:02 to midnight.
    expect(Math.round(yesterday.figures.stalledMs / hour)).toBe(12);
    expect(yesterday.standing).toBe(0);
  });

  describe('the digests of channels', () => {
    const evening = { minutes: 18 * 60 + 30, days: [1, 2, 3, 4, 5, 6, 7], owner: 'U1', since: 0, brokenBy: null };
    const posted = async () =>
      (await store.openItems()).flatMap(({ channel, body }) =>
        body.type === 'digest' ? [{ channel, late: body.digest.late, report: body.digest.report }] : [],
      );
    const look = async (bot: Bot, quietly = false): Promise<void> => {
      bot.digests.refreshed(await store.versions());
      await bot.digests.look(quietly);
    };

    test('are put into the outbox once per day, by whichever bots, however often they look', async () => {
      await store.changeChannelSettings('C1', { digest: evening });
      const bots = [await startBot(), await startBot()];
      await bots[0]?.poll([on('a', 0)]);
      for (let i = 0; i < 40; i += 1) {
        await clock.advance(hour / 2);
        await Promise.all([...bots, await startBot()].map((bot) => look(bot)));
      }
      // From noon on, twenty hours.
      expect(await posted()).toMatchObject([{ channel: 'C1', late: false, report: { from: '2026-01-05' } }]);
      await clock.advance(24 * hour);
      await look(await startBot());
      expect(await posted()).toHaveLength(1);
      await clock.advance(14 * hour);
      await look(await startBot());
      expect((await posted()).map(({ late }) => late)).toEqual([false, true]);
    });

    test('cover what the channel watches, and everything where it watches nothing', async () => {
      await store.changeChannelSettings('C1', { digest: evening });
      await store.changeChannelSettings('C2', { digest: evening });
      await store.changeChannelSettings('C3', { digest: evening });
      await store.addWatch({ taskId: 'a', channel: 'C1', owner: 'U1', createdAt: noon });
      const scope = { kind: 'name' as const, text: 'none of these' };
      await store.addSubscription({ channel: 'C3', scope, owner: 'U1', createdAt: noon });
      const bot = await startBot();
      await bot.poll([on('a', 0), on('b', 0)]);
      await clock.advance(minute);
      await bot.poll([on('a', 1), on('b', 10)]);
      await clock.advance(6 * hour + 30 * minute);
      await look(bot);
      const dialed = (await posted()).map(({ channel, report }) => [channel, report.followed, report.figures.dialed]);
      expect(dialed).toEqual([
        ['C1', true, 1],
        ['C2', false, 11],
        ['C3', true, 0],
      ]);
    });

    test('are not posted for a muted channel, or one that is broken', async () => {
      await store.changeChannelSettings('C1', { digest: evening, mutedUntil: noon + 7 * hour });
      await store.changeChannelSettings('C2', { digest: { ...evening, brokenBy: 'is_archived' } });
      await store.changeChannelSettings('C3', { digest: null });
      const bot = await startBot();
      await clock.advance(6 * hour + 31 * minute);
      await look(bot);
      await clock.advance(hour);
      await look(bot);
      expect(await posted()).toEqual([]);
    });

    test('are looked for before they are posted while a restored store takes in what came', async () => {
      await store.changeChannelSettings('C1', { digest: evening });
      await clock.advance(6 * hour + 31 * minute);
      await look(await startBot(), true);
      await look(await startBot());
      const open = await store.openItems();
      expect(open.map(({ channel, state }) => [channel, state])).toEqual([['C1', 'attempting']]);
    });

    test('of one channel that cannot be made hold up no other', async () => {
      await store.changeChannelSettings('C1', { digest: evening });
      await store.changeChannelSettings('C2', { digest: evening });
      const bot = await startBot();
      await clock.advance(6 * hour + 31 * minute);
      let failures = 0;
      const flaky = {
        ...store,
        subscriptionsOf: async (channel: string) => {
          if (channel === 'C1' && failures === 0) {
            failures += 1;
            throw new Error('no');
          }
          return store.subscriptionsOf(channel);
        },
      };
      const digests = createDigests({ store: flaky, reports: bot.reports, board: bot.board, days, clock, log });
      digests.refreshed(await store.versions());
      await digests.look(false);
      expect((await posted()).map(({ channel }) => channel)).toEqual(['C2']);
      await digests.look(false);
      expect((await posted()).map(({ channel }) => channel).sort()).toEqual(['C1', 'C2']);
    });
  });

  test('a reading of an earlier release goes on without a sheet', async () => {
    const bot = await startBot();
    await bot.poll([on('a', 0)]);
    const [before] = (await store.readings(['a'])).values();
    const { sheet: _sheet, ...old } = before as Reading;
    await database.sql(`update readings set body = '${JSON.stringify(old)}' where task_id = 'a'`);
    const later = await startBot();
    await clock.advance(minute);
    await later.poll([on('a', 7)]);
    expect((await today(later)).figures.dialed).toBe(7);
  });
});
