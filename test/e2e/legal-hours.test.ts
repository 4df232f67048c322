import { afterEach, expect, test } from '@jest/globals';
import { readHours } from '../../src/core/quiet/read-hours.ts';
import { eventually } from '../support/eventually.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 60_000 };
const clinic = 'Clinic appointment check';
const hour = 3_600_000;

let world: World;
/** Added to the time of the app. */
let later = 0;
afterEach(() => world.close());

/** Hours of which now is within the first, for two hours. */
async function begin(outside: 'alert' | 'pause' = 'alert'): Promise<void> {
  later = 0;
  const { getUTCHours } = Date.prototype;
  const from = (getUTCHours.call(new Date()) + 23) % 24;
  const said = `${from}:00-${(from + 3) % 24}:00`;
  const read = readHours(said);
  if (read.kind !== 'known') throw new Error(said);
  world = await startWorld({
    dialer: { speed: 0 },
    clock: { now: () => Date.now() + later },
    config: {
      startAskAbove: 20,
      legalHours: { windows: read.windows, said, outside },
      dialer: { timeZone: 'UTC' },
    },
  });
  await world.app.pollNow();
}

const requests = (route: 'start' | 'stop') => world.dialer.requests.filter((request) => request.route === route);
const isOn = (name: string): boolean => taskNamed(world.dialer, name).started;

test('outside of them no start leaves by any door, and within them it does', async () => {
  await begin();
  const { alice, limei, dialer } = world;
  // What can be pressed later is there before the hours end.
  await alice.command(`/dial watch ${clinic}`);
  const card = await alice.expectCard(channel, clinic, patience);
  await alice.command(`/dial show ${clinic}`);
  const shown = await alice.expectEphemeral('never started', patience);
  await alice.command(`/dial start ${clinic}`);
  const question = await alice.expectEphemeral('Start *Clinic', patience);
  await limei.say('名单', { files: [{ name: 'list.csv', content: '手机号\n13900000001\n13900000002\n' }] });
  await (await alice.expectMessage(channel, '名单')).shortcut('import_file');
  const preview = await alice.expectModal('task_import_send', patience);
  const before = dialer.tasks.filter(({ started }) => started).map(({ name }) => name);
  await alice.command('/dial panic');
  await alice.expectEphemeral('All calling is stopped', patience);
  await alice.command('/dial resume');
  const again = await alice.expectEphemeral(/Start \d+ tasks again\?/, patience);

  later = 4 * hour;
  const doors: [string, () => Promise<unknown>][] = [
    ['a command', () => alice.command(`/dial start ${clinic}`)],
    ['a command in Chinese, of several tasks', () => limei.command(`/dial 启动 ${clinic}`)],
    ['a card', () => card.press('task_start')],
    ['a private card', () => shown.press('task_start')],
    ['a confirmation on the screen', () => question.press('task_start_anyway')],
    ['the end of an emergency stop', () => again.press('stop_resume')],
    ['import and start', () => preview.press('import_order', { confirm: true })],
  ];
  for (const [door, open] of doors) {
    await open();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect([door, requests('start')]).toEqual([door, []]);
  }
  const result = await alice.expectModal('Import result', patience);
  expect(result.text()).toContain('was not started');

  later = 0;
  await alice.command('/dial resume');
  await (await alice.expectEphemeral(/Start \d+ tasks again\?/, patience)).press('stop_resume');
  await eventually(() => requests('start').length === before.length, patience.timeoutMs);
  await eventually(() => dialer.tasks.filter(({ started }) => started).length === before.length);
  expect(dialer.tasks.filter(({ started }) => started).map(({ name }) => name)).toEqual(before);
}, 300_000);

test('nor does that of a schedule, whose owner reads why', async () => {
  await begin();
  const { alice, app } = world;
  const due = new Date(Date.now() + 4 * hour).toISOString().slice(11, 16);
  await alice.command(`/dial schedule ${clinic}`);
  const form = await alice.expectModal('schedule', patience);
  await form.fill({ schedule_days: 'every', schedule_times: `start ${due}`, schedule_missed: 'skip' }).submit();
  await (await alice.expectModal('schedule_save', patience)).submit();
  await eventually(() => JSON.stringify(alice.snapshot().views).includes('is saved'), patience.timeoutMs);
  later = 4 * hour;
  await app.keepTime();
  await alice.expectDm('Calls may be made within fixed hours only', patience);
  expect([requests('start'), isOn(clinic)]).toEqual([[], false]);
});

test('what is on when they end is reported, and the report is over when they begin', async () => {
  await begin();
  const { alice, app } = world;
  await alice.command('/dial watch Spring');
  await alice.expectCard(channel, 'Spring renewal reminder', patience);
  later = 4 * hour;
  for (let polls = 0; polls < 3; polls += 1) await app.pollNow();
  await alice.expectMessage(channel, /Spring renewal reminder\* is on, although no calls may be made/, patience);
  expect(isOn('Spring renewal reminder')).toBe(true);
});

test('or it is paused in the name of this app, and announced once as a whole', async () => {
  await begin('pause');
  const { alice, app, dialer } = world;
  await alice.command('/dial watch all');
  await alice.expectEphemeral('now watched', patience);
  later = 4 * hour;
  await app.pollNow();
  await eventually(() => dialer.tasks.every(({ started }) => !started));
  await alice.expectMessage(channel, /these are over.*paused \d+ tasks/, patience);
  dialer.rival(taskNamed(dialer, clinic).uuid, { start: true });
  await app.pollNow();
  await eventually(() => !isOn(clinic));
  const said = alice
    .snapshot()
    .channels.flatMap(({ messages }) => messages)
    .filter(({ text }) => text.includes('these are over'));
  expect(said).toHaveLength(1);
});
