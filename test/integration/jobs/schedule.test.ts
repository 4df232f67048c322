import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import { AppError } from '../../../src/core/errors.ts';
import { type Jobs, type JobsDeps, startJobs } from '../../../src/jobs/schedule.ts';
import type { Store } from '../../../src/store/store.ts';
import { recordingLog, storeFolder } from '../../support/real-store.ts';

/** node-cron runs on the real time of day, so these tests do too: every second, for a few seconds. */
const clock = systemClock;
const everySecond = '* * * * * *';
const never = '0 0 1 1 *';

let log: ReturnType<typeof recordingLog>;
let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
const running: Jobs[] = [];

beforeEach(async () => {
  log = recordingLog();
  folder = await storeFolder(clock, log);
  store = await folder.open();
  log.lines.splice(0);
});
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
  await folder.remove();
});

function start(over: Partial<JobsDeps>): Jobs {
  const jobs = startJobs({
    pollCron: everySecond,
    watch: async () => undefined,
    deliver: async () => undefined,
    store,
    prune: async () => undefined,
    clock,
    log,
    owner: 'bot-1',
    ...over,
  });
  running.push(jobs);
  return jobs;
}

async function eventually(holds: () => boolean, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`did not hold within ${withinMs} ms: ${holds}`);
    await sleep(20);
  }
}

test('polls at once, then by the pattern, and delivers after each poll', async () => {
  const calls: string[] = [];
  const began = Date.now();
  const jobs = start({
    watch: async () => void calls.push('watch'),
    deliver: async () => void calls.push('deliver'),
  });
  expect(jobs.lastPoll()).toEqual({ at: null, ok: false, error: null });
  await eventually(() => calls.length >= 2, 900);
  await eventually(() => calls.length >= 6, 4_000);
  expect(calls.slice(0, 6)).toEqual(['watch', 'deliver', 'watch', 'deliver', 'watch', 'deliver']);
  expect(jobs.lastPoll()).toMatchObject({ ok: true, error: null });
  expect(jobs.lastPoll().at).toBeGreaterThanOrEqual(began);
});

test('a failing poll is one line with its code, and neither ends the job nor the delivery', async () => {
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
  await eventually(() => polls === 1 && !jobs.lastPoll().ok && jobs.lastPoll().at !== null, 900);
  expect(jobs.lastPoll().error).toBe('platform_unreachable');
  await eventually(() => jobs.lastPoll().ok, 4_000);
  expect(deliveries).toBeGreaterThanOrEqual(2);
  expect(log.lines.filter(({ message }) => message === 'poll failed')).toEqual(
    Array(2).fill({
      level: 'warn',
      message: 'poll failed',
      fields: { code: 'platform_unreachable', reason: 'connection refused' },
    }),
  );
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
  await eventually(() => jobs.lastPoll().error === 'platform_timeout', 2_000);
  await eventually(() => jobs.lastPoll().ok, 2_000);
  expect(polls).toBe(2);
});

test('polls never overlap; the ticks they cover are no warnings', async () => {
  let active = 0;
  let most = 0;
  let polls = 0;
  start({
    watch: async () => {
      active += 1;
      most = Math.max(most, active);
      await sleep(1_400);
      active -= 1;
      polls += 1;
    },
  });
  await eventually(() => polls >= 3, 8_000);
  expect(most).toBe(1);
  expect(log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
});

test('a poll asked for joins the one under way', async () => {
  let polls = 0;
  const jobs = start({
    pollCron: never,
    watch: async () => {
      polls += 1;
      await sleep(50);
    },
  });
  await Promise.all([jobs.pollNow(), jobs.pollNow(), jobs.pollNow()]);
  expect(polls).toBe(1);
  await jobs.pollNow();
  expect(polls).toBe(2);
});

describe('two bots on one store', () => {
  test('one polls, both deliver, and the other takes over when the first stops', async () => {
    const polls = { one: 0, two: 0 };
    const deliveries = { one: 0, two: 0 };
    const botOf = (owner: 'one' | 'two', itsStore: Store): Jobs =>
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
    await eventually(() => polls.one === 1, 900);
    const two = botOf('two', await folder.open());
    await eventually(() => polls.one >= 3 && deliveries.two >= 2, 5_000);
    expect(polls.two).toBe(0);
    expect(two.lastPoll().ok).toBe(true);
    await one.stop();
    await eventually(() => polls.two > 0, 3_000);
  });

  test('the right to poll is kept by a poll that takes longer than the lease', async () => {
    let polling = false;
    start({
      owner: 'slow',
      pollCron: never,
      limits: { leaseMs: 300 },
      watch: async () => {
        polling = true;
        await sleep(1_200);
        polling = false;
      },
    });
    await eventually(() => polling, 900);
    await sleep(700);
    expect(polling).toBe(true);
    expect(await store.lease('poll', 'other', 1_000)).toBe(false);
  });
});

describe('stopping', () => {
  test('waits for the poll and the delivery under way, then nothing runs', async () => {
    const done: string[] = [];
    const jobs = start({
      watch: async () => {
        await sleep(300);
        done.push('watch');
      },
      deliver: async () => {
        await sleep(300);
        done.push('deliver');
      },
    });
    await jobs.stop();
    expect(done).toEqual(['watch', 'deliver']);
    await sleep(1_200);
    await jobs.pollNow();
    expect(done).toHaveLength(2);
    expect(await store.lease('poll', 'other', 1_000)).toBe(true);
  });

  test('does not wait for ever for one that hangs', async () => {
    const jobs = start({ watch: () => new Promise(() => undefined), limits: { stopWaitMs: 200 } });
    const began = Date.now();
    await jobs.stop();
    expect(Date.now() - began).toBeLessThan(2_000);
  });
});

test('old things are deleted, and a clean-up that fails is tried again', async () => {
  const before: number[] = [];
  let cleanUp = async (): Promise<void> => undefined;
  start({
    limits: { keepMs: 60_000 },
    prune: async (moment) => {
      before.push(moment);
      if (before.length === 1) throw new AppError('store_failed', 'disk full');
    },
    cron: (_pattern, run, { name }) => {
      if (name === 'prune') cleanUp = run;
      return { start: () => undefined, destroy: () => undefined };
    },
  });
  await cleanUp();
  await cleanUp();
  expect(before).toHaveLength(2);
  expect(Math.abs(Date.now() - 60_000 - (before[0] ?? 0))).toBeLessThan(4_000);
  expect(log.lines).toContainEqual({ level: 'warn', message: 'cleanup failed', fields: { code: 'store_failed' } });
});

test('previews are looked at every minute, and nothing else is with them', async () => {
  const asked: (readonly [number, number])[] = [];
  const patterns = new Map<string, string>();
  let lookAtPreviews = async (): Promise<void> => undefined;
  start({
    prune: async (before, previewsBefore) => {
      asked.push([before, previewsBefore]);
    },
    cron: (pattern, run, { name }) => {
      patterns.set(name, pattern);
      if (name === 'previews') lookAtPreviews = run;
      return { start: () => undefined, destroy: () => undefined };
    },
  });
  await lookAtPreviews();
  expect(patterns.get('previews')).toBe('* * * * *');
  expect(asked.map(([before]) => before)).toEqual([0]);
  expect(Math.abs(Date.now() - 24 * 3_600_000 - (asked[0]?.[1] ?? 0))).toBeLessThan(4_000);
});

test('a wrong pattern or time zone is refused at the start, and nothing runs', async () => {
  let polls = 0;
  const watch = async (): Promise<void> => {
    polls += 1;
  };
  expect(() => start({ watch, pollCron: '99 * * * * *' })).toThrow();
  expect(() => start({ watch, timeZone: 'Mars/Olympus' })).toThrow();
  await sleep(1_100);
  expect(polls).toBe(0);
});
