import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import type { Config } from '../../src/settings/config.ts';
import { type BotProcess, startBot } from '../support/bot-process.ts';
import { type Built, build } from '../support/built.ts';
import { eventually } from '../support/eventually.ts';
import { engines, makeDatabase, type TestDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { channel, configFor, taskNamed } from '../support/world.ts';

reportSkipped();

const name = 'Clinic appointment check';
/** So that nothing happens by itself but the first poll. */
const rarely = '0 0 1 * *';

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

/** Bots in processes of their own on one store; a killed one can release nothing. */
describe.each(engines)('bots on %s', (engine) => {
  let database: TestDatabase;
  let slack: SlackSandbox;
  let dialer: DialerSandbox;
  let bots: BotProcess[] = [];

  const begin = async (pollCron: string): Promise<BotProcess> => {
    const { dataDir, databaseUrl } = database.location;
    const config: Config = { ...configFor(slack, dialer, dataDir, { config: { pollCron } }), databaseUrl };
    const bot = await startBot(built.bot, config);
    bots.push(bot);
    return bot;
  };
  const polls = (): number => dialer.requests.filter(({ route }) => route === 'list').length;

  afterEach(async () => {
    for (const bot of bots) await bot.kill();
    bots = [];
    await slack.close();
    await dialer.close();
    await database.drop();
  });

  const watched = async () => {
    database = await makeDatabase(engine);
    slack = await createSlackSandbox();
    dialer = await createDialerSandbox({ speed: 0 });
  };
  const finish = (): void => {
    dialer.clock.advance(8 * 3_600_000);
    dialer.rival(taskNamed(dialer, name).uuid, { start: false });
  };

  test('one that was killed is replaced within 15 s, with all that it knew', async () => {
    await watched();
    const first = await begin('* * * * * *');
    const alice = slack.as('alice').in(channel);
    await alice.command('/dial watch Clinic');
    const card = await alice.expectCard(channel, name, { timeoutMs: 15_000 });
    await card.press('task_start');
    await card.expectText('Dialing', { timeoutMs: 15_000 });
    const second = await begin('* * * * * *');
    expect(second.output()).not.toContain('polls from now on');

    await first.kill();
    const before = polls();
    finish();
    // `eventually` gives up after 15 s.
    await eventually(() => second.output().includes('this bot polls from now on') && polls() > before);
    await alice.expectMessage(channel, /Clinic.*has finished/, { timeoutMs: 15_000 });
  });

  test('one that was killed and is started again finds its own leases free at once', async () => {
    await watched();
    const first = await begin(rarely);
    await eventually(() => polls() > 0);
    await first.kill();
    const before = polls();
    const again = await begin(rarely);
    await eventually(() => polls() > before);
    // The first poll was its own: it did not have to wait for anything to run out.
    expect(again.output()).toContain('a bot that was killed is no longer counted');
    expect(again.output()).not.toContain('polls from now on');
  });

  test('a second one on the same machine takes nothing away from the first', async () => {
    await watched();
    await begin(rarely);
    await eventually(() => polls() > 0);
    const second = await begin(rarely);
    const before = polls();
    // Longer than a dead bot would be counted.
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    expect(polls()).toBe(before);
    expect(second.output()).not.toMatch(/no longer counted|polls from now on/);
  });
});
