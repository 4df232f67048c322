import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RunDeps } from '../../../../src/core/imports/book.ts';
import { decide } from '../../../../src/core/imports/decide.ts';
import type { RunOutcome } from '../../../../src/core/imports/ledger.ts';
import { orderFacts } from '../../../../src/core/imports/order.ts';
import { continueRun, startRun } from '../../../../src/core/imports/run.ts';
import type { Store } from '../../../../src/store/store.ts';
import {
  type FakeDialer,
  fakeDialer,
  nothingAround,
  preview,
  rules,
  take,
  unknown,
} from '../../../support/core/import-rig.ts';
import { eventually } from '../../../support/eventually.ts';
import { createFastClock } from '../../../support/fast-clock.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';

/** Two people import at once, through two bots. */

/** Slow enough that no lease ends while the machine is busy. */
const clock = createFastClock({ origin: Date.now(), times: 10 });
const log = recordingLog();
let folder: Awaited<ReturnType<typeof storeFolder>>;
let stores: Store[];
let dialer: FakeDialer;
/** `run what`, in order. */
const waits: string[] = [];

beforeEach(async () => {
  waits.length = 0;
  folder = await storeFolder(clock, log);
  stores = [await folder.open(), await folder.open()];
  dialer = fakeDialer();
});
afterEach(() => folder.remove());

const storeOf = (bot: number): Store => {
  const store = stores[bot];
  if (store === undefined) throw new Error('no such bot');
  return store;
};
const depsOf = (bot: number, stopping?: AbortSignal): RunDeps => ({
  store: storeOf(bot),
  dialer,
  clock,
  log,
  batchSize: 10,
  rules,
  around: nothingAround,
  ...(stopping && { stopping }),
});
const start = (bot: number, runId: string, stopping?: AbortSignal): Promise<RunOutcome> =>
  startRun(
    depsOf(bot, stopping),
    { runId, place: null, earlier: [], order: orderFacts(null) },
    (run, _done, _total, wait) => wait !== undefined && waits.push(`${run.id} ${wait}`),
  );

/** The first batch is on its way until this is called. */
function held(): () => void {
  let release: () => void = () => undefined;
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  dialer.answers.set(0, async (batch) => {
    await isReleased;
    return take(dialer, batch);
  });
  return release;
}

const times = (): Map<string, number> => {
  const counted = new Map<string, number>();
  for (const phone of dialer.requests.flatMap(({ phones }) => phones))
    counted.set(phone, (counted.get(phone) ?? 0) + 1);
  return counted;
};

/** Two imports into one task: a request of the first is in flight, and the second waits. */
async function oneBehindTheOther() {
  await preview(storeOf(0), 'first', 35);
  await preview(storeOf(0), 'second', 40);
  const release = held();
  const first = start(0, 'first');
  await eventually(() => dialer.requests.length === 1);
  const second = start(1, 'second');
  await eventually(() => waits.includes('second import'));
  return { first, second, release };
}

test('the same numbers into one task are sent once, and the one that waits says so', async () => {
  const { first, second, release } = await oneBehindTheOther();
  expect(dialer.requests).toHaveLength(1);
  release();
  expect((await first).result).toMatchObject({ state: 'done', accepted: 35 });
  expect((await second).result).toMatchObject({
    state: 'done',
    accepted: 5,
    withheld: [{ why: 'sent_to_task', count: 35 }],
  });
  expect([times().size, Math.max(...times().values())]).toEqual([40, 1]);
});

test('what a lost answer means is not judged by the numbers of the other', async () => {
  await preview(storeOf(0), 'first', 35);
  await preview(storeOf(0), 'second', 40);
  dialer.counts = false;
  dialer.answers.set(1, (batch) => unknown({ dialer, batch }));
  await Promise.all([start(0, 'first'), start(1, 'second')]);
  expect(Math.max(...times().values())).toBe(1);
});

test('ended while it waits, it has sent nothing, and the other goes on', async () => {
  const { first, second, release } = await oneBehindTheOther();
  const run = await storeOf(1).importRun('second');
  if (run === null) throw new Error('no such run');
  await decide(depsOf(1), run, 'cancel', { place: null });
  expect((await second).result).toMatchObject({ state: 'stopped', accepted: 0, unsent: 40 });
  release();
  expect((await first).result).toMatchObject({ state: 'done', accepted: 35 });
});

test('a process that stops leaves it to a later poll, which passes over it for as long as it is not its turn', async () => {
  await preview(storeOf(0), 'first', 35);
  await preview(storeOf(0), 'second', 40);
  const release = held();
  const first = start(0, 'first');
  await eventually(() => dialer.requests.length === 1);
  const stopping = new AbortController();
  const second = start(1, 'second', stopping.signal);
  await eventually(() => waits.includes('second import'));
  stopping.abort();
  expect((await second).result).toMatchObject({ state: 'continues', accepted: 0 });
  expect(await continueRun(depsOf(1), 'second')).toBeNull();
  release();
  await first;
  expect((await continueRun(depsOf(1), 'second'))?.result).toMatchObject({ state: 'done', accepted: 5 });
  expect(Math.max(...times().values())).toBe(1);
});
