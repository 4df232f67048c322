import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

/** What says that work is in progress goes when the answer is there, wherever Slack allows it. */

const patience = { timeoutMs: 30_000 };
const clinic = 'Clinic appointment check';

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await world.app.pollNow();
  await world.alice.command('/dial watch Clinic');
  await world.alice.expectCard(channel, clinic, patience);
});
afterEach(() => world.close());

/** Everything Alice sees in the channel. */
const seen = (): string[] =>
  world.alice
    .snapshot()
    .channels.flatMap(({ messages }) => messages.map((one) => JSON.stringify([one.text, one.blocks])));
const workInProgress = (): string[] =>
  seen().filter((text) => /Working on it|Starting the task|Pausing the task/.test(text));

const slow = (route: 'start' | 'stop' | 'list'): void => {
  world.dialer.faults.add({ kind: 'delay', route, ms: 2_500, times: 1 });
};

describe('on a card that others see', () => {
  const press = async (button: string) => (await world.alice.expectCard(channel, clinic, patience)).press(button);

  test('a start that takes long is on the card, and then its outcome', async () => {
    slow('start');
    const pressing = press('task_start');
    await eventually(() => workInProgress().length > 0);
    expect(workInProgress()).toEqual([expect.stringContaining(clinic)]);
    await pressing;
    await (await world.alice.expectCard(channel, clinic)).expectText('Dialing', patience);
    expect(workInProgress()).toEqual([]);
  });

  test.each([
    [
      'refused',
      { kind: 'status', route: 'start', status: 422, message: '线路余额不足', times: 1 } as const,
      '线路余额不足',
    ],
    ['unknown', { kind: 'drop', route: 'start', effect: false, times: 1 } as const, 'not known yet'],
    ['failed', { kind: 'status', route: 'list', status: 401, times: 3 } as const, 'rejected the access token'],
  ])(
    'one that is %s leaves the card as it was',
    async (_, fault, words) => {
      slow('list');
      world.dialer.faults.add(fault);
      await press('task_start');
      await world.alice.expectEphemeral(words, patience);
      await eventually(() => workInProgress().length === 0);
      await (await world.alice.expectCard(channel, clinic)).expectText('Paused', patience);
    },
    60_000,
  );
});

describe('on a private message', () => {
  test('that is pressed: replaced, and replaced again by the answer', async () => {
    const { alice, dialer } = world;
    await alice.command('/dial show Clinic');
    const shown = await alice.expectEphemeral('never started', patience);
    slow('start');
    const pressing = shown.press('task_start');
    await shown.expectText('Working on it', patience);
    await pressing;
    await shown.expectText(/has started/, patience);
    expect(workInProgress()).toEqual([]);
    expect(taskNamed(dialer, clinic).started).toBe(true);
  });

  test('that asks to check an outcome: replaced, and replaced again by what was found', async () => {
    const { alice, dialer } = world;
    dialer.faults.add({ kind: 'drop', route: 'start', effect: false, times: 1 });
    await alice.command('/dial start Clinic');
    const unknown = await alice.expectEphemeral('not known yet', patience);
    slow('list');
    await unknown.press('outcome_check');
    await unknown.expectText('was not started', patience);
    expect(unknown.text()).not.toContain('Working on it');
  });
});
