import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import type { Fault } from '../../../../sandbox/slack/faults.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { Notice } from '../../../../src/core/model/notice.ts';
import type { Watch } from '../../../../src/core/model/watch.ts';
import type { Messenger } from '../../../../src/core/ports.ts';
import { catalogueOf } from '../../../../src/i18n/translator.ts';
import { boltLogger } from '../../../../src/log.ts';
import { createMessenger } from '../../../../src/slack/api/messenger.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { sampleCard } from '../../../support/samples.ts';

const calls = 'C0CALLS001';
const notMember = 'C0LOUNGE01';
const notice: Notice = {
  kind: 'finished',
  taskId: 't',
  taskName: 'Spring renewal',
  at: Date.now(),
  total: 100,
  done: 100,
  durationMs: 60_000,
  ratePerMinute: 100,
  firstSeen: null,
  leftOn: false,
  correctsAt: null,
  act: null,
  changes: [],
  schedule: null,
};

let slack: SlackSandbox;
let messenger: Messenger;
beforeEach(async () => {
  slack = await createSlackSandbox();
  // Hundreds of calls in a row on a slow machine: only the failures are about a Slack that does not answer.
  messenger = messengerWithin(30_000);
});
afterEach(() => slack.close());

function messengerWithin(
  timeout: number,
  namesOf: (people: readonly string[]) => Promise<Map<string, string>> = nobody,
): Messenger {
  const client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(recordingLog()),
  });
  return createMessenger(client, catalogueOf('en'), { namesOf });
}
const nobody = async () => new Map<string, string>();

const posted = (channel = calls) =>
  slack
    .snapshot('alice')
    .channels.find(({ id }) => id === channel)
    ?.messages.filter(({ user }) => user === slack.botUserId) ?? [];

async function failureOf(call: Promise<unknown>): Promise<AppError> {
  try {
    await call;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('it was accepted');
}

const since = (): number => Date.now() - 60_000;

describe('posting', () => {
  test('a card and its later edit are one message', async () => {
    const ts = (await messenger.postCard(calls, sampleCard(), 'card:1')) ?? '';
    await messenger.updateCard(calls, ts, sampleCard({ state: 'paused', task: { name: 'Renamed', started: false } }));
    expect(posted()).toHaveLength(1);
    expect(JSON.stringify(posted()[0]?.blocks)).toContain('Renamed');
    expect(posted()[0]?.ts).toBe(ts);
  });

  test('a card names people and mentions nobody; without a name, a new one says someone, and an edit may mention', async () => {
    const said = (): string => JSON.stringify(posted()[0]?.blocks);
    const known = messengerWithin(
      30_000,
      async (people) => new Map(people.map((person) => [person, `Name of ${person}`])),
    );
    const ts = (await known.postCard(calls, sampleCard(), 'card:1')) ?? '';
    expect(said()).toContain('Name of U0ALICE started');
    await messenger.updateCard(calls, ts, sampleCard());
    expect(said()).toContain('<@U0ALICE> started');
    await known.updateCard(calls, ts, sampleCard());
    expect(said()).not.toContain('<@');
    await slack.reset();
    await messenger.postCard(calls, sampleCard(), 'card:2');
    expect(said()).toContain('someone started');
    expect(said()).not.toContain('<@');
  });

  test('a notice and its correction are one message', async () => {
    const ts = (await messenger.postNotice(calls, { notice }, 'end')) ?? '';
    await messenger.updateNotice(calls, ts, { notice: { ...notice, kind: 'not_finished', correctsAt: notice.at } });
    expect(posted().map((message) => [message.ts, message.text])).toEqual([
      [ts, expect.stringContaining('*Spring renewal* is not finished')],
    ]);
    expect(JSON.stringify(posted()[0]?.blocks)).toContain('Corrected');
    // A correction that is lost is made again, so the message keeps the key by which it is found.
    expect(await messenger.find(calls, 'end', since())).toBe(ts);
  });

  test('an answer that does not name the message: its history does, and where that cannot be read nobody does', async () => {
    slack.faults.next('chat.postMessage', { kind: 'bare' }, 2);
    const ts = await messenger.postNotice(calls, { notice }, 'first');
    expect(ts).toBe(posted()[0]?.ts);
    slack.faults.next('conversations.history', { kind: 'error', error: 'missing_scope' });
    expect(await messenger.postCard(calls, sampleCard(), 'second')).toBeNull();
    expect(posted()).toHaveLength(2);
  });

  test('the owner of a broken watch is notified by direct message', async () => {
    const alice = slack.as('alice');
    const watch: Watch = {
      id: 'w',
      taskId: 't',
      channel: calls,
      owner: alice.id,
      cardRef: null,
      cardHash: null,
      brokenBy: 'is_archived',
      createdAt: 0,
    };
    await messenger.reportBroken(watch, 'Spring renewal', 'is_archived');
    await alice.expectDm(/Spring renewal/);
    await expect(messenger.reportBroken({ ...watch, owner: 'U0NOBODY' }, 'x', 'y')).resolves.toBeUndefined();
    slack.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfter: 3 });
    const failure = await failureOf(messenger.reportBroken(watch, 'x', 'y'));
    expect(failure.details.retryAfterMs).toBe(3_000);
  });
});

describe('finding a message again', () => {
  test('by its key, among others and over pages', async () => {
    await messenger.postNotice(calls, { notice }, 'other');
    const ts = await messenger.postNotice(calls, { notice }, 'wanted');
    for (let i = 0; i < 210; i++) await messenger.postNotice(calls, { notice }, `later:${i}`);
    expect(await messenger.find(calls, 'wanted', since())).toBe(ts);
    expect(await messenger.find(calls, 'absent', since())).toBeNull();
    expect(await messenger.find(calls, 'wanted', Date.now() + 10 * 60_000)).toBeNull();
  });

  test('one whose answer was lost is there', async () => {
    slack.faults.next('chat.postMessage', { kind: 'drop' });
    const failure = await failureOf(messenger.postCard(calls, sampleCard(), 'card:1'));
    expect(failure.details.maybeSent).toBe(true);
    expect(posted()).toHaveLength(1);
    expect(await messenger.find(calls, 'card:1', since())).toBe(posted()[0]?.ts);
  });

  test('other apps may use the same key: theirs is not ours', async () => {
    const web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    await web.chat.postMessage({
      channel: calls,
      text: 'x',
      metadata: { event_type: 'another_event', event_payload: { key: 'card:1' } },
    });
    expect(await messenger.find(calls, 'card:1', since())).toBeNull();
  });

  test('a channel that may be posted to but not read is not called broken', async () => {
    await messenger.postNotice(notMember, { notice }, 'public');
    expect(await messenger.find(notMember, 'public', since())).toBeNull();
  });

  test('goes on at the page where a rate limit stopped it', async () => {
    const ts = await messenger.postNotice(calls, { notice }, 'wanted');
    for (let i = 0; i < 410; i++) await messenger.postNotice(calls, { notice }, `later:${i}`);
    const pages = () => slack.traffic.exchanges('conversations.history');
    slack.traffic.clear();
    slack.faults.limitCalls('conversations.history', { burst: 2, everyMs: 3_600_000, retryAfter: 5 });
    const failure = await failureOf(messenger.find(calls, 'wanted', since()));
    expect(failure.details).toEqual({ retryAfterMs: 5_000 });
    const stoppedAt = pages().at(-1)?.sent.cursor;
    expect(stoppedAt).toEqual(expect.any(String));
    slack.faults.limitCalls('conversations.history', null);
    slack.traffic.clear();
    expect(await messenger.find(calls, 'wanted', since())).toBe(ts);
    expect(pages().map(({ sent }) => sent.cursor)).toEqual([stoppedAt]);
    // One that was not interrupted begins with the newest.
    slack.traffic.clear();
    expect(await messenger.find(calls, 'later:409', since())).not.toBeNull();
    expect(pages().map(({ sent }) => sent.cursor)).toEqual([undefined]);
  });

  test('begins anew when its page is no longer accepted', async () => {
    const ts = await messenger.postNotice(calls, { notice }, 'wanted');
    for (let i = 0; i < 210; i++) await messenger.postNotice(calls, { notice }, `later:${i}`);
    slack.faults.limitCalls('conversations.history', { burst: 1, everyMs: 3_600_000 });
    await failureOf(messenger.find(calls, 'wanted', since()));
    slack.faults.limitCalls('conversations.history', null);
    slack.faults.next('conversations.history', { kind: 'error', error: 'invalid_cursor' });
    await failureOf(messenger.find(calls, 'wanted', since()));
    expect(await messenger.find(calls, 'wanted', since())).toBe(ts);
  });

  test.each(['missing_scope', 'not_in_channel', 'channel_not_found', 'access_denied', 'invalid_arguments'])(
    '%s: the channel cannot be searched, which holds up nothing',
    async (error) => {
      slack.faults.next('conversations.history', { kind: 'error', error });
      expect(await messenger.find(calls, 'x', since())).toBeNull();
    },
  );

  test.each(['token_revoked', 'internal_error', 'some_new_code'])('%s: it may be possible later', async (error) => {
    slack.faults.next('conversations.history', { kind: 'error', error });
    expect((await failureOf(messenger.find(calls, 'x', since()))).details.chatError).toBe(error);
  });

  test('a failure to look is not an absence', async () => {
    slack.faults.next('conversations.history', { kind: 'status', status: 503 });
    await expect(messenger.find(calls, 'x', since())).rejects.toMatchObject({ code: 'chat_failed' });
    slack.faults.next('conversations.history', { kind: 'rate_limited', retryAfter: 7 });
    const failure = await failureOf(messenger.find(calls, 'x', since()));
    expect(failure.details).toEqual({ retryAfterMs: 7_000 });
  });
});

describe('failures', () => {
  beforeEach(() => {
    messenger = messengerWithin(2_000);
  });
  const post = (channel = calls) => failureOf(messenger.postNotice(channel, { notice }, 'k'));

  test.each([
    ['not_in_channel', 'channel'],
    ['is_archived', 'channel'],
    ['channel_not_found', 'channel'],
    ['invalid_blocks', 'message'],
    ['msg_too_long', 'message'],
    ['token_revoked', 'installation'],
    ['message_not_found', 'message_gone'],
  ])('%s cannot be helped by trying again: it concerns the %s', async (error, concerns) => {
    slack.faults.next('chat.postMessage', { kind: 'error', error });
    expect((await post()).details).toEqual({ chatError: error, permanent: true, concerns });
    expect(posted()).toEqual([]);
  });

  const passing: [string, Fault, object][] = [
    ['a rate limit', { kind: 'rate_limited', retryAfter: 12 }, { retryAfterMs: 12_000 }],
    ['one with status 200', { kind: 'error', error: 'ratelimited', retryAfter: 12 }, { retryAfterMs: 12_000 }],
    [
      'internal_error, after which it may have been posted',
      { kind: 'error', error: 'internal_error' },
      { maybeSent: true, permanent: false },
    ],
    ['fatal_error, likewise', { kind: 'error', error: 'fatal_error' }, { maybeSent: true, permanent: false }],
    ['an unknown code', { kind: 'error', error: 'some_new_code' }, { chatError: 'some_new_code', permanent: false }],
    ['HTTP 503', { kind: 'status', status: 503, body: 'busy' }, { maybeSent: true }],
    [
      "a proxy's page with status 200",
      { kind: 'status', status: 200, body: '<html>hello</html>' },
      { maybeSent: true },
    ],
    ['no answer in time', { kind: 'delay', ms: 2_500 }, { maybeSent: true }],
  ];
  test.each(passing)('%s may pass', async (_, fault, details) => {
    slack.faults.next('chat.postMessage', fault);
    const failure = await post();
    expect(failure.code).toBe('chat_failed');
    expect(failure.details).toMatchObject(details);
    expect(failure.details.permanent ?? false).toBe(false);
  });

  test('say nothing of the message or the token', async () => {
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'internal_error' });
    const failure = await post();
    expect(`${failure.message} ${JSON.stringify(failure)} ${String(failure.cause)}`).not.toMatch(
      /Spring renewal|xoxb-/,
    );
  });
});
