import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { createFinder } from '../../../../src/core/tasks/finder.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { cardOf } from '../../../../src/core/watch/card.ts';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
import { refreshBoard } from '../../../../src/core/watch/refresh.ts';
import { watchOnce } from '../../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../../src/store/store.ts';
import { t0, taskOf, tick } from '../../../support/core/looks.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';
import { reportSkipped } from '../../../support/store/report-skipped.ts';

reportSkipped();

const on = (done: number, total = 9): Task => taskOf({ on: true, bar: [done, total] });
const off = (done: number, total = 9): Task => taskOf({ on: false, bar: [done, total] });

describe.each(engines)('two bots, one of which polls, on %s', (engine) => {
  const log = recordingLog();
  let database: TestDatabase;
  let clock: ManualClock;
  let polling: { store: Store; board: ReturnType<typeof createBoard> };
  let other: typeof polling;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    clock = createManualClock(t0);
    polling = { store: await database.open(clock), board: createBoard(clock) };
    other = { store: await database.open(clock), board: createBoard(clock) };
    await polling.store.lease('poll', 'polling', 60_000);
    await polling.store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: clock.now() });
  });
  afterEach(() => database.drop());

  const poll = async (...tasks: Task[]): Promise<void> => {
    await clock.advance(tick);
    const dialer = { list: async () => tasks, progress: async () => null, hasProgress: false };
    await watchOnce({ dialer, log, ...polling });
  };
  const announced = async (): Promise<string[]> =>
    (await polling.store.openItems()).flatMap(({ body }) => ('notice' in body ? [body.notice.kind] : []));
  const start = (task: Task): Promise<unknown> =>
    recordAction({ ...other, log }, task, { person: 'U1', action: 'started', at: clock.now() });

  test('the board of the other one is as fresh: what changed, and that nothing did', async () => {
    const read = async (): Promise<never> => {
      throw new AppError('platform_unreachable', 'nobody may ask');
    };
    const finder = createFinder({ board: other.board, store: other.store, clock, read });
    for (const task of [off(0), on(0), on(3), on(3), on(3), on(9), on(9), on(9)]) {
      await poll(task);
      await refreshBoard(other.board, other.store);
      const cards = [other, polling].map(({ board }) => board.all().map((reading) => cardOf(reading, null)));
      expect(cards[0]).toEqual(cards[1]);
      expect([other.board.readAt, other.board.staleSince]).toEqual([clock.now(), null]);
      expect(finder.atHand()?.cards).toHaveLength(1);
    }
  });

  test.each([0, 3_600_000, -3_600_000])(
    'an action of the other one, which knows nothing yet and whose clock is %d ms off, costs no end and announces none',
    async (off1) => {
      await poll(on(3));
      await poll(on(9));
      await poll(on(9));
      expect(await announced()).toEqual(['finished']);
      await poll(off(9));

      // Numbers are added and the task is started through the other bot.
      const theirs = createManualClock(clock.now() + off1);
      other = { ...other, board: createBoard(theirs) };
      await recordAction({ ...other, log }, on(9, 12), { person: 'U1', action: 'imported', at: theirs.now() });
      await start(on(9, 12));
      for (const task of [on(9, 12), on(11, 12), on(12, 12), on(12, 12), on(12, 12)]) await poll(task);
      expect(await announced()).toEqual(['finished', 'finished']);
    },
  );

  test('both record at once: nothing is lost', async () => {
    await poll(off(3));
    await Promise.all([poll(off(3)), start(on(3)), start(on(3)), start(on(3))]);
    for (const task of [on(3), on(9), on(9), on(9)]) await poll(task);
    expect(await announced()).toEqual(['finished']);
  });
});
