import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Deliverer } from '../../../../src/core/notices/deliver.ts';
import type { Board } from '../../../../src/core/watch/board.ts';
import { closedCardOf } from '../../../../src/core/watch/closing.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createDeliveryRig, type DeliveryRig } from '../../../support/core/delivery-rig.ts';
import type { FakeSlack } from '../../../support/core/fake-messenger.ts';
import { taskOf, tick } from '../../../support/core/looks.ts';
import type { ManualClock } from '../../../support/manual-clock.ts';

let clock: ManualClock;
let store: Store;
let board: Board;
let slack: FakeSlack;
let bot: DeliveryRig['bot'];
let close: DeliveryRig['close'];

beforeEach(async () => {
  ({ clock, store, board, slack, bot, close } = await createDeliveryRig());
});
afterEach(() => close());

async function look(done: number): Promise<void> {
  const task = taskOf({ on: true, bar: [done, 10_000], id: 'task-1' });
  const reading = nextReading(board.get('task-1'), task, clock.now());
  for (const saved of await store.saveReadings([{ reading, notices: [] }])) board.put(saved);
}

const watch = () => store.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: clock.now() });
const unwatch = () =>
  store.removeWatch(
    'task-1',
    'C1',
    closedCardOf('task-1', board.get('task-1'), { why: 'unwatched', by: 'U2', at: clock.now() }),
  );

/** A channel whose card was posted. */
async function watched(): Promise<Deliverer> {
  await look(1);
  await watch();
  const deliverer = bot();
  await clock.until(deliverer.flush());
  await clock.advance(tick);
  return deliverer;
}

/** What the cards of the channel show, the oldest first. */
const shown = (): string[] =>
  slack.messages.filter(({ board }) => !board).map(({ card, closed }) => closed?.why ?? (card ? 'alive' : 'other'));
const closes = (): number => slack.calls.filter((call) => call === 'closeCard C1').length;

describe('the end of a watch', () => {
  test('closes its card once, with what was known then; a new watch gets a new card', async () => {
    const deliverer = await watched();
    const at = clock.now();
    await unwatch();
    await clock.until(deliverer.flush());
    expect(slack.messages[0]?.closed).toEqual({
      taskId: 'task-1',
      name: board.get('task-1')?.task.name,
      state: 'dialing',
      why: 'unwatched',
      by: 'U2',
      at,
    });
    await clock.advance(tick);
    await look(2);
    await clock.until(deliverer.flush());
    expect([closes(), await store.openItems()]).toEqual([1, []]);
    await watch();
    await clock.until(deliverer.flush());
    expect(shown()).toEqual(['unwatched', 'alive']);
  });

  test('is closed by another process when the first one ends before the edit', async () => {
    const first = await watched();
    await clock.until(first.stop());
    await unwatch();
    // A day later it is as misleading as before.
    await clock.advance(25 * 3_600_000);
    await clock.until(bot({ owner: 'bot-2' }).flush());
    expect(shown()).toEqual(['unwatched']);
  });

  test.each([
    ['a rate limit', { retryAfterMs: 30_000 }],
    ['an answer that was lost', { maybeSent: true }],
    ['a failure of Slack', { chatError: 'internal_error' }],
  ])('is closed after %s', async (_what, details) => {
    const deliverer = await watched();
    slack.fail('closeCard', details);
    await unwatch();
    await clock.until(deliverer.flush());
    expect(shown()).toEqual(['alive']);
    await clock.advance(60_000);
    await clock.until(deliverer.flush());
    expect(shown()).toEqual(['unwatched']);
  });

  test('is no error when the message was deleted or the channel is closed to the bot', async () => {
    const deliverer = await watched();
    slack.messages.splice(0);
    await unwatch();
    await clock.until(deliverer.flush());
    expect([slack.messages, await store.openItems()]).toEqual([[], []]);
    await watch();
    await store.addSubscription({ channel: 'C1', scope: { kind: 'all' }, owner: 'U1', createdAt: clock.now() });
    await clock.until(deliverer.flush());
    slack.fail('closeCard', { chatError: 'not_in_channel', permanent: true });
    await unwatch();
    await clock.until(deliverer.flush());
    expect([await store.openItems(), slack.reported]).toEqual([[], []]);
  });

  test('closes a card that was being posted meanwhile', async () => {
    await look(1);
    await watch();
    const messenger: FakeSlack = {
      ...slack,
      postCard: async (...given) => {
        const ref = await slack.postCard(...given);
        await unwatch();
        return ref;
      },
    };
    // By itself: nothing else may happen for minutes.
    await clock.until(bot({ messenger }).flush());
    await clock.advance(tick);
    expect(shown()).toEqual(['unwatched']);
  });

  test('closes a card whose post was lost', async () => {
    await look(1);
    await watch();
    slack.fail('postCard', { maybeSent: true }, { effect: true });
    const deliverer = bot();
    await clock.until(deliverer.flush());
    await unwatch();
    await clock.advance(60_000);
    await clock.until(deliverer.flush());
    await clock.until(deliverer.flush());
    expect(shown()).toEqual(['unwatched']);
  });

  test('is not overtaken by an edit that was begun before', async () => {
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const messenger: FakeSlack = {
      ...slack,
      updateCard: async (...given) => {
        await answered;
        await slack.updateCard(...given);
      },
    };
    await look(1);
    await watch();
    const deliverer = bot({ messenger });
    await clock.until(deliverer.flush());
    await clock.advance(60_000);
    await look(2);
    const editing = deliverer.flush();
    await clock.advance(tick);
    await unwatch();
    const closing = deliverer.flush();
    await clock.advance(tick);
    answer();
    await clock.until(Promise.all([editing, closing]));
    await clock.advance(tick);
    await clock.until(deliverer.flush());
    expect(shown()).toEqual(['unwatched']);
    expect(slack.calls.slice(-2)).toEqual(['updateCard C1', 'closeCard C1']);
  });
});

describe('a channel that gets a board', () => {
  test('has its cards closed once, and new ones when it goes back', async () => {
    const deliverer = await watched();
    await store.changeChannelSettings('C1', { style: 'board' });
    await clock.until(deliverer.flush());
    await clock.advance(tick);
    await look(2);
    await clock.until(deliverer.flush());
    expect([shown(), closes()]).toEqual([['board'], 1]);
    expect((await store.watches()).map(({ cardRef }) => cardRef)).toEqual([null]);
    await store.changeChannelSettings('C1', { style: 'cards' });
    await clock.until(deliverer.flush());
    expect(shown()).toEqual(['board', 'alive']);
  });

  test('has its cards closed by a process that starts only then', async () => {
    const first = await watched();
    await clock.until(first.stop());
    await store.changeChannelSettings('C1', { style: 'board' });
    const second = bot({ owner: 'bot-2' });
    await clock.until(second.flush());
    expect(shown()).toEqual(['board']);
    await unwatch();
    await clock.until(second.flush());
    expect(closes()).toBe(1);
  });

  test('has a card closed that was being posted meanwhile', async () => {
    await look(1);
    await watch();
    const messenger: FakeSlack = {
      ...slack,
      postCard: async (...given) => {
        const ref = await slack.postCard(...given);
        await store.changeChannelSettings('C1', { style: 'board' });
        return ref;
      },
    };
    const deliverer = bot({ messenger });
    await clock.until(deliverer.flush());
    await clock.until(deliverer.flush());
    expect(shown()).toEqual(['board']);
  });
});
