import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFaults } from '../../../../sandbox/slack/faults.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { Watch } from '../../../../src/core/model/watch.ts';
import { createDeliverer, type Deliverer } from '../../../../src/core/notices/deliver.ts';
import type { DeliveryLimits } from '../../../../src/core/notices/policy.ts';
import type { Messenger } from '../../../../src/core/ports.ts';
import type { Board } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createDeliveryRig, type DeliveryRig } from '../../../support/core/delivery-rig.ts';
import type { FakeSlack } from '../../../support/core/fake-messenger.ts';
import { t0, taskOf, tick } from '../../../support/core/looks.ts';
import { leastCpuTimeOf } from '../../../support/cpu-time.ts';
import type { ManualClock } from '../../../support/manual-clock.ts';

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

function bot(messenger: Messenger = slack, limits: Partial<DeliveryLimits> = {}): Deliverer {
  const made = createDeliverer({ store, messenger, clock, log, board, owner: 'bot', limits });
  bots.push(made);
  return made;
}

/** The stand-in's limit in front of the edits; `refused` are the moments (ms since the start) of the 429s. */
function limited(limit: { burst: number; everyMs: number; retryAfter: number }) {
  const faults = createFaults(clock.now);
  faults.limitCalls('chat.update', limit);
  const refused: number[] = [];
  const messenger: Messenger = {
    ...slack,
    async updateCard(...parameters) {
      const wait = faults.takeCall('chat.update');
      if (wait === 0) return slack.updateCard(...parameters);
      refused.push(clock.now() - t0);
      throw new AppError('chat_failed', '429', { details: { retryAfterMs: wait * 1_000 } });
    },
  };
  return { messenger, refused };
}

/** Readings of all tasks, saved as a poll saves them. */
async function poll(taskIds: readonly string[], done: number, on: (id: string) => boolean = () => true): Promise<void> {
  const readings = taskIds.map((id) =>
    nextReading(board.get(id), taskOf({ on: on(id), bar: [done, 1_000_000], id }), clock.now()),
  );
  for (const reading of await store.saveReadings(readings.map((read) => ({ reading: read, notices: [] })))) {
    board.put(reading);
  }
}

/** A watch whose card is in its channel. */
async function watched(taskId: string, channel: string): Promise<Watch> {
  const watch = await store.addWatch({ taskId, channel, owner: 'U1', createdAt: clock.now() });
  const cardRef = `card of ${watch.id}`;
  // Of another version, in the state that all tasks are in.
  await store.updateWatch(watch.id, { cardRef, cardHash: 'dialing:' });
  slack.messages.push({ channel, ts: cardRef, key: cardRef, notice: null, card: null, at: clock.now(), edits: [] });
  return { ...watch, cardRef };
}

const names = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`);
const cards = () => slack.messages.filter(({ card, key }) => card !== null || key.startsWith('card of'));
/** The longest time, ms, that any card was without an edit, from `from` to now. */
const longestWait = (from: number): number =>
  Math.max(
    ...cards().flatMap(({ edits }) => {
      const moments = [from, ...edits.filter((at) => at >= from), clock.now()];
      return moments.slice(1).map((at, index) => at - (moments[index] ?? at));
    }),
  );

/** Polls every 20 s, delivering meanwhile. `done` grows with each poll. */
async function polls(deliverer: Deliverer, count: number, taskIds: readonly string[], from = 1): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    await poll(taskIds, from + round);
    void deliverer.flush();
    await clock.advance(tick);
  }
}

describe('a workspace that accepts 50 edits a minute', () => {
  test('a limit that turns out lower is learned: refusals become rare, and still none is left out', async () => {
    const { messenger, refused } = limited({ burst: 5, everyMs: 2_400, retryAfter: 10 });
    const tasks = names(30, 'task-');
    for (const [n, id] of tasks.entries()) await watched(id, `C${n}`);
    await polls(bot(messenger), 60, tasks);
    // One for each edit under way, in a few episodes; without learning, there would be one every 25 s.
    expect(refused.filter((at) => at > 5 * 60_000).length).toBeLessThanOrEqual(5);
    expect(Math.min(...cards().map(({ edits }) => edits.length))).toBeGreaterThanOrEqual(10);
  });

  test('2,000 cards: each has its turn, in order, and a change of state need not wait for it', async () => {
    const { messenger, refused } = limited({ burst: 50, everyMs: 1_200, retryAfter: 10 });
    const tasks = names(40, 'task-');
    for (const id of tasks) for (const channel of names(50, 'C')) await watched(id, channel);
    const deliverer = bot(messenger);
    await polls(deliverer, 60, tasks);
    // In the middle of it, one task is paused.
    const pausedAt = clock.now();
    await poll(tasks, 61, (id) => id !== 'task-7');
    void deliverer.flush();
    await clock.advance(20_000);
    const paused = cards().filter(({ card }) => card?.task.id === 'task-7' && card.state === 'paused');
    expect(paused.length).toBeGreaterThanOrEqual(11);
    expect(Math.max(...paused.map(({ edits }) => (edits.at(-1) ?? 0) - pausedAt))).toBeLessThanOrEqual(20_000);
    const rest = Math.ceil((2_000 * 60) / 48 / 20) - 60 + 3;
    await polls(deliverer, rest, tasks, 100);
    expect(cards().filter(({ edits }) => edits.length === 0)).toEqual([]);
    // The 50 changes of state had their turns in between.
    expect(longestWait(t0)).toBeLessThanOrEqual((2_050 * 60_000) / 48 + tick);
    expect(refused.filter((at) => at > 60_000)).toEqual([]);
  }, 180_000);
});

describe('the cost of an edit', () => {
  /** The CPU time of an edit, ms, when `moving` of `channels` channels have one. */
  async function costOfEdit(channels: number, moving: number): Promise<number> {
    const tasks = names(channels, `of-${channels}-`);
    await poll(tasks, 1);
    for (const id of tasks) await watched(id, `C-${id}`);
    const deliverer = bot(slack, { editsPerMinute: Number.POSITIVE_INFINITY, editEveryMs: 0 });
    await deliverer.flush();
    let round = 1;
    const rounds = 20;
    const cost = await leastCpuTimeOf(async () => {
      const before = slack.calls.length;
      for (let n = 0; n < rounds; n += 1) {
        round += 1;
        await poll(tasks.slice(0, moving), round);
        await deliverer.flush();
      }
      expect(slack.calls.length - before).toBe(rounds * moving);
    });
    await deliverer.stop();
    return cost / rounds / moving;
  }

  test('does not grow with the number of channels', async () => {
    const few = await costOfEdit(10, 10);
    const many = await costOfEdit(1_000, 10);
    expect(many / few).toBeLessThan(2);
  });
});
