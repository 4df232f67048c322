import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import { AppError } from '../../../src/core/errors.ts';
import { botLeaseMs, botLeaseOf } from '../../../src/core/time/bot-lease.ts';
import { tickMs } from '../../../src/jobs/cron.ts';
import { type Jobs, type JobsDeps, startJobs } from '../../../src/jobs/schedule.ts';
import type { Store } from '../../../src/store/store.ts';
import { createGate, eventually } from '../../support/eventually.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { recordingLog, storeFolder } from '../../support/real-store.ts';
import { batchesOf, importBatch, importRun } from '../../support/store/samples.ts';

const everySecond = '* * * * * *';

let clock: ManualClock;
let log: ReturnType<typeof recordingLog>;
let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
let running: Jobs[];

beforeEach(async () => {
  clock = createManualClock();
  log = recordingLog();
  folder = await storeFolder(clock, log);
  store = await folder.open();
  log.lines.splice(0);
  running = [];
});
afterEach(async () => {
  for (const jobs of running) await jobs.stop();
  await folder.remove();
});

/** Jobs whose schedules run when the test says so. */
interface Driven extends Jobs {
  /** Runs what the schedule of that name runs. */
  tick(name?: 'poll' | 'prune' | 'prune-short-lived'): Promise<void>;
}

function start(over: Partial<JobsDeps>): Driven {
  const ticks = new Map<string, () => Promise<void>>();
  const jobs = startByNodeCron({
    cron: (_pattern, run, { name }) => {
      ticks.set(name, run);
      return { start: () => undefined, destroy: () => undefined };
    },
    ...over,
  });
  return { ...jobs, tick: async (name = 'poll') => ticks.get(name)?.() };
}

function startByNodeCron(over: Partial<JobsDeps>): Jobs {
  const jobs = startJobs({
    pollCron: everySecond,
    watch: async () => undefined,
    follow: async () => undefined,
    deliver: async () => undefined,
    store,
    prune: async () => undefined,
    pruneShortLived: async () => undefined,
    clock,
    log,
    owner: 'bot-1',
    ...over,
  });
  running.push(jobs);
  return jobs;
}

const loud = () => log.lines.filter(({ level }) => level === 'warn' || level === 'error');

test('polls at once, then at every tick, and delivers after each poll', async () => {
  const calls: string[] = [];
  const jobs = start({
    watch: async () => void calls.push('watch'),
    deliver: async () => void calls.push('deliver'),
  });
  expect(jobs.lastPoll()).toEqual({ at: null, ok: false, error: null });
  await eventually(() => calls.length === 2);
  for (const expected of [4, 6]) {
    await jobs.tick();
    await eventually(() => calls.length === expected);
  }
  expect(calls).toEqual(['watch', 'deliver', 'watch', 'deliver', 'watch', 'deliver']);
  expect(jobs.lastPoll()).toEqual({ at: clock.now(), ok: true, error: null });
});

test('a poll that takes longer than the time between two says so, once, and when it is over', async () => {
  let takes = 20_001;
  const jobs = start({ pollCron: '*/20 * * * * *', watch: () => clock.advance(takes) });
  for (let polls = 0; polls < 3; polls += 1) await jobs.tick();
  expect(jobs.isSlow()).toBe(true);
  expect(jobs.lastPoll().ok).toBe(true);
  expect(loud()).toEqual([
    {
      level: 'warn',
      message: 'a poll takes longer than the time between two',
      fields: { ms: 20_001, everyMs: 20_000 },
    },
  ]);
  takes = 20_000;
  for (let polls = 0; polls < 2; polls += 1) await jobs.tick();
  expect(jobs.isSlow()).toBe(false);
  expect(log.lines.filter(({ message }) => /as fast as/.test(message))).toHaveLength(1);
});

test.each([
  ['*/20 * * * * *', 20_000],
  ['* * * * *', 60_000],
  ['*/5 * * * *', 300_000],
  ['0,30 15 * * * *', 30_000],
])('the time between two ticks of %s', (pattern, ms) => expect(tickMs(pattern)).toBe(ms));

test('failing polls are one line when that begins and one when it ends, and end neither the job nor the delivery', async () => {
  let polls = 0;
  let deliveries = 0;
  const jobs = start({
    watch: async () => {
      polls += 1;
      if (polls <= 2) throw new AppError('platform_unreachable', 'connection refused');
    },
    deliver: async () => {
      deliveries += 1;
      throw new Error('no delivery today');
    },
  });
  await eventually(() => polls === 1 && !jobs.lastPoll().ok && jobs.lastPoll().at !== null);
  expect(jobs.lastPoll().error).toBe('platform_unreachable');
  await jobs.tick();
  expect(jobs.lastPoll().ok).toBe(false);
  await jobs.tick();
  expect(jobs.lastPoll().ok).toBe(true);
  expect(deliveries).toBeGreaterThanOrEqual(2);
  expect(log.lines.filter(({ message }) => message === 'poll failed')).toEqual([
    {
      level: 'error',
      message: 'poll failed',
      fields: { what: 'poll', code: 'platform_unreachable', reason: 'connection refused' },
    },
  ]);
  expect(log.lines.filter(({ message }) => message === 'polls succeed again')).toEqual([
    {
      level: 'info',
      message: 'polls succeed again',
      fields: { seconds: expect.any(Number), failures: 2, codes: ['platform_unreachable'] },
    },
  ]);
});

test('a hung poll is given up at its deadline, and the next one runs', async () => {
  let polls = 0;
  const jobs = start({
    watch: () => {
      polls += 1;
      return polls === 1 ? new Promise(() => undefined) : Promise.resolve();
    },
    limits: { pollDeadlineMs: 300 },
  });
  await eventually(() => polls === 1);
  await clock.advance(299);
  expect(jobs.lastPoll().at).toBeNull();
  await clock.advance(1);
  await eventually(() => jobs.lastPoll().error === 'platform_timeout');
  await jobs.tick();
  expect(jobs.lastPoll().ok).toBe(true);
  expect(polls).toBe(2);
});

test('a poll asked for joins the one under way', async () => {
  let polls = 0;
  const gate = createGate();
  const jobs = start({
    watch: async () => {
      polls += 1;
      await gate.opened;
    },
  });
  const asked = [jobs.pollNow(), jobs.tick(), jobs.pollNow()];
  await eventually(() => polls === 1);
  gate.open();
  await Promise.all(asked);
  expect(polls).toBe(1);
  await jobs.pollNow();
  expect(polls).toBe(2);
});

describe('two bots on one store', () => {
  test('one polls, both deliver, and the other takes over when the first stops', async () => {
    const polls = { one: 0, two: 0 };
    const deliveries = { one: 0, two: 0 };
    const botOf = (owner: 'one' | 'two', itsStore: Store): Driven =>
      start({
        owner,
        store: itsStore,
        watch: async () => {
          polls[owner] += 1;
        },
        deliver: async () => {
          deliveries[owner] += 1;
        },
      });
    const one = botOf('one', store);
    await eventually(() => polls.one === 1);
    const two = botOf('two', await folder.open());
    for (let ticks = 0; ticks < 2; ticks += 1) await Promise.all([one.tick(), two.tick()]);
    await eventually(() => polls.one >= 3 && deliveries.two >= 2);
    expect(polls.two).toBe(0);
    expect(two.lastPoll().ok).toBe(true);
    await one.stop();
    await two.tick();
    expect(polls.two).toBe(1);
  });

  test('the one that does not poll follows, also between its ticks, and replaces one that died within seconds', async () => {
    const died = await folder.open('died');
    await died.lease(botLeaseOf('died'), 'died', botLeaseMs);
    await died.lease('poll', 'died', 300_000);
    const done: string[] = [];
    const jobs = start({
      watch: async () => void done.push('polled'),
      follow: async () => void done.push('followed'),
    });
    await eventually(() => done.length === 1);
    for (let renewals = 0; renewals < 5; renewals += 1) {
      await died.lease(botLeaseOf('died'), 'died', botLeaseMs);
      await clock.advance(3_000);
      await eventually(() => done.length === renewals + 2);
    }
    expect(new Set(done)).toEqual(new Set(['followed']));
    expect(jobs.lastPoll()).toMatchObject({ ok: true });
    // From now on nothing is heard of it.
    const silentSince = clock.now();
    while (!done.includes('polled') && clock.now() - silentSince < 60_000) {
      await clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(clock.now() - silentSince).toBeLessThanOrEqual(12_000);
    // It follows no more.
    const follows = done.filter((what) => what === 'followed').length;
    await clock.advance(30_000);
    expect(done.filter((what) => what === 'followed')).toHaveLength(follows);
  });

  test('the right to poll is kept by a poll that takes longer than the lease', async () => {
    let polling = false;
    const gate = createGate();
    start({
      owner: 'slow',
      limits: { leaseMs: 300 },
      watch: async () => {
        polling = true;
        await gate.opened;
        polling = false;
      },
    });
    await eventually(() => polling);
    await clock.advance(1_000);
    expect(polling).toBe(true);
    expect(await store.lease('poll', 'other', 1_000)).toBe(false);
    gate.open();
  });
});

describe('stopping', () => {
  test('waits for the poll and the delivery under way, then nothing runs', async () => {
    const done: string[] = [];
    const [watched, delivered] = [createGate(), createGate()];
    const jobs = start({
      watch: async () => {
        await watched.opened;
        done.push('watch');
      },
      deliver: async () => {
        await delivered.opened;
        done.push('deliver');
      },
    });
    let stopped = false;
    const stopping = jobs.stop().then(() => {
      stopped = true;
    });
    await clock.advance(1_000);
    expect(stopped).toBe(false);
    watched.open();
    await clock.advance(1_000);
    expect(stopped).toBe(false);
    delivered.open();
    await stopping;
    expect(done).toEqual(['watch', 'deliver']);
    await jobs.tick();
    await jobs.pollNow();
    expect(done).toHaveLength(2);
    expect(await store.lease('poll', 'other', 1_000)).toBe(true);
  });

  test('does not wait for ever for one that hangs', async () => {
    const jobs = start({ watch: () => new Promise(() => undefined), limits: { stopWaitMs: 200 } });
    const began = clock.now();
    await clock.until(jobs.stop());
    expect(clock.now() - began).toBe(200);
  });
});

test('old things are deleted, and a clean-up that fails is tried again', async () => {
  const before: number[] = [];
  const jobs = start({
    limits: { keepMs: 60_000 },
    prune: async (moment) => {
      before.push(moment);
      if (before.length === 1) throw new AppError('store_failed', 'disk full');
    },
  });
  await jobs.tick('prune');
  await jobs.tick('prune');
  expect(before).toEqual([clock.now() - 60_000, clock.now() - 60_000]);
  expect(log.lines).toContainEqual({ level: 'warn', message: 'cleanup failed', fields: { code: 'store_failed' } });
});

test('previews are deleted a few minutes after their day at the latest, by the clock', async () => {
  let pattern = '';
  let cleanUp = async (): Promise<void> => undefined;
  start({
    pruneShortLived: store.pruneShortLived,
    cron: (itsPattern, run, { name }) => {
      if (name === 'prune-short-lived') [pattern, cleanUp] = [itsPattern, run];
      return { start: () => undefined, destroy: () => undefined };
    },
  });
  expect(pattern).toBe('*/5 * * * *');
  await store.addImport(importRun('r', { createdAt: clock.now() }), [importBatch('r', 0)]);
  const day = 24 * 3_600_000;
  await clock.advance(day);
  await cleanUp();
  expect(await batchesOf(store, 'r')).toHaveLength(1);
  await clock.advance(5 * 60_000);
  await cleanUp();
  expect(await store.importRun('r')).toBeNull();
  expect(await batchesOf(store, 'r')).toEqual([]);
});

describe('by node-cron, which runs on the real time of day', () => {
  test('polls never overlap; the ticks they cover are no warnings', async () => {
    let [active, most, polls] = [0, 0, 0];
    const gate = createGate();
    const jobs = startByNodeCron({
      clock: systemClock,
      watch: async () => {
        active += 1;
        most = Math.max(most, active);
        await gate.opened;
        active -= 1;
        polls += 1;
      },
    });
    await eventually(() => log.lines.some(({ message }) => message.includes('overlap')));
    gate.open();
    await eventually(() => polls >= 2);
    expect(most).toBe(1);
    expect(new Set(loud().map(({ message }) => message))).toEqual(
      new Set(['a poll takes longer than the time between two']),
    );
    await jobs.stop();
  });

  test('a wrong pattern or time zone is refused at the start, and nothing runs', async () => {
    let polls = 0;
    const watch = async (): Promise<void> => {
      polls += 1;
    };
    expect(() => startByNodeCron({ watch, pollCron: '99 * * * * *' })).toThrow();
    expect(() => startByNodeCron({ watch, timeZone: 'Mars/Olympus' })).toThrow();
    await sleep(1_100);
    expect(polls).toBe(0);
  });
});
