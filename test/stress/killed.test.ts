import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RouteName } from '../../sandbox/dialer/routes.ts';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import type { Config } from '../../src/settings/config.ts';
import { type BotProcess, startBot } from '../support/bot-process.ts';
import { type Built, build } from '../support/built.ts';
import { eventually } from '../support/eventually.ts';
import { leaksIn } from '../support/leaks.ts';
import { engines, makeDatabase, type TestDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { channel, configFor, messagesOfApp, secretsOf, taskNamed } from '../support/world.ts';

reportSkipped();

/** The longest that a person waits after their bot was started again. */
const longestMs = 30_000;
const spring = 'Spring renewal reminder';
const clinic = 'Clinic appointment check';

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

describe.each(engines)('a bot on %s that is killed in the middle of an action', (engine) => {
  let slack: SlackSandbox;
  let dialer: DialerSandbox;
  let database: TestDatabase;
  let config: Config;
  let bots: BotProcess[] = [];
  let alice: PersonClient;

  beforeEach(async () => {
    slack = await createSlackSandbox();
    dialer = await createDialerSandbox({ speed: 1 });
    database = await makeDatabase(engine);
    const { dataDir, databaseUrl } = database.location;
    config = { ...configFor(slack, dialer, dataDir, { config: { pollCron: '*/10 * * * * *' } }), databaseUrl };
    alice = slack.as('alice').in(channel);
    bots = [];
  });
  afterEach(async () => {
    for (const bot of bots) await bot.stop();
    expect(leaksIn(messagesOfApp(slack), secretsOf(slack, dialer))).toEqual([]);
    await slack.close();
    await dialer.close();
    await database.drop();
  });

  const begin = async (): Promise<BotProcess> => {
    const url = config.databaseUrl;
    const bot = await startBot(built.bot, config, url === null ? {} : { DATABASE_URL: url });
    bots.push(bot);
    return bot;
  };
  const toldAlice = (): string[] =>
    slack
      .snapshot('alice')
      .channels.filter(({ kind }) => kind === 'dm')
      .flatMap(({ messages }) => messages)
      .filter(({ user }) => user === slack.botUserId)
      .map(({ text }) => text);
  const announced = (): string[] =>
    alice
      .snapshot()
      .channels.flatMap(({ messages }) => messages.map(({ text }) => text))
      .filter((text) => text.includes('outside Dialdeck'));

  /** Kills the bot as soon as the request of the action is on its way and, where it takes effect, has done so. */
  async function killDuring(route: RouteName, effect: boolean, act: () => Promise<unknown>): Promise<void> {
    const bot = await begin();
    for (const name of ['Spring', 'Clinic']) await alice.command(`/dial watch ${name}`);
    await alice.expectCard(channel, clinic, { timeoutMs: 30_000 });
    dialer.faults.add({ kind: 'hang', route, effect, times: 1 });
    const sent = () => dialer.requests.filter((request) => request.route === route).length;
    const acting = act().catch(() => undefined);
    await eventually(() => sent() > 0 && (!effect || dialer.effects(route) > 0));
    await bot.kill();
    bots = [];
    await acting;
  }

  /** Until then: told once, in these words, and announced as nobody else's. */
  async function toldInTime(words: RegExp): Promise<void> {
    await alice.expectDm(words, { timeoutMs: longestMs });
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    expect(toldAlice()).toEqual([expect.stringMatching(words)]);
    expect(announced()).toEqual([]);
  }

  test('a pause without effect: told that it is still dialing, and the task is free', async () => {
    await killDuring('stop', false, () => alice.command('/dial pause Spring'));
    await begin();
    await toldInTime(/Spring renewal reminder\* is still (dialing|on)/);
    await (await alice.expectDm('is still')).press('task_pause');
    await eventually(() => !taskNamed(dialer, spring).started);
  });

  test('a pause with its effect: told that it is paused', async () => {
    await killDuring('stop', true, () => alice.command('/dial pause Spring'));
    await begin();
    await toldInTime(/Spring renewal reminder\* is paused/);
  });

  test('a start with its effect: told that it runs', async () => {
    await killDuring('start', true, () => alice.command('/dial start Clinic'));
    await begin();
    await toldInTime(/Clinic appointment check\* has started/);
  });

  test('a create: told that there is no such task, with the form as it was filled in', async () => {
    await killDuring('create', false, async () => {
      await alice.command('/dial new Cut off');
      const form = await alice.expectModal('task_create', { timeoutMs: 15_000 });
      await form
        .fill({
          script: 'Renewal reminder v3',
          line: 'Beijing Outbound A',
          quiet_hours: '午休时间',
          redial_rule: '默认',
        })
        .submit();
    });
    await begin();
    await toldInTime(/restarted while creating \*Cut off\*/);
    expect(dialer.effects('create')).toBe(0);
  });
});
