import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewOutboxBody, NewOutboxItem } from '../../../../src/core/model/outbox.ts';
import type { Watch } from '../../../../src/core/model/watch.ts';
import { createDeliverer } from '../../../../src/core/notices/deliver.ts';
import type { Board } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createDeliveryRig, type DeliveryRig } from '../../../support/core/delivery-rig.ts';
import type { FakeSlack } from '../../../support/core/fake-messenger.ts';
import { taskOf } from '../../../support/core/looks.ts';
import type { ManualClock } from '../../../support/manual-clock.ts';
import { sampleNotice } from '../../../support/samples.ts';

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

async function deliver(owner = 'bot-1'): Promise<void> {
  const deliverer = createDeliverer({ store, messenger: slack, clock, log, board, owner });
  bots.push(deliverer);
  await clock.until(deliverer.flush());
}

type NoticeBody = Extract<NewOutboxBody, { type: 'notice' }>;

function item(n: number, channel: string, change: Partial<NoticeBody> = {}): NewOutboxItem {
  const notice = sampleNotice({ kind: 'changed', taskId: 'task-1', at: clock.now() });
  const body = { type: 'notice' as const, notice, ...change };
  return { key: `n:${n}:${channel}`, channel, taskId: 'task-1', body, createdAt: clock.now() };
}

async function watchWithCard(channel: string): Promise<Watch> {
  const reading = nextReading(null, taskOf({ on: true, bar: [1, 9], id: 'task-1' }), clock.now());
  for (const saved of await store.saveReadings([{ reading, notices: [] }])) board.put(saved);
  await store.addWatch({ taskId: 'task-1', channel, owner: 'U1', createdAt: clock.now() });
  await deliver();
  const watch = await store.watchOf('task-1', channel);
  if (watch === null) throw new Error('not watched');
  return watch;
}
const subscribe = (channel: string, owner = 'U1') =>
  store.addSubscription({ channel, scope: { kind: 'all' }, owner, createdAt: clock.now() });

test('a channel that only subscribed is sent its notices, and none once it has unsubscribed', async () => {
  const { subscription } = await subscribe('C1');
  await store.enqueue([item(1, 'C1')]);
  await deliver();
  expect(slack.keys('C1')).toEqual(['n:1:C1']);
  await store.removeSubscription(subscription.id);
  await store.enqueue([item(2, 'C1')]);
  await deliver();
  expect(slack.keys('C1')).toEqual(['n:1:C1']);
  expect(await store.openItems()).toEqual([]);
});

test('a message to who runs the task needs no watch', async () => {
  await store.enqueue([item(1, 'U1', { direct: true }), item(2, 'U2')]);
  await deliver();
  expect(slack.keys('U1')).toEqual(['n:1:U1']);
  expect(slack.keys('U2')).toEqual([]);
});

/** An act of U8 on the task that U7 runs. */
const act = (n: number, channel = 'C1') => item(n, channel, { mentions: ['U7'], by: 'U8' });

describe('what a colleague did reaches who runs the task by direct message', () => {
  const reached = () => slack.messages.map(({ channel, posting }) => [channel, posting?.mentions]);

  test('where their channel no longer follows the task', async () => {
    await store.enqueue([act(1)]);
    await deliver();
    expect(reached()).toEqual([['U7', []]]);
  });

  test('where it can no longer be posted to', async () => {
    await subscribe('C1');
    slack.fail('postNotice', { chatError: 'not_in_channel', permanent: true }, { channel: 'C1', times: 9 });
    await store.enqueue([act(1)]);
    await deliver();
    expect(reached()).toEqual([['U7', []]]);
  });

  test('where they are not in it', async () => {
    await subscribe('C1');
    slack.leave('C1', 'U7');
    await store.enqueue([act(1)]);
    await deliver();
    expect(reached()).toEqual([['U7', []]]);
  });

  test('once, over restarts, and not at all where it had arrived', async () => {
    const { subscription } = await subscribe('C1');
    slack.fail('postNotice', { maybeSent: true }, { channel: 'C1', effect: true });
    slack.fail('postNotice', { maybeSent: true }, { channel: 'U7', effect: true });
    await store.enqueue([act(1)]);
    await deliver();
    await store.removeSubscription(subscription.id);
    await store.enqueue([act(2)]);
    for (const owner of ['bot-2', 'bot-3']) {
      await clock.advance(5 * 60_000);
      await deliver(owner);
    }
    expect(slack.keys('C1')).toEqual(['n:1:C1']);
    expect(slack.keys('U7')).toEqual(['n:2:C1:direct']);
    expect(await store.openItems()).toEqual([]);
  });

  test('not while they mute it, and not when it is a day old', async () => {
    await store.changeChannelSettings('U7', { mutedUntil: clock.now() + 60_000 });
    await store.enqueue([act(1), { ...act(2), createdAt: clock.now() - 25 * 3_600_000 }]);
    await deliver();
    await store.changeChannelSettings('U7', { mutedUntil: null });
    await store.enqueue([{ ...act(3), createdAt: clock.now() - 25 * 3_600_000 }]);
    await deliver();
    expect(slack.messages).toEqual([]);
    expect(await store.openItems()).toEqual([]);
  });

  test('what nobody did goes nowhere else', async () => {
    await store.enqueue([item(1, 'C1', { mentions: ['U7'] }), item(2, 'C1', { by: 'U8' })]);
    await deliver();
    expect(slack.messages).toEqual([]);
  });
});

test('whom a message mentions and who did it reach the chat platform', async () => {
  await subscribe('C1');
  await store.enqueue([item(1, 'C1', { mentions: ['U7'], by: 'U8' })]);
  await deliver();
  expect(slack.messages.at(-1)?.posting).toMatchObject({ mentions: ['U7'], by: 'U8' });
});

test('a message for a thread is posted under the card, and in the channel where there is none', async () => {
  const { cardRef } = await watchWithCard('C1');
  await subscribe('C2');
  await store.enqueue([item(1, 'C1', { thread: true }), item(2, 'C1'), item(3, 'C2', { thread: true })]);
  await deliver();
  const threads = slack.messages.flatMap(({ key, posting }) => (posting ? [[key, posting.thread]] : []));
  expect(threads.sort()).toEqual([
    ['n:1:C1', cardRef],
    ['n:2:C1', null],
    ['n:3:C2', null],
  ]);
  expect(cardRef).not.toBeNull();
});

test('a lost answer in a thread is looked for in that thread', async () => {
  const { cardRef } = await watchWithCard('C1');
  const sought: unknown[] = [];
  const find: FakeSlack['find'] = (channel, key, since, thread) => {
    sought.push(thread);
    return slack.find(channel, key, since);
  };
  slack.fail('postNotice', { maybeSent: true }, { effect: true });
  await store.enqueue([item(1, 'C1', { thread: true })]);
  const deliverer = createDeliverer({ store, messenger: { ...slack, find }, clock, log, board, owner: 'bot-1' });
  bots.push(deliverer);
  await clock.until(deliverer.flush());
  await clock.advance(60_000);
  expect(sought).toEqual([cardRef]);
  expect(slack.keys('C1').filter((key) => key === 'n:1:C1')).toHaveLength(1);
});

test('a channel that can no longer be posted to breaks its subscriptions, and each owner is notified once', async () => {
  await subscribe('C1', 'U1');
  await store.addSubscription({ channel: 'C1', scope: { kind: 'mine', person: 'U2' }, owner: 'U2', createdAt: 1 });
  await subscribe('C2');
  slack.fail('postNotice', { chatError: 'is_archived', permanent: true }, { channel: 'C1', times: 9 });
  await store.enqueue([item(1, 'C1'), item(2, 'C1'), item(1, 'C2')]);
  await deliver();
  await deliver('bot-2');
  expect(slack.reported.map(({ watch, taskName }) => [watch.owner, taskName]).sort()).toEqual([
    ['U1', { kind: 'all' }],
    ['U2', { kind: 'mine', person: 'U2' }],
  ]);
  expect((await store.subscriptionsOf('C1')).map(({ brokenBy }) => brokenBy)).toEqual(['is_archived', 'is_archived']);
  expect(slack.calls.filter((call) => call === 'postNotice C1')).toHaveLength(1);
  expect(slack.keys('C2')).toEqual(['n:1:C2']);
  expect(await store.openItems()).toEqual([]);
});

test('an end that was never posted in a muted channel is not posted as a correction either', async () => {
  await subscribe('C1');
  const notice = sampleNotice({ kind: 'finished', taskId: 'task-1', at: clock.now() });
  const correction = (n: number, asNew?: boolean): NewOutboxItem => ({
    key: `correction:${n}`,
    channel: 'C1',
    taskId: 'task-1',
    body: { type: 'correction', of: `end:${n}`, notice, ...(asNew !== undefined && { asNew }) },
    createdAt: clock.now(),
  });
  await store.enqueue([correction(1, false), correction(2, true), correction(3)]);
  await deliver();
  expect(slack.keys('C1')).toEqual(['correction:2', 'correction:3']);
});
