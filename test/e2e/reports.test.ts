import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createDialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox } from '../../sandbox/slack/server.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../support/eventually.ts';
import { channel, configFor, startWorld, taskNamed, type World } from '../support/world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const patience = { timeoutMs: 30_000 };
const clinic = 'Clinic appointment check';
const utc = { config: { dialer: { timeZone: 'UTC' } } };

/** The system's time, but for how far it is ahead (ms); it begins at ten past noon. */
function createShiftedClock() {
  const begun = systemClock.now();
  const noon = Math.floor(begun / day) * day + 12 * hour + 10 * minute;
  const time = { ahead: noon - begun };
  const clock = {
    now: () => systemClock.now() + time.ahead,
    elapsed: () => systemClock.elapsed() + time.ahead,
  };
  return { clock, time };
}

describe('a report', () => {
  let world: World;
  let time: { ahead: number };
  afterEach(() => world.close());

  async function open(): Promise<void> {
    const shifted = createShiftedClock();
    ({ time } = shifted);
    world = await startWorld({ dialer: { speed: 0 }, clock: shifted.clock, ...utc });
    await world.app.pollNow();
  }

  /** The platform dials for so long, and the bot looks. */
  async function dialFor(ms: number): Promise<void> {
    world.dialer.clock.advance(ms);
    time.ahead += ms;
    await world.app.pollNow();
  }

  /** Time passes without a call, and the bot looks several times. */
  async function standStill(ms: number): Promise<void> {
    for (let i = 0; i < 4; i += 1) {
      time.ahead += ms / 4;
      await world.app.pollNow();
    }
  }

  test('of a day names what was dialed, where it stood still, who changed what, and what was imported', async () => {
    await open();
    const { alice, limei, app, dialer } = world;
    await alice.command(`/dial start ${clinic}`);
    await eventually(() => taskNamed(dialer, clinic).started);
    await app.pollNow();
    await dialFor(2 * minute);
    await dialFor(2 * minute);
    await standStill(40 * minute);
    await dialFor(2 * minute);
    await limei.command(`/dial 暂停 ${clinic}`);
    await eventually(() => !taskNamed(dialer, clinic).started);
    await alice.command(`/dial import ${clinic}`);
    const form = await alice.expectModal('task_import', patience);
    await form
      .fill({ file: { name: 'list.csv', content: 'phone\n13900000001\n13900000001\n13900000002\n123\n' } })
      .submit();
    await (await alice.expectModal('task_import_send', patience)).submit();
    await alice.expectModal('Import result', patience);
    await app.pollNow();

    await alice.command(`/dial report today ${clinic}`);
    const report = await alice.expectEphemeral(/Report · .*Clinic/, patience);
    const text = report.text();
    expect(text).toMatch(/\d+\*? dialed/);
    expect(text).toMatch(/\d+ min spent dialing/);
    expect(text).toContain('stood still 1 time');
    expect(text).toMatch(/Alice.*: 1 start/);
    expect(text).toMatch(/(Li Mei|李梅).*: 1 pause/);
    expect(text).toContain('1 import with 4 rows');
    expect(text).toContain('2 accepted');
    expect(text).toContain('2 skipped (1 invalid, 1 repeated)');
    expect(text).toContain('Inferred from polls');

    await alice.command(`/dial history ${clinic}`);
    const history = (await alice.expectEphemeral('*History*', patience)).text();
    const order = ['imported numbers', 'paused it', 'calls again', 'no calls any more', 'started it'];
    expect(order.map((part) => history.indexOf(part)).every((at) => at >= 0)).toBe(true);
    expect(order.map((part) => history.indexOf(part))).toEqual(
      order.map((part) => history.indexOf(part)).toSorted((a, b) => a - b),
    );

    await limei.command('/dial 报告今天');
    const chinese = await limei.expectEphemeral('*报告*', patience);
    expect(chinese.text()).toMatch(/启动 1 次/);
    expect(chinese.text()).toContain('1 次导入，共 4 行');
    await limei.command(`/dial 历史 ${clinic}`);
    await limei.expectEphemeral(/启动了任务/, patience);

    await report.press('report_csv');
    await alice.expectDm('Report for', patience);
    const file = [...world.slack.workspace.files.values()].find(({ name }) => name.startsWith('report-'));
    const [head, row] = Buffer.from(file?.bytes ?? [])
      .toString('utf8')
      .split('\r\n');
    expect(head).toContain('"day","task"');
    expect(row).toContain(`"${clinic}"`);
  }, 240_000);

  test('of one task, its history and its imports are shown while the platform is out, with how old they are', async () => {
    await open();
    const { alice, app, dialer } = world;
    await dialFor(2 * minute);
    dialer.faults.add({ kind: 'status', route: 'list', status: 503 });
    dialer.faults.add({ kind: 'status', route: 'init', status: 503 });
    await app.pollNow();
    await alice.command(`/dial report yesterday ${clinic}`);
    await alice.expectEphemeral(/Report · .*Clinic/, patience);
    await alice.command(`/dial report ${clinic}`);
    await alice.expectEphemeral(/Report · .*Clinic.*cannot be read at present; this is as of/s, patience);
    await alice.command(`/dial history ${clinic}`);
    await alice.expectEphemeral(/History.*cannot be read at present; this is as of/s, patience);
    await alice.command(`/dial imports ${clinic}`);
    await alice.expectEphemeral(/import/i, patience);
    await alice.command(`/dial show ${clinic}`);
    await alice.expectEphemeral(/No complete response since.*Clinic/s, patience);
    // Of what is not known nothing is claimed.
    for (const command of ['report', 'show']) {
      await alice.command(`/dial ${command} Nobody`);
      await alice.expectEphemeral(/try again|responded|unavailable/i, patience);
    }
  }, 120_000);

  test('of yesterday is that of yesterday, by another bot and after a restart of the day', async () => {
    await open();
    const { alice, app, dialer } = world;
    dialer.rival(taskNamed(dialer, clinic).uuid, { start: true });
    await app.pollNow();
    await dialFor(2 * minute);
    await dialFor(2 * minute);
    await alice.command('/dial report');
    const today = (await alice.expectEphemeral('*Report*', patience)).text();
    expect(today).toMatch(/Most dialed/);
    time.ahead += day;
    await dialFor(2 * minute);
    await alice.command('/dial report yesterday');
    const isOver = ({ text }: { text: string }): boolean => text.startsWith('Report') && !text.includes('until');
    const yesterday = await alice.expectEphemeral(isOver, patience);
    const dialed = /\*([\d,]+)\* dialed/;
    expect(dialed.exec(yesterday.text())?.[1]).toBe(dialed.exec(today)?.[1]);
    expect(yesterday.text()).toContain('outside Dialdeck');
    await yesterday.press('report:today');
    await alice.expectEphemeral(/spent dialing, all tasks added up/, patience);
  }, 240_000);

  test('has a chart, and the same figures as text', async () => {
    await open();
    const { alice, app, dialer } = world;
    dialer.rival(taskNamed(dialer, clinic).uuid, { start: true });
    await app.pollNow();
    for (let i = 0; i < 3; i += 1) {
      time.ahead += hour - 2 * minute;
      await dialFor(2 * minute);
    }
    await alice.command('/dial report');
    const report = await alice.expectEphemeral('*Report*', patience);
    expect(JSON.stringify(report.message().blocks)).toContain('data_visualization');
    expect(report.text()).toMatch(/13:00 \d+ · 14:00 \d+ · 15:00 \d+/);
  }, 240_000);
});

describe('a digest', () => {
  const ending: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });

  async function open() {
    const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-digest-'));
    ending.push(() => rm(dataDir, { recursive: true, force: true }));
    const slack = await createSlackSandbox({ waitMs: 15_000 });
    ending.push(() => slack.close());
    const dialer = await createDialerSandbox({ speed: 0 });
    ending.push(() => dialer.close());
    const { clock, time } = createShiftedClock();
    const config = configFor(slack, dialer, dataDir, utc);
    const log = createLog('error', () => {});
    const start = async (): Promise<RunningApp> => {
      const app = await startApp(config, { log, clock, delivery: { postEveryMs: 10 } });
      ending.push(() => app.stop());
      return app;
    };
    const posts = () =>
      slack
        .snapshot('alice')
        .channels.flatMap((seen) => seen.messages)
        .filter(
          (message) => message.user === slack.botUserId && !message.ephemeral && message.text.startsWith('Digest'),
        );
    return { slack, dialer, time, start, posts, alice: slack.as('alice').in(channel) };
  }

  test('is posted once, by two bots and over a restart, and late where nobody ran', async () => {
    const { time, start, posts, alice } = await open();
    const [first, second] = [await start(), await start()];
    await alice.command('/dial digest 13:00');
    await alice.expectEphemeral('A digest is posted in', patience);
    await first.pollNow();
    await second.pollNow();
    expect(posts()).toEqual([]);
    time.ahead += hour;
    for (let i = 0; i < 2; i += 1) {
      await first.pollNow();
      await second.pollNow();
    }
    await eventually(() => posts().length === 1);
    await Promise.all([first.stop(), second.stop()]);
    const third = await start();
    await third.pollNow();
    await third.pollNow();
    expect(posts()).toHaveLength(1);
    await third.stop();
    // Two days later, two hours after the time: the day between is left out.
    time.ahead += 2 * day + 2 * hour;
    const fourth = await start();
    await fourth.pollNow();
    await eventually(() => posts().length === 2);
    expect(JSON.stringify(posts().at(-1)?.blocks)).toContain('Posted late');
    await fourth.pollNow();
    expect(posts()).toHaveLength(2);
  }, 240_000);

  test('comes without its chart where Slack takes none', async () => {
    const { slack, dialer, time, start, posts, alice } = await open();
    const app = await start();
    await app.pollNow();
    await alice.command('/dial digest 14:30');
    await alice.expectEphemeral('A digest is posted in', patience);
    for (let i = 0; i < 2; i += 1) {
      dialer.clock.advance(2 * minute);
      time.ahead += hour;
      await app.pollNow();
    }
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    time.ahead += hour / 2;
    await app.pollNow();
    await eventually(() => posts().length === 1);
    const [posted] = posts();
    expect(JSON.stringify(posted?.blocks)).not.toContain('data_visualization');
    expect(JSON.stringify(posted?.blocks)).toMatch(/13:00 \d+ · 14:00 \d+/);
  }, 240_000);

  test('ends with its channel, and who set it up is notified once', async () => {
    const { slack, time, start, posts, alice } = await open();
    const app = await start();
    await alice.command('/dial digest 13:00');
    await alice.expectEphemeral('A digest is posted in', patience);
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'not_in_channel' });
    time.ahead += hour;
    await app.pollNow();
    await alice.expectDm('The digest can no longer be posted', patience);
    await alice.command('/dial digest show');
    await alice.expectEphemeral('It is paused', patience);
    time.ahead += day;
    await app.pollNow();
    expect(posts()).toEqual([]);
    await alice.command('/dial digest off');
    await alice.expectEphemeral('No digest is posted in', patience);
  }, 240_000);

  test.each([
    ['/dial 日报 工作日 9点', '将在'],
    ['/dial 日报查看', '没有设置日报'],
    ['/dial 日报 明天', '无法识别的时间'],
  ])('%s', async (words, answer) => {
    const { slack, start } = await open();
    await start();
    const limei = slack.as('limei').in(channel);
    await limei.command(words);
    await limei.expectEphemeral(answer, patience);
  });
});
