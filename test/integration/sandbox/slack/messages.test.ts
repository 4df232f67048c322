import { afterEach, describe, expect, test } from '@jest/globals';
import type { BlockAction } from '@slack/bolt';
import { eventually } from '../../../support/eventually.ts';
import { type Bench, modes, slackError, startBench } from '../../../support/sandbox/bolt.ts';
import { button, option, plain, section } from '../../../support/sandbox/views.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

async function start(...args: Parameters<typeof startBench>) {
  bench = await startBench(...args);
  const { sandbox, clock, web } = bench;
  return { bench, sandbox, clock, web, alice: sandbox.as('alice'), bob: sandbox.as('bob') };
}

const general = 'C0GENERAL1';
const nothing = () => undefined;

describe('posting', () => {
  test('channels by id and name, people by id; what is hidden is not found', async () => {
    const { sandbox, web, alice } = await start(nothing);
    const post = (channel: string) => web.chat.postMessage({ channel, text: `to ${channel}` });
    expect((await post('#general')).channel).toBe(general);
    // chat:write.public: no membership needed in a public channel.
    expect((await post('C0LOUNGE01')).ok).toBe(true);
    const dm = await post('U0ALICE001');
    expect(dm.channel).toMatch(/^D/);
    await alice.expectDm('to U0ALICE001');
    expect((await slackError(post('C0LEADS001'))).error).toBe('channel_not_found');
    expect((await slackError(post('nowhere'))).error).toBe('channel_not_found');
    const lounge = sandbox.workspace.channel('C0LOUNGE01');
    if (lounge) lounge.isArchived = true;
    expect((await slackError(post('C0LOUNGE01'))).error).toBe('is_archived');
  });

  test('a refusal names the culprit, as Slack does', async () => {
    const { web, bob } = await start(nothing);
    const refusal = await slackError(
      web.chat.postMessage({ channel: general, text: 'x', blocks: [section('x'.repeat(3_001))] }),
    );
    expect(refusal).toEqual({
      error: 'invalid_blocks',
      messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    });
    expect((await slackError(web.apiCall('chat.postMessage', { channel: general }))).error).toBe('no_text');
    expect((await slackError(web.apiCall('chat.postMessage', { text: 'x' }))).error).toBe('invalid_arguments');
    expect(bob.snapshot().channels.flatMap((channel) => channel.messages)).toEqual([]);
  });

  test('edits and deletions: only one’s own, and not too long', async () => {
    const { web, alice } = await start(nothing);
    const posted = await web.chat.postMessage({ channel: general, text: 'one', blocks: [section('block one')] });
    const ts = posted.ts ?? '';
    const seen = await alice.expectCard('general', 'block one');
    await web.chat.update({ channel: general, ts, text: 'two', blocks: [section('block two')] });
    await seen.expectText('block two');
    expect(seen.message().editedAt).not.toBeNull();
    await web.chat.update({ channel: general, ts, text: 'three' });
    expect(seen.text()).toBe('three\nblock two');
    const long = web.chat.update({ channel: general, ts, text: 'x'.repeat(4_001) });
    expect((await slackError(long)).error).toBe('msg_too_long');
    const theirs = await alice.say('mine');
    const update = web.chat.update({ channel: general, ts: theirs.ts, text: 'x' });
    expect((await slackError(update)).error).toBe('cant_update_message');
    expect((await slackError(web.chat.delete({ channel: general, ts: theirs.ts }))).error).toBe('cant_delete_message');
    const missing = web.chat.update({ channel: general, ts: '1.000001', text: 'x' });
    expect((await slackError(missing)).error).toBe('message_not_found');
    await web.chat.delete({ channel: general, ts });
    await seen.expectGone();
  });

  test('ephemeral messages: for one member, never in the history', async () => {
    const { web, alice, bob } = await start(nothing);
    await web.chat.postEphemeral({ channel: general, user: alice.id, text: 'only you' });
    await alice.expectEphemeral('only you');
    expect(bob.snapshot().channels.flatMap((channel) => channel.messages)).toEqual([]);
    expect((await web.conversations.history({ channel: general })).messages).toEqual([]);
    const outsider = web.chat.postEphemeral({ channel: 'C0LOUNGE01', user: alice.id, text: 'x' });
    expect((await slackError(outsider)).error).toBe('not_in_channel');
    await web.conversations.join({ channel: 'C0LOUNGE01' });
    const still = web.chat.postEphemeral({ channel: 'C0LOUNGE01', user: alice.id, text: 'x' });
    expect((await slackError(still)).error).toBe('user_not_in_channel');
  });

  test('threads: replies, broadcast, counts', async () => {
    const { web, alice } = await start(nothing);
    const { ts = '' } = await web.chat.postMessage({ channel: general, text: 'parent' });
    const reply = await web.chat.postMessage({ channel: general, text: 'first reply', thread_ts: ts });
    await web.chat.postMessage({ channel: general, text: 'loud', thread_ts: reply.ts ?? '', reply_broadcast: true });
    const parent = await alice.expectMessage('general', 'parent');
    expect(parent.message().replies.map((message) => message.text)).toEqual(['first reply', 'loud']);
    const top = alice.snapshot().channels.find((channel) => channel.id === general)?.messages;
    expect(top?.map((message) => message.text)).toEqual(['parent', 'loud']);
    const replies = await web.conversations.replies({ channel: general, ts });
    expect(replies.messages?.map((message) => message.text)).toEqual(['parent', 'first reply', 'loud']);
    expect(replies.messages?.[0]).toMatchObject({ reply_count: 2 });
    const nowhere = web.chat.postMessage({ channel: general, text: 'x', thread_ts: '1.000001' });
    expect((await slackError(nowhere)).error).toBe('thread_not_found');
  });

  test('history: metadata when asked for, windows and pages', async () => {
    const { web } = await start(nothing);
    const metadata = { event_type: 'notice', event_payload: { key: 'k1' } };
    const stamps: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const answer = await web.chat.postMessage({ channel: general, text: `m${i}`, metadata });
      stamps.push(answer.ts ?? '');
    }
    const plainHistory = await web.conversations.history({ channel: general });
    expect(plainHistory.messages?.[0]).not.toHaveProperty('metadata');
    const full = await web.conversations.history({ channel: general, include_all_metadata: true });
    expect(full.messages?.[0]).toMatchObject({ text: 'm4', metadata });
    const since = await web.conversations.history({ channel: general, oldest: stamps[2] ?? '' });
    expect(since.messages?.map((message) => message.text)).toEqual(['m4', 'm3']);
    const texts: (string | undefined)[] = [];
    for await (const page of web.paginate('conversations.history', { channel: general, limit: 2 })) {
      texts.push(...((page as { messages?: { text?: string }[] }).messages ?? []).map((message) => message.text));
    }
    expect(texts).toEqual(['m4', 'm3', 'm2', 'm1', 'm0']);
    const odd = web.apiCall('chat.postMessage', { channel: general, text: 'x', metadata: { key: 1 } });
    expect((await slackError(odd)).error).toBe('invalid_metadata_format');
  });

  test('messages for later: posted at their moment, listed until then, taken back', async () => {
    const { web, alice, clock } = await start(nothing);
    const second = Math.floor(clock.now() / 1_000);
    const schedule = (post_at: number, text: string, channel = general) =>
      web.chat.scheduleMessage({ channel, text, post_at });
    expect((await slackError(schedule(second, 'x'))).error).toBe('time_in_past');
    expect((await slackError(schedule(second + 121 * 86_400, 'x'))).error).toBe('time_too_far');
    expect((await slackError(schedule(second + 60, 'x', 'C0LOUNGE01'))).error).toBe('not_in_channel');
    const later = await schedule(second + 60, 'in a minute');
    const soon = await schedule(second + 1, 'now');
    const listed = async () => (await web.chat.scheduledMessages.list({})).scheduled_messages?.map(({ text }) => text);
    expect(await listed()).toEqual(['now', 'in a minute']);
    await clock.advance(1_000);
    await alice.expectMessage('general', 'now');
    expect(await listed()).toEqual(['in a minute']);
    const takeBack = (scheduled_message_id = '') =>
      web.chat.deleteScheduledMessage({ channel: general, scheduled_message_id });
    expect((await slackError(takeBack(soon.scheduled_message_id))).error).toBe('invalid_scheduled_message_id');
    await takeBack(later.scheduled_message_id);
    expect(await listed()).toEqual([]);
  });

  test('permalinks, reactions and pins', async () => {
    const { web, alice } = await start(nothing);
    const { ts = '' } = await web.chat.postMessage({ channel: general, text: 'x' });
    const link = await web.chat.getPermalink({ channel: general, message_ts: ts });
    expect(link.permalink).toContain(`/archives/${general}/p${ts.replace('.', '')}`);
    await web.reactions.add({ channel: general, timestamp: ts, name: 'eyes' });
    const again = web.reactions.add({ channel: general, timestamp: ts, name: 'eyes' });
    expect((await slackError(again)).error).toBe('already_reacted');
    const seen = await alice.expectMessage('general', 'x');
    await seen.react('eyes');
    expect(seen.message().reactions).toEqual([{ name: 'eyes', users: ['U0BOT00001', 'U0ALICE001'] }]);
    await web.pins.add({ channel: general, timestamp: ts });
    expect((await web.pins.list({ channel: general })).items).toHaveLength(1);
    await web.pins.remove({ channel: general, timestamp: ts });
    expect((await web.pins.list({ channel: general })).items).toEqual([]);
    await web.reactions.remove({ channel: general, timestamp: ts, name: 'eyes' });
    const left = await web.reactions.get({ channel: general, timestamp: ts });
    expect(left.message?.reactions).toMatchObject([{ name: 'eyes', count: 1, users: [alice.id] }]);
  });
});

describe.each(modes)('controls of a message in %s mode', (mode) => {
  test('buttons, menus and selects reach the app with the state of all of them', async () => {
    const heard: BlockAction[] = [];
    const { web, alice } = await start(
      (app) =>
        app.action(/.*/, async ({ ack, body }) => {
          heard.push(body as BlockAction);
          await ack();
        }),
      { mode },
    );
    await web.chat.postMessage({
      channel: general,
      text: 'card',
      blocks: [
        {
          type: 'actions',
          block_id: 'b1',
          elements: [
            button('start', { value: 'task-1', style: 'primary' }),
            button('remove', { value: 'task-1', confirm: { title: plain('Sure?'), text: plain('Really?') } }),
            { type: 'overflow', action_id: 'more', options: [option('edit', 'Edit'), option('clone', 'Clone')] },
            { type: 'static_select', action_id: 'line', options: [option('1', 'Line A'), option('2', 'Line B')] },
            { type: 'datepicker', action_id: 'day', initial_date: '2026-11-23' },
            button('docs', { url: 'https://docs.test/' }),
          ],
        },
      ],
    });
    const card = await alice.expectCard('general', 'card');
    await card.press('start');
    expect(heard[0]).toMatchObject({
      type: 'block_actions',
      user: { id: alice.id },
      channel: { id: general, name: 'general' },
      container: { type: 'message', message_ts: card.ts, channel_id: general, is_ephemeral: false },
      message: { ts: card.ts, text: 'card' },
      actions: [{ type: 'button', action_id: 'start', block_id: 'b1', value: 'task-1' }],
      state: { values: { b1: { day: { type: 'datepicker', selected_date: '2026-11-23' } } } },
    });
    await expect(card.press('remove')).rejects.toThrow('confirm: true or false');
    await card.press('remove', { confirm: false });
    expect(heard).toHaveLength(1);
    await card.press('remove', { confirm: true });
    await card.press('more', { choose: 'Clone' });
    await card.press('line', { choose: 'Line B' });
    expect((await card.press('docs')).opened).toBe('https://docs.test/');
    const actions = heard.map((body) => body.actions[0]);
    expect(actions.map((action) => action?.action_id)).toEqual(['start', 'remove', 'more', 'line', 'docs']);
    expect(actions[2]).toMatchObject({ selected_option: option('clone', 'Clone') });
    expect(heard[3]?.state?.values.b1?.line).toEqual({ type: 'static_select', selected_option: option('2', 'Line B') });
    await expect(card.press('nothing')).rejects.toThrow('There is no nothing here');
  });
});

describe('a button that is not acknowledged', () => {
  test('says so to the person', async () => {
    const { web, alice, clock } = await start(nothing);
    await web.chat.postMessage({
      channel: general,
      text: 'x',
      blocks: [{ type: 'actions', elements: [button('go')] }],
    });
    const card = await alice.expectCard('general');
    const pressed = card.press('go');
    await clock.advance(3_000);
    expect(await pressed).toEqual({ ok: false, error: 'operation_timeout' });
    await alice.expectToast('did not respond in time');
  });
});

describe('events', () => {
  test('messages, mentions, reactions and members, where the app is a member', async () => {
    const heard: string[] = [];
    const { sandbox, alice } = await start((app) => {
      app.message(async ({ message }) => {
        heard.push(`message ${'text' in message ? message.text : ''}`);
      });
      app.event('app_mention', async ({ event }) => {
        heard.push(`mention ${event.text}`);
      });
      app.event('reaction_added', async ({ event }) => {
        heard.push(`reaction ${event.reaction}`);
      });
      app.event('member_joined_channel', async ({ event }) => {
        heard.push(`joined ${event.user}`);
      });
    });
    const count = async (wanted: number) => {
      await eventually(() => heard.length >= wanted);
    };
    const posted = await alice.say('@dialdeck list <b> & #outbound-calls');
    await count(2);
    const text = `<@${sandbox.botUserId}> list &lt;b&gt; &amp; <#C0CALLS001|outbound-calls>`;
    expect(heard.sort()).toEqual([`mention ${text}`, `message ${text}`]);
    await posted.react('tada');
    await count(3);
    await alice.in('茶水间').join();
    await alice.in('茶水间').say('not heard');
    await alice.in('general').leave();
    await alice.in('general').join();
    await count(4);
    expect(heard.slice(2)).toEqual(['reaction tada', `joined ${alice.id}`]);
  });

  test('what the app posts, edits and deletes comes to it as events, ephemerals do not', async () => {
    const { sandbox, web, alice } = await start(nothing);
    const { ts = '' } = await web.chat.postMessage({ channel: general, text: 'one' });
    await web.chat.update({ channel: general, ts, text: 'two' });
    await web.chat.postEphemeral({ channel: general, user: alice.id, text: 'private' });
    await web.chat.delete({ channel: general, ts });
    await web.chat.postMessage({ channel: 'C0LOUNGE01', text: 'where it is no member' });
    const events = sandbox.traffic.exchanges('message').map(({ sent }) => sent.event);
    expect(events).toEqual([
      expect.objectContaining({ type: 'message', text: 'one', bot_id: 'B0BOT00001', channel_type: 'channel' }),
      expect.objectContaining({
        subtype: 'message_changed',
        hidden: true,
        message: expect.objectContaining({ ts, text: 'two', edited: expect.anything() }),
        previous_message: expect.objectContaining({ ts, text: 'one' }),
      }),
      expect.objectContaining({ subtype: 'message_deleted', deleted_ts: ts }),
    ]);
  });
});
