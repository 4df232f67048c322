import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import { appFromManifest, defaultSeed } from '../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { systemClock } from '../../src/clock.ts';
import { within } from '../../src/core/time/waiting.ts';
import { readConfig } from '../../src/settings/config.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { startBot } from '../../test/support/bot-process.ts';
import { startPlatform, type TrialPlatform } from './platform.ts';

/** The built bot in a process of its own, the platform in another; the stand-in for Slack is in this one. */
export interface Rig {
  slack: SlackSandbox;
  platform: TrialPlatform;
  /** Who sends the worst. */
  attacker: PersonClient;
  /** Everybody else. They take turns, so that none of them exceeds the share of one person. */
  colleagues: readonly PersonClient[];
  /** How many sockets have closed since the bot was connected. */
  dropped(): number;
  close(): Promise<void>;
}

const channel = 'outbound-calls';
const colleagueNames = Array.from({ length: 8 }, (_, index) => `colleague${index + 1}`);
const stopWithinMs = 5_000;

/** @param main the built entry of the bot. @param tasks on the platform, beside the running one. */
export async function startRig(main: string, tasks: number): Promise<Rig> {
  const [alice] = defaultSeed.people;
  if (alice === undefined) throw new Error('The workspace has nobody.');
  const slack = await createSlackSandbox({
    waitMs: 5_000,
    seed: {
      app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })),
      people: [
        ...defaultSeed.people,
        ...colleagueNames.map((name, index) => ({ ...alice, id: `U0COLLEAG${index + 1}`, name, realName: name })),
      ],
      channels: defaultSeed.channels.map((one) =>
        one.name === channel ? { ...one, members: [...one.members, ...colleagueNames] } : one,
      ),
    },
  });
  const platform = await startPlatform(tasks);
  const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-trial-'));
  const config = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DIALER_URL: platform.url,
    DIALER_TOKEN: 'trial',
    DATA_DIR: dataDir,
    PORT: '0',
    // Several polls fall into each trial, so that the bot meets a bad body by itself as well.
    POLL_CRON: '*/2 * * * * *',
  });
  if (!config.ok) throw new Error(config.faults.map(({ name, problem }) => `${name} ${problem}`).join(', '));
  const bot = await startBot(main, config.config);

  let open = slack.sockets.connections();
  let dropped = 0;
  slack.workspace.onChange(() => {
    const now = slack.sockets.connections();
    dropped += Math.max(0, open - now);
    open = now;
  });
  return {
    slack,
    platform,
    attacker: slack.as(alice.name).in(channel),
    colleagues: colleagueNames.map((name) => slack.as(name).in(channel)),
    dropped: () => dropped,
    async close() {
      await within(systemClock, { ms: stopWithinMs }, bot.stop(), () => null);
      await bot.kill();
      await platform.close();
      await slack.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
