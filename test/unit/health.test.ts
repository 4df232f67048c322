import { describe, expect, test } from '@jest/globals';
import { judge, type Vitals } from '../../src/health.ts';
import { createManualClock } from '../support/manual-clock.ts';

const clock = createManualClock();
const ago = (ms: number): number => clock.elapsed() - ms;
const well: Vitals = {
  slackGoneSince: null,
  askStore: async () => {},
  poll: { ok: true, error: null },
  pollDueSince: null,
  pollIsSlow: false,
};

/** What is missing, each with its detail. */
async function missing(change: Partial<Vitals>): Promise<string[]> {
  const checks = await clock.until(judge({ ...well, ...change }, clock));
  return checks.filter(({ ok }) => !ok).map(({ name, detail = '' }) => `${name} ${detail}`.trim());
}

test('nothing is missing', async () => expect(await missing({})).toEqual([]));

describe('by age', () => {
  test('no connection to Slack for longer than 15 s', async () => {
    expect(await missing({ slackGoneSince: ago(15_000) })).toEqual([]);
    expect(await missing({ slackGoneSince: ago(15_001) })).toEqual(['slack']);
    // Never connected.
    expect(await missing({ slackGoneSince: 0 })).toEqual(['slack']);
  });

  test('no good poll within 150 s of its time', async () => {
    expect(await missing({ pollDueSince: ago(150_000) })).toEqual([]);
    expect(await missing({ pollDueSince: ago(150_001) })).toEqual(['poll overdue']);
  });

  test('no answer of the store within 2 s', async () => {
    const began = clock.now();
    expect(await missing({ askStore: () => new Promise(() => {}) })).toEqual(['store']);
    expect(clock.now() - began).toBe(2_000);
  });
});

test('a poll that takes longer than the time between two is no fault, but said', async () => {
  const slow = await clock.until(judge({ ...well, pollIsSlow: true }, clock));
  expect(slow.find(({ name }) => name === 'poll')).toEqual({ name: 'poll', ok: true, detail: 'slow' });
  expect(await missing({ pollIsSlow: true, pollDueSince: ago(150_001) })).toEqual(['poll overdue']);
});

test('what fails is named at once', async () => {
  expect(await missing({ poll: { ok: false, error: 'platform_timeout' }, pollDueSince: ago(1) })).toEqual([
    'poll platform_timeout',
  ]);
  expect(await missing({ askStore: () => Promise.reject(new Error('down')) })).toEqual(['store']);
});
