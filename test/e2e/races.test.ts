import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RouteName } from '../../sandbox/dialer/routes.ts';
import { eventually } from '../support/eventually.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ config: { dialer: { timeoutMs: 2_000 } } });
});
afterEach(() => world.close());

const clinic = 'Clinic appointment check';
const sent = (route: RouteName): number => world.dialer.requests.filter((request) => request.route === route).length;

/** A card of the task in the channel, seen by everybody. */
async function cardOf(name: string) {
  await world.alice.command(`/dial watch ${name}`);
  return world.alice.expectCard(channel, name);
}

describe('a pause meets a start', () => {
  test('a pause pressed while the start hangs is sent at once, and the task ends paused', async () => {
    const { alice, limei, dialer } = world;
    const card = await cardOf(clinic);
    dialer.faults.add({ kind: 'delay', route: 'start', ms: 2_000, before: true, times: 1 });
    const { uuid } = taskNamed(dialer, clinic);
    const started = card.press('task_start');
    await eventually(() => dialer.requests.some((request) => request.route === 'start'));
    await limei.command(`/dial pause ${uuid}`);
    await eventually(() => sent('stop') > 0);
    expect(dialer.effects('start', uuid)).toBe(0);
    await limei.expectEphemeral('已暂停', { timeoutMs: 10_000 });
    await started;
    expect(taskNamed(dialer, clinic).started).toBe(false);
    expect(sent('start')).toBe(1);
    await alice.expectEphemeral('a pause always wins', { timeoutMs: 10_000 });
    await card.expectText('Paused');
  });

  test('a pause pressed before the start is sent keeps it from being sent', async () => {
    const { alice, limei, dialer } = world;
    const card = await cardOf(clinic);
    const { uuid } = taskNamed(dialer, clinic);
    await world.app.pollNow();
    dialer.faults.add({ kind: 'delay', route: 'init', ms: 1_000, before: true, times: 1 });
    const started = card.press('task_start');
    await eventually(() => dialer.requests.some((request) => request.route === 'init'));
    await limei.command(`/dial pause ${uuid}`);
    await limei.expectEphemeral('已暂停', { timeoutMs: 10_000 });
    await started;
    await alice.expectEphemeral('a pause always wins', { timeoutMs: 10_000 });
    expect(sent('start')).toBe(0);
  });

  test('two people pressing Start at once start it once', async () => {
    const { dialer, limei } = world;
    const card = await cardOf(clinic);
    const same = await limei.expectCard(channel, clinic);
    await Promise.all([card.press('task_start'), same.press('task_start')]);
    await card.expectText('Dialing');
    expect(dialer.effects('start', taskNamed(dialer, clinic).uuid)).toBe(1);
  });

  test('two pauses at once are one request, and both people are answered', async () => {
    const { alice, limei, dialer } = world;
    dialer.faults.add({ kind: 'delay', route: 'stop', ms: 300, before: true, times: 1 });
    await world.app.pollNow();
    await Promise.all([alice.command('/dial pause Spring'), limei.command('/dial pause Spring')]);
    await alice.expectEphemeral('is paused');
    await limei.expectEphemeral('已暂停');
    expect(sent('stop')).toBe(1);
  });
});
