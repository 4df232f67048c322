import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { parts } from '../support/view-text.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const name = 'Spring renewal reminder';
const startsOf = (): number => world.dialer.effects('start', taskNamed(world.dialer, name).uuid);

describe('what a colleague does to a task', () => {
  /** What the app posted about who paused or started something; answers to one person aside. */
  const about = (who: 'alice' | 'limei'): string[] =>
    world[who]
      .snapshot()
      .channels.flatMap(({ messages }) => messages.flatMap((message) => [message, ...message.replies]))
      .filter((message) => !message.ephemeral && / (paused|started) \*/.test(message.text))
      .map(({ text }) => text);

  test('reaches the person who runs it, with a lever, and not the one who did it', async () => {
    world = await startWorld({ dialer: { speed: 0 }, config: { startAskAbove: 100_000 } });
    const { alice, limei } = world;
    await world.app.pollNow();
    await alice.command(`/dial pause ${name}`);
    await (await alice.expectEphemeral('paused')).expectText(name);
    await limei.command(`/dial 启动 ${name}`);
    await limei.expectEphemeral('已启动');
    expect(startsOf()).toBe(1);
    await alice.command(`/dial pause ${name}`);
    const notice = await limei.expectDm(/paused/);
    await notice.press('task_start');
    await eventually(() => startsOf() === 2);
    await notice.expectText(/paused/);
    expect(about('alice')).toEqual([]);
    expect(about('limei')).toEqual([expect.stringMatching(/^⏸️ Alice[^<]* paused \*Spring/)]);
  });
});

describe('a start of many numbers', () => {
  const question = /Calls will go out to \d+ numbers\./;

  test('asks first from the card, the command and the list, and each answer starts it once', async () => {
    world = await startWorld({ dialer: { speed: 0 }, config: { startAskAbove: 100 } });
    const { alice } = world;
    await alice.command(`/dial watch ${name}`);
    const card = await alice.expectCard(channel, name);
    const pause = async (): Promise<void> => {
      await card.press('task_pause');
      await card.expectText('Paused');
    };

    await pause();
    await card.press('task_start');
    const asked = await alice.expectEphemeral(question);
    expect(startsOf()).toBe(0);
    await asked.press('task_start_anyway');
    await card.expectText('Dialing');
    expect(startsOf()).toBe(1);

    await pause();
    await alice.command(`/dial start ${name}`);
    await (await alice.expectEphemeral(question)).press('task_start_anyway');
    await card.expectText('Dialing');

    await pause();
    await alice.command(`/dial list ${name}`);
    await (await alice.expectEphemeral(/Tasks\* · .*1/)).press('list_row:show:0');
    const own = await alice.expectEphemeral((message) => JSON.stringify(message.blocks).includes('card_post'));
    await own.press('task_start');
    expect(startsOf()).toBe(2);
    await (await alice.expectEphemeral(question)).press('task_start_anyway');
    await card.expectText('Dialing');
    expect(startsOf()).toBe(3);
  });

  test('what replaces Pause on a card starts nothing', async () => {
    world = await startWorld({ dialer: { speed: 0 } });
    const { alice } = world;
    await alice.command(`/dial watch ${name}`);
    const card = await alice.expectCard(channel, name);
    const upper = (): unknown => parts(card.message().blocks, 'section')[0]?.accessory;
    expect(upper()).toMatchObject({ action_id: 'task_pause' });
    await card.press('task_pause');
    await card.expectText('Paused');
    expect(upper()).toMatchObject({ type: 'overflow' });
  });
});

describe('what one does to the task of another', () => {
  /** All that was posted about the task besides its card, in the channel and under the card. */
  const said = (person: World['alice']): string[] =>
    person
      .snapshot()
      .channels.flatMap(({ messages }) => messages.flatMap((message) => [message, ...message.replies]))
      .filter(
        ({ user, ephemeral, text }) =>
          user === world.slack.botUserId && !ephemeral && / (paused|started) \*/.test(text),
      )
      .map(({ text }) => text);

  test('is said to who runs it, once, under its card, by name; their own acts are said to nobody', async () => {
    world = await startWorld({ dialer: { speed: 0 } });
    const { alice, app, dialer, slack } = world;
    const bob = slack.as('bob');
    await alice.command(`/dial watch ${name}`);
    const card = await alice.expectCard(channel, name);
    const seenByBob = await bob.expectCard(channel, name);
    await card.press('task_pause');
    await card.expectText('Paused');
    await card.press('task_start');
    await card.expectText('Dialing');
    await app.pollNow();
    expect(said(alice)).toEqual([]);

    await seenByBob.press('task_pause');
    await card.expectText(/Bob Miller paused/);
    const notice = await alice.expectMessage(channel, /Bob Miller paused \*Spring renewal reminder\*/);
    expect(notice.message().text).toContain(`<@${alice.id}>`);
    expect(notice.message().threadTs).toBe(card.message().ts);
    expect(JSON.stringify(slack.snapshot('alice').channels)).not.toContain(`<@${bob.id}>`);

    await seenByBob.press('task_start');
    await alice.expectMessage(channel, /Bob Miller started \*Spring renewal reminder\*/);
    // From now on it is Bob's: what he does to it is his own affair.
    await seenByBob.press('task_pause');
    await card.expectText('Paused');
    await app.pollNow();
    await app.pollNow();
    expect(said(alice)).toHaveLength(2);

    await card.press('task_start');
    await bob.expectMessage(channel, new RegExp(`<@${bob.id}> .*Alice Chen started`));
    expect(dialer.effects('start', taskNamed(dialer, name).uuid)).toBe(3);
  });
});
