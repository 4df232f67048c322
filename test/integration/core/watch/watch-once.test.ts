import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import type { SubscriptionScope } from '../../../../src/core/model/subscription.ts';
import type { Progress, Task } from '../../../../src/core/model/task.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
import { type WatchReport, watchOnce } from '../../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../../src/store/store.ts';
import { t0, taskOf, tick } from '../../../support/core/looks.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';

/** A platform that answers with what the test put there. */
function fakePlatform() {
  const platform = {
    tasks: [] as Task[],
    failure: null as AppError | null,
    progress: new Map<string, Progress | AppError>(),
    asked: [] as string[],
    /** Runs while the list is under way. */
    meanwhile: async (): Promise<void> => undefined,
    dialer: {
      hasProgress: true,
      async list(): Promise<Task[]> {
        const answer = platform.tasks;
        await platform.meanwhile();
        if (platform.failure !== null) throw platform.failure;
        return answer;
      },
      async progress(taskId: string): Promise<Progress | null> {
        platform.asked.push(taskId);
        const answer = platform.progress.get(taskId) ?? null;
        if (answer instanceof AppError) throw answer;
        return answer;
      },
    },
  };
  return platform;
}

const on = (done: number, total: number, id = 'task-1'): Task => taskOf({ on: true, bar: [done, total], id });
const off = (done: number, total: number, id = 'task-1'): Task => taskOf({ on: false, bar: [done, total], id });

let clock: ManualClock;
let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
let board: Board;
let platform: ReturnType<typeof fakePlatform>;
let log: ReturnType<typeof recordingLog>;
/** Whether the platform shows whose account it is. */
let isTold: boolean;
let progressMissed: Set<string>;

beforeEach(async () => {
  clock = createManualClock(t0);
  log = recordingLog();
  isTold = true;
  progressMissed = new Set();
  folder = await storeFolder(clock, log);
  store = await folder.open();
  board = createBoard(clock);
  platform = fakePlatform();
});
afterEach(() => folder.remove());

async function poll(...tasks: Task[]): Promise<WatchReport> {
  platform.tasks = tasks;
  await clock.advance(tick);
  const isOurAccount = async () => isTold;
  return watchOnce({ dialer: platform.dialer, store, log, board, isOurAccount, progressMissed });
}
const watchIn = (channel: string, taskId = 'task-1') =>
  store.addWatch({ taskId, channel, owner: 'U1', createdAt: clock.now() });
const openKeys = async (): Promise<string[]> => (await store.openItems()).map(({ key }) => key);

test('every task gets a reading, only watched ones give notices, one per channel', async () => {
  await watchIn('C1');
  await watchIn('C2');
  await poll(off(0, 9), off(0, 9, 'task-2'));
  const report = await poll(on(0, 9), on(0, 9, 'task-2'));
  expect(report).toEqual({ tasks: 2, notices: 2, gone: 0 });
  expect((await openKeys()).sort()).toEqual(['revision:3:started:C1', 'revision:3:started:C2']);
  const times = (await store.openItems()).map(({ body }) => body.type === 'notice' && body.notice.at);
  expect(times).toEqual([t0 + 2 * tick, t0 + 2 * tick]);
  expect([...(await store.readings()).keys()].sort()).toEqual(['task-1', 'task-2']);
  expect(board.get('task-2')?.state).toBe('dialing');
});

test('a finish gives one notice, whatever polls follow, by any bot', async () => {
  await watchIn('C1');
  for (const done of [0, 5, 9, 9, 9, 9]) await poll(on(done, 9));
  const other = { board: createBoard(clock), store: await folder.open() };
  await clock.advance(tick);
  await watchOnce({ dialer: platform.dialer, log, ...other });
  expect(await openKeys()).toEqual(['campaign:1:finished:C1']);
});

test('an end that a redial undoes is corrected, and so is its later end: one message', async () => {
  await watchIn('C1');
  const circumstancesOf = () => ({ redials: true, redialQuietMs: 2 * tick });
  for (const done of [0, 9, 9, 9, 7, 7, 9, 9, 9, 9]) {
    platform.tasks = [on(done, 9)];
    await clock.advance(tick);
    await watchOnce({ dialer: platform.dialer, store, log, board, circumstancesOf });
  }
  const end = 'campaign:1:finished:C1';
  expect(
    (await store.openItems()).map(({ key, body }) => [key, body.type, body.type === 'correction' && body.of]),
  ).toEqual([
    [end, 'notice', false],
    ['revision:6:not_finished:C1', 'correction', end],
    ['revision:9:finished:C1', 'correction', end],
  ]);
});

test('a channel that cannot be posted to gets no notices', async () => {
  const watch = await watchIn('C1');
  await store.updateWatch(watch.id, { brokenBy: 'is_archived' });
  await poll(off(0, 9));
  expect((await poll(on(0, 9))).notices).toBe(0);
});

describe('a platform that cannot be read', () => {
  test('writes nothing, marks the board and says why; the next good poll clears it', async () => {
    await watchIn('C1');
    await poll(on(1, 9));
    const before = await store.readings();
    platform.failure = new AppError('platform_unreachable', 'refused');
    await expect(poll(on(1, 9))).rejects.toMatchObject({ code: 'platform_unreachable' });
    expect(await store.readings()).toEqual(before);
    expect(await openKeys()).toEqual([]);
    expect(board.staleSince).toBe(t0 + tick);
    platform.failure = null;
    await poll(on(2, 9));
    expect(board.staleSince).toBeNull();
  });

  test('after a restart the board holds what was known', async () => {
    await poll(on(1, 9));
    board = createBoard(clock);
    platform.failure = new AppError('platform_timeout', 'no answer');
    await expect(poll()).rejects.toMatchObject({ code: 'platform_timeout' });
    expect(board.get('task-1')?.state).toBe('dialing');
    expect(board.staleSince).toBe(t0 + tick);
  });
});

describe('a task that is missing', () => {
  /** There is always another one: an empty list would prove nothing. */
  const other = off(0, 0, 'task-2');

  test('is gone at the second complete poll in a row, and said so once', async () => {
    await watchIn('C1');
    await poll(on(1, 9), other);
    expect((await poll(other)).gone).toBe(0);
    expect(board.get('task-1')?.state).toBe('dialing');
    expect((await poll(other)).gone).toBe(1);
    expect((await poll(other)).gone).toBe(0);
    expect(board.get('task-1')?.state).toBe('gone');
    expect(await openKeys()).toEqual(['revision:3:gone:C1']);
  });

  test.each([
    ['one of two', [off(1, 9, 'task-2')]],
    ['all of them', []],
  ])('is not gone, however long, while nobody can tell whose account was read: %s', async (_name, left) => {
    await watchIn('C1');
    await poll(on(1, 9), off(1, 9, 'task-2'));
    isTold = false;
    for (let polls = 0; polls < 5; polls += 1) {
      await clock.advance(3_600_000);
      await poll(...left).catch((error) => expect(error).toMatchObject({ code: 'platform_empty' }));
    }
    expect(board.all().filter(({ state }) => state === 'gone')).toEqual([]);
    isTold = true;
    for (let polls = 0; polls < 2; polls += 1) await poll(...left);
    expect(board.get('task-1')?.state).toBe('gone');
  });

  test('is not gone when it is missing now and then', async () => {
    await poll(on(1, 9), other);
    for (let i = 0; i < 3; i += 1) {
      expect((await poll(other)).gone).toBe(0);
      expect((await poll(on(1, 9), other)).gone).toBe(0);
    }
  });

  test('a failed poll in between proves nothing', async () => {
    await poll(on(1, 9), other);
    await poll(other);
    platform.failure = new AppError('platform_server_error', '502');
    await expect(poll()).rejects.toThrow();
    platform.failure = null;
    expect((await poll(on(1, 9), other)).gone).toBe(0);
    expect((await poll(other)).gone).toBe(0);
  });

  test('one that a stale page shows once more stays gone; one that is really back is back, and said to be', async () => {
    await watchIn('C1');
    await poll(on(1, 9), other);
    await poll(other);
    await poll(other);
    await poll(on(1, 9), other);
    expect(board.get('task-1')?.state).toBe('gone');
    await poll(on(1, 9), other);
    expect(board.get('task-1')?.state).toBe('dialing');
    const [gone, back, ...more] = await store.openItems();
    expect(more).toEqual([]);
    expect(back?.body).toMatchObject({ type: 'correction', of: gone?.key, notice: { kind: 'not_gone' } });
  });
});

describe('a list that is incomplete', () => {
  const many = (n: number): Task[] => Array.from({ length: n }, (_, i) => off(0, 9, `task-${i + 1}`));
  const incomplete = { code: 'platform_empty' };

  test.each([
    ['nothing at all, of one', 1, 0],
    ['nothing at all, of twenty', 20, 0],
    ['four of five', 8, 4],
    ['more than a fifth', 20, 15],
  ])('%s: no deletion, but stale cards, and the next complete one is good', async (_title, known, listed) => {
    await watchIn('C1');
    await poll(...many(known));
    for (let i = 0; i < 5; i += 1) await expect(poll(...many(listed))).rejects.toMatchObject(incomplete);
    expect(board.staleSince).toBe(t0 + tick);
    expect(board.all().filter(({ state }) => state === 'gone')).toEqual([]);
    expect(await openKeys()).toEqual([]);
    expect(await poll(...many(known))).toMatchObject({ gone: 0, notices: 0 });
    expect(board.staleSince).toBeNull();
  });

  test.each([
    ['three', 8, 5],
    ['a fifth', 20, 16],
  ])('%s may be deleted at once', async (_title, known, listed) => {
    await poll(...many(known));
    await poll(...many(listed));
    expect(await poll(...many(listed))).toMatchObject({ gone: known - listed });
  });

  test('what it does hold is read all the same', async () => {
    await watchIn('C1');
    await poll(...many(8));
    await expect(poll(on(0, 9), ...many(4).slice(1))).rejects.toMatchObject(incomplete);
    expect(board.get('task-1')).toMatchObject({ state: 'dialing' });
    expect(await openKeys()).toHaveLength(1);
  });

  test('after half an hour it is believed', async () => {
    await poll(...many(8));
    await expect(poll(...many(2))).rejects.toMatchObject(incomplete);
    await clock.advance(30 * 60_000 - 2 * tick);
    await expect(poll(...many(2))).rejects.toMatchObject(incomplete);
    expect(await poll(...many(2))).toMatchObject({ gone: 0 });
    expect(await poll(...many(2))).toMatchObject({ gone: 6 });
  });
});

describe('own actions', () => {
  const act = async (task: Task, action: 'started' | 'deleted' = 'started'): Promise<void> => {
    await recordAction({ store, board, log }, task, { person: 'U1', action, at: clock.now() });
  };

  test('are not announced', async () => {
    await watchIn('C1');
    await poll(off(0, 9));
    await clock.advance(1_000);
    await act(on(0, 9));
    expect((await poll(on(1, 9))).notices).toBe(0);
    expect(board.get('task-1')?.actor).toMatchObject({ person: 'U1', action: 'started' });
  });

  test('made while the list was under way make that list old news for their task', async () => {
    await watchIn('C1');
    await poll(off(0, 9), off(0, 9, 'task-2'));
    platform.meanwhile = async () => {
      await clock.advance(500);
      await act(on(0, 9));
      await act(off(0, 9, 'task-3'));
      await act(off(0, 9, 'task-2'), 'deleted');
    };
    expect(await poll(off(0, 9), off(0, 9, 'task-2'))).toMatchObject({ notices: 0, gone: 0 });
    platform.meanwhile = async () => undefined;
    const states = board.all().map(({ task, state }) => [task.id, state]);
    expect(Object.fromEntries(states)).toEqual({ 'task-1': 'dialing', 'task-2': 'gone', 'task-3': 'paused' });
    expect((await store.readings()).get('task-1')?.state).toBe('dialing');
    expect((await poll(on(0, 9), off(0, 9, 'task-3'))).notices).toBe(0);
  });

  test('made by another bot meanwhile are not overwritten, and the store refuses their old news', async () => {
    await watchIn('C1');
    await poll(off(0, 9));
    platform.meanwhile = async () => {
      await clock.advance(500);
      const other = { store: await folder.open(), board: createBoard(clock), log };
      other.board.put((await other.store.readings()).get('task-1') as Reading);
      await recordAction(other, on(0, 9), { person: 'U2', action: 'started', at: clock.now() });
    };
    await poll({ ...off(0, 9), name: 'Renamed' });
    // The owner of the watch hears of the act itself, and nobody of what is outdated.
    expect(await openKeys()).toEqual(['revision:2:acted:C1']);
    platform.meanwhile = async () => undefined;
    expect((await poll(on(0, 9))).notices).toBe(0);
    expect(board.get('task-1')?.actor?.person).toBe('U2');
  });
});

describe('the progress endpoint', () => {
  const endpoint = (done: number, total: number): Progress => ({ done, total, source: 'endpoint' });

  test('is asked for watched tasks only, and its figures are taken', async () => {
    await watchIn('C1');
    platform.progress.set('task-1', endpoint(3, 9));
    await poll(on(1, 9), on(1, 9, 'task-2'));
    expect(platform.asked).toEqual(['task-1']);
    expect(board.get('task-1')?.task.progress).toEqual(endpoint(3, 9));
  });

  test('is asked once per poll when it is not configured', async () => {
    for (const id of ['task-1', 'task-2', 'task-3']) await watchIn('C1', id);
    await poll(on(1, 9), on(1, 9, 'task-2'), on(1, 9, 'task-3'));
    expect(platform.asked).toEqual(['task-1']);
    await poll(on(1, 9), on(1, 9, 'task-2'), on(1, 9, 'task-3'));
    expect(platform.asked).toEqual(['task-1', 'task-1']);
  });

  test('a task it does not know falls back to the bar; the others are asked', async () => {
    await watchIn('C1', 'task-1');
    await watchIn('C1', 'task-2');
    platform.progress.set('task-1', new AppError('platform_not_found', '404'));
    platform.progress.set('task-2', endpoint(3, 9));
    await poll(on(1, 9), on(1, 9, 'task-2'));
    expect(board.get('task-1')?.task.progress?.source).toBe('progress_bar');
    expect(board.get('task-2')?.task.progress?.source).toBe('endpoint');
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([
      { level: 'warn', message: 'progress could not be read', fields: { task: 'task-1', code: 'platform_not_found' } },
    ]);
  });

  test('missing for long, it is logged once until it is back', async () => {
    await watchIn('C1', 'task-1');
    const look = () => poll(on(1, 9));
    platform.progress.set('task-1', new AppError('platform_not_found', '404'));
    for (let polls = 0; polls < 4; polls += 1) await look();
    platform.progress.set('task-1', endpoint(3, 9));
    await look();
    platform.progress.set('task-1', new AppError('platform_not_found', '404'));
    await look();
    expect(log.lines.filter(({ level }) => level === 'warn').length).toBe(2);
  });

  test('out of reach, it does not cost every task its time', async () => {
    await watchIn('C1', 'task-1');
    await watchIn('C1', 'task-2');
    platform.progress.set('task-1', new AppError('platform_timeout', 'no answer'));
    await poll(on(1, 9), on(1, 9, 'task-2'));
    expect(platform.asked).toEqual(['task-1']);
  });

  test('is left alone for what is finished and paused, until the bar moves', async () => {
    await watchIn('C1');
    platform.progress.set('task-1', endpoint(9, 9));
    for (let i = 0; i < 2; i += 1) await poll(off(9, 9));
    expect(board.get('task-1')?.state).toBe('finished');
    platform.asked = [];
    await poll(off(9, 9));
    expect(platform.asked).toEqual([]);
    expect(board.get('task-1')?.task.progress).toEqual(endpoint(9, 9));
    platform.progress.set('task-1', endpoint(9, 20));
    await poll(off(9, 20));
    await poll(off(9, 20));
    expect(platform.asked).toEqual(['task-1', 'task-1']);
    expect(board.get('task-1')?.state).toBe('paused');
  });
});

test('the reading of a gone task is not written again and again', async () => {
  const other = off(0, 0, 'task-2');
  await poll(off(0, 0), other);
  await poll(other);
  await poll(other);
  const gone = board.get('task-1');
  expect(gone?.state).toBe('gone');
  for (let i = 0; i < 3; i += 1) await poll(other);
  expect(board.get('task-1')).toEqual(gone);
});

describe('who hears of it', () => {
  const subscribe = (channel: string, scope: SubscriptionScope) =>
    store.addSubscription({ channel, scope, owner: 'U1', createdAt: clock.now() });

  test('subscriptions get notices of tasks that nobody watches, each channel and person once', async () => {
    await watchIn('C1');
    await subscribe('C1', { kind: 'all' });
    await subscribe('U2', { kind: 'name', text: 'nothing' });
    await subscribe('U3', { kind: 'all' });
    await poll(off(0, 9), off(0, 9, 'task-2'));
    await poll(on(0, 9), on(0, 9, 'task-2'));
    const items = await store.openItems();
    expect(items.map(({ channel, taskId }) => `${channel} ${taskId}`).sort()).toEqual([
      'C1 task-1',
      'C1 task-2',
      'U3 task-1',
      'U3 task-2',
    ]);
    for (const { body } of items) expect(body).toMatchObject({ type: 'notice', thread: true, mentions: [], by: null });
  });

  test('what a channel turned off or muted is not written at all, by any bot and after a restart', async () => {
    await watchIn('C1');
    await watchIn('C2');
    await store.changeChannelSettings('C1', { kinds: ['outcomes'] });
    await store.changeChannelSettings('C2', { mutedUntil: clock.now() + 2.5 * tick });
    await poll(off(0, 9));
    expect((await poll(on(0, 9))).notices).toBe(0);
    board = createBoard(clock);
    store = await folder.open();
    await poll(off(0, 9));
    expect(await openKeys()).toEqual(['revision:3:paused:C2']);
  });

  test('the audience is read only when there is something to announce', async () => {
    await watchIn('C1');
    let asked = 0;
    const counting = {
      ...store,
      subscriptions: () => {
        asked += 1;
        return store.subscriptions();
      },
    };
    for (const done of [0, 1, 2, 3]) {
      // A quarter of the numbers would be something to announce.
      platform.tasks = [on(done, 90)];
      await clock.advance(tick);
      await watchOnce({ dialer: platform.dialer, store: counting, log, board });
    }
    expect(asked).toBe(0);
    platform.tasks = [off(3, 90), on(3, 90, 'task-2')];
    await clock.advance(tick);
    await watchOnce({ dialer: platform.dialer, store: counting, log, board });
    expect(asked).toBe(1);
  });
});
