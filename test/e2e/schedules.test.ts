import { afterEach, describe, expect, test } from '@jest/globals';
import { type RunningApp, startApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { readHours } from '../../src/core/quiet/read-hours.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../support/eventually.ts';
import { channel, startWorld, taskNamed, type World, type WorldOptions } from '../support/world.ts';

const patience = { timeoutMs: 60_000 };
const clinic = 'Clinic appointment check';
/** A task without numbers. */
const empty = '新品试用调研';

/** The app's time: an instant of 2026 in Shanghai, and the time that has passed since. */
let offset = 0;
const clock = { now: () => systemClock.now() + offset };
const setTime = (shanghai: string): void => {
  offset = Date.parse(`${shanghai}:00+08:00`) - systemClock.now();
};

let world: World;
let other: RunningApp | null = null;
afterEach(async () => {
  await other?.stop();
  other = null;
  await world.close();
});

/** A Friday morning, with a channel that watches everything. */
async function begin(options: WorldOptions = {}): Promise<void> {
  setTime('2026-11-27T08:30');
  world = await startWorld({ dialer: { speed: 0 }, clock, ...options });
  await world.app.pollNow();
  await world.alice.command('/dial watch all');
  await world.alice.expectEphemeral('now watched', patience);
}

const requests = (route: 'start' | 'stop') => world.dialer.requests.filter((request) => request.route === route);
const isOn = (name = clinic): boolean => taskNamed(world.dialer, name).started;

/** The time comes, and the schedules are looked at. */
async function at(time: string): Promise<void> {
  setTime(`2026-11-${time.length > 5 ? time : `27T${time}`}`);
  await world.app.keepTime();
}

/** Gives a task a schedule by the form: 09:00–12:00, 13:30–18:00, unless it says otherwise. */
async function schedule(given: Record<string, string | string[]> = {}, name = clinic): Promise<string> {
  const { alice } = world;
  await alice.command(`/dial schedule ${name}`);
  const form = await alice.expectModal('schedule', patience);
  form.fill({ schedule_days: 'every', schedule_times: '09:00–12:00, 13:30–18:00', schedule_missed: 'skip', ...given });
  await form.submit();
  const review = await alice.expectModal('schedule_save', patience);
  const shown = review.text();
  await review.submit();
  await eventually(() => JSON.stringify(alice.snapshot().views).includes('is saved'), patience.timeoutMs);
  return shown;
}

const saidIn = (pattern: RegExp) =>
  world.alice
    .snapshot()
    .channels.flatMap(({ messages }) => messages)
    .filter(({ text }) => pattern.test(text));

describe('a schedule', () => {
  test('shows its next five moments before it is saved, starts and pauses the task, and says so once', async () => {
    await begin();
    const { alice } = world;
    const shown = await schedule({ schedule_days: 'working' });
    expect(shown).toMatch(
      /today, 09:00 – start.*today, 12:00 – pause.*today, 13:30 – start.*today, 18:00 – pause.*Mon, Nov 30, 09:00 – start/s,
    );
    await at('08:59');
    expect(requests('start')).toEqual([]);
    await at('09:00');
    expect(isOn()).toBe(true);
    await alice.expectMessage(channel, 'was started by its schedule for 09:00', patience);
    await at('12:00');
    expect(isOn()).toBe(false);
    await alice.expectMessage(channel, 'was paused by its schedule for 12:00', patience);
    await at('13:30');
    await at('18:00');
    // A weekend is no time for work.
    await at('28T09:00');
    expect([requests('start').length, requests('stop').length, isOn()]).toEqual([2, 2, false]);
    await alice.expectMessage(channel, 'was paused by its schedule for 18:00', patience);
    await world.app.pollNow();
    expect(saidIn(/by its schedule/)).toHaveLength(4);
    expect(saidIn(/outside Dialdeck|on the platform/)).toEqual([]);
  }, 120_000);

  test('gives way to a pause, says so, and goes on when it is resumed', async () => {
    await begin();
    const { alice, limei } = world;
    await schedule();
    await at('09:00');
    setTime('2026-11-27T10:00');
    await limei.command(`/dial 暂停 ${clinic}`);
    await eventually(() => !isOn(), patience.timeoutMs);
    const held = await alice.expectMessage(channel, `The schedule of *${clinic}* is on hold`, patience);
    await at('13:30');
    await at('18:00');
    await at('28T09:00');
    expect([requests('start').length, isOn()]).toEqual([1, false]);
    await held.press('schedule_resume');
    await alice.expectEphemeral('The schedule goes on', patience);
    await at('28T13:30');
    expect(isOn()).toBe(true);
    expect(saidIn(/is on hold/)).toHaveLength(1);
  }, 120_000);

  test('pauses the task no matter who started it, and when', async () => {
    await begin();
    const { alice, app, dialer } = world;
    await schedule();
    await at('09:00');
    await at('12:00');
    setTime('2026-11-27T12:30');
    await alice.command(`/dial start ${clinic}`);
    await eventually(() => isOn(), patience.timeoutMs);
    await at('13:30');
    await at('18:00');
    expect(isOn()).toBe(false);

    dialer.rival(taskNamed(dialer, clinic).uuid, { start: true });
    for (let polls = 0; polls < 3; polls += 1) await app.pollNow();
    await at('28T09:00');
    expect(isOn()).toBe(true);
    await at('28T12:00');
    expect(isOn()).toBe(false);
    expect(saidIn(/is on hold/)).toHaveLength(0);
  }, 120_000);

  test('gives way to what someone did in the console of the platform, when its next moment comes', async () => {
    await begin();
    const { alice, app, dialer } = world;
    await schedule();
    await at('09:00');
    setTime('2026-11-27T11:00');
    await app.pollNow();
    dialer.rival(taskNamed(dialer, clinic).uuid, { start: false });
    for (let polls = 0; polls < 3; polls += 1) await app.pollNow();
    await at('12:00');
    await at('13:30');
    expect([requests('start').length, isOn()]).toEqual([1, false]);
    await alice.expectMessage(channel, 'someone paused the task outside Dialdeck', patience);
  }, 120_000);

  test('is barred by an emergency stop, and does not make up for what it barred', async () => {
    await begin();
    const { alice } = world;
    await schedule({ schedule_missed: 'late:120' });
    await alice.command('/dial panic');
    await alice.expectEphemeral('All calling is stopped', patience);
    await at('09:00');
    expect(requests('start')).toEqual([]);
    const blocked = await alice.expectMessage(channel, `The schedule did not start *${clinic}* at 09:00`, patience);
    await blocked.press('stop_ask_resume');
    await (await alice.expectEphemeral(/Start \d+ tasks again\?/, patience)).press('stop_resume');
    await alice.expectEphemeral('are on again', patience);
    expect(isOn()).toBe(false);
    await at('09:30');
    expect(isOn()).toBe(false);
    await at('12:00');
    await at('13:30');
    expect(isOn()).toBe(true);
    expect(saidIn(/did not start/)).toHaveLength(1);

    // What it wanted paused during a stop is not started by the end of that.
    setTime('2026-11-27T17:50');
    await alice.command('/dial panic');
    await eventually(() => !isOn(), patience.timeoutMs);
    await alice.expectEphemeral('9 tasks are paused', patience);
    await at('18:00');
    setTime('2026-11-27T18:10');
    await alice.command('/dial resume');
    await (await alice.expectEphemeral(/Start \d+ tasks again\?/, patience)).press('stop_resume');
    await alice.expectEphemeral('1 task is left paused', patience);
    expect(isOn()).toBe(false);
  }, 120_000);

  test('is barred by the legal hours, which its form names', async () => {
    const said = '10:00-21:00';
    const read = readHours(said);
    if (read.kind !== 'known') throw new Error(said);
    await begin({ config: { legalHours: { windows: read.windows, said, outside: 'alert' } } });
    const { alice } = world;
    expect(await schedule()).toContain(
      'Starts outside the legal hours (10:00-21:00) are refused, the first one today, 09:00',
    );
    await at('09:00');
    expect(requests('start')).toEqual([]);
    const blocked = await alice.expectMessage(channel, 'Calls may be made within fixed hours only', patience);
    expect(blocked.text()).toContain('Edit schedule');
    await at('13:30');
    expect(isOn()).toBe(true);
  }, 120_000);

  test('does not start what cannot be started: it names why once, and the next step', async () => {
    await begin();
    const { alice } = world;
    expect(await schedule({}, empty)).toContain('no numbers');
    await at('09:00');
    await at('13:30');
    await at('28T09:00');
    expect(requests('start')).toEqual([]);
    const blocked = await alice.expectMessage(channel, `The schedule did not start *${empty}* at 09:00`, patience);
    await blocked.press('task_import');
    await alice.expectModal('task_import', patience);
    expect(saidIn(/did not start/)).toHaveLength(1);
  }, 120_000);

  test.each([
    ['skip', 'has missed the start', false],
    ['late:30', 'That was 20 min late', true],
    ['late:15', 'has missed the start', false],
    ['ask', 'Start it now?', false],
  ])(
    'a start that is missed by 20 minutes, policy %s',
    async (policy, says, starts) => {
      await begin();
      const { alice } = world;
      await schedule({ schedule_missed: policy });
      await at('09:20');
      expect(isOn()).toBe(starts);
      const said = await alice.expectMessage(channel, says, patience);
      if (policy !== 'ask') return;
      await said.press('schedule_start_missed');
      await eventually(() => isOn(), patience.timeoutMs);
      await alice.expectEphemeral('has started', patience);
      // It is answered.
      await said.press('schedule_leave_missed');
      await alice.expectEphemeral('The schedule was changed or removed meanwhile', patience);
      // The start was wanted by the schedule, so it goes on.
      await at('12:00');
      expect(isOn()).toBe(false);
    },
    120_000,
  );

  test('a pause is made up for, however late', async () => {
    await begin();
    await schedule();
    await at('09:00');
    await at('13:10');
    expect(isOn()).toBe(false);
    await world.alice.expectMessage(channel, 'That was 1 h 10 min late', patience);
  }, 120_000);

  test('of two bots one acts, and one that starts later repeats nothing', async () => {
    await begin();
    const { config, dialer } = world;
    await schedule();
    setTime('2026-11-27T09:00');
    const log = createLog('error', () => undefined);
    other = await startApp(config, { log, clock });
    await Promise.all([world.app.keepTime(), other.keepTime(), world.app.keepTime()]);
    await eventually(() => isOn(), patience.timeoutMs);
    await world.app.pollNow();
    await world.alice.expectMessage(channel, 'was started by its schedule', patience);
    await other.keepTime();
    setTime('2026-11-27T12:00');
    await Promise.all([other.keepTime(), world.app.keepTime()]);
    await eventually(() => !isOn(), patience.timeoutMs);
    // Messages are posted by the bot that polls.
    await world.app.pollNow();
    await world.alice.expectMessage(channel, 'was paused by its schedule', patience);
    const { uuid } = taskNamed(dialer, clinic);
    expect([dialer.effects('start', uuid), dialer.effects('stop', uuid)]).toEqual([1, 1]);
    expect(saidIn(/by its schedule/)).toHaveLength(2);
  }, 120_000);

  test('is listed, edited, paused and removed; the words work in Chinese, after a mention and in direct messages', async () => {
    await begin();
    const { alice, limei } = world;
    await alice.command('/dial schedule');
    await alice.expectEphemeral('No task has a schedule', patience);
    await schedule();
    await limei.command('/dial 定时');
    const list = await limei.expectEphemeral(`*${clinic}*`, patience);
    expect(list.text()).toContain('今天 09:00 启动');
    await list.press('schedule_show:0');
    const shown = await limei.expectEphemeral('接下来：', patience);
    await shown.press('schedule_edit');
    const form = await limei.expectModal('schedule', patience);
    form.fill({ schedule_days: 'week', schedule_week: ['6', '7'], schedule_times: '启动 10:00' });
    await form.submit();
    const review = await limei.expectModal('schedule_save', patience);
    expect(review.text()).toContain('明天 10:00 启动');
    await review.submit();
    // Its owner is notified that someone else owns it now.
    await alice.expectDm('replaced your schedule', patience);
    await at('09:00');
    expect(isOn()).toBe(false);

    await alice.say(`<@${world.slack.botUserId}> 排期${clinic}`);
    const private_ = await alice.expectEphemeral('Sat, Sun', patience);
    await private_.press('schedule_pause');
    await alice.expectEphemeral('paused this schedule', patience);
    await at('28T10:00');
    expect(isOn()).toBe(false);
    await private_.press('schedule_remove', { confirm: true });
    await alice.expectEphemeral(`The schedule of *${clinic}* is removed`, patience);

    const dm = alice.with('Dialdeck');
    await dm.say(`schedule ${clinic}`);
    const offer = await alice.expectDm('button', patience);
    await offer.press('form_open');
    await alice.expectModal('schedule', patience);
  }, 120_000);

  test('what cannot be meant is said at its field', async () => {
    await begin();
    const { alice } = world;
    await alice.command(`/dial schedule ${clinic}`);
    const form = await alice.expectModal('schedule', patience);
    form.fill({
      schedule_days: 'week',
      schedule_week: [],
      schedule_times: 'mornings',
      schedule_until: '2026-11-01',
      schedule_since: '2026-12-01',
    });
    await form.submit();
    await form.expectError('schedule_times', '', patience);
    expect(form.errors()).toEqual({
      schedule_week: 'Choose at least one day of the week.',
      schedule_times: expect.stringContaining('is not understood'),
      schedule_until: 'The last day is before the first.',
    });
    form.fill({ schedule_days: 'every', schedule_times: '00:00-24:00', schedule_since: null, schedule_until: null });
    await form.submit();
    await form.expectError('schedule_times', 'never started', patience);
    expect(form.errors()).toEqual({
      schedule_times: 'With these days and times, the task is never started or paused.',
    });
  }, 60_000);
});
