import { afterEach, describe, expect, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { engines, makeDatabase, type TestDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { channel, configFor, taskNamed } from '../support/world.ts';

reportSkipped();

/** Two bots share one store: the database decides who acts. */
describe.each(engines)('two bots on %s', (engine) => {
  let apps: RunningApp[] = [];
  let database: TestDatabase;
  let slack: SlackSandbox;
  let dialer: DialerSandbox;
  afterEach(async () => {
    for (const app of apps) await app.stop();
    apps = [];
    await slack.close();
    await dialer.close();
    await database.drop();
  });

  test('one card, one notice of the end, one effect of each press', async () => {
    database = await makeDatabase(engine);
    slack = await createSlackSandbox();
    dialer = await createDialerSandbox({ speed: 0 });
    const config = {
      ...configFor(slack, dialer, database.location.dataDir, {
        config: { pollCron: '* * * * * *', redialQuietMs: 2_000 },
      }),
      databaseUrl: database.location.databaseUrl,
    };
    const log = createLog('error', () => {});
    const delivery = { editEveryMs: 50, postEveryMs: 10 };
    apps = [await startApp(config, { log, delivery }), await startApp(config, { log, delivery })];

    const alice = slack.as('alice').in(channel);
    await alice.command('/dial watch Clinic');
    const card = await alice.expectCard(channel, 'Clinic appointment check', { timeoutMs: 15_000 });
    await Promise.all([card.press('task_start'), card.press('task_start')]);
    await card.expectText('Dialing', { timeoutMs: 15_000 });
    expect(dialer.effects('start', taskNamed(dialer, 'Clinic appointment check').uuid)).toBe(1);

    dialer.clock.advance(8 * 3_600_000);
    await alice.expectMessage(channel, /Clinic.*has finished/, { timeoutMs: 30_000 });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const posts = alice
      .snapshot()
      .channels.flatMap((seen) => seen.messages)
      .filter((message) => message.user === slack.botUserId && !message.ephemeral);
    expect(posts.filter((message) => message.text.includes('has finished'))).toHaveLength(1);
    const cards = posts.filter((message) => JSON.stringify(message.blocks).includes('"task_more"'));
    expect(cards.map((message) => `${message.ts} ${message.text}`)).toHaveLength(1);
  });
});
