import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import type { AppError } from '../../../src/core/errors.ts';
import type { Messenger } from '../../../src/core/ports.ts';
import { catalogueOf } from '../../../src/i18n/translator.ts';
import { createDownload } from '../../../src/slack/api/download.ts';
import { createMessenger } from '../../../src/slack/api/messenger.ts';
import { createPeople } from '../../../src/slack/api/people.ts';
import { createTransport } from '../../../src/slack/api/transport.ts';
import { bytesOf } from '../../support/core/list-files.ts';
import { sampleCard, sampleNotice } from '../../support/samples.ts';
import { type StandIn, standIns } from '../../support/stand-ins.ts';

/**
 * A second opinion: what Dialdeck asks of Slack's Web API, asked of two stand-ins that know nothing of each other. What
 * both answer alike is in the first part; where they differ, docs.slack.dev decides, and the second part says for whom.
 */

const en = catalogueOf('en');
const since = (): number => Date.now() - 60_000;

async function chatErrorOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return (error as AppError).details?.chatError;
  }
  throw new Error('it was accepted');
}

describe.each(standIns)('the calls of the app against $name', ({ start }) => {
  let slack: StandIn;
  let messenger: Messenger;
  beforeEach(async () => {
    slack = await start();
    messenger = createMessenger(slack.client, en);
  });
  afterEach(() => slack.close());

  const history = async () => (await slack.client.conversations.history({ channel: slack.channel })).messages ?? [];

  test('the token is good', async () => {
    expect(await slack.client.auth.test()).toMatchObject({ ok: true, user_id: expect.any(String) });
  });

  test('a card is posted once and edited in place', async () => {
    const ts = (await messenger.postCard(slack.channel, sampleCard(), 'card:1')) ?? '';
    expect(ts).toMatch(/^\d+\.\d{6}$/);
    await messenger.updateCard(slack.channel, ts, sampleCard({ state: 'paused' }));
    const [message, ...others] = await history();
    expect(others.filter(({ ts: other }) => other === ts)).toEqual([]);
    expect(message).toMatchObject({ ts, text: expect.stringContaining(en.states.paused), edited: expect.anything() });
    expect(message?.blocks?.length).toBeGreaterThan(2);
  });

  test('a notice is found again by its key, another key is not', async () => {
    await messenger.postCard(slack.channel, sampleCard(), 'card:1');
    const ts = await messenger.postNotice(slack.channel, { notice: sampleNotice() }, 'task:finished:1');
    expect(await messenger.find(slack.channel, 'task:finished:1', since())).toBe(ts);
    expect(await messenger.find(slack.channel, 'task:finished:2', since())).toBeNull();
  });

  test('a message is found behind more than a page of others', async () => {
    const ts = await messenger.postNotice(slack.channel, { notice: sampleNotice() }, 'task:finished:1');
    for (let index = 0; index < 205; index += 1) {
      await slack.client.chat.postMessage({ channel: slack.channel, text: `message ${index}` });
    }
    expect(await messenger.find(slack.channel, 'task:finished:1', since())).toBe(ts);
  });

  test('refusals carry the codes the outbox decides by', async () => {
    expect(await chatErrorOf(messenger.postCard('C0NOWHERE1', sampleCard(), 'k'))).toBe('channel_not_found');
    expect(await chatErrorOf(messenger.updateCard(slack.channel, '1700000000.000100', sampleCard()))).toBe(
      'message_not_found',
    );
    await slack.archive();
    expect(await chatErrorOf(messenger.postNotice(slack.channel, { notice: sampleNotice() }, 'k'))).toBe('is_archived');
  });

  test('the owner of a broken watch is notified by direct message', async () => {
    await messenger.reportBroken({ channel: slack.channel, owner: slack.person }, 'Spring renewal', 'is_archived');
    const { channel } = await slack.client.conversations.open({ users: slack.person });
    const { messages } = await slack.client.conversations.history({ channel: channel?.id ?? '' });
    expect(messages?.map(({ text }) => text)).toEqual([expect.stringContaining('Spring renewal')]);
  });

  test('conversations can be listed and described', async () => {
    const { channels = [] } = await slack.client.conversations.list();
    expect(channels.map(({ id }) => id)).toContain(slack.channel);
    const { channel } = await slack.client.conversations.info({ channel: slack.channel });
    expect(channel).toMatchObject({ id: slack.channel, name: 'outbound-calls', is_archived: false });
    const { members } = await slack.client.conversations.members({ channel: slack.channel });
    expect(members?.length).toBeGreaterThan(0);
  });

  test('a person is described, and an unknown person gets the language of the workspace', async () => {
    expect((await slack.client.users.info({ user: slack.person })).user).toMatchObject({ id: slack.person });
    const people = createPeople('zh-CN', systemClock);
    expect(await people.catalogueFor('U0NOBODY00', slack.client)).toBe(catalogueOf('zh-CN'));
  });

  test('an uploaded file is downloaded byte by byte', async () => {
    const bytes = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0, 0x0a, 0x31]);
    const answer = await slack.client.filesUploadV2({ channel_id: slack.channel, file: bytes, filename: 'list.csv' });
    const [completed] = answer.files as { files?: { id?: string }[] }[];
    const id = completed?.files?.[0]?.id ?? '';
    const { user_id: giver = '' } = await slack.client.auth.test();
    const download = createDownload(
      { botToken: slack.token, apiUrl: slack.apiUrl, maxMb: 1 },
      createTransport({ apiUrl: slack.apiUrl, proxies: { http: null, https: null, none: '' } }).open(10_000),
      systemClock,
    );
    expect(Buffer.from(await bytesOf(download({ id, person: giver, shown: false }, slack.client)))).toEqual(bytes);
    await expect(
      bytesOf(download({ id: 'F0NOWHERE1', person: giver, shown: false }, slack.client)),
    ).rejects.toMatchObject({
      code: 'file_download_failed',
    });
  });
});

/**
 * Where the two differ. The reference at docs.slack.dev sides with ours each time: should a later version of emulate
 * come round, a row fails and can go.
 */
describe('where the stand-ins differ', () => {
  const ours = standIns[0];
  const theirs = standIns[1];
  async function both<T>(ask: (slack: StandIn) => Promise<T>): Promise<{ ours: T; theirs: T }> {
    const answers: T[] = [];
    for (const { start } of [ours, theirs]) {
      const slack = await start();
      try {
        answers.push(await ask(slack));
      } finally {
        await slack.close();
      }
    }
    return { ours: answers[0] as T, theirs: answers[1] as T };
  }
  const codeOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'accepted',
      (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
    );

  test('methods/users.info: include_locale adds the locale', async () => {
    const answer = await both(async ({ client, person }) => {
      return (await client.users.info({ user: person, include_locale: true })).user?.locale ?? null;
    });
    expect(answer).toEqual({ ours: 'zh-CN', theirs: null });
  });

  test('methods/conversations.history: only messages after `oldest`', async () => {
    const answer = await both(async ({ client, channel }) => {
      await client.chat.postMessage({ channel, text: 'now' });
      const { messages } = await client.conversations.history({ channel, oldest: String(Date.now() / 1000 + 3600) });
      return messages?.length;
    });
    expect(answer).toEqual({ ours: 0, theirs: 1 });
  });

  test('methods/conversations.history: metadata only when asked for', async () => {
    const answer = await both(async ({ client, channel }) => {
      const metadata = { event_type: 'kind', event_payload: { key: 'k' } };
      await client.chat.postMessage({ channel, text: 'now', metadata });
      return 'event_payload' in ((await client.conversations.history({ channel })).messages?.[0]?.metadata ?? {});
    });
    expect(answer).toEqual({ ours: false, theirs: true });
  });

  test('reference/block-kit: a message with an unknown block is invalid_blocks', async () => {
    const answer = await both(({ client, channel }) =>
      codeOf(client.chat.postMessage({ channel, text: 'now', blocks: [{ type: 'nonsense' } as never] })),
    );
    expect(answer).toEqual({ ours: 'invalid_blocks', theirs: 'accepted' });
  });
});
