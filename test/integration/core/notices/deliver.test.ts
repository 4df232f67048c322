import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Notice, NoticeKind } from '../../../../src/core/model/notice.ts';
import type { NewOutboxItem } from '../../../../src/core/model/outbox.ts';
import type { Watch } from '../../../../src/core/model/watch.ts';
import { createDeliverer } from '../../../../src/core/notices/deliver.ts';
import { defaultLimits } from '../../../../src/core/notices/policy.ts';
import { botLeaseMs, botLeaseOf } from '../../../../src/core/time/bot-lease.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createDeliveryRig, type DeliveryRig } from '../../../support/core/delivery-rig.ts';
import type { FakeSlack } from '../../../support/core/fake-messenger.ts';
import { t0, taskOf, tick } from '../../../support/core/looks.ts';
import type { ManualClock } from '../../../support/manual-clock.ts';

let clock: ManualClock;
let log: DeliveryRig['log'];
let folder: DeliveryRig['folder'];
let store: Store;
let board: Board;
let slack: FakeSlack;
let bot: DeliveryRig['bot'];
let close: DeliveryRig['close'];

beforeEach(async () => {
  ({ clock, log, folder, store, board, slack, bot, close } = await createDeliveryRig());
});
afterEach(() => close());

/** A look at a task, saved as a poll saves it. */
async function look(done: number, id = 'task-1', onto: Board = board): Promise<void> {
  const task = taskOf({ on: true, bar: [done, 1_000], id });
  const reading = nextReading(onto.get(id), task, clock.now());
  onto.put(only(await store.saveReadings([{ reading, notices: [] }])));
}

/** A watch whose card is up to date, so that nothing but what the test adds is to be sent. */
async function settledWatch(channel: string, id = 'task-1'): Promise<Watch> {
  await look(1, id);
  const watch = await store.addWatch({ taskId: id, channel, owner: 'U1', createdAt: clock.now() });
  const first = bot();
  await clock.until(first.flush());
  await clock.until(first.stop());
  slack.calls.splice(0);
  return watch;
}

function notice(n: number, channel: string, change: { taskId?: string; kind?: NoticeKind } = {}): NewOutboxItem {
  const { taskId = 'task-1', kind = 'changed' } = change;
  const body: Notice = {
    kind,
    taskId,
    taskName: 'Spring renewal',
    at: clock.now(),
    total: null,
    done: null,
    durationMs: null,
    ratePerMinute: null,
    firstSeen: null,
    leftOn: false,
    correctsAt: null,
    act: null,
    changes: [],
    schedule: null,
  };
  const key = `${taskId}:${kind}:${n}:${channel}`;
  return { key, channel, taskId, body: { type: 'notice', notice: body }, createdAt: clock.now() };
}

const noticesIn = (channel: string): string[] => slack.keys(channel).filter((key) => !key.startsWith('card:'));
const cardsIn = (channel: string) => slack.messages.filter((each) => each.channel === channel && each.card !== null);
const only = <T>(values: readonly T[]): T => {
  expect(values).toHaveLength(1);
  return values[0] as T;
};

describe('corrections', () => {
  const correction = (of: NewOutboxItem, n: number, kind: NoticeKind): NewOutboxItem => {
    const item = notice(n, of.channel, { kind });
    if (item.body.type !== 'notice') throw new Error('not a notice');
    return { ...item, key: `correction:${n}`, body: { type: 'correction', of: of.key, notice: item.body.notice } };
  };
  const saidIn = (channel: string) =>
    slack.messages.filter((each) => each.channel === channel && each.notice !== null).map((each) => each.notice?.kind);

  test('replace the message of an earlier item, again and again', async () => {
    await settledWatch('C1');
    const end = notice(1, 'C1', { kind: 'finished' });
    await store.enqueue([end]);
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await store.enqueue([correction(end, 2, 'not_finished')]);
    await clock.until(deliverer.flush());
    expect(saidIn('C1')).toEqual(['not_finished']);
    await store.enqueue([correction(end, 3, 'finished')]);
    await clock.until(deliverer.flush());
    expect(saidIn('C1')).toEqual(['finished']);
    expect(slack.calls).toEqual(['postNotice C1', 'updateNotice C1', 'updateNotice C1']);
    expect(await store.openItems()).toEqual([]);
  });

  test('wait for the message they replace', async () => {
    await settledWatch('C1');
    const end = notice(1, 'C1', { kind: 'finished' });
    await store.enqueue([end, correction(end, 2, 'not_finished')]);
    await clock.until(bot().flush());
    expect(slack.calls).toEqual(['postNotice C1', 'updateNotice C1']);
  });

  test('of what was never posted are dropped, but an end is told', async () => {
    await settledWatch('C1');
    const never = notice(1, 'C1', { kind: 'finished' });
    await store.enqueue([correction(never, 2, 'not_finished'), correction(never, 3, 'finished')]);
    await clock.until(bot().flush());
    expect(saidIn('C1')).toEqual(['finished']);
    expect(await store.openItems()).toEqual([]);
  });

  test('of an end that was never posted replace the message that announced it after all', async () => {
    await settledWatch('C1');
    const never = notice(1, 'C1', { kind: 'finished' });
    const deliverer = bot();
    const said: unknown[] = [];
    for (const [n, kind] of (['finished', 'not_finished', 'finished', 'not_finished'] as const).entries()) {
      await store.enqueue([correction(never, n, kind)]);
      await clock.until(deliverer.flush());
      await clock.advance(1_000);
      said.push(saidIn('C1'));
    }
    expect(said).toEqual([['finished'], ['not_finished'], ['finished'], ['not_finished']]);
    expect(await store.openItems()).toEqual([]);
  });

  test('of a message that someone deleted: an end that comes after that is announced, and replaced in turn', async () => {
    await settledWatch('C1');
    const end = notice(1, 'C1', { kind: 'finished' });
    await store.enqueue([end]);
    const deliverer = bot();
    await clock.until(deliverer.flush());
    slack.remove((await store.messageOf(end.key)) ?? '');
    const said: unknown[] = [];
    for (const [n, kind] of (['not_finished', 'finished', 'not_finished', 'finished'] as const).entries()) {
      await store.enqueue([correction(end, n, kind)]);
      await clock.until(deliverer.flush());
      await clock.advance(1_000);
      said.push(saidIn('C1'));
    }
    expect(said).toEqual([[], ['finished'], ['not_finished'], ['finished']]);
    expect(await store.openItems()).toEqual([]);
  });

  test('whose answer was lost are made again: an edit has the same effect twice', async () => {
    await settledWatch('C1');
    const end = notice(1, 'C1', { kind: 'finished' });
    await store.enqueue([end, correction(end, 2, 'not_finished')]);
    slack.fail('updateNotice', { maybeSent: true }, { effect: true });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await clock.advance(60_000);
    await clock.until(deliverer.flush());
    expect(saidIn('C1')).toEqual(['not_finished']);
    expect(await store.openItems()).toEqual([]);
  });

  test('under way are neither looked up nor made again, however often something changes meanwhile', async () => {
    await settledWatch('C1');
    const end = notice(1, 'C1', { kind: 'finished' });
    await store.enqueue([end, correction(end, 2, 'not_finished')]);
    const updateNotice: FakeSlack['updateNotice'] = async (...edit) => {
      await clock.sleep(2_000);
      await slack.updateNotice(...edit);
    };
    const deliverer = bot({ messenger: { ...slack, updateNotice } });
    for (let second = 0; second < 30; second += 1) {
      void deliverer.flush();
      await clock.advance(1_000);
    }
    expect(slack.calls).toEqual(['postNotice C1', 'updateNotice C1']);
    expect(await store.openItems()).toEqual([]);
  });

  test('of a message that someone deleted are dropped, and nothing else suffers', async () => {
    await settledWatch('C1');
    const end = notice(1, 'C1', { kind: 'finished' });
    await store.enqueue([end]);
    const deliverer = bot();
    await clock.until(deliverer.flush());
    slack.remove((await store.messageOf(end.key)) ?? '');
    await store.enqueue([correction(end, 2, 'not_finished'), notice(3, 'C1')]);
    await clock.until(deliverer.flush());
    expect(saidIn('C1')).toEqual(['changed']);
    expect((await store.watches())[0]?.brokenBy).toBeNull();
  });
});

describe('cards', () => {
  test('a watch gets its card once', async () => {
    await look(1);
    const { id } = await store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: clock.now() });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await clock.until(deliverer.flush());
    expect(slack.keys('C1')).toEqual([`card:${id}`]);
    expect(only(await store.watches()).cardRef).toBe('1.0');
    expect(await store.openItems()).toEqual([]);
  });

  test('a look-round that began before the card was posted does not post another', async () => {
    await look(1);
    await store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: clock.now() });
    let posted = false;
    const slow: Store = {
      ...store,
      // What was read goes stale before it is used: meanwhile the card is posted from another look-round.
      watches: async () => {
        const watches = await store.watches();
        if (!posted) {
          posted = true;
          await clock.until(bot().flush());
        }
        return watches;
      },
    };
    await clock.until(bot({ store: slow }).flush());
    expect(cardsIn('C1')).toHaveLength(1);
  });

  test('a watch of a task that was never read waits for its first reading', async () => {
    await store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: clock.now() });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    expect(slack.calls).toEqual([]);
    await look(1);
    await clock.until(deliverer.flush());
    expect(cardsIn('C1')).toHaveLength(1);
  });

  test('is edited in place when something moved, and only then', async () => {
    await settledWatch('C1');
    const deliverer = bot();
    await clock.advance(tick);
    await look(1);
    await clock.until(deliverer.flush());
    expect(slack.calls).toEqual([]);
    await clock.advance(tick);
    await look(5);
    await clock.until(deliverer.flush());
    expect(slack.calls).toEqual(['updateCard C1']);
    expect(only(cardsIn('C1')).card?.task.progress?.done).toBe(5);
  });

  test('edits are at most one in 15 s and card, and the newest wins by itself', async () => {
    await settledWatch('C1');
    const deliverer = bot();
    for (let done = 2; done <= 12; done += 1) {
      await clock.advance(1_000);
      await look(done);
      await clock.until(Promise.race([deliverer.flush(), clock.sleep(1)]));
    }
    expect(only(cardsIn('C1')).edits).toHaveLength(1);
    await clock.advance(20_000);
    const { edits, card } = only(cardsIn('C1'));
    expect(edits).toHaveLength(2);
    expect((edits[1] ?? 0) - (edits[0] ?? 0)).toBeGreaterThanOrEqual(15_000);
    expect(card?.task.progress?.done).toBe(12);
  });

  test('show that the platform is out of reach, and that it is back', async () => {
    await settledWatch('C1');
    const deliverer = bot();
    board.failed(new AppError('platform_unreachable', 'refused'), board.beginRead());
    await clock.advance(60_000);
    await clock.until(deliverer.flush());
    expect(only(cardsIn('C1')).card?.staleSince).toBe(t0);
    await clock.advance(tick);
    board.complete(board.all(), board.beginRead());
    await clock.until(deliverer.flush());
    expect(only(cardsIn('C1')).card?.staleSince).toBeNull();
  });

  test('are not repainted by a platform that comes and goes', async () => {
    await settledWatch('C1');
    const deliverer = bot();
    for (let poll = 0; poll < 30; poll += 1) {
      await clock.advance(tick);
      if (poll % 3 === 2) board.complete(board.all(), board.beginRead());
      else board.failed(new AppError('platform_unreachable', 'refused'), board.beginRead());
      await clock.until(deliverer.flush());
    }
    expect(slack.calls).toEqual([]);
  });

  test('one that someone deleted is posted anew, once for each time', async () => {
    await settledWatch('C1');
    const deliverer = bot();
    for (const done of [5, 9]) {
      slack.remove(only(cardsIn('C1')).ts);
      await clock.advance(tick);
      await look(done);
      await clock.until(deliverer.flush());
      await clock.advance(tick);
      await clock.until(deliverer.flush());
      expect(only(cardsIn('C1')).card?.task.progress?.done).toBe(done);
      expect(only(await store.watches()).cardRef).toBe(only(cardsIn('C1')).ts);
    }
    expect(slack.calls.filter((call) => call.startsWith('postCard'))).toHaveLength(2);
    expect(slack.reported).toEqual([]);
  });
});

describe('order and pace', () => {
  test('one channel: in order, at most one post per second, notices before edits', async () => {
    await settledWatch('C1');
    await look(7);
    await store.enqueue([1, 2, 3, 4].map((n) => notice(n, 'C1')));
    await clock.until(bot().flush());
    expect(noticesIn('C1')).toEqual([1, 2, 3, 4].map((n) => `task-1:changed:${n}:C1`));
    expect(slack.calls).toEqual([...Array(4).fill('postNotice C1'), 'updateCard C1']);
    const times = slack.messages.filter((each) => each.notice !== null).map(({ at }) => at);
    times.slice(1).forEach((at, index) => {
      expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(1_000);
    });
  });

  test('a long series of notices does not stop the cards of its channel', async () => {
    await settledWatch('C1');
    const deliverer = bot();
    await store.enqueue(Array.from({ length: 100 }, (_, n) => notice(n, 'C1')));
    for (let done = 2; done < 6; done += 1) {
      await look(done);
      void deliverer.flush();
      await clock.advance(tick);
    }
    expect(noticesIn('C1').length).toBeLessThan(100);
    expect(only(cardsIn('C1')).edits.length).toBeGreaterThanOrEqual(3);
  });

  test('two channels do not wait for each other', async () => {
    await settledWatch('C1');
    await settledWatch('C2');
    await store.enqueue([1, 2, 3].flatMap((n) => [notice(n, 'C1'), notice(n, 'C2')]));
    const start = clock.now();
    await clock.until(bot().flush());
    expect(clock.now() - start).toBe(2_000);
    expect([...noticesIn('C1'), ...noticesIn('C2')]).toHaveLength(6);
  });

  test('Retry-After silences its channel for that long; others continue; it resumes automatically and in order', async () => {
    await settledWatch('C1');
    await settledWatch('C2');
    const start = clock.now();
    await look(7);
    slack.fail('postNotice', { retryAfterMs: 42_000 }, { channel: 'C1' });
    await store.enqueue([1, 2].flatMap((n) => [notice(n, 'C1'), notice(n, 'C2')]));
    const deliverer = bot();
    await clock.until(deliverer.flush());
    expect(noticesIn('C1')).toEqual([]);
    expect(noticesIn('C2')).toHaveLength(2);
    for (let i = 0; i < 4; i += 1) {
      await clock.advance(10_000);
      await clock.until(deliverer.flush());
    }
    expect(slack.calls.filter((call) => call.endsWith('C1'))).toHaveLength(1);
    await clock.advance(5_000);
    expect(noticesIn('C1')).toEqual(['task-1:changed:1:C1', 'task-1:changed:2:C1']);
    expect(slack.messages.at(-1)?.at).toBeGreaterThanOrEqual(start + 43_000);
    expect(only(cardsIn('C1')).edits).toHaveLength(1);
  });

  test('Retry-After on an edit silences the edits of all channels, not the posts', async () => {
    await settledWatch('C1');
    await settledWatch('C2');
    await look(7);
    slack.fail('updateCard', { retryAfterMs: 30_000 });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await store.enqueue([notice(1, 'C1')]);
    await clock.until(deliverer.flush());
    expect(noticesIn('C1')).toHaveLength(1);
    const edits = () => [...cardsIn('C1'), ...cardsIn('C2')].flatMap((card) => card.edits);
    await clock.advance(20_000);
    const early = edits().length;
    await clock.advance(30_000);
    expect(early).toBeLessThanOrEqual(1);
    expect(edits()).toHaveLength(2);
  });

  test('a failure that may pass is tried again with growing waits', async () => {
    await settledWatch('C1');
    slack.fail('postNotice', { chatError: 'internal_error' }, { times: 3 });
    await store.enqueue([notice(1, 'C1'), notice(2, 'C1')]);
    await clock.until(bot().flush());
    await clock.advance(60_000);
    expect(slack.calls.filter((call) => call === 'postNotice C1')).toHaveLength(5);
    expect(noticesIn('C1')).toEqual(['task-1:changed:1:C1', 'task-1:changed:2:C1']);
    const [first] = slack.messages.filter((each) => each.notice !== null);
    expect((first?.at ?? 0) - t0).toBeGreaterThanOrEqual(2_000 + 4_000 + 8_000);
  });

  test('calls while it is at work are one more run, and everything is sent once', async () => {
    await settledWatch('C1');
    const deliverer = bot();
    await store.enqueue([notice(1, 'C1'), notice(2, 'C1')]);
    const first = deliverer.flush();
    await store.enqueue([notice(3, 'C1')]);
    const later = Array.from({ length: 20 }, () => deliverer.flush());
    await clock.until(Promise.all([first, ...later]));
    expect(noticesIn('C1')).toEqual([1, 2, 3].map((n) => `task-1:changed:${n}:C1`));
  });
});

describe('lost answers and crashes', () => {
  test('a post whose answer was lost is found, not repeated', async () => {
    await settledWatch('C1');
    slack.fail('postNotice', { maybeSent: true }, { effect: true });
    await store.enqueue([notice(1, 'C1'), notice(2, 'C1')]);
    await clock.until(bot().flush());
    await clock.advance(30_000);
    expect(noticesIn('C1')).toEqual(['task-1:changed:1:C1', 'task-1:changed:2:C1']);
    expect(slack.calls).toEqual(['postNotice C1', 'find C1', 'postNotice C1']);
  });

  test('one that did not arrive is sent again', async () => {
    await settledWatch('C1');
    slack.fail('postNotice', { maybeSent: true });
    await store.enqueue([notice(1, 'C1')]);
    await clock.until(bot().flush());
    await clock.advance(30_000);
    expect(noticesIn('C1')).toHaveLength(1);
    expect(slack.calls).toEqual(['postNotice C1', 'find C1', 'postNotice C1']);
  });

  test('while it cannot be looked up it is not repeated', async () => {
    await settledWatch('C1');
    slack.fail('postNotice', { maybeSent: true }, { effect: true });
    slack.fail('find', {}, { times: 3 });
    await store.enqueue([notice(1, 'C1')]);
    await clock.until(bot().flush());
    await clock.advance(120_000);
    expect(noticesIn('C1')).toHaveLength(1);
    expect(slack.calls.filter((call) => call.startsWith('post'))).toHaveLength(1);
    expect(await store.openItems()).toEqual([]);
  });

  /** Everything the process does to the outside fails from the n-th step on: before it takes effect, or just after. */
  function mortal<T extends object>(port: T, life: { steps: number }, only: (name: string) => boolean): T {
    const dead = (): never => {
      throw new AppError('internal', 'the process was killed');
    };
    return new Proxy(port, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function' || !only(String(name))) return method;
        return async (...parameters: unknown[]) => {
          life.steps -= 1;
          if (life.steps < 0) dead();
          const answer: unknown = await method.apply(target, parameters);
          life.steps -= 1;
          if (life.steps < 0) dead();
          return answer;
        };
      },
    });
  }

  test('killed at any step, each message is there exactly once after the restart', async () => {
    const writes = new Set(['enqueue', 'updateItem', 'updateWatch', 'lease']);
    const calls = new Set(['postCard', 'postNotice', 'updateCard', 'find']);
    let died = 0;
    for (let steps = 0; ; steps += 1) {
      const channel = `C-${steps}`;
      const taskId = `task-${steps}`;
      await look(1, taskId);
      const watch = await store.addWatch({ taskId, channel, owner: 'U1', createdAt: clock.now() });
      await store.enqueue([1, 2].map((n) => notice(n, channel, { taskId })));
      const life = { steps };
      const first = createDeliverer({
        store: mortal(store, life, (name) => writes.has(name)),
        messenger: mortal(slack, life, (name) => calls.has(name)),
        clock,
        log,
        board,
        owner: `first-${steps}`,
      });
      await clock.until(first.flush());
      const survived = life.steps > 0;
      // Nothing is heard of it any more: stopping releases nothing.
      life.steps = -1;
      await clock.until(first.stop());
      await store.release('outbox', `first-${steps}`);

      const second = createDeliverer({ store, messenger: slack, clock, log, board, owner: `second-${steps}` });
      await clock.until(second.flush());
      await clock.advance(60_000);
      await clock.until(second.stop());
      expect(slack.keys(channel).sort()).toEqual(
        [`card:${watch.id}`, `${taskId}:changed:1:${channel}`, `${taskId}:changed:2:${channel}`].sort(),
      );
      expect(await store.openItems()).toEqual([]);
      expect((await store.watchesOf(taskId))[0]?.cardRef).toBe(cardsIn(channel)[0]?.ts);
      if (survived) break;
      died += 1;
    }
    expect(died).toBeGreaterThan(15);
  });

  describe('an edit that was made without anyone knowing, after which the card is to show what it showed before', () => {
    const platformFails = () => board.failed(new AppError('platform_unreachable', 'refused'), board.beginRead());
    const platformAnswers = () => board.complete(board.all(), board.beginRead());

    test('because its answer was lost', async () => {
      await settledWatch('C1');
      const deliverer = bot();
      slack.fail('updateCard', { maybeSent: true }, { effect: true });
      platformFails();
      await clock.advance(60_000);
      await clock.until(deliverer.flush());
      expect(only(cardsIn('C1')).card?.staleSince).toBe(t0);
      platformAnswers();
      await clock.until(deliverer.flush());
      await clock.advance(60_000);
      expect(only(cardsIn('C1')).card?.staleSince).toBeNull();
    });

    test('because the bot was killed', async () => {
      const watch = await settledWatch('C1');
      platformFails();
      await clock.advance(60_000);
      let died = 0;
      for (let steps = 0; only(cardsIn('C1')).card?.staleSince === null; steps += 1) {
        const life = { steps };
        const first = createDeliverer({
          store: mortal(store, life, (name) => name === 'updateWatch'),
          messenger: mortal(slack, life, (name) => name === 'updateCard'),
          clock,
          log,
          board,
          owner: `first-${steps}`,
        });
        await clock.until(first.flush());
        life.steps = -1;
        await clock.until(first.stop());
        await store.release('outbox', `first-${steps}`);
        died += 1;
      }
      expect(died).toBeGreaterThan(0);
      platformAnswers();
      const second = bot({ owner: 'second' });
      await clock.until(second.flush());
      await clock.advance(60_000);
      expect(only(cardsIn('C1')).card?.staleSince).toBeNull();
      expect((await store.watchesOf(watch.taskId))[0]?.cardHash).not.toBeNull();
    });
  });

  test('two bots at the same time: one delivers, the other takes over when the first is gone', async () => {
    await settledWatch('C1');
    await store.enqueue([1, 2, 3].map((n) => notice(n, 'C1')));
    const otherStore = await folder.open();
    const one = bot({ owner: 'one' });
    const other = bot({ owner: 'other', store: otherStore, board: createBoard(clock) });
    await clock.until(Promise.all([one.flush(), other.flush(), one.flush(), other.flush()]));
    expect(noticesIn('C1')).toHaveLength(3);
    await clock.until(one.stop());
    await store.enqueue([notice(4, 'C1')]);
    await clock.until(other.flush());
    expect(noticesIn('C1')).toHaveLength(4);
  });

  test('only one that polls delivers: one that no longer does gives way', async () => {
    await settledWatch('C1');
    let pollingBot = 'one';
    const one = bot({ owner: 'one', isPolling: () => pollingBot === 'one' });
    const other = bot({ owner: 'other', isPolling: () => pollingBot === 'other', board: createBoard(clock) });
    await store.enqueue([notice(1, 'C1')]);
    await clock.until(other.flush());
    expect(noticesIn('C1')).toEqual([]);
    await clock.until(one.flush());
    expect(noticesIn('C1')).toHaveLength(1);
    pollingBot = 'other';
    await store.enqueue([notice(2, 'C1')]);
    await clock.until(one.flush());
    expect(noticesIn('C1')).toHaveLength(1);
    await clock.until(other.flush());
    expect(noticesIn('C1')).toHaveLength(2);
  });

  test('one that died is replaced within seconds, without another word', async () => {
    await settledWatch('C1');
    const died = await folder.open('died');
    await died.lease(botLeaseOf('died'), 'died', botLeaseMs);
    await died.lease('outbox', 'died', defaultLimits.leaseMs);
    await store.enqueue([notice(1, 'C1')]);
    const other = bot({ owner: 'other' });
    await clock.until(other.flush());
    expect(noticesIn('C1')).toEqual([]);
    const silentSince = clock.now();
    while (noticesIn('C1').length === 0 && clock.now() - silentSince < 60_000) {
      await clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(clock.now() - silentSince).toBeLessThanOrEqual(12_000);
    await clock.until(other.stop());
  });

  test('a bot that slept beyond its lease does not send what another bot sent meanwhile', async () => {
    await settledWatch('C1');
    await store.enqueue([1, 2, 3].map((n) => notice(n, 'C1')));
    const other = bot({ owner: 'other', store: await folder.open(), board: createBoard(clock) });
    let nap = true;
    const sleepy = bot({
      owner: 'sleepy',
      messenger: {
        ...slack,
        async postNotice(...parameters) {
          const ts = await slack.postNotice(...parameters);
          if (nap) {
            nap = false;
            await clock.advance(defaultLimits.leaseMs);
            await clock.until(other.flush());
            await clock.until(other.stop());
          }
          return ts;
        },
      },
    });
    await clock.until(sleepy.flush());
    await clock.advance(defaultLimits.leaseMs);
    expect(noticesIn('C1')).toEqual([1, 2, 3].map((n) => `task-1:changed:${n}:C1`));
  });
});

describe('dead channels', () => {
  test('pause the watch, drop what was waiting and notify the owner once; others continue', async () => {
    await settledWatch('C1');
    await settledWatch('C2');
    slack.fail('postNotice', { chatError: 'is_archived', permanent: true }, { channel: 'C1', times: 9 });
    await store.enqueue([1, 2].flatMap((n) => [notice(n, 'C1'), notice(n, 'C2')]));
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await clock.advance(tick);
    await look(9);
    await clock.until(deliverer.flush());
    expect(only(slack.reported)).toMatchObject({ taskName: 'Spring renewal', chatError: 'is_archived' });
    expect(only(slack.reported).watch).toMatchObject({ owner: 'U1', channel: 'C1' });
    const broken = (await store.watches()).map(({ channel, brokenBy }) => [channel, brokenBy]);
    expect(Object.fromEntries(broken)).toEqual({ C1: 'is_archived', C2: null });
    expect(slack.calls.filter((call) => call.endsWith('C1'))).toEqual(['postNotice C1', 'reportBroken C1']);
    expect(noticesIn('C2')).toHaveLength(2);
    expect(only(cardsIn('C2')).edits).toHaveLength(1);
    expect(await store.openItems()).toEqual([]);
  });

  test('found by an edit as well', async () => {
    await settledWatch('C1');
    slack.fail('updateCard', { chatError: 'channel_not_found', permanent: true });
    await look(9);
    await clock.until(bot().flush());
    expect(only(await store.watches()).brokenBy).toBe('channel_not_found');
    expect(slack.reported).toHaveLength(1);
  });

  test('watched again, the channel gets a card', async () => {
    await look(1);
    const watch = { taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: clock.now() };
    await store.addWatch(watch);
    slack.fail('postCard', { chatError: 'not_in_channel', permanent: true });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    expect(cardsIn('C1')).toHaveLength(0);
    await store.addWatch(watch);
    await clock.until(deliverer.flush());
    expect(cardsIn('C1')).toHaveLength(1);
  });

  test('a rate limit does not keep the owner from hearing of it, nor the rest from being sent', async () => {
    await settledWatch('C1');
    await settledWatch('C2');
    slack.fail('postNotice', { chatError: 'is_archived', permanent: true }, { channel: 'C1' });
    slack.fail('reportBroken', { retryAfterMs: 30_000 });
    await store.enqueue([notice(1, 'C1'), notice(1, 'C2')]);
    const deliverer = bot();
    await clock.until(deliverer.flush());
    expect(noticesIn('C2')).toHaveLength(1);
    expect(slack.reported).toEqual([]);
    await clock.advance(30_000);
    expect(only(slack.reported)).toMatchObject({ chatError: 'is_archived' });
  });

  test('an owner who cannot be notified does not hold up the rest', async () => {
    await settledWatch('C1');
    slack.fail('postNotice', { chatError: 'not_in_channel', permanent: true });
    slack.fail('reportBroken', { chatError: 'cannot_dm_bot', permanent: true });
    await store.enqueue([notice(1, 'C1')]);
    await clock.until(bot().flush());
    expect(only(await store.watches()).brokenBy).toBe('not_in_channel');
  });

  test('a revoked token breaks no watch: everything resumes when it is fixed', async () => {
    await settledWatch('C1');
    slack.fail('postNotice', { chatError: 'token_revoked', permanent: true, concerns: 'installation' }, { times: 2 });
    await store.enqueue([notice(1, 'C1')]);
    await clock.until(bot().flush());
    await clock.advance(60_000);
    expect(noticesIn('C1')).toHaveLength(1);
    expect(slack.reported).toEqual([]);
  });

  test('one message that Slack refuses does not stop the next', async () => {
    await settledWatch('C1');
    slack.fail('postNotice', { chatError: 'msg_too_long', permanent: true, concerns: 'message' });
    await store.enqueue([notice(1, 'C1'), notice(2, 'C1')]);
    await clock.until(bot().flush());
    expect(noticesIn('C1')).toEqual(['task-1:changed:2:C1']);
    expect(only(await store.watches()).brokenBy).toBeNull();
  });
});

describe('what is not sent', () => {
  test('news for a channel that does not watch the task any more', async () => {
    await settledWatch('C1');
    await store.enqueue([notice(1, 'C1')]);
    await store.removeWatch('task-1', 'C1');
    await clock.until(bot().flush());
    expect(noticesIn('C1')).toEqual([]);
    expect(await store.openItems()).toEqual([]);
  });

  test('news that could not be sent for a day', async () => {
    await settledWatch('C1');
    await store.enqueue([notice(1, 'C1')]);
    await clock.advance(25 * 3_600_000);
    await clock.until(bot().flush());
    expect(noticesIn('C1')).toEqual([]);
  });
});

describe('stopping', () => {
  test('ends the waits, leaves the rest in the store, and nothing is sent afterwards', async () => {
    await settledWatch('C1');
    await store.enqueue([1, 2, 3].map((n) => notice(n, 'C1')));
    const deliverer = bot();
    const flushed = deliverer.flush();
    await clock.advance(500);
    const stopped = clock.now();
    await deliverer.stop();
    await flushed;
    expect(clock.now()).toBe(stopped);
    expect(noticesIn('C1')).toHaveLength(1);
    await deliverer.flush();
    await clock.advance(60_000);
    expect(noticesIn('C1')).toHaveLength(1);
    expect((await store.openItems()).map(({ state }) => state)).toEqual(['pending', 'pending']);
    expect(await store.lease('outbox', 'someone else', 1_000)).toBe(true);
  });

  test('a store that fails is logged and does not throw', async () => {
    const broken = { ...store, openItems: () => Promise.reject(new AppError('store_failed', 'disk full')) };
    await settledWatch('C1');
    await clock.until(bot({ store: broken }).flush());
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        message: 'delivery failed',
        fields: { channel: null, code: 'store_failed', reason: 'disk full' },
      },
    ]);
  });
});
