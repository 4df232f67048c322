import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import type { Messenger } from '../../../../src/core/ports.ts';
import { catalogueOf } from '../../../../src/i18n/translator.ts';
import { boltLogger } from '../../../../src/log.ts';
import { createMessenger } from '../../../../src/slack/api/messenger.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { sampleCard, sampleNotice } from '../../../support/samples.ts';

const calls = 'C0CALLS001';
const notice = sampleNotice({ at: Date.now() });

let slack: SlackSandbox;
let messenger: Messenger;
let alice: ReturnType<SlackSandbox['as']>;
const newMessenger = (): Messenger => {
  const client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(recordingLog()),
  });
  return createMessenger(client, catalogueOf('en'));
};
beforeEach(async () => {
  slack = await createSlackSandbox();
  messenger = newMessenger();
  alice = slack.as('alice');
});
afterEach(() => slack.close());

const posted = () =>
  slack.snapshot('alice').channels.flatMap(({ id, messages }) =>
    messages
      .flatMap((message) => [message, ...message.replies])
      .filter(({ user }) => user === slack.botUserId)
      .map((message) => ({ ...message, channel: id })),
  );
const since = (): number => Date.now() - 60_000;

test('a person is an address: the message is found and edited again, also by another process', async () => {
  const ref = (await messenger.postNotice(alice.id, { notice }, 'end')) ?? '';
  const [message] = posted();
  expect(ref).toBe(`${message?.channel}/${message?.ts}`);
  expect(message?.channel).toMatch(/^D/);
  const other = newMessenger();
  expect(await other.find(alice.id, 'end', since())).toBe(ref);
  await other.updateNotice(alice.id, ref, { notice: { ...notice, kind: 'not_finished' } });
  expect(posted().map(({ text }) => text)).toEqual([expect.stringContaining('is not finished')]);
});

test('a card that an earlier release posted to a person is edited', async () => {
  const ref = (await messenger.postCard(alice.id, sampleCard(), 'card')) ?? '';
  const ts = ref.split('/')[1] ?? '';
  await newMessenger().updateCard(alice.id, ts, sampleCard({ task: { name: 'Renamed' } }));
  expect(JSON.stringify(posted()[0]?.blocks)).toContain('Renamed');
});

test('without the scope that opens conversations, the answer says where the message is', async () => {
  slack.faults.next('conversations.open', { kind: 'error', error: 'missing_scope' }, 9);
  const ref = (await messenger.postNotice(alice.id, { notice }, 'end')) ?? '';
  expect(ref).toBe(`${posted()[0]?.channel}/${posted()[0]?.ts}`);
  await messenger.updateNotice(alice.id, ref, { notice: { ...notice, kind: 'not_finished' } });
  expect(await messenger.find(alice.id, 'end', since())).toBe(ref);
  expect(posted()).toHaveLength(1);
});

test('an answer of a direct message that names no message', async () => {
  slack.faults.next('chat.postMessage', { kind: 'bare' });
  const ref = await messenger.postNotice(alice.id, { notice }, 'end');
  expect(ref).toBe(`${posted()[0]?.channel}/${posted()[0]?.ts}`);
});

test('someone whom Slack does not know cannot be reached for good', async () => {
  await expect(messenger.postNotice('U0NOBODY', { notice }, 'end')).rejects.toMatchObject({
    details: { permanent: true },
  });
});

test('an answer to a card is in its thread, and is found and edited there', async () => {
  for (const address of [calls, alice.id]) {
    const card = (await messenger.postCard(address, sampleCard(), 'card')) ?? '';
    const ref = (await messenger.postNotice(address, { notice, thread: card, mentions: [alice.id] }, 'end')) ?? '';
    const [parent, answer] = posted().slice(-2);
    expect(answer?.threadTs).toBe(parent?.ts);
    expect(answer?.text).toContain(`<@${alice.id}>`);
    expect(await messenger.find(address, 'end', since())).toBeNull();
    expect(await messenger.find(address, 'end', since(), card)).toBe(ref);
    await messenger.updateNotice(address, ref, { notice: { ...notice, kind: 'not_finished' } });
    expect(posted().at(-1)?.text).toContain('is not finished');
    // A correction notifies nobody again.
    expect(posted().at(-1)?.text).not.toContain('<@');
  }
});

test.each([
  'thread_not_found',
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
])('a card that can have no answers (%s): the message is posted in the channel', async (error) => {
  const card = (await messenger.postCard(calls, sampleCard(), 'card')) ?? '';
  slack.faults.next('chat.postMessage', { kind: 'error', error });
  const ref = (await messenger.postNotice(calls, { notice, thread: card }, 'end')) ?? '';
  expect(posted().map(({ ts, threadTs }) => [ts, threadTs])).toEqual([
    [card, null],
    [ref, null],
  ]);
  expect(await messenger.find(calls, 'end', since(), card)).toBe(ref);
});
