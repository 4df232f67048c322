import { beforeEach, describe, expect, test } from '@jest/globals';
import { createPresence, readPresence } from '../../../../src/core/time/presence.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { memoryLeases } from '../../../support/memory-leases.ts';

const perBot = 2;
/** Bots that are known to be gone. */
let gone: Set<string>;
beforeEach(() => {
  gone = new Set();
});

function bot(clock: ManualClock, store: ReturnType<typeof memoryLeases>, owner: string) {
  const errors: unknown[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (...line: unknown[]) => void errors.push(line) };
  const isGone = async (id: string): Promise<boolean> => gone.has(id);
  return { errors, presence: createPresence({ store, clock, log, owner, isGone }, perBot) };
}

test('a bot is registered for as long as it runs, and forgotten 9 s after it died', async () => {
  const clock = createManualClock();
  const store = memoryLeases(clock.elapsed);
  const { presence } = bot(clock, store, 'a');
  await presence.start();
  await clock.advance(300_000);
  expect(await readPresence(store)).toEqual({ bots: 1, strangers: null });
  await clock.until(presence.stop());
  expect((await readPresence(store)).bots).toBe(0);

  const { presence: dying } = bot(clock, store, 'b');
  await dying.start();
  store.fail(true);
  await clock.advance(8_999);
  store.fail(false);
  // The store is back before its time is up, and so is the bot.
  await clock.advance(3_000);
  expect((await readPresence(store)).bots).toBe(1);
});

test('what a bot that was killed has left is removed at once, what may be alive is not', async () => {
  const clock = createManualClock();
  const store = memoryLeases(clock.elapsed);
  for (const owner of ['killed', 'elsewhere']) await bot(clock, store, owner).presence.start();
  gone.add('killed');
  await bot(clock, store, 'new').presence.start();
  expect((await store.leased('bot:')).sort()).toEqual(['bot:elsewhere', 'bot:new']);
});

test('what a bot that is killed meanwhile has left is removed within seconds', async () => {
  const clock = createManualClock();
  const store = memoryLeases(clock.elapsed);
  await store.lease('bot:killed', 'killed', 60_000);
  await bot(clock, store, 'other').presence.start();
  expect(await store.leased('bot:killed')).toHaveLength(1);
  gone.add('killed');
  await clock.advance(3_000);
  expect(await store.leased('bot:killed')).toEqual([]);
});

describe('the connections that Slack counts', () => {
  test('are those of all bots of this store', async () => {
    const clock = createManualClock();
    const store = memoryLeases(clock.elapsed);
    const [a, b] = [bot(clock, store, 'a'), bot(clock, store, 'b')];
    await a.presence.start();
    await b.presence.start();
    await b.presence.counted(4);
    expect(b.errors).toEqual([]);
    expect(await readPresence(store)).toEqual({ bots: 2, strangers: null });
  });

  test('are more: it is logged, kept for the doctor, and over with the next count that fits', async () => {
    const clock = createManualClock();
    const store = memoryLeases(clock.elapsed);
    const a = bot(clock, store, 'a');
    await a.presence.start();
    await a.presence.counted(3);
    expect(a.errors).toEqual([
      [expect.stringContaining('another process uses the same Slack app'), { connections: 3, bots: 1 }],
    ]);
    await a.presence.counted(4);
    await clock.advance(300_000);
    expect(await readPresence(store)).toEqual({ bots: 1, strangers: { connections: 4, bots: 1 } });
    await a.presence.counted(2);
    expect((await readPresence(store)).strangers).toBeNull();
  });

  test('of a store that does not answer nothing is claimed', async () => {
    const clock = createManualClock();
    const store = memoryLeases(clock.elapsed);
    const a = bot(clock, store, 'a');
    store.fail(true);
    await a.presence.start();
    await a.presence.counted(9);
    expect(a.errors).toEqual([]);
  });
});
