import { describe, expect, test } from '@jest/globals';
import { AppError, type ErrorCode, type ErrorDetails } from '../../../../src/core/errors.ts';
import type { OutboxItem } from '../../../../src/core/model/outbox.ts';
import { backoffMs, chainOf, defaultLimits, storedWaitMs, verdictOf } from '../../../../src/core/notices/policy.ts';

const verdict = (details: ErrorDetails, code: ErrorCode = 'chat_failed') =>
  verdictOf(new AppError(code, 'failed', { details }), defaultLimits);

describe('what a failure means', () => {
  test.each<[string, ErrorDetails, object]>([
    ['a rate limit', { retryAfterMs: 7_000 }, { kind: 'throttled', ms: 7_000 }],
    ['one that asks for no time at all', { retryAfterMs: 0 }, { kind: 'throttled', ms: 1_000 }],
    ['one that asks for a day', { retryAfterMs: 86_400_000 }, { kind: 'throttled', ms: defaultLimits.maxWaitMs }],
    ['no answer', { maybeSent: true }, { kind: 'down' }],
    ['trouble of the service', { chatError: 'x', permanent: false, concerns: 'service' }, { kind: 'down' }],
    ['a revoked token', { chatError: 'x', permanent: true, concerns: 'installation' }, { kind: 'down' }],
    ['an unknown code', { chatError: 'x', permanent: false }, { kind: 'unclear' }],
    ['a message that does not fit', { chatError: 'x', permanent: true, concerns: 'message' }, { kind: 'unfit' }],
    ['a deleted message', { chatError: 'x', permanent: true, concerns: 'message_gone' }, { kind: 'gone' }],
    ['one that cannot be edited', { chatError: 'x', permanent: true, concerns: 'message_fixed' }, { kind: 'fixed' }],
    ['a dead channel', { chatError: 'x', permanent: true, concerns: 'channel' }, { kind: 'broken', reason: 'x' }],
  ])('%s', (_, details, expected) => {
    expect(verdict(details)).toEqual(expected);
  });

  test('a failure of our own is unclear', () => {
    expect(verdict({}, 'internal')).toEqual({ kind: 'unclear' });
    expect(verdict({ permanent: true }, 'store_failed')).toEqual({ kind: 'unclear' });
  });
});

test('back-off doubles from the first wait to the longest', () => {
  expect([1, 2, 3, 4, 100].map((n) => backoffMs(n, defaultLimits))).toEqual([2_000, 4_000, 8_000, 16_000, 300_000]);
  expect(backoffMs(100, defaultLimits, 15_000)).toBe(15_000);
});

describe('what is stored of a wait', () => {
  const item = (notBefore: number): OutboxItem => ({
    id: 'i',
    key: 'k',
    channel: 'C1',
    taskId: 't',
    body: { type: 'card' },
    state: 'pending',
    messageRef: null,
    createdAt: 1_000_000,
    notBefore,
    attempts: 0,
  });

  test('counts for what remains of it', () => {
    expect(storedWaitMs(item(1_009_000), 1_005_000, defaultLimits)).toBe(4_000);
    expect(storedWaitMs(item(1_009_000), 1_010_000, defaultLimits)).toBe(0);
  });

  test('does not count when the clock was set back since', () => {
    expect(storedWaitMs(item(1_009_000), 1_009_000 - 3_600_000, defaultLimits)).toBe(0);
    expect(storedWaitMs(item(1_000_000), 900_000, defaultLimits)).toBe(0);
  });
});

test('the notices of a task keep their order among each other, and its card waits for none of them', () => {
  const notice = { type: 'notice' as const };
  const correction = { type: 'correction' as const };
  expect(chainOf({ taskId: 't', body: notice })).toBe(chainOf({ taskId: 't', body: correction }));
  expect(chainOf({ taskId: 't', body: notice })).not.toBe(chainOf({ taskId: 't', body: { type: 'card' } }));
  expect(chainOf({ taskId: 't', body: notice })).not.toBe(chainOf({ taskId: 'u', body: notice }));
});
