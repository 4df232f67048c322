import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChannelBoard } from '../../../../src/core/model/channel-board.ts';
import type { SubscriptionScope } from '../../../../src/core/model/subscription.ts';
import { defaultLimits } from '../../../../src/core/notices/policy.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { goneReading, nextReading } from '../../../../src/core/watch/infer.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createDeliveryRig, type DeliveryRig } from '../../../support/core/delivery-rig.ts';
import type { FakeSlack } from '../../../support/core/fake-messenger.ts';
import { taskOf, tick } from '../../../support/core/looks.ts';
import type { ManualClock } from '../../../support/manual-clock.ts';

let clock: ManualClock;
let folder: DeliveryRig['folder'];
let store: Store;
let board: Board;
let slack: FakeSlack;
let bot: DeliveryRig['bot'];
let close: DeliveryRig['close'];

beforeEach(async () => {
  ({ clock, folder, store, board, slack, bot, close } = await createDeliveryRig());
  await store.changeChannelSettings('C1', { style: 'board' });
});
afterEach(() => close());

/** A look at tasks, saved as a poll saves it. */
async function look(done: number, ...ids: string[]): Promise<void> {
  const readings = ids.map((id) => {
    const task = taskOf({ on: true, bar: [done, 10_000], id });
    return { reading: nextReading(board.get(id), task, clock.now()), notices: [] };
  });
  for (const reading of await store.saveReadings(readings)) board.put(reading);
}

const watch = (taskId: string, channel = 'C1', owner = 'U1') =>
  store.addWatch({ taskId, channel, owner, createdAt: clock.now() });
const subscribe = (scope: SubscriptionScope, channel = 'C1', owner = 'U1') =>
  store.addSubscription({ channel, scope, owner, createdAt: clock.now() });

const boardsIn = (channel: string) => slack.messages.filter((each) => each.channel === channel && each.board);
const shownIn = (channel: string): ChannelBoard => {
  const [message, ...more] = boardsIn(channel);
  expect(more).toEqual([]);
  if (message?.board === undefined || message.board === 'closed') throw new Error(`no board in ${channel}`);
  return message.board;
};
const idsIn = (channel: string): string[] => shownIn(channel).rows.map(({ card }) => card.task.id);
const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `task-${i}`);

describe('a channel with a board', () => {
  test('has one message for all it watches, and no cards', async () => {
    await look(1, ...ids(3));
    for (const id of ids(3)) await watch(id);
    await watch('task-0', 'C2');
    const deliverer = bot();
    await clock.until(deliverer.flush());
    expect(slack.calls.toSorted()).toEqual(['postBoard C1', 'postCard C2']);
    expect(idsIn('C1').toSorted()).toEqual(ids(3));

    await clock.advance(tick);
    await look(2, ...ids(3));
    await clock.until(deliverer.flush());
    expect(shownIn('C1').rows.map(({ card }) => card.task.progress?.done)).toEqual([2, 2, 2]);
    await clock.until(deliverer.flush());
    expect(slack.calls.filter((call) => call === 'updateBoard C1')).toHaveLength(1);
  });

  test('shows what it has subscribed to, without what was deleted', async () => {
    await look(1, ...ids(4));
    await subscribe({ kind: 'all' });
    const gone = goneReading(board.get('task-3') ?? never(), clock.now());
    for (const reading of await store.saveReadings([{ reading: gone, notices: [] }])) board.put(reading);
    const deliverer = bot();
    await clock.until(deliverer.flush());
    expect(idsIn('C1').toSorted()).toEqual(ids(3));
    // A task that is made later comes by itself.
    await clock.advance(tick);
    await look(1, 'task-9');
    await clock.until(deliverer.flush());
    expect(idsIn('C1')).toContain('task-9');
  });

  test('shows the tasks of a line, and of a person, and no others', async () => {
    await look(1, 'task-0');
    const { line } = board.get('task-0')?.task ?? never();
    await subscribe({ kind: 'line', lineId: `not ${line.id}`, name: 'x' });
    await subscribe({ kind: 'mine', person: 'U7' });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    expect(idsIn('C1')).toEqual([]);
    await clock.advance(tick);
    await subscribe({ kind: 'line', lineId: line.id, name: 'x' });
    await clock.until(deliverer.flush());
    expect(idsIn('C1')).toEqual(['task-0']);
  });

  test('is posted when the platform was read, not before', async () => {
    await subscribe({ kind: 'all' });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    expect(slack.calls).toEqual([]);
    board.complete([], board.beginRead());
    await clock.until(deliverer.flush());
    expect(slack.calls).toEqual(['postBoard C1']);
    expect(idsIn('C1')).toEqual([]);
  });

  test('says so when it watches nothing any more, and has none posted for that', async () => {
    await look(1, 'task-0');
    await watch('task-0');
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await clock.advance(tick);
    await store.removeWatch('task-0', 'C1');
    await clock.until(deliverer.flush());
    expect(idsIn('C1')).toEqual([]);

    slack.messages.splice(0);
    await clock.advance(tick);
    await look(2, 'task-0');
    await clock.until(deliverer.flush());
    await clock.advance(tick);
    expect(slack.messages).toEqual([]);
    await watch('task-0');
    await clock.until(deliverer.flush());
    expect(idsIn('C1')).toEqual(['task-0']);
  });

  test('is stale while the platform cannot be read', async () => {
    await look(1, 'task-0');
    await watch('task-0');
    const deliverer = bot();
    await clock.until(deliverer.flush());
    board.failed(Object.assign(new Error('x'), { code: 'platform_timeout', details: {} }) as never, board.beginRead());
    await clock.advance(defaultLimits.staleAfterMs + tick);
    await clock.until(deliverer.flush());
    expect(shownIn('C1').staleSince).not.toBeNull();
  });
});

describe('a task with which something is wrong', () => {
  test('comes first and says so, and goes back when it is over', async () => {
    await look(1, ...ids(3));
    await subscribe({ kind: 'all' });
    let troubles = new Map();
    const deliverer = bot({ troubles: () => troubles });
    await clock.until(deliverer.flush());
    const last = idsIn('C1').at(-1) ?? '';
    await clock.advance(tick);
    troubles = new Map([[last, ['line_dead']]]);
    await clock.until(deliverer.flush());
    expect(shownIn('C1').rows[0]).toMatchObject({
      card: { task: { id: last } },
      lever: 'line',
      troubles: ['line_dead'],
    });
    await clock.advance(tick);
    troubles = new Map();
    await clock.until(deliverer.flush());
    expect(idsIn('C1').at(-1)).toBe(last);
  });
});

describe('the edits of a board', () => {
  test('of fifty tasks that all move are one in fifteen seconds', async () => {
    const tasks = ids(50);
    await look(0, ...tasks);
    await subscribe({ kind: 'all' });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    const minutes = 10;
    for (let second = 1; second <= minutes * 60; second++) {
      await clock.advance(1_000);
      if (second % 5 === 0) await look(second, ...tasks);
      await clock.until(deliverer.flush());
    }
    const [message] = boardsIn('C1');
    const moments = [message?.at ?? 0, ...(message?.edits ?? [])];
    const gaps = moments.slice(1).map((at, i) => at - (moments[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(defaultLimits.editEveryMs);
    // And it keeps up.
    expect(gaps.length).toBeGreaterThanOrEqual((minutes * 60) / 20 - 1);
    expect(slack.messages).toHaveLength(1);
    expect(shownIn('C1').counts.dialing).toBe(50);
  });

  test('go on where another process stopped, without a second message', async () => {
    await look(1, 'task-0');
    await watch('task-0');
    const first = bot();
    await clock.until(first.flush());
    await clock.until(first.stop());
    await clock.advance(tick);
    const second = bot({ owner: 'bot-2' });
    await clock.until(second.flush());
    // Nothing happened since: nothing is edited.
    expect(slack.calls).toEqual(['postBoard C1']);
    await look(2, 'task-0');
    await clock.until(second.flush());
    expect(slack.calls).toEqual(['postBoard C1', 'updateBoard C1']);
  });

  test('are made by one of two bots, and by the other when that one is gone', async () => {
    await look(1, 'task-0');
    await watch('task-0');
    const [first, second] = [bot(), bot({ owner: 'bot-2', board: createBoard(clock), store: await folder.open() })];
    await clock.until(Promise.all([first.flush(), second.flush()]));
    expect(slack.calls).toEqual(['postBoard C1']);
    await clock.until(first.stop());
    await clock.advance(tick);
    await look(2, 'task-0');
    await clock.until(second.flush());
    await clock.advance(defaultLimits.standByMs);
    expect(slack.calls).toEqual(['postBoard C1', 'updateBoard C1']);
  });

  test('that found the message deleted post a new one', async () => {
    await look(1, 'task-0');
    await watch('task-0');
    const deliverer = bot();
    await clock.until(deliverer.flush());
    slack.remove(boardsIn('C1')[0]?.ts ?? '');
    await clock.advance(tick);
    await look(2, 'task-0');
    await clock.until(deliverer.flush());
    await clock.advance(defaultLimits.postEveryMs);
    expect(slack.calls).toEqual(['postBoard C1', 'updateBoard C1', 'postBoard C1']);
    expect(idsIn('C1')).toEqual(['task-0']);
  });
});

describe('a board whose post got no answer', () => {
  test('is found again, and edited from then on', async () => {
    await look(1, 'task-0');
    await watch('task-0');
    slack.fail('postBoard', { maybeSent: true }, { effect: true });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await clock.advance(60_000);
    expect(slack.calls.filter((call) => call === 'postBoard C1')).toHaveLength(1);
    expect(slack.calls).toContain('find C1');
    await look(2, 'task-0');
    await clock.until(deliverer.flush());
    await clock.advance(tick);
    expect(shownIn('C1').rows[0]?.card.task.progress?.done).toBe(2);
  });
});

describe('a channel with a board that can no longer be posted to', () => {
  const dead = { chatError: 'is_archived', permanent: true } as const;

  test.each(['postBoard', 'updateBoard'] as const)(
    'by %s ends what it watches and notifies each owner once',
    async (method) => {
      await look(1, ...ids(3));
      await watch('task-0');
      await watch('task-1');
      await watch('task-2', 'C1', 'U2');
      await subscribe({ kind: 'all' }, 'C1', 'U1');
      const deliverer = bot();
      slack.fail(method, dead, { times: 99 });
      await clock.until(deliverer.flush());
      await clock.advance(tick);
      await look(2, ...ids(3));
      await clock.until(deliverer.flush());
      await clock.advance(tick);
      const reported = slack.reported.map(({ watch: { owner }, taskName }) => [owner, taskName]);
      expect(reported.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
        ['U1', { kind: 'all' }],
        ['U2', 'Spring renewal'],
      ]);
      expect((await store.watches()).map(({ brokenBy }) => brokenBy)).toEqual([
        'is_archived',
        'is_archived',
        'is_archived',
      ]);
      expect((await store.subscriptions()).map(({ brokenBy }) => brokenBy)).toEqual(['is_archived']);
      const before = slack.calls.length;
      await look(3, ...ids(3));
      await clock.until(deliverer.flush());
      await clock.advance(10 * 60_000);
      expect(slack.calls.slice(before)).toEqual([]);

      // Watching again, when it can be posted to again.
      slack.heal();
      await watch('task-0');
      await clock.until(deliverer.flush());
      await clock.advance(tick);
      expect(idsIn('C1').length).toBeGreaterThan(0);
    },
  );
});

describe('a channel that changes its style', () => {
  test('from a board to cards has its board closed, for good', async () => {
    await look(1, 'task-0');
    await watch('task-0');
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await clock.advance(tick);
    await store.changeChannelSettings('C1', { style: 'cards' });
    await clock.until(deliverer.flush());
    await clock.advance(tick);
    expect(slack.messages.map(({ board, card }) => [board ?? null, card?.task.id ?? null])).toEqual([
      ['closed', null],
      [null, 'task-0'],
    ]);
    expect(await store.boardMessages()).toEqual([]);

    // And back: a new board.
    await store.changeChannelSettings('C1', { style: 'board' });
    await clock.until(deliverer.flush());
    await clock.advance(tick);
    expect(slack.messages.map(({ board }) => (typeof board === 'object' ? 'board' : board))).toEqual([
      'closed',
      undefined,
      'board',
    ]);
  });
});

describe('a change of a task', () => {
  test('is posted under the board when the channel wants threads', async () => {
    await look(1, 'task-0');
    await watch('task-0');
    const deliverer = bot();
    await clock.until(deliverer.flush());
    const notice = {
      kind: 'paused',
      taskId: 'task-0',
      taskName: 'Spring renewal',
      at: clock.now(),
      total: null,
      done: null,
      durationMs: null,
      ratePerMinute: null,
    } as const;
    const item = { channel: 'C1', taskId: 'task-0', createdAt: clock.now() };
    await store.enqueue([{ ...item, key: 'n', body: { type: 'notice', notice, thread: true } }]);
    await clock.until(deliverer.flush());
    expect(slack.messages.at(-1)?.posting?.thread).toBe(boardsIn('C1')[0]?.ts);
  });
});

function never(): never {
  throw new Error('no reading');
}
