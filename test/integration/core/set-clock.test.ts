import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Task } from '../../../src/core/model/task.ts';
import { createDeliverer } from '../../../src/core/notices/deliver.ts';
import { type Board, createBoard } from '../../../src/core/watch/board.ts';
import { cardOf } from '../../../src/core/watch/card.ts';
import { recordAction } from '../../../src/core/watch/record-action.ts';
import { watchOnce } from '../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../src/store/store.ts';
import { createFakeSlack, type FakeSlack } from '../../support/core/fake-messenger.ts';
import { t0, taskOf, tick } from '../../support/core/looks.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { recordingLog } from '../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

reportSkipped();

const hour = 3_600_000;
const minute = 60_000;

/** What the platform lists, poll after poll; null is an action of our own, which starts the task. */
type Course = (Task[] | null)[];
const on = (done: number, total = 9): Task[] => [taskOf({ on: true, bar: [done, total] })];
const off = (done: number, total = 9): Task[] => [taskOf({ on: false, bar: [done, total] })];
const still = (polls: number, list: Task[]): Course => Array.from({ length: polls }, () => list);

const courses: Record<string, { course: Course; redials?: boolean }> = {
  'a campaign': { course: [off(0), on(0), on(3), on(6), on(9), on(9), on(9), on(9)] },
  'a campaign that is paused': { course: [on(0), on(3), off(3), off(3), on(3), on(9), on(9), on(9)] },
  'a redial rule that takes numbers back': {
    course: [on(0), on(9), on(9), on(7), on(7), on(9), ...still(9, on(9))],
    redials: true,
  },
  'a task that stands still': { course: [on(0), on(3), ...still(14, on(3)), on(4), on(4)] },
  'an own start, and an old list': { course: [off(0), null, off(0), on(1), off(1), off(1), off(1)] },
  'a task that is deleted': { course: [on(0), on(3), [], [], [], on(3), on(3)] },
};

describe.each(engines)('a clock that is set, with %s', (engine) => {
  let database: TestDatabase;
  let clock: ManualClock;
  let store: Store;
  let slack: FakeSlack;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    clock = createManualClock(t0);
    store = await database.open(clock);
    slack = createFakeSlack(clock.now);
  });
  afterEach(() => database.drop());

  /** Follows a course, with what is done before the poll of each number; returns what cards and messages say. */
  async function follow(
    { course, redials = false }: { course: Course; redials?: boolean },
    before: (poll: number, board: Board) => Board,
  ): Promise<unknown[]> {
    const log = recordingLog();
    // It carries when the last poll was.
    await store.lease('poll', 'bot', 60_000);
    await store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: clock.now() });
    const circumstancesOf = () => ({ redials, redialQuietMs: 2 * minute });
    const said: unknown[] = [];
    let board = createBoard(clock);
    for (const [poll, list] of course.entries()) {
      await clock.advance(tick);
      board = before(poll, board);
      if (list === null) {
        const actor = { person: 'U1', action: 'started' as const, at: clock.now() };
        await recordAction({ store, board, log }, taskOf({ on: true, bar: [0, 9] }), actor);
      } else {
        const dialer = { list: async () => list, progress: async () => null, hasProgress: false };
        await watchOnce({ dialer, store, log, board, circumstancesOf }).catch((error) => said.push(error.code));
      }
      const reading = board.get('task-1');
      if (reading === null) continue;
      const { state, evidence, ratePerMinute } = cardOf(reading, null);
      said.push({ poll, state, evidence: dated(evidence), ratePerMinute });
    }
    const items = await store.openItems();
    return [...said, ...items.map(({ body }) => 'notice' in body && [body.type, dated(body.notice)])];
  }

  /** Instants as how long ago they are by the clock as it is now, or how far ahead. */
  const dated = (value: object): unknown =>
    JSON.parse(
      JSON.stringify(value, (_key, one) => (typeof one === 'number' && one > t0 / 2 ? one - clock.now() : one)),
    );

  /** Without what happens to instants in messages that were written before the clock was set. */
  const undated = (said: unknown[]): unknown =>
    JSON.parse(JSON.stringify(said, (key, one) => (['at', 'since', 'endsAt', 'correctsAt'].includes(key) ? '-' : one)));

  /** A database and a clock of their own for the next course. */
  const anew = async (): Promise<void> => {
    await database.drop();
    database = await makeDatabase(engine);
    clock = createManualClock(t0);
    store = await database.open(clock);
    slack = createFakeSlack(clock.now);
  };

  describe.each(Object.entries(courses))('%s', (_what, course) => {
    let usual: unknown[];
    beforeEach(async () => {
      usual = await follow(course, (_poll, board) => board);
      await anew();
    });

    test.each([hour, -hour, -30 * 24 * hour])(
      'while the bot runs, by %d ms before any poll: nothing changes',
      async (by) => {
        // What is decided does not depend on the database; what is kept does.
        for (const when of engine === 'sqlite' ? [1, 3, 5, course.course.length - 2] : [3]) {
          const said = await follow(course, (poll, board) => {
            if (poll === when) clock.set(by);
            return board;
          });
          expect(undated(said)).toEqual(undated(usual));
          await database.drop();
          database = await makeDatabase(engine);
          clock = createManualClock(t0);
          store = await database.open(clock);
        }
      },
    );
  });

  test.each([-hour, -30 * 24 * hour])(
    'while no bot runs, by %d ms: the next one is late by one poll at most',
    async (by) => {
      for (const { course } of Object.values(courses)) {
        const restart = async (set: number): Promise<{ states: unknown[]; messages: unknown[] }> => {
          const said = await follow({ course }, (poll, board) => {
            if (poll !== 3) return board;
            clock.set(set);
            return createBoard(clock);
          });
          await anew();
          return {
            states: said.filter((one) => !Array.isArray(one)).map((one) => Object(one).state),
            messages: said.flatMap((one) => (Array.isArray(one) ? [[one[0], one[1].kind]] : [])),
          };
        };
        const [usual, set] = [await restart(0), await restart(by)];
        expect(set.messages).toEqual(usual.messages);
        for (const [poll, state] of set.states.entries()) {
          expect([usual.states[poll], usual.states[poll - 1]]).toContain(state);
        }
      }
    },
  );

  test.each([hour, -hour, -30 * 24 * hour])(
    'a message that waits is sent when it would have been (%d ms)',
    async (by) => {
      const sentAfter = async (set: number): Promise<number> => {
        const log = recordingLog();
        const board = createBoard(clock);
        const poll = async (tasks: Task[]): Promise<void> => {
          await watchOnce({
            dialer: { list: async () => tasks, progress: async () => null, hasProgress: false },
            store,
            log,
            board,
          });
        };
        await store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: clock.now() });
        const deliverer = createDeliverer({ store, messenger: slack, clock, log, board, owner: 'bot' });
        /** Lets seconds pass until something has happened; a database takes its own time. */
        const seconds = async (happened: () => boolean): Promise<void> => {
          for (let passed = 0; !happened() && passed < 300; passed += 1) {
            await clock.advance(1_000);
            await sleep(20);
          }
        };
        await poll(on(3));
        void deliverer.flush();
        await seconds(() => slack.keys('C1').length === 1);
        await poll(off(3));
        slack.fail('postNotice', { retryAfterMs: 30_000 });
        const began = clock.elapsed();
        void deliverer.flush();
        await seconds(() => slack.calls.includes('postNotice C1'));
        clock.set(set);
        await seconds(() => slack.keys('C1').length === 2);
        const waited = clock.elapsed() - began;
        const stopping = deliverer.stop();
        await clock.advance(1_000);
        await stopping;
        await anew();
        return waited;
      };
      const usual = await sentAfter(0);
      expect(usual).toBeLessThan(minute);
      expect(Math.abs((await sentAfter(by)) - usual)).toBeLessThanOrEqual(tick);
    },
  );
});
