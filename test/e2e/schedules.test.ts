import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { eventually } from '../support/eventually.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 60_000 };
const clinic = 'Clinic appointment check';
const minute = 60_000;

/** The app's time: an instant of 2026 in Shanghai, and the time that has passed since. */
let offset = 0;
const clock = { now: () => systemClock.now() + offset };
const setTime = (shanghai: string): void => {
  offset = Date.parse(`${shanghai}:00+08:00`) - systemClock.now();
};

let world: World;
beforeEach(async () => {
  // A Friday.
  setTime('2026-11-27T08:30');
  world = await startWorld({ dialer: { speed: 0 }, clock });
  await world.app.pollNow();
});
afterEach(() => world.close());

const requests = (route: 'start' | 'stop') => world.dialer.requests.filter((request) => request.route === route);
const isOn = (name = clinic): boolean => taskNamed(world.dialer, name).started;

/** The time comes, and the schedules are looked at. */
async function at(shanghai: string): Promise<void> {
  setTime(shanghai);
  await world.app.keepTime();
}

/** Gives a task a schedule by the form. */
async function schedule(times: string, given: Record<string, string | string[]> = {}): Promise<void> {
  const { alice } = world;
  await alice.command(`/dial schedule ${clinic}`);
  const form = await alice.expectModal('schedule', patience);
  await form.fill({ schedule_days: 'every', schedule_times: times, schedule_missed: 'skip', ...given });
  await form.submit();
  const review = await alice.expectModal('schedule_save', patience);
  await review.submit();
  await alice.expectModal('Schedule', { ...patience });
  await eventually(() => alice.snapshot().views.some(({ view }) => JSON.stringify(view).includes('is saved')));
}

const saidIn = (pattern: RegExp) =>
  world.alice
    .snapshot()
    .channels.flatMap(({ messages }) => messages)
    .filter(({ text }) => pattern.test(text));

describe('a schedule', () => {
  test('shows its next five moments before it is saved, starts and pauses the task, and says so once', async () => {
    const { alice } = world;
    await alice.command('/dial watch all');
    await alice.expectEphemeral('now watched', patience);
    await alice.command(`/dial schedule ${clinic}`);
    const form = await alice.expectModal('schedule', patience);
    await form.fill({ schedule_days: 'working', schedule_times: '09:00–12:00, 13:30–18:00' });
    await form.submit();
    const review = await alice.expectModal('schedule_save', patience);
    expect(review.text()).toMatch(
      /today, 09:00 – start.*today, 12:00 – pause.*today, 13:30 – start.*today, 18:00 – pause.*Mon, Nov 30, 09:00 – start/s,
    );
    await review.submit();
    await eventually(() => JSON.stringify(alice.snapshot().views).includes('is saved'), patience.timeoutMs);
    await at('2026-11-27T08:59');
    expect(requests('start')).toEqual([]);
    await at('2026-11-27T09:00');
    expect(isOn()).toBe(true);
    await alice.expectMessage(channel, 'was started by its schedule for 09:00', patience);
    await at('2026-11-27T12:00');
    expect(isOn()).toBe(false);
    await alice.expectMessage(channel, 'was paused by its schedule for 12:00', patience);
    await at('2026-11-27T13:30');
    await at('2026-11-27T18:00');
    // A weekend is no time for work.
    await at('2026-11-28T09:00');
    expect([requests('start').length, requests('stop').length, isOn()]).toEqual([2, 2, false]);
    await alice.expectMessage(channel, 'was paused by its schedule for 18:00', patience);
    expect(saidIn(/by its schedule/)).toHaveLength(4);
    await world.app.pollNow();
    expect(saidIn(/outside Dialdeck|on the platform/)).toEqual([]);
  }, 120_000);
});

void schedule;
void minute;
