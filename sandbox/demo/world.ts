import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningApp, startApp } from '../../src/app.ts';
import type { Log } from '../../src/core/ports.ts';
import type { Locale } from '../../src/i18n/translator.ts';
import { type Config, readConfig } from '../../src/settings/config.ts';
import { createDialerSandbox, type DialerSandbox } from '../dialer/server.ts';
import { buildPage } from '../slack/page/build.ts';
import { createSlackSandbox, type SlackSandbox } from '../slack/server.ts';
import { startSpeed } from './clock.ts';
import { connectPageControls } from './page-controls.ts';
import { demoWorkspace, furnish } from './workspace.ts';

export interface DemoWorld {
  /** The page. */
  url: string;
  slack: SlackSandbox;
  dialer: DialerSandbox;
  app: RunningApp;
  close(): Promise<void>;
}

/**
 * Starts both stand-ins and the real app between them, on this machine only. Nothing is kept when it closes. Rejects
 * when the port is taken, and leaves nothing behind.
 */
export async function startDemo(options: { port: number; log: Log; locale?: Locale }): Promise<DemoWorld> {
  const { port, locale = 'en' } = options;
  const undo: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const slack = await createSlackSandbox({ port, pageHtml: buildPage, seed: demoWorkspace(locale) });
    undo.push(() => slack.close());
    // Built now, so that the first visitor need not wait. A failed build is reported when the page is opened.
    buildPage().catch(() => undefined);
    const dialer = await createDialerSandbox({ speed: startSpeed });
    undo.push(() => dialer.close());
    const dataDir = await mkdtemp(join(tmpdir(), `dialdeck-demo-${process.pid}-`));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    // Cards are updated every two seconds, so that a visitor sees them move; in production every fifteen. Nobody limits
    // the edits here, and a visitor who switches the platform off sees it at once.
    const app = await startApp(configFor(slack, dialer, { dataDir, locale }), {
      log: options.log,
      delivery: { editEveryMs: 1_500, postEveryMs: 200, editsPerMinute: 600, staleAfterMs: 0 },
      platformTime: () => ({ now: dialer.clock.now(), speed: Math.max(1, dialer.clock.speed()) }),
    });
    undo.push(() => app.stop());
    await furnish(slack);
    const pageControls = connectPageControls(slack, dialer);
    undo.push(() => pageControls.close());
    return { url: slack.url, slack, dialer, app, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function configFor(
  slack: SlackSandbox,
  dialer: DialerSandbox,
  { dataDir, locale }: { dataDir: string; locale: Locale },
): Config {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    POLL_CRON: '*/2 * * * * *',
    DATA_DIR: dataDir,
    LOCALE: locale,
    LOG_LEVEL: 'warn',
  });
  if (!read.ok) throw new Error(read.faults.map(({ name, problem }) => `${name} ${problem}`).join('; '));
  return read.config;
}
