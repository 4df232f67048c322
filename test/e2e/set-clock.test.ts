import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import type { Config } from '../../src/settings/config.ts';
import { type BotProcess, startBot } from '../support/bot-process.ts';
import { type Built, build } from '../support/built.ts';
import { eventually } from '../support/eventually.ts';
import { settableClock } from '../support/set-clock.ts';
import { engines, makeDatabase, type TestDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { channel, configFor, taskNamed } from '../support/world.ts';

reportSkipped();

const hour = 3_600_000;
const name = 'Clinic appointment check';

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

/** The clock of the machine is set, forward or back, while the bot is down and while it runs. */
describe.each(engines)('with %s', (engine) => {
  let database: TestDatabase;
  let slack: SlackSandbox;
  let dialer: DialerSandbox;
  let config: Config;
  let bot: BotProcess | null = null;

  const begin = async (environment: Record<string, string>): Promise<BotProcess> => {
    bot = await startBot(built.bot, config, environment);
    return bot;
  };
  const posts = (): string[] =>
    slack
      .snapshot('alice')
      .channels.flatMap((seen) => seen.messages)
      .filter((message) => message.user === slack.botUserId && !message.ephemeral)
      .map((message) => message.text);
  const readiness = async (output: string): Promise<unknown> => {
    const port = /"port":(\d+)/.exec(output)?.[1];
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).json();
  };

  afterEach(async () => {
    await bot?.kill();
    bot = null;
    await slack.close();
    await dialer.close();
    await database.drop();
  });

  test.each([
    ['an hour forward', hour],
    ['an hour back', -hour],
    ['a week back', -7 * 24 * hour],
  ])(
    'set %s, before the start and in the middle of a run: every poll sees what happened, the end is announced',
    async (_what, by) => {
      database = await makeDatabase(engine);
      slack = await createSlackSandbox();
      dialer = await createDialerSandbox({ speed: 0 });
      const { dataDir, databaseUrl } = database.location;
      config = { ...configFor(slack, dialer, dataDir, { config: { pollCron: '* * * * * *' } }), databaseUrl };
      const alice = slack.as('alice').in(channel);

      // The clock is off by as much as it is set by later.
      await begin(settableClock(-by));
      await alice.command('/dial watch Clinic');
      const card = await alice.expectCard(channel, name, { timeoutMs: 15_000 });
      await card.press('task_start');
      await card.expectText('Dialing', { timeoutMs: 15_000 });
      await bot?.kill();

      const second = await begin(settableClock(0, by));
      dialer.clock.advance(5 * 60_000);
      const moved = card.text();
      // It was edited at the start, perhaps, and then not for fifteen seconds.
      await card.expectText(() => card.text() !== moved, { timeoutMs: 40_000 });

      second.signal('SIGUSR2');
      dialer.clock.advance(8 * hour);
      dialer.rival(taskNamed(dialer, name).uuid, { start: false });
      await alice.expectMessage(channel, /Clinic.*has finished/, { timeoutMs: 15_000 });
      await eventually(() => second.output().includes('the clock was set'));
      expect(await readiness(second.output())).toMatchObject({ ok: true });
      expect(posts().filter((text) => text.includes('finished'))).toHaveLength(1);
      expect(posts().join('\n')).not.toMatch(/deleted|goes on|paused|started/);
      // What dialed for seconds has not dialed for an hour. A clock that was set forward while no bot ran is taken for an
      // hour in which nobody looked.
      if (by < 0) expect(posts().join('\n')).toMatch(/numbers dialed in \d+ s/);
    },
    120_000,
  );
});
