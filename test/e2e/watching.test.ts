import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { eventually } from '../support/eventually.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

const minute = 60_000;

let world: World;
/** How far the app's clock is ahead, ms; the platform's stands still unless a test advances it. */
let ahead: number;
beforeEach(async () => {
  ahead = 0;
  const clock = { now: () => systemClock.now() + ahead, elapsed: () => systemClock.elapsed() + ahead };
  world = await startWorld({ dialer: { speed: 0 }, clock, config: { redialQuietMs: 10 * minute } });
});
afterEach(() => world.close());

const postsAbout = (name: string): string[] =>
  world.alice
    .snapshot()
    .channels.flatMap((seen) => seen.messages)
    .filter((message) => message.user === world.slack.botUserId && !message.ephemeral && message.text.includes(name))
    .map((message) => message.text);

const edits = (): number => world.slack.traffic.exchanges('chat.update').length;

describe('a watched task', () => {
  test('has one card, edited in place when something changed and only then', async () => {
    const { alice, app, dialer } = world;
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');
    // Standing still for minutes is news itself: the task is then called waiting.
    for (let poll = 0; poll < 5; poll++) await app.pollNow();
    await card.expectText('Dialing');
    ahead += 5 * minute;
    await app.pollNow();
    await card.expectText(/Waiting.*no calls since/);
    const before = edits();
    for (let poll = 0; poll < 3; poll++) await app.pollNow();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(edits()).toBe(before);

    dialer.clock.advance(120_000);
    await app.pollNow();
    await card.expectText(/Dialing/);
    expect(postsAbout('Spring renewal')).toHaveLength(1);
  });

  test('is announced when it finished, once, and at once when its redial rule says that it redials nothing', async () => {
    const { alice, app, dialer } = world;
    await alice.command('/dial watch 教育机构');
    await alice.expectCard(channel, '教育机构试听邀约');
    dialer.clock.advance(3_600_000);
    await app.pollNow();
    await app.pollNow();
    const end = await alice.expectMessage(channel, /教育机构试听邀约\*? has finished/);
    await app.pollNow();
    await app.pollNow();
    expect(postsAbout('教育机构').filter((text) => text.includes('finished.'))).toHaveLength(1);
    // It calls nobody any longer, and would call whom is imported next.
    await end.press('task_pause');
    await eventually(() => !taskNamed(dialer, '教育机构试听邀约').started);
  });

  test('with a redial rule, counts as finished after a quiet time, and a redial after that corrects the message', async () => {
    const { alice, app, dialer } = world;
    await alice.command('/dial watch Win-back');
    const card = await alice.expectCard(channel, 'Win-back');
    await app.pollNow();
    const minutesUntil = async (happened: () => boolean): Promise<void> => {
      for (let minutes = 0; minutes < 240 && !happened(); minutes++) {
        ahead += minute;
        dialer.clock.advance(minute);
        await app.pollNow();
        await app.pollNow();
      }
    };
    const ends = (): string[] => postsAbout('Win-back').filter((text) => /finished/.test(text));
    await minutesUntil(() => /Awaiting redial/.test(card.text()));
    await card.expectText(/Retry no answer ×2.* may redial up to 1,800/s);
    await minutesUntil(() => ends().some((text) => /has finished/.test(text)));
    // The rule calls again half an hour after each call.
    await minutesUntil(() => ends().some((text) => /is not finished/.test(text)));
    await minutesUntil(() => ends().some((text) => /has finished/.test(text)));
    await alice.expectMessage(channel, /Win-back.* has finished.*Corrected/s);
    expect(ends()).toHaveLength(1);
    expect(postsAbout('Win-back').length).toBeLessThan(3);
  });

  test('is announced when someone else paused, changed or deleted it', async () => {
    const { alice, app, dialer } = world;
    const { uuid } = taskNamed(dialer, 'Spring renewal reminder');
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');

    dialer.rival(uuid, { start: false });
    await app.pollNow();
    await alice.expectMessage(channel, 'paused outside Dialdeck');
    dialer.rival(uuid, { maximumCall: 2 });
    await app.pollNow();
    await alice.expectMessage(channel, 'changed outside Dialdeck');
    dialer.rival(uuid, 'destroy');
    await app.pollNow();
    await app.pollNow();
    await alice.expectMessage(channel, 'deleted outside Dialdeck');
    await card.expectText('no longer exists');
    expect(card.buttons()).toEqual([]);
  });

  test('one’s own action is no news', async () => {
    const { alice, app } = world;
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');
    await card.press('task_pause');
    await card.expectText('Paused');
    await app.pollNow();
    await app.pollNow();
    expect(postsAbout('outside Dialdeck')).toEqual([]);
  });

  test('an unreachable platform makes the card stale, and its return fresh', async () => {
    const { alice, app, dialer } = world;
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');
    dialer.faults.add({ kind: 'status', route: 'list', status: 503, body: 'html' });
    await app.pollNow();
    await card.expectText(/No complete response since/, { timeoutMs: 15_000 });
    dialer.faults.clear();
    await app.pollNow();
    await card.expectText((message) => !JSON.stringify(message.blocks).includes('No complete response'));
  });

  test('unwatch ends it: no more edits', async () => {
    const { alice, app, dialer } = world;
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');
    await alice.command('/dial unwatch Spring');
    await alice.expectEphemeral('no longer watched');
    // The last one.
    await card.expectText('No longer followed here');
    const before = edits();
    dialer.clock.advance(300_000);
    await app.pollNow();
    expect(edits()).toBe(before);
  });

  test('messages and lists lead to its card', async () => {
    const { alice, app, dialer } = world;
    await alice.command('/dial watch 教育机构');
    const card = await alice.expectCard(channel, '教育机构试听邀约');
    // The card is there a moment before it is stored which message it is.
    await app.pollNow();
    const address = `/archives/${card.channel}/p${card.ts.replace('.', '')}|`;
    await alice.command('/dial list');
    await alice.expectEphemeral((message) => JSON.stringify(message.blocks).split(address.slice(0, -1)).length === 2);
    dialer.clock.advance(3_600_000);
    await app.pollNow();
    await app.pollNow();
    await alice.expectMessage(channel, (message) => JSON.stringify(message.blocks).includes(`${address}Live status`));
  });

  test('its card then says who ended it and can no longer start anything, until it is followed again', async () => {
    const { alice, app, dialer, slack } = world;
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');
    await slack.as('bob').in(channel).command('/dial unwatch Spring');
    await card.expectText('No longer followed here');
    expect(card.text()).toMatch(/Dialing[\s\S]*No longer followed here · bob/i);
    expect(card.buttons().map(({ actionId }) => actionId)).toEqual(['task_follow']);

    await card.press('task_follow');
    await alice.expectEphemeral('is now watched');
    dialer.clock.advance(60_000);
    await app.pollNow();
    await eventually(() => postsAbout('Spring renewal').length === 2);
    await card.expectText('No longer followed here');
    expect(card.buttons().map(({ actionId }) => actionId)).toEqual(['task_follow']);
  });

  test("a channel's switch to the board closes its cards and offers nothing on them", async () => {
    const { alice, app } = world;
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');
    await alice.command('/dial watch settings');
    await (await alice.expectModal('notice_settings_save')).fill({ notice_style: 'board' }).submit();
    await app.pollNow();
    await card.expectText('The board of this channel shows this task now');
    expect(card.buttons()).toEqual([]);
  });

  test('in a private channel that the bot was removed from, the owner is notified by DM, once', async () => {
    const { app, slack } = world;
    const alice = slack.as('alice').in('leads');
    const members = slack.workspace.channel('leads')?.members;
    members?.add(slack.botUserId);
    await alice.command('/dial watch Spring');
    await alice.expectCard('leads', 'Spring');
    members?.delete(slack.botUserId);
    const { uuid, started } = taskNamed(world.dialer, 'Spring renewal reminder');
    world.dialer.rival(uuid, { start: !started });
    await app.pollNow();
    await alice.expectDm('can no longer be watched');
    await app.pollNow();
    const notices = alice
      .snapshot()
      .channels.filter((seen) => seen.kind === 'dm')
      .flatMap((seen) => seen.messages)
      .filter((message) => message.text.includes('Spring'));
    expect(notices).toHaveLength(1);
  });
});
