import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chooseBoard } from '../../sandbox/demo/choose-board.ts';
import type { Posted } from '../../sandbox/slack/client/posted.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

const renewal = 'Spring renewal reminder';

let world: World;
beforeEach(async () => {
  world = await startWorld({ dialer: { speed: 0 } });
});
afterEach(() => world.close());

const idOf = (name: string): string => taskNamed(world.dialer, name).uuid;

/** The board of a channel that watches all tasks of the account. */
async function boardOfAll(): Promise<Posted> {
  const { alice, app } = world;
  await app.pollNow();
  await chooseBoard(alice);
  await alice.command('/dial watch all');
  return alice.expectCard(channel, /Calling tasks/);
}

/** The boards and cards in the channel, and nothing else that was posted there. */
function shown(): string[] {
  const channels = world.alice.snapshot().channels.find(({ name }) => name === channel)?.messages ?? [];
  return channels
    .filter(({ user, ephemeral }) => user === world.slack.botUserId && !ephemeral)
    .flatMap(({ text, blocks }) => {
      if (/Calling tasks|no tasks here yet/.test(text + JSON.stringify(blocks))) return ['board'];
      return JSON.stringify(blocks).includes('"block_id":"task"') ? ['card'] : [];
    });
}

const offers = (board: Posted, actionId: string, value: string) => () =>
  board.buttons().some((each) => each.actionId === actionId && each.value === value);

describe('the board of a channel', () => {
  test('shows all tasks in one message, and is edited as they go on', async () => {
    const { app, dialer } = world;
    const board = await boardOfAll();
    for (const { name } of dialer.tasks) expect(board.text()).toContain(name);
    expect(shown()).toEqual(['board']);
    const before = board.text();
    dialer.clock.advance(300_000);
    await app.pollNow();
    await board.expectText(() => board.text() !== before);
    expect(shown()).toEqual(['board']);
  });

  test('a press beside a task pauses it, and a press in the same place then asks before it starts', async () => {
    const { alice, dialer } = world;
    const board = await boardOfAll();
    const value = idOf(renewal);
    await board.press('board_pause', { value });
    await alice.expectEphemeral(/Spring renewal reminder.*paused/s);
    expect(taskNamed(dialer, renewal).started).toBe(false);
    await board.expectText(offers(board, 'board_start', value));

    await board.press('board_start', { value });
    const question = await alice.expectEphemeral(/Start \*?Spring renewal reminder\*?\?/);
    expect(dialer.effects('start', value)).toBe(0);
    await question.press('task_start_anyway');
    await alice.expectEphemeral(/Spring renewal reminder.*has started/s);
    expect(dialer.effects('start', value)).toBe(1);
    await board.expectText(offers(board, 'board_pause', value));
    // Nobody else is bothered by it: neither is there a card.
    expect(shown()).toEqual(['board']);
  });

  test('a start that the preflight forbids is refused', async () => {
    const { alice, dialer, app } = world;
    const board = await boardOfAll();
    const clinic = taskNamed(dialer, 'Clinic appointment check');
    // Started by someone else since the board was drawn.
    dialer.rival(clinic.uuid, { start: true });
    await board.press('board_start', { value: clinic.uuid });
    await alice.expectEphemeral(/Clinic appointment check.*cannot be started.*already running/s);
    expect(dialer.effects('start', clinic.uuid)).toBe(0);
    await app.pollNow();
    await board.expectText(offers(board, 'board_pause', clinic.uuid));
  });

  test('leads to the form for numbers, the card of a task and the list', async () => {
    const { alice } = world;
    const board = await boardOfAll();
    await board.press('task_import', { value: idOf('新品试用调研') });
    await (await alice.expectModal('task_import')).close();
    await board.press('task_show', { choose: idOf(renewal) });
    const card = await alice.expectEphemeral(/Spring renewal reminder/);
    expect(card.buttons().map(({ actionId }) => actionId)).toContain('card_post');
    await board.press('panel_list');
    await alice.expectEphemeral(/Tasks/);
  });

  test('a change made elsewhere is told in its thread', async () => {
    const { app, dialer, alice } = world;
    const board = await boardOfAll();
    dialer.rival(idOf(renewal), { start: false });
    await app.pollNow();
    await board.expectReply(/Spring renewal reminder.*paused outside Dialdeck/);
    await alice.command(`/dial unwatch all`);
    await board.expectText(/no tasks here yet/i);
    expect(shown()).toEqual(['board']);
  });
});
