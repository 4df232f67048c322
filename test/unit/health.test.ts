import { describe, expect, test } from '@jest/globals';
import { judge, type Vitals } from '../../src/health.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { wellAt } from '../support/vitals.ts';

const clock = createManualClock();
const ago = (ms: number): number => clock.elapsed() - ms;
const minute = 60_000;

type Change = Partial<Omit<Vitals, 'slack'>> & { slack?: Partial<Vitals['slack']> };

/** What is missing, each with its detail. */
async function missing({ slack, ...change }: Change): Promise<string[]> {
  const well = wellAt(clock);
  const vitals = { ...well, ...change, slack: { ...well.slack, ...slack } };
  const checks = await clock.until(judge(vitals, clock));
  return checks.filter(({ ok }) => !ok).map(({ name, detail = '' }) => `${name} ${detail}`);
}

test('nothing is missing', async () => expect(await missing({})).toEqual([]));

describe('what merely does not happen counts by its age', () => {
  const unsent = (ms: number): Change => ({ askStore: async () => ({ oldestAt: clock.now() - ms }) });

  test.each<[string, (age: number) => Change, number, string]>([
    ['a connection to Slack', (age) => ({ slack: { goneSince: ago(age) } }), 15_000, 'slack not_connected'],
    ['an answer of Slack', (age) => ({ slack: { answeredAt: ago(age) } }), 150_000, 'slack no_answer'],
    ['a write to the store', (age) => ({ storeWrittenAt: ago(age) }), 20_000, 'store not_writable'],
    ['a good poll of this bot', (age) => ({ pollDueSince: ago(age) }), 150_000, 'poll overdue'],
    ['a good poll of any bot', (age) => ({ goodPollAge: age }), 170_000, 'poll overdue'],
    ['a notice that goes out', unsent, 15 * minute, 'outbox oldest_notice_15_min'],
  ])('%s', async (_name, change, limit, words) => {
    expect(await missing(change(limit))).toEqual([]);
    expect(await missing(change(limit + 1))).toEqual([words]);
  });

  test('no answer of the store within 2 s', async () => {
    const began = clock.now();
    expect(await missing({ askStore: () => new Promise(() => {}) })).toEqual(['store no_answer']);
    expect(clock.now() - began).toBe(2_000);
  });

  test('a bot that was never connected', async () => {
    expect(await missing({ slack: { goneSince: Number.NEGATIVE_INFINITY } })).toEqual(['slack not_connected']);
  });
});

describe('what fails or is refused is named at once', () => {
  test.each<[string, Change, string]>([
    ['a poll', { poll: { ok: false, error: 'platform_timeout' } }, 'poll platform_timeout'],
    ['the store', { askStore: () => Promise.reject(new Error('down')) }, 'store failed'],
    ['a revoked token', { slack: { refusal: 'token_revoked' } }, 'slack token_revoked'],
    ['requests with wrong signatures', { slack: { signaturesAreWrong: true } }, 'slack wrong_signatures'],
  ])('%s', async (_name, change, words) => expect(await missing(change)).toEqual([words]));
});

test('a poll that takes longer than the time between two is no fault, but said', async () => {
  const slow = await clock.until(judge({ ...wellAt(clock), pollIsSlow: true }, clock));
  expect(slow.find(({ name }) => name === 'poll')).toEqual({ name: 'poll', ok: true, detail: 'slow' });
  expect(await missing({ pollIsSlow: true, pollDueSince: ago(150_001) })).toEqual(['poll overdue']);
});
