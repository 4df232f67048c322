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
  }, 60_000);
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
    await (await alice.expectEphemeral(/Tasks\* · .*1/)).press('task_show');
    const own = await alice.expectEphemeral((message) => JSON.stringify(message.blocks).includes('card_post'));
    await own.press('task_start');
    expect(startsOf()).toBe(2);
    await (await alice.expectEphemeral(question)).press('task_start_anyway');
    await card.expectText('Dialing');
    expect(startsOf()).toBe(3);
  }, 60_000);

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
