import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningApp, startApp } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import type { Log } from '../../src/core/ports.ts';
import { en } from '../../src/i18n/en.ts';
import { commands } from '../../src/slack/commands.ts';
import { commandDescription, usageHint } from '../../src/slack/manifest.ts';
import { createDialerSandbox, type DialerSandbox } from '../dialer/server.ts';
import { buildPage } from '../slack/page/build.ts';
import { defaultSeed } from '../slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../slack/server.ts';
import { connectLevers, startSpeed } from './levers.ts';

export interface DemoWorld {
  /** The page. */
  url: string;
  slack: SlackSandbox;
  dialer: DialerSandbox;
  app: RunningApp;
  close(): Promise<void>;
}

/** The tasks whose cards stand in a channel when the demo opens. */
const watchedAtStart = ['Renewal', '车险'];

/** Both stand-ins and the real app between them, on this machine only. Nothing is kept when it closes. */
export async function startDemo(options: { port: number; log: Log }): Promise<DemoWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-demo-'));
  const dialer = await createDialerSandbox({ speed: startSpeed });
  const slack = await createSlackSandbox({
    port: options.port,
    pageHtml: buildPage,
    seed: {
      app: {
        ...defaultSeed.app,
        commands: [
          {
            command: '/dial',
            description: commandDescription,
            usageHint: usageHint,
            escape: true,
            subcommands: commands.map(({ name }) => ({ word: name, hint: en.commands[name].hint })),
          },
        ],
      },
    },
  });
  const config: Config = {
    slack: {
      botToken: slack.botToken,
      appToken: slack.appToken,
      signingSecret: null,
      apiUrl: slack.apiUrl,
      command: '/dial',
    },
    port: 0,
    dialer: {
      url: dialer.url,
      token: dialer.token,
      authHeader: 'Authorization',
      authScheme: 'Bearer',
      timeZone: 'Asia/Shanghai',
      minResidue: 2,
      progressPath: null,
      importKey: 'customer_info_list',
      importBatch: 100,
      timeoutMs: 15_000,
    },
    pollCron: '*/2 * * * * *',
    databaseUrl: null,
    dataDir,
    locale: 'en',
    logLevel: 'warn',
  };
  // Cards move every two seconds here, so that a visitor sees them move; in production it is every fifteen.
  const app = await startApp(config, { log: options.log, delivery: { editEveryMs: 1_500 } });
  connectLevers(slack, dialer);
  const lead = slack.as('limei').in('outbound-calls');
  for (const name of watchedAtStart) await lead.command(`/dial watch ${name}`);

  return {
    url: slack.url,
    slack,
    dialer,
    app,
    async close() {
      await app.stop();
      await slack.close();
      await dialer.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
