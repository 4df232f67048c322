import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { NewOutboxItem } from '../../../../src/core/model/outbox.ts';
import { createDeliverer, type Deliverer } from '../../../../src/core/notices/deliver.ts';
import type { Messenger } from '../../../../src/core/ports.ts';
import type { Board } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createDeliveryRig, type DeliveryRig } from '../../../support/core/delivery-rig.ts';
import type { FakeSlack } from '../../../support/core/fake-messenger.ts';
import { taskOf } from '../../../support/core/looks.ts';
import { changedNotice } from '../../../support/core/notice-items.ts';
import type { ManualClock } from '../../../support/manual-clock.ts';

const second = 1_000;
const minute = 60 * second;
const forever = Number.POSITIVE_INFINITY;
const posting = ['postCard', 'postNotice', 'updateCard', 'updateNotice', 'find'] as const;

let clock: ManualClock;
let log: DeliveryRig['log'];
let store: Store;
let board: Board;
let slack: FakeSlack;
let bots: DeliveryRig['bots'];
let close: DeliveryRig['close'];

beforeEach(async () => {
  ({ clock, log, store, board, slack, bots, close } = await createDeliveryRig());
});
afterEach(() => close());

function start(messenger: Messenger = slack): Deliverer {
  const bot = createDeliverer({ store, messenger, clock, log, board, owner: 'bot' });
  bots.push(bot);
  return bot;
}

async function look(taskIds: readonly string[], done: number): Promise<void> {
  const readings = taskIds.map((id) =>
    nextReading(board.get(id), taskOf({ on: true, bar: [done, 1_000], id }), clock.now()),
  );
  const saved = await store.saveReadings(readings.map((reading) => ({ reading, notices: [] })));
  for (const reading of saved) board.put(reading);
}

const notice = (taskId: string, channel: string, n: number): NewOutboxItem =>
  changedNotice({ taskId, channel, n, at: clock.now() });

const channels = Array.from({ length: 20 }, (_, n) => `C${n}`);
const tasks = channels.map((_, n) => `task-${n}`);

/** Each channel watches a task, and its card is up to date. */
async function watched(deliverer: Deliverer): Promise<void> {
  await look(tasks, 1);
  for (const [n, channel] of channels.entries()) {
    await store.addWatch({ taskId: tasks[n] ?? '', channel, owner: 'U1', createdAt: clock.now() });
  }
  await clock.until(deliverer.flush());
  slack.calls.splice(0);
}

/** Polls for so long: every 20 s. */
async function pass(deliverer: Deliverer, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 20 * second) {
    void deliverer.flush();
    await clock.advance(Math.min(left, 20 * second));
  }
}

const notices = () => slack.messages.filter((message) => message.notice !== null);

describe.each<[string, object]>([
  ['Slack does not answer', { maybeSent: true }],
  ['Slack has trouble of its own', { chatError: 'internal_error', maybeSent: true, concerns: 'service' }],
  ['the token is revoked', { chatError: 'token_revoked', permanent: true, concerns: 'installation' }],
])('while %s', (_, details) => {
  test('one call at a time probes; when it is over, everything is there at once, and once', async () => {
    const deliverer = start();
    await watched(deliverer);
    for (const method of posting) slack.fail(method, details, { times: forever });
    await store.enqueue(channels.flatMap((channel, n) => [1, 2].map((k) => notice(tasks[n] ?? '', channel, k))));
    await pass(deliverer, 2 * minute);
    slack.calls.splice(0);
    log.lines.splice(0);
    for (let n = 2; n < 6; n += 1) {
      await look(tasks, n);
      await pass(deliverer, 3 * minute);
    }
    // A call every 15 s, and no line for each.
    expect(slack.calls.length).toBeLessThanOrEqual((12 * 60) / 15 + 10);
    expect(log.lines).toEqual([]);
    expect(notices()).toEqual([]);

    slack.heal();
    const back = clock.now();
    await pass(deliverer, 20 * second);
    expect(notices()).toHaveLength(40);
    expect(new Set(notices().map(({ key }) => key)).size).toBe(40);
    const moments = notices().map(({ at }) => at);
    expect(Math.max(...moments) - back).toBeLessThanOrEqual(18 * second);
    // The first answer lets all channels go at once: two messages each, a second apart.
    expect(Math.max(...moments) - Math.min(...moments)).toBeLessThanOrEqual(2 * second);
    expect(log.lines.map(({ message }) => message)).toEqual(['the chat platform can be used again']);
    await pass(deliverer, minute);
    expect(new Set(slack.messages.flatMap(({ card }) => card?.task.progress?.done ?? []))).toEqual(new Set([5]));
    expect(await store.openItems()).toEqual([]);
    expect((await store.watches()).map(({ brokenBy }) => brokenBy)).toEqual(channels.map(() => null));
  });

  test('a restart in the middle of it leaves no wait behind', async () => {
    const first = start();
    await watched(first);
    for (const method of posting) slack.fail(method, details, { times: forever });
    await store.enqueue(channels.map((channel, n) => notice(tasks[n] ?? '', channel, 1)));
    await pass(first, 5 * minute);
    await clock.until(first.stop());
    slack.heal();
    const second1 = start();
    await pass(second1, 16 * second);
    expect(notices()).toHaveLength(20);
  });
});

test('an outage ends by itself, also for channels that never tried and when nobody asks', async () => {
  const deliverer = start();
  await watched(deliverer);
  for (const method of posting) slack.fail(method, { maybeSent: true }, { times: forever });
  const [first, others] = [channels.slice(0, 3), channels.slice(3)];
  await store.enqueue(first.map((channel, n) => notice(tasks[n] ?? '', channel, 1)));
  await clock.until(deliverer.flush());
  await store.enqueue(others.map((channel, n) => notice(tasks[n + 3] ?? '', channel, 1)));
  await clock.until(deliverer.flush());
  // Those that found out are no longer to be sent.
  for (const [n, channel] of first.entries()) await store.removeWatch(tasks[n] ?? '', channel);
  await clock.advance(5 * minute);
  slack.heal();
  await clock.advance(16 * second);
  expect(
    notices()
      .map(({ channel }) => channel)
      .sort(),
  ).toEqual([...others].sort());
});

describe('an outage that one message alone survives', () => {
  test('does not last longer because that message is never answered', async () => {
    const deliverer = start();
    await watched(deliverer);
    for (const method of posting) slack.fail(method, { maybeSent: true }, { times: forever });
    await store.enqueue(channels.map((channel, n) => notice(tasks[n] ?? '', channel, 1)));
    await pass(deliverer, 3 * minute);
    slack.heal();
    slack.fail('postNotice', { maybeSent: true }, { taskId: 'task-0', times: forever });
    await pass(deliverer, 20 * second);
    expect(notices()).toHaveLength(19);
  });
});

test('a channel in which every call hangs slows down no other', async () => {
  const hanging: Messenger = {
    ...slack,
    async postNotice(channel, ...rest) {
      if (channel !== 'C0') return slack.postNotice(channel, ...rest);
      await clock.sleep(10 * second);
      throw new AppError('chat_failed', 'no answer', { details: { maybeSent: true } });
    },
    async updateCard(channel, ...rest) {
      if (channel === 'C0') await clock.sleep(10 * second);
      return slack.updateCard(channel, ...rest);
    },
  };
  const deliverer = start(hanging);
  await watched(deliverer);
  for (let n = 2; n < 10; n += 1) {
    await look(tasks, n);
    await store.enqueue(channels.map((channel, index) => notice(tasks[index] ?? '', channel, n)));
    const begun = clock.now();
    await pass(deliverer, minute);
    const late = notices().filter(({ at, key }) => key.includes(`:${n}:`) && at - begun > 2 * second);
    expect(late).toEqual([]);
    const shown = slack.messages.filter(({ card, channel }) => card !== null && channel !== 'C0');
    expect(shown.map(({ card }) => card?.task.progress?.done)).toEqual(shown.map(() => n));
  }
  expect(notices()).toHaveLength(8 * 19);
});

test('a channel that never answers, with many tasks, delays no message to another', async () => {
  const deliverer = start({
    ...slack,
    async postNotice(channel, ...rest) {
      if (channel !== 'C0') return slack.postNotice(channel, ...rest);
      await clock.sleep(10 * second);
      throw new AppError('chat_failed', 'no answer', { details: { maybeSent: true } });
    },
  });
  await watched(deliverer);
  for (const taskId of tasks) await store.addWatch({ taskId, channel: 'C0', owner: 'U1', createdAt: clock.now() });
  await pass(deliverer, minute);
  await store.enqueue(tasks.map((taskId) => notice(taskId, 'C0', 1)));
  await pass(deliverer, 2 * minute);
  await store.enqueue([notice('task-1', 'C1', 1)]);
  const begun = clock.now();
  await pass(deliverer, minute);
  expect(notices().map(({ channel, at }) => [channel, at - begun <= 2 * second])).toEqual([['C1', true]]);
});

test('whatever fails at random, each message arrives once and those of a task in order', async () => {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  /** Of ten calls one has no answer, one is refused by a limit, one by trouble of the service; half take effect. */
  const flaky = <T extends unknown[], R>(call: (...parameters: T) => Promise<R>) => {
    return async (...parameters: T): Promise<R> => {
      const dice = random();
      if (dice < 0.1) throw new AppError('chat_failed', '429', { details: { retryAfterMs: 5 * second } });
      const effect = random() < 0.5;
      const fails = dice < 0.3;
      const result = !fails || effect ? await call(...parameters) : null;
      if (dice < 0.2) throw new AppError('chat_failed', 'no answer', { details: { maybeSent: true } });
      if (fails) {
        const details = { chatError: 'internal_error', maybeSent: true, concerns: 'service' as const };
        throw new AppError('chat_failed', 'trouble', { details });
      }
      return result as R;
    };
  };
  const messenger: Messenger = {
    ...slack,
    postCard: flaky(slack.postCard),
    postNotice: flaky(slack.postNotice),
    updateCard: flaky(slack.updateCard),
    updateNotice: flaky(slack.updateNotice),
    find: flaky(slack.find),
  };
  const deliverer = start(messenger);
  await look(tasks, 1);
  const pairs = channels.slice(0, 4).flatMap((channel) => tasks.slice(0, 5).map((taskId) => ({ channel, taskId })));
  for (const pair of pairs) await store.addWatch({ ...pair, owner: 'U1', createdAt: clock.now() });
  for (let n = 1; n <= 10; n += 1) {
    await store.enqueue(pairs.map(({ taskId, channel }) => notice(taskId, channel, n)));
    await look(tasks, n);
    await pass(deliverer, 30 * second);
  }
  await pass(deliverer, 20 * minute);
  expect(await store.openItems()).toEqual([]);
  for (const { taskId, channel } of pairs) {
    const keys = notices().flatMap(({ key, channel: at, notice: said }) =>
      at === channel && said?.taskId === taskId ? [key] : [],
    );
    expect(keys).toEqual(Array.from({ length: 10 }, (_, n) => `${taskId}:${n + 1}:${channel}`));
    const shown = slack.messages.filter(({ card, channel: at }) => at === channel && card?.task.id === taskId);
    expect(shown.map(({ card }) => card?.task.progress?.done)).toEqual([10]);
  }
});
