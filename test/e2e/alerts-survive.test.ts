import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { seededLineIds } from '../../sandbox/dialer/seed-ids.ts';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { campaign } from '../support/alert-world.ts';
import { type BotProcess, startBot } from '../support/bot-process.ts';
import { type Built, build } from '../support/built.ts';
import { engines, makeDatabase, type TestDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { channel, configFor } from '../support/world.ts';

reportSkipped();

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

/** A bot that was killed is replaced by the other one within 15 s, and polls every second. */
const longestMs = 45_000;
const day = 86_400_000;
const { hangzhou } = seededLineIds;

describe.each(engines)('alerts of two bots on %s, one of which is killed again and again', (engine) => {
  let slack: SlackSandbox;
  let dialer: DialerSandbox;
  let database: TestDatabase;
  let bots: BotProcess[] = [];
  afterEach(async () => {
    for (const bot of bots) await bot.stop();
    bots = [];
    await slack.close();
    await dialer.close();
    await database.drop();
  });

  test('each is one message, which is edited when it is over', async () => {
    slack = await createSlackSandbox();
    dialer = await createDialerSandbox({ account: 'fresh', speed: 1, tasks: [campaign({ started: true })] });
    database = await makeDatabase(engine);
    const { dataDir, databaseUrl } = database.location;
    const config = { ...configFor(slack, dialer, dataDir, { config: { pollCron: '* * * * * *' } }), databaseUrl };
    const begin = async (): Promise<void> => {
      bots.push(await startBot(built.bot, config, databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }));
    };
    await begin();
    await begin();
    const alice = slack.as('alice').in(channel);
    await alice.command('/dial watch Spring');
    await alice.expectCard(channel, 'Spring renewal', { timeoutMs: 30_000 });
    const alerts = (): string[] =>
      alice
        .snapshot()
        .channels.flatMap(({ messages }) => messages)
        .filter(({ user, text }) => user === slack.botUserId && / line .*Spring renewal/i.test(text))
        .map(({ text }) => text);

    // Around the moments at which it is suspected, written, posted and answered.
    for (const [round, ms] of [700, 1_300, 1_900, 2_500].entries()) {
      dialer.adjust({ what: 'line', id: hangzhou, deadlineAt: Date.now() - day });
      await new Promise((resolve) => setTimeout(resolve, ms));
      await bots.shift()?.kill();
      await begin();
      await alice.expectMessage(channel, /line .* of \*Spring renewal\* expired/, { timeoutMs: longestMs });
      dialer.adjust({ what: 'line', id: hangzhou, deadlineAt: Date.now() + 99 * day });
      await new Promise((resolve) => setTimeout(resolve, ms));
      await bots.shift()?.kill();
      await begin();
      await alice.expectMessage(channel, 'The line of *Spring renewal* was renewed', { timeoutMs: longestMs });
      // What comes back within half an hour is the same one again.
      expect([round, alerts()]).toEqual([round, [expect.stringMatching(/The line of \*Spring renewal\* was renewed/)]]);
    }
  }, 400_000);
});
