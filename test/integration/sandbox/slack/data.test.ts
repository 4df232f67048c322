import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../support/eventually.ts';
import { type Bench, slackError, startBench } from '../../../support/sandbox/bolt.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

async function start(...[listen = () => undefined, options]: Partial<Parameters<typeof startBench>>) {
  bench = await startBench(listen, options);
  const { sandbox, web } = bench;
  return { sandbox, web, alice: sandbox.as('alice') };
}

const general = 'C0GENERAL1';

describe('people', () => {
  test('users.info gives tz and flags always, the locale only when asked', async () => {
    const { web } = await start();
    const bare = await web.users.info({ user: 'U0LIMEI001' });
    expect(bare.user).toMatchObject({ name: 'limei', real_name: '李梅', tz: 'Asia/Shanghai', is_admin: true });
    expect(bare.user).not.toHaveProperty('locale');
    const full = await web.users.info({ user: 'U0LIMEI001', include_locale: true });
    expect(full.user).toMatchObject({ locale: 'zh-CN', tz_offset: 28_800 });
    expect((await slackError(web.users.info({ user: 'U0NOBODY' }))).error).toBe('user_not_found');
  });

  test('users.list in pages, and by e-mail', async () => {
    const { web } = await start();
    const names: unknown[] = [];
    for await (const page of web.paginate('users.list', { limit: 3 })) {
      names.push(...((page as { members?: { name: string }[] }).members ?? []).map((member) => member.name));
    }
    expect(names).toEqual(['alice', 'limei', 'bob', 'dialdeck']);
    const found = await web.users.lookupByEmail({ email: 'alice@harbour-calls.example' });
    expect(found.user?.id).toBe('U0ALICE001');
    expect((await slackError(web.users.list({ cursor: 'nonsense' }))).error).toBe('invalid_cursor');
  });

  test('user groups', async () => {
    const { web } = await start();
    const groups = await web.usergroups.list({ include_users: true });
    expect(groups.usergroups).toMatchObject([{ handle: 'approvers', users: ['U0LIMEI001'] }]);
    expect((await web.usergroups.users.list({ usergroup: 'S0APPROVE1' })).users).toEqual(['U0LIMEI001']);
    expect((await slackError(web.usergroups.users.list({ usergroup: 'S0' }))).error).toBe('no_such_subteam');
  });

  test('the team and the bot', async () => {
    const { web } = await start();
    expect((await web.team.info()).team).toMatchObject({ name: 'Harbour Calls' });
    expect((await web.bots.info({ bot: 'B0BOT00001' })).bot).toMatchObject({ name: 'Dialdeck' });
  });
});

describe('channels', () => {
  test('lists by type, with membership; private ones stay hidden', async () => {
    const { sandbox, web } = await start();
    const names = async (types?: string) =>
      (await web.conversations.list(types ? { types } : {})).channels?.map((channel) => channel.name ?? 'dm');
    expect(await names()).toEqual(['general', 'outbound-calls', '茶水间']);
    expect(await names('private_channel')).toEqual([]);
    expect(await names('im')).toEqual(['dm', 'dm', 'dm']);
    expect((await slackError(web.conversations.list({ types: 'odd' }))).error).toBe('invalid_types');
    sandbox.workspace.channel('leads')?.members.add(sandbox.botUserId);
    expect(await names('public_channel,private_channel')).toEqual(['general', 'outbound-calls', '茶水间', 'leads']);
    const listed = await web.conversations.list({ limit: 2 });
    expect(listed.channels?.map((channel) => channel.is_member)).toEqual([true, true]);
    const rest = await web.conversations.list({ limit: 2, cursor: listed.response_metadata?.next_cursor ?? '' });
    expect(rest.channels).toMatchObject([{ name: '茶水间', is_member: false }]);
  });

  test('info, members, open, join', async () => {
    const { web } = await start();
    expect((await web.conversations.info({ channel: general })).channel).toMatchObject({ is_member: true });
    expect((await slackError(web.conversations.info({ channel: 'C0LEADS001' }))).error).toBe('channel_not_found');
    expect((await web.conversations.members({ channel: 'C0LOUNGE01' })).members).toEqual(['U0LIMEI001', 'U0BOB00001']);
    const opened = await web.conversations.open({ users: 'U0BOB00001' });
    expect(opened.channel?.id).toMatch(/^D/);
    expect((await web.conversations.open({ users: 'U0BOB00001' })).channel?.id).toBe(opened.channel?.id);
    expect((await slackError(web.conversations.history({ channel: 'C0LOUNGE01' }))).error).toBe('not_in_channel');
    expect((await web.conversations.join({ channel: 'C0LOUNGE01' })).channel).toMatchObject({ is_member: true });
    expect((await web.conversations.history({ channel: 'C0LOUNGE01' })).ok).toBe(true);
    const mine = async () =>
      (await web.users.conversations({ types: 'public_channel,im' })).channels?.map((channel) => channel.name ?? 'dm');
    expect(await mine()).toEqual(['general', 'outbound-calls', '茶水间', 'dm', 'dm', 'dm']);
    await web.conversations.leave({ channel: 'C0LOUNGE01' });
    expect(await mine()).not.toContain('茶水间');
  });

  test('a conversation of several: opened once, listed as such, and its events name its kind', async () => {
    const heard: unknown[] = [];
    const { sandbox, web, alice } = await start((app) =>
      app.message(async ({ message }) => {
        heard.push(message.channel_type);
      }),
    );
    const { channel } = await web.conversations.open({ users: 'U0ALICE001,U0LIMEI001', return_im: true });
    expect(channel).toMatchObject({ is_mpim: true, is_im: false, name: 'mpdm-dialdeck--alice--limei-1' });
    const id = channel?.id ?? '';
    expect((await web.conversations.open({ users: 'U0LIMEI001,U0ALICE001' })).channel?.id).toBe(id);
    const of = async (types: string) => (await web.conversations.list({ types })).channels?.map((one) => one.id);
    expect(await of('mpim')).toEqual([id]);
    expect(await of('im')).not.toContain(id);
    await web.chat.postMessage({ channel: id, text: 'for the two of you' });
    expect(alice.snapshot().channels.find((one) => one.id === id)).toMatchObject({ kind: 'dm', unread: 1 });
    expect(sandbox.snapshot('limei').channels.find((one) => one.id === id)?.name).toBe('Dialdeck, Alice Chen');
    expect(sandbox.snapshot('bob').channels.map((one) => one.id)).not.toContain(id);
    await alice.in(id).say('thank you');
    await eventually(() => heard.length > 0);
    expect(heard).toEqual(['mpim']);
  });

  test('people write to each other, out of the app’s sight', async () => {
    const { sandbox, alice } = await start();
    await alice.with('bob').say('lunch?');
    const dm = sandbox.snapshot('bob').channels.find((channel) => channel.name === alice.id);
    expect(dm).toMatchObject({ kind: 'dm', unread: 1, messages: [{ text: 'lunch?' }] });
    expect(sandbox.snapshot('limei').channels.map((channel) => channel.id)).not.toContain(dm?.id);
    expect(sandbox.traffic.exchanges('message')).toEqual([]);
    const open = (user: string) =>
      fetch(`${sandbox.url}/control/dm`, { method: 'POST', body: JSON.stringify({ as: alice.id, user }) });
    expect(await (await open('U0BOB00001')).json()).toEqual({ ok: true, channel: dm?.id });
    for (const nobody of ['U0NOBODY', alice.id]) {
      expect(await (await open(nobody)).json()).toEqual({ ok: false, error: 'user_not_found' });
    }
  });

  test('what people see: private channels and direct messages only as members', async () => {
    const { sandbox } = await start();
    const visible = (who: string) =>
      sandbox
        .snapshot(who)
        .channels.map((channel) => channel.name)
        .filter((name) => !name.startsWith('U'));
    expect(visible('alice')).toContain('leads');
    expect(visible('bob')).not.toContain('leads');
    expect(sandbox.snapshot('bob').channels.filter((channel) => channel.kind === 'dm')).toHaveLength(1);
    const leads = sandbox.workspace.channel('leads')?.id ?? '';
    await expect(sandbox.as('bob').in(leads).say('x')).rejects.toThrow('channel_not_found');
  });

  test('unread counts and mentions, until read', async () => {
    const { sandbox, web, alice } = await start();
    await web.chat.postMessage({ channel: general, text: 'one' });
    await web.chat.postMessage({ channel: general, text: `two <@${alice.id}>` });
    const seen = () => alice.snapshot().channels.find((channel) => channel.id === general);
    expect([seen()?.unread, seen()?.mentions]).toEqual([2, 1]);
    await fetch(`${sandbox.url}/control/read`, {
      method: 'POST',
      body: JSON.stringify({ as: alice.id, channel: general }),
    });
    expect(seen()?.unread).toBe(0);
  });
});

describe('files', () => {
  test('from a person: file_share, file_shared, and a download with the token only', async () => {
    const shared: string[] = [];
    const { sandbox, web, alice } = await start((app) =>
      app.event('file_shared', async ({ event }) => {
        shared.push(event.file_id);
      }),
    );
    const message = await alice.say('the list', { files: [{ name: 'numbers.csv', content: 'a,b\n' }] });
    await eventually(() => shared.length > 0);
    const [id = ''] = shared;
    const info = await web.files.info({ file: id });
    expect(info.file).toMatchObject({ name: 'numbers.csv', size: 4, user: alice.id, channels: [general] });
    const history = await web.conversations.history({ channel: general });
    expect(history.messages?.[0]).toMatchObject({ subtype: 'file_share', files: [{ id }] });
    const url = info.file?.url_private ?? '';
    const authorized = await fetch(url, { headers: { authorization: `Bearer ${sandbox.botToken}` } });
    expect(await authorized.text()).toBe('a,b\n');
    expect(authorized.headers.get('content-type')).toBe('text/csv');
    for (const headers of [{}, { authorization: 'Bearer xoxb-wrong' }]) {
      const refused = await fetch(url, { headers });
      expect(refused.headers.get('content-type')).toContain('text/html');
      expect(await refused.text()).not.toContain('a,b');
    }
    const [file] = message.message().files;
    expect(await (await fetch(`${sandbox.url}${file?.url}`)).text()).toBe('a,b\n');
    expect((await web.files.list({ channel: general })).files).toHaveLength(1);
  });

  test('from the app: filesUploadV2 into a channel and a thread', async () => {
    const { web, alice } = await start();
    const parent = await alice.say('parent');
    await web.filesUploadV2({
      channel_id: general,
      thread_ts: parent.ts,
      filename: 'errors.csv',
      content: 'row,reason\n',
      initial_comment: 'what was refused',
    });
    const reply = await parent.expectReply('what was refused');
    expect(reply.message().files).toMatchObject([{ name: 'errors.csv', size: 11 }]);
    await web.filesUploadV2({ channel_id: general, filename: 'bytes.bin', file: Buffer.from([0, 255, 10, 13]) });
    const posted = await alice.expectMessage('general', (message) => message.files[0]?.name === 'bytes.bin');
    expect(posted.message().files[0]?.size).toBe(4);
    const outside = web.filesUploadV2({ channel_id: 'C0LOUNGE01', filename: 'x.txt', content: 'x' });
    expect((await slackError(outside)).error).toBe('not_in_channel');
    const own = (await web.files.list({ channel: general })).files?.[0]?.id ?? '';
    await web.files.delete({ file: own });
    expect((await slackError(web.files.info({ file: own }))).error).toBe('file_deleted');
    const { file_id = '' } = await web.files.getUploadURLExternal({ filename: 'x.txt', length: 1 });
    expect((await slackError(web.files.info({ file: file_id }))).error).toBe('file_not_found');
    const empty = web.files.completeUploadExternal({ files: [{ id: file_id, title: 'never uploaded' }] });
    expect((await slackError(empty)).error).toBe('file_not_found');
  });
});
