import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorDetails } from '../../../../src/core/errors.ts';
import type { NewOutboxItem } from '../../../../src/core/model/outbox.ts';
import { createDeliverer, type Deliverer } from '../../../../src/core/notices/deliver.ts';
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
const hour = 60 * minute;
const forever = Number.POSITIVE_INFINITY;

let clock: ManualClock;
let log: DeliveryRig['log'];
let folder: DeliveryRig['folder'];
let store: Store;
let board: Board;
let slack: FakeSlack;
let deliverer: Deliverer;

beforeEach(async () => {
  ({ clock, log, folder, store, board, slack } = await createDeliveryRig());
  deliverer = start();
});
afterEach(async () => {
  await clock.until(deliverer.stop());
  await folder.remove();
});

function start(): Deliverer {
  return createDeliverer({ store, messenger: slack, clock, log, board, owner: 'bot' });
}

async function look(taskId: string, done: number): Promise<void> {
  const reading = nextReading(board.get(taskId), taskOf({ on: true, bar: [done, 1_000], id: taskId }), clock.now());
  for (const saved of await store.saveReadings([{ reading, notices: [] }])) board.put(saved);
}

/** Watches whose cards are posted and up to date. */
async function watched(...pairs: [taskId: string, channel: string][]): Promise<void> {
  for (const taskId of new Set(pairs.map(([id]) => id))) await look(taskId, 1);
  for (const [taskId, channel] of pairs) {
    await store.addWatch({ taskId, channel, owner: 'U1', createdAt: clock.now() });
  }
  await clock.until(deliverer.flush());
  slack.calls.splice(0);
}

const notice = (taskId: string, channel: string, n: number): NewOutboxItem =>
  changedNotice({ taskId, channel, n, at: clock.now() });

/** Lets time pass as it does between polls. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 20 * second) {
    void deliverer.flush();
    await clock.advance(Math.min(left, 20 * second));
  }
}

const noticesIn = (channel: string): string[] => slack.keys(channel).filter((key) => !key.startsWith('card:'));
const cardsIn = (channel: string) => slack.messages.filter((each) => each.channel === channel && each.card !== null);
const linesSaying = (message: string) => log.lines.filter((line) => line.message === message);
const brokenBy = async () => (await store.watches()).map((watch) => watch.brokenBy);

const unknownCode: ErrorDetails = { chatError: 'some_new_code', permanent: false };
const unanswered: ErrorDetails = { maybeSent: true };
const serviceTrouble: ErrorDetails = { chatError: 'internal_error', maybeSent: true, concerns: 'service' };
const unfit: ErrorDetails = { chatError: 'invalid_blocks', permanent: true, concerns: 'message' };
const refused: ErrorDetails = { chatError: 'missing_scope', permanent: true, concerns: 'installation' };
const fixed: ErrorDetails = { chatError: 'edit_window_closed', permanent: true, concerns: 'message_fixed' };

const neverSucceeds: [string, ErrorDetails][] = [
  ['an unknown code', unknownCode],
  ['no answer', unanswered],
  ["trouble of Slack's own", serviceTrouble],
  ['blocks that are refused', unfit],
  ['a missing scope', refused],
];

describe('a notice that can never be posted', () => {
  test.each(neverSucceeds)(
    '%s: retires alone, and holds up nothing but its own task for a while',
    async (_, details) => {
      await watched(['bad', 'C1'], ['good', 'C1'], ['good', 'C2']);
      slack.fail('postNotice', details, { taskId: 'bad', times: forever });
      await store.enqueue([notice('bad', 'C1', 1), notice('good', 'C1', 1), notice('good', 'C2', 1)]);
      await pass(20 * second);
      expect([...noticesIn('C1'), ...noticesIn('C2')]).toEqual(['good:1:C1', 'good:1:C2']);
      // What goes on in the workspace shows that Slack is well and the message is not.
      for (let n = 2; n < 40; n += 1) {
        await store.enqueue([notice('good', 'C1', n)]);
        await look('good', n);
        await pass(2 * minute);
      }
      expect(linesSaying('a message was given up')).toHaveLength(1);
      expect(await store.openItems()).toEqual([]);
      expect(noticesIn('C1')).toHaveLength(39);
      slack.heal();
      await store.enqueue([notice('bad', 'C1', 2)]);
      await pass(20 * second);
      expect(noticesIn('C1').at(-1)).toBe('bad:2:C1');
      expect(await brokenBy()).toEqual([null, null, null]);
    },
  );

  test('what follows of the same task waits for it, and then comes', async () => {
    await watched(['bad', 'C1']);
    slack.fail('postNotice', unknownCode, { times: 5 });
    await store.enqueue([1, 2, 3].map((n) => notice('bad', 'C1', n)));
    await pass(20 * second);
    expect(noticesIn('C1')).toEqual([]);
    await pass(minute);
    expect(noticesIn('C1')).toEqual(['bad:2:C1', 'bad:3:C1']);
  });

  test('a card that can never be posted: its watch lives, its notices come, and it is tried again in an hour', async () => {
    slack.fail('postCard', unfit, { taskId: 'bad', times: forever });
    await watched(['bad', 'C1'], ['good', 'C1']);
    await store.enqueue([notice('bad', 'C1', 1)]);
    for (let n = 2; n < 10; n += 1) {
      await look('bad', n);
      await pass(5 * minute);
    }
    expect(noticesIn('C1')).toEqual(['bad:1:C1']);
    expect(cardsIn('C1')).toHaveLength(1);
    expect(linesSaying('a message was given up')).toHaveLength(1);
    slack.heal();
    await pass(30 * minute);
    expect(cardsIn('C1')).toHaveLength(2);
    expect(await brokenBy()).toEqual([null, null]);
  });
});

describe('a look-up that fails', () => {
  /** A notice whose answer was lost, although it arrived or not. */
  async function lost(effect: boolean): Promise<void> {
    await watched(['t', 'C1'], ['other', 'C1'], ['other', 'C2']);
    slack.fail('postNotice', unanswered, { taskId: 't', effect });
    await store.enqueue([notice('t', 'C1', 1)]);
    await clock.until(deliverer.flush());
    await store.enqueue([notice('other', 'C1', 1), notice('other', 'C2', 1), notice('t', 'C1', 2)]);
  }

  test.each(neverSucceeds)('%s: holds up nothing, and the message is posted in the end', async (_, details) => {
    slack.fail('find', details, { times: forever });
    await lost(false);
    await pass(10 * second);
    expect([...noticesIn('C1'), ...noticesIn('C2')]).toEqual(['other:1:C1', 'other:1:C2']);
    for (let n = 2; n < 40; n += 1) {
      await look('other', n);
      await pass(2 * minute);
    }
    expect(noticesIn('C1')).toEqual(['other:1:C1', 't:1:C1', 't:2:C1']);
  });

  test('a rate limit stops the look-ups of all channels for as long as asked, and nothing else', async () => {
    slack.fail('find', { retryAfterMs: 60_000 });
    slack.fail('postNotice', unanswered, { taskId: 'other', channel: 'C2', effect: true });
    await lost(true);
    await pass(30 * second);
    expect([...noticesIn('C1'), ...noticesIn('C2')]).toEqual(['t:1:C1', 'other:1:C1', 'other:1:C2']);
    expect(slack.calls.filter((call) => call.startsWith('find'))).toHaveLength(1);
    await pass(minute);
    expect(noticesIn('C1')).toEqual(['t:1:C1', 'other:1:C1', 't:2:C1']);
    expect(slack.calls.filter((call) => call.startsWith('find'))).toHaveLength(3);
    expect(await store.openItems()).toEqual([]);
  });
});

describe('a card that can never be edited', () => {
  test.each(neverSucceeds)('%s: others are, and it is as soon as it can be', async (_, details) => {
    await watched(['bad', 'C1'], ['good', 'C1'], ['good', 'C2']);
    slack.fail('updateCard', details, { taskId: 'bad', times: forever });
    for (let n = 2; n < 40; n += 1) {
      await look('bad', n);
      await look('good', n);
      await pass(minute);
      const shown = slack.messages.filter(({ card }) => card?.task.id === 'good').map(({ card }) => card);
      expect(shown.map((card) => card?.task.progress?.done)).toEqual([n, n]);
    }
    expect(slack.calls.filter((call) => call === 'updateCard C1').length).toBeLessThan(39 + 30);
    expect(await brokenBy()).toEqual([null, null, null]);
    slack.heal();
    await look('bad', 900);
    await pass(hour);
    expect(slack.messages.find(({ card }) => card?.task.id === 'bad')?.card?.task.progress?.done).toBe(900);
  });

  test('because its time for edits is over: a new one is posted and the old one left, once an hour at most', async () => {
    await watched(['t', 'C1']);
    const [old] = cardsIn('C1');
    slack.fail('updateCard', fixed, { times: forever });
    await look('t', 2);
    await pass(20 * second);
    expect(cardsIn('C1').map(({ card }) => card?.task.progress?.done)).toEqual([1, 2]);
    const [watch] = await store.watches();
    expect(watch).toMatchObject({ brokenBy: null, cardRef: cardsIn('C1')[1]?.ts });
    expect(watch?.cardRef).not.toBe(old?.ts);
    expect(slack.reported).toEqual([]);
    for (let n = 3; n < 60; n += 1) {
      await look('t', n);
      await pass(50 * second);
    }
    expect(cardsIn('C1')).toHaveLength(2);
    await look('t', 60);
    await pass(15 * minute);
    expect(cardsIn('C1').map(({ card }) => card?.task.progress?.done)).toEqual([1, 2, 60]);
  });
});

describe('an answer that does not say which message it was', () => {
  const nameless = (method: 'postCard' | 'postNotice') => {
    const real = slack[method] as (...parameters: never[]) => Promise<string | null>;
    Object.assign(slack, {
      [method]: async (...parameters: never[]) => {
        await real(...parameters);
        return null;
      },
    });
  };

  test('a notice is posted once', async () => {
    await watched(['t', 'C1']);
    nameless('postNotice');
    await store.enqueue([notice('t', 'C1', 1), notice('t', 'C1', 2)]);
    await pass(5 * minute);
    expect(noticesIn('C1')).toEqual(['t:1:C1', 't:2:C1']);
    expect(await store.openItems()).toEqual([]);
  });

  test('a card is posted once an hour at most, because it cannot be edited', async () => {
    nameless('postCard');
    await watched(['t', 'C1']);
    for (let n = 2; n < 30; n += 1) {
      await look('t', n);
      await pass(minute);
    }
    expect(cardsIn('C1')).toHaveLength(1);
    expect(await brokenBy()).toEqual([null]);
  });
});

describe('a correction', () => {
  test('of a message that can no longer be edited is posted as a message of its own', async () => {
    await watched(['t', 'C1']);
    const wrong = notice('t', 'C1', 1);
    await store.enqueue([wrong]);
    await clock.until(deliverer.flush());
    slack.fail('updateNotice', fixed, { times: forever });
    const said = notice('t', 'C1', 2);
    if (said.body.type !== 'notice') throw new Error('not a notice');
    await store.enqueue([{ ...said, body: { type: 'correction', of: wrong.key, notice: said.body.notice } }]);
    await pass(20 * second);
    expect(noticesIn('C1')).toEqual(['t:1:C1', 't:2:C1']);
    // The next one replaces that message, and not once more the one before it.
    slack.heal();
    const next = {
      ...said,
      key: 't:3:C1',
      body: { type: 'correction' as const, of: wrong.key, notice: said.body.notice },
    };
    await store.enqueue([next]);
    await pass(20 * second);
    const edited = slack.messages.filter(({ edits }) => edits.length > 0).map(({ key }) => key);
    expect(edited).toEqual(['t:2:C1']);
    expect(noticesIn('C1')).toEqual(['t:1:C1', 't:2:C1']);
    expect(await store.openItems()).toEqual([]);
  });

  test('takes its turn among the edits: many at once are made at their pace, and posts go on meanwhile', async () => {
    const channels = Array.from({ length: 30 }, (_, n) => `C${n}`);
    await watched(...channels.map((channel): [string, string] => ['t', channel]), ['other', 'C0']);
    await store.enqueue(channels.map((channel) => notice('t', channel, 1)));
    await pass(20 * second);
    const corrections = channels.map((channel): NewOutboxItem => {
      const item = notice('t', channel, 2);
      if (item.body.type !== 'notice') throw new Error('not a notice');
      return { ...item, body: { type: 'correction', of: `t:1:${channel}`, notice: item.body.notice } };
    });
    const begun = clock.now();
    await store.enqueue([...corrections, notice('other', 'C0', 1)]);
    await pass(2 * minute);
    const edited = slack.messages.filter(({ key }) => key.startsWith('t:1:')).map(({ edits }) => edits);
    expect(edited.map((edits) => edits.length)).toEqual(channels.map(() => 1));
    const moments = edited.flat().sort((a, b) => a - b);
    expect((moments.at(-1) ?? 0) - (moments[0] ?? 0)).toBeGreaterThan(25 * second);
    expect((slack.messages.find(({ key }) => key === 'other:1:C0')?.at ?? 0) - begun).toBeLessThanOrEqual(2 * second);
  });
});
