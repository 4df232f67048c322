import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

const minute = 60_000;
const spring = 'Spring renewal reminder';

let world: World;
let ahead: number;
beforeEach(async () => {
  ahead = 0;
  const clock = { now: () => systemClock.now() + ahead, elapsed: () => systemClock.elapsed() + ahead };
  world = await startWorld({ dialer: { speed: 0 }, clock });
  await world.app.pollNow();
});
afterEach(() => world.close());

/** What the app posted about a task, by the kind of place; answers to one person aside. */
function postsAbout(text: string, who: 'alice' | 'limei' = 'alice') {
  return world[who].snapshot().channels.flatMap(({ name, kind, messages }) =>
    messages
      .flatMap((message) => [message, ...message.replies])
      .filter((message) => message.user === world.slack.botUserId && !message.ephemeral)
      .filter((message) => message.text.includes(text))
      .map((message) => ({ where: kind === 'dm' ? 'dm' : name, threaded: message.threadTs !== null })),
  );
}

/** Someone switches a task on or off in the platform's console. */
async function toggle(name: string): Promise<void> {
  const { uuid, started } = taskNamed(world.dialer, name);
  world.dialer.rival(uuid, { start: !started });
  await world.app.pollNow();
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 400));

test('all tasks in a channel: messages and no cards', async () => {
  const { alice } = world;
  await alice.command('/dial watch all');
  const answer = await alice.expectEphemeral('All tasks');
  await answer.expectText(/are now watched in.*You get a message when a task finishes or is deleted/s);
  await toggle(spring);
  await alice.expectMessage(channel, /Spring renewal.*outside Dialdeck/);
  expect(postsAbout(spring)).toEqual([{ where: channel, threaded: false }]);
  await alice.command('/dial watch all');
  await alice.expectEphemeral('are already watched');
  await alice.command('/dial unwatch all');
  await alice.expectEphemeral('are no longer watched');
  await toggle(spring);
  await settled();
  expect(postsAbout(spring)).toHaveLength(1);
});

test('a watched task has its card, and changes are in its thread', async () => {
  const { alice } = world;
  await alice.command('/dial watch Spring');
  await alice.expectCard(channel, spring);
  await toggle(spring);
  await alice.expectMessage(channel, /outside Dialdeck/);
  expect(postsAbout('outside Dialdeck')).toEqual([{ where: channel, threaded: true }]);
});

test('to me: by direct message, the same from any place, and only for this person', async () => {
  const { alice, app } = world;
  await alice.command('/dial watch name spring to me');
  await alice.expectEphemeral('Tasks named “spring”');
  await alice.expectEphemeral('your direct messages');
  const dm = alice.with(world.slack.botUserId);
  await dm.command('/dial watch all');
  await dm.expectEphemeral(/All tasks.*your direct messages/s);
  await toggle(spring);
  await alice.expectDm('outside Dialdeck');
  expect(postsAbout(spring)).toEqual([{ where: 'dm', threaded: false }]);
  expect(postsAbout(spring, 'limei')).toEqual([]);
  await dm.command('/dial watch Spring');
  await alice.expectDm((message) => JSON.stringify(message.blocks).includes('task_more'));
  await settled();
  await dm.command('/dial watch list');
  const list = await dm.expectEphemeral('Watched here');
  await list.expectText(/your direct messages.*Tasks named “spring”.*All tasks.*Spring renewal reminder/s);
  expect(JSON.stringify(list.message().blocks)).toMatch(/archives\/D\w+\/p\d+\|card/);
  await dm.command('/dial unwatch Spring');
  await dm.expectEphemeral('is no longer watched');
  await dm.command('/dial unwatch all');
  await dm.command('/dial unwatch name SPRING');
  await dm.expectEphemeral(/Tasks named.*no longer watched/);
  await toggle(spring);
  await app.pollNow();
  await settled();
  expect(postsAbout('outside Dialdeck')).toHaveLength(1);
});

test('a task whose name ends in “to me” is watched by that name, and to me by any other', async () => {
  const { alice, app, dialer } = world;
  dialer.rival(taskNamed(dialer, spring).uuid, { name: 'Talk to me' });
  await app.pollNow();
  await app.pollNow();
  await alice.command('/dial watch Talk to me');
  await alice.expectCard(channel, 'Talk to me');
  await alice.command('/dial watch talk to me to me');
  await alice.expectDm((message) => JSON.stringify(message.blocks).includes('task_more'));
});

test('mine: the tasks that a person started; their own acts are no news', async () => {
  const { alice, app } = world;
  await alice.command('/dial watch mine to me');
  await alice.expectEphemeral(/Tasks run by/);
  await toggle(spring);
  await settled();
  expect(postsAbout(spring)).toEqual([]);
  await alice.command('/dial pause Spring');
  await alice.expectEphemeral('is paused');
  await alice.command('/dial start Spring');
  const question = await alice.expectEphemeral(/Start .*Spring|Spring.*has started/s, { timeoutMs: 10_000 });
  if (question.buttons().some(({ actionId }) => actionId === 'task_start_anyway')) {
    await question.press('task_start_anyway');
    await alice.expectEphemeral('has started');
  }
  await app.pollNow();
  expect(postsAbout(spring)).toEqual([]);
  await toggle(spring);
  // A single list does not outweigh what was done here a moment ago.
  await app.pollNow();
  await alice.expectDm(/Spring renewal.*paused outside Dialdeck/);
});

test('a line by a part of its name; what matches none may be a task', async () => {
  const { alice } = world;
  await alice.command('/dial watch line 专线');
  await alice.expectEphemeral('Several lines match');
  await alice.command('/dial watch line BEIJING outbound a');
  await alice.expectEphemeral('Tasks on line Beijing Outbound A');
  await toggle(spring);
  await alice.expectMessage(channel, /Spring renewal.*outside Dialdeck/);
  await alice.command('/dial watch line of no such name');
  await alice.expectEphemeral('No task matches');
  await alice.command('/dial unwatch line beijing');
  await alice.expectEphemeral('are no longer watched');
});

describe('settings', () => {
  test('the form shows what is set, and what is changed in it is honored', async () => {
    const { alice } = world;
    await alice.command('/dial watch Spring');
    await alice.expectCard(channel, spring);
    await alice.command('/dial watch settings');
    const form = await alice.expectModal('notice_settings_save');
    expect(form.value('notice_threads')).toMatchObject({ value: 'thread' });
    expect(JSON.stringify(form.value('notice_kinds'))).not.toContain('milestones');
    form.fill({ notice_threads: 'channel', notice_kinds: ['outcomes', 'changes', 'milestones'], own_alerts: 'direct' });
    await form.submit();
    await form.expectText(/are saved.*Posts outcomes, changes, milestones/s);
    await toggle(spring);
    await alice.expectMessage(channel, 'outside Dialdeck');
    expect(postsAbout('outside Dialdeck')).toEqual([{ where: channel, threaded: false }]);

    await alice.command('/dial watch settings');
    const again = await alice.expectModal('notice_settings_save');
    expect(again.value('own_alerts')).toMatchObject({ value: 'direct' });
    again.fill({ notice_kinds: [] });
    await again.submit();
    await again.expectText('Posts nothing');
    await toggle(spring);
    await settled();
    expect(postsAbout('outside Dialdeck')).toHaveLength(1);
  });

  test('a test says that what is watched there is paused, and no longer once it was watched again', async () => {
    const { alice, slack } = world;
    await alice.command('/dial watch all');
    await alice.expectEphemeral('are now watched');
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'not_in_channel' });
    await toggle(spring);
    await alice.expectDm('can no longer be watched');
    await alice.command('/dial watch test');
    await (await alice.expectEphemeral('A test message was posted')).expectText(/Everything watched there is paused/);
    await alice.command('/dial watch all');
    await settled();
    await alice.command('/dial watch test');
    await settled();
    const answers = alice.snapshot().channels.flatMap(({ messages }) => messages.filter(({ ephemeral }) => ephemeral));
    expect(answers.at(-1)?.text).toMatch(/test message/i);
    expect(JSON.stringify(answers.at(-1))).not.toContain('is paused');
  });

  test('a mute ends by itself, or when someone ends it; a test says what would arrive', async () => {
    const { alice, limei } = world;
    await alice.command('/dial watch all');
    await alice.command('/dial mute 2h');
    await alice.expectEphemeral('is muted until');
    await toggle(spring);
    await alice.command('/dial watch test');
    const muted = await alice.expectEphemeral('No test message was posted');
    await muted.expectText(/Milestones.*turned off/);
    await muted.expectText(/Outcomes.*not during the mute/);
    ahead += 121 * minute;
    await toggle(spring);
    await alice.expectMessage(channel, 'outside Dialdeck');
    expect(postsAbout('outside Dialdeck')).toHaveLength(1);

    await limei.command('/dial 静音 1 天');
    await limei.expectEphemeral('已静音');
    await limei.command('/dial 静音 关闭');
    await limei.expectEphemeral('没有静音');
    await limei.command('/dial 订阅 测试');
    await limei.expectMessage(channel, /Test by|测试/);
    await (await limei.expectEphemeral('会收到的消息')).expectText(/变更.*消息列/);
    await alice.command('/dial mute soon');
    await alice.expectEphemeral('no time I understand');
  });

  test('milestones arrive for those who turned them on, once', async () => {
    const { alice, app, dialer } = world;
    await alice.command('/dial watch Spring');
    await alice.expectCard(channel, spring);
    await alice.command('/dial watch settings');
    const form = await alice.expectModal('notice_settings_save');
    await form.fill({ notice_kinds: ['milestones'] }).submit();
    await form.expectText('Posts milestones');
    for (let hours = 0; hours < 60 && postsAbout('% done').length < 3; hours += 1) {
      ahead += 20 * minute;
      dialer.clock.advance(20 * minute);
      await app.pollNow();
    }
    await settled();
    const posts = postsAbout('% done');
    expect(posts.length).toBeGreaterThan(0);
    expect(posts.every(({ threaded }) => threaded)).toBe(true);
    expect(postsAbout('has finished')).toEqual([]);
  });
});

test('a colleague who ends a subscription is named to its owner', async () => {
  const { alice, limei } = world;
  await alice.command('/dial watch all');
  await alice.expectEphemeral('All tasks');
  await limei.command('/dial 退订 全部');
  await limei.expectEphemeral('已在');
  await alice.expectDm('ended your subscription');
});

test('a private channel is subscribed by those who are in it, and nobody else sees or changes its settings', async () => {
  const { alice, slack } = world;
  slack.workspace.channel('leads')?.members.add(slack.botUserId);
  await alice.command('/dial watch all to #leads');
  await alice.expectEphemeral('All tasks');
  const bob = slack.as('bob').in(channel);
  const before = slack.traffic.exchanges('views.open').length;
  await bob.command('/dial watch settings in #leads');
  await settled();
  expect(slack.traffic.exchanges('views.open')).toHaveLength(before);
  await bob.command('/dial watch list in #leads');
  await settled();
  expect(JSON.stringify(bob.snapshot().channels)).not.toContain('All tasks');
});
