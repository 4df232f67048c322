import { afterEach, expect, test } from '@jest/globals';
import { samplesIn } from '../support/metrics-text.ts';
import { channel, startWorld, type World, type WorldOptions } from '../support/world.ts';

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

async function scrape(options: WorldOptions): Promise<{ status: number; text: string }> {
  world ??= await startWorld(options);
  const response = await fetch(`http://127.0.0.1:${world.app.port}/metrics`);
  return { status: response.status, text: await response.text() };
}

test('a day in small: polls, cards, commands and acts are counted, and no name or number is given away', async () => {
  world = await startWorld();
  const { alice, app, dialer } = world;
  const before = samplesIn((await scrape({})).text);
  await app.pollNow();
  await alice.command('/dial watch Clinic');
  await alice.expectEphemeral('is now watched');
  await alice.expectMessage(channel, 'Clinic');
  await alice.command('/dial pause Clinic');
  await alice.expectEphemeral('is paused', { timeoutMs: 10_000 });
  const { status, text } = await scrape({});
  expect(status).toBe(200);
  const after = samplesIn(text);
  const grown = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  expect(grown('dialdeck_poll_duration_seconds_count{outcome="ok"}')).toBeGreaterThan(0);
  expect(grown('dialdeck_interaction_duration_seconds_count{kind="command"}')).toBe(2);
  expect(grown('dialdeck_act_duration_seconds_count{act="watch",outcome="done"}')).toBe(1);
  expect(grown('dialdeck_act_duration_seconds_count{act="pause",outcome="done"}')).toBe(1);
  expect(grown('dialdeck_sends_total{message="card_post",outcome="ok"}')).toBe(1);
  const tasks = [...after].filter(([name]) => name.startsWith('dialdeck_tasks{'));
  expect(tasks.reduce((sum, [, count]) => sum + count, 0)).toBe(dialer.tasks.length);
  expect(text).not.toMatch(/Clinic|U0\w+|C0\w+/);
});

test('with HTTP mode’s public port there are none, unless the admin wants them', async () => {
  expect((await scrape({ mode: 'http', config: { metrics: false } })).status).toBe(404);
});
