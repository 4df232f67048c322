import { afterEach, describe, expect, test } from '@jest/globals';
import { parts } from '../support/view-text.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const name = 'Spring renewal reminder';
const startsOf = (): number => world.dialer.effects('start', taskNamed(world.dialer, name).uuid);

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
