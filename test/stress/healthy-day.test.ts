import { afterEach, expect, test } from '@jest/globals';
import { seededLineIds, seededQuietIds } from '../../sandbox/dialer/seed-ids.ts';
import { type AlertWorld, campaign, startAlertWorld, subscribeToAll } from '../support/alert-world.ts';
import { taskNamed } from '../support/world.ts';

const minute = 60_000;
const { hangzhou, shanghai, beijing } = seededLineIds;

let world: AlertWorld;
afterEach(() => world.close());

const idOf = (name: string): string => taskNamed(world.dialer, name).uuid;

test('a day of twelve healthy tasks gives none, whether their quiet hours are known or not', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `Campaign ${String.fromCharCode(65 + i)}`);
  const lines = [hangzhou, shanghai, beijing, seededLineIds.trunk];
  const hours = [seededQuietIds.rest, seededQuietIds.lunch, seededQuietIds.meeting, seededQuietIds.none];
  const tasks = names.map((name, i) =>
    campaign({
      name,
      lineId: lines[i % 4] ?? hangzhou,
      quietId: hours[Math.floor(i / 3)] ?? seededQuietIds.none,
      ruleId: [103, 118, 1][i % 3] ?? 103,
      maximumCall: [1, 2, 4, 6][i % 4] ?? 1,
      // Some are done within an hour, some go on all day.
      numbers: [60, 900, 9_000][i % 3] ?? 900,
      started: i % 4 !== 3,
    }),
  );
  const healthy = { tasks, switches: { pauseWhenDone: true } };
  world = await startAlertWorld(tasks, { dialer: healthy });
  const { alice, app, dialer } = world;
  await app.pollNow();
  await subscribeToAll(world);
  await alice.command('/dial quiet 午休时间 12:00-13:30, 20:30-08:30');
  await alice.command('/dial quiet 早会时间 08:00-09:50');
  const started = names.filter((_, i) => i % 4 === 3);
  for (let hour = 0; hour < 24; hour += 1) {
    // Looked at less often from the evening on, when little changes.
    await world.pass(60 * minute, hour < 11 ? 2 * minute : 6 * minute);
    const [next] = started.splice(0, 1);
    // Someone starts another one now and then.
    if (next !== undefined) dialer.rival(idOf(next), { start: true });
  }
  expect(world.alerts()).toEqual([]);
  const dialed = dialer.tasks.map(({ done, total }) => done / total);
  expect(Math.min(...dialed)).toBeGreaterThan(0.1);
  expect(dialer.tasks.filter(({ started: on }) => !on).length).toBeGreaterThan(3);
}, 300_000);
