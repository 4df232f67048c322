import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { systemClock } from '../../../../src/clock.ts';
import type { Clock } from '../../../../src/core/ports.ts';
import { boltLogger } from '../../../../src/log.ts';
import { membershipOf } from '../../../../src/slack/api/channels.ts';
import { recordingLog } from '../../../support/real-store.ts';

const calls = 'C0CALLS001';
const last = 'U0LAST00001';

let slack: SlackSandbox;
let client: WebClient;
let waits: number[];
let clock: Clock;

beforeEach(async () => {
  slack = await createSlackSandbox();
  const members = slack.workspace.channels.get(calls)?.members;
  for (let n = 0; n < 2_500; n += 1) members?.add(`U0MANY${n}`);
  members?.add(last);
  client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(recordingLog()),
  });
  waits = [];
  clock = {
    ...systemClock,
    async sleep(ms) {
      waits.push(ms);
      slack.faults.limitCalls('conversations.members', null);
    },
  };
});
afterEach(() => slack.close());

const pages = (): unknown[] => slack.traffic.exchanges('conversations.members').map(({ sent }) => sent.cursor);

test('a member is found on any page', async () => {
  expect(await membershipOf(client, clock, calls, last)).toBe('member');
  expect(await membershipOf(client, clock, calls, 'U0NOBODY001')).toBe('outside');
  expect(pages()).toHaveLength(6);
});

test('a search that is rate-limited goes on where it stopped', async () => {
  slack.faults.limitCalls('conversations.members', { burst: 2, everyMs: 3_600_000, retryAfter: 7 });
  expect(await membershipOf(client, clock, calls, last)).toBe('member');
  expect(waits).toEqual([7_000]);
  const [first, second, refused, repeated] = pages();
  expect(new Set([first, second, refused]).size).toBe(3);
  expect(repeated).toBe(refused);
});

test('a rate limit that goes on is no answer', async () => {
  slack.faults.next('conversations.members', { kind: 'rate_limited', retryAfter: 3 }, Number.POSITIVE_INFINITY);
  expect(await membershipOf(client, clock, calls, last)).toBe('unanswered');
  expect(waits).toEqual([3_000, 3_000]);
});
