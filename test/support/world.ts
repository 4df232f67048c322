import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../../sandbox/dialer/faults.ts';
import type { DialerSandboxOptions } from '../../sandbox/dialer/options.ts';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import { appFromManifest } from '../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox, type SlackSandboxOptions } from '../../sandbox/slack/server.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import type { Clock } from '../../src/core/ports.ts';
import { createLog } from '../../src/log.ts';
import { type Config, readConfig } from '../../src/settings/config.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { longestMs } from './eventually.ts';
import { forbiddenInJson } from './hostile-text.ts';
import { leaksIn } from './leaks.ts';

export type Mode = 'socket' | 'http';

export interface WorldOptions {
  mode?: Mode;
  dialer?: DialerSandboxOptions;
  /** In force before the app starts. */
  faults?: Fault[];
  slack?: SlackSandboxOptions;
  /** The time of the app; the system's unless a test must shift it. */
  clock?: Partial<Clock>;
  config?: Partial<Omit<Config, 'slack' | 'dialer'>> & { dialer?: Partial<Config['dialer']> };
}

/** Both stand-ins and the real app between them, over real sockets. */
export interface World {
  slack: SlackSandbox;
  dialer: DialerSandbox;
  app: RunningApp;
  config: Config;
  /** Speaks English, looks at #outbound-calls. */
  alice: PersonClient;
  /** Speaks Chinese, looks at #outbound-calls. */
  limei: PersonClient;
  logLines: string[];
  /** Stops everything, and fails when a log line or a message of the app leaked anything. */
  close(): Promise<void>;
}

export const channel = 'outbound-calls';

/** A config for two stand-ins, polling only on request (`app.pollNow()`) unless `config.pollCron` says otherwise. */
export function configFor(
  slack: SlackSandbox,
  dialer: DialerSandbox,
  dataDir: string,
  { mode = 'socket', config = {} }: Pick<WorldOptions, 'mode' | 'config'> = {},
): Config {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    ...(mode === 'socket' ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    // The journeys start tasks of any size; what asks first is tried where it is named.
    START_ASK_ABOVE: '1000000',
    POLL_CRON: '0 0 1 * *',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'debug',
  });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const { dialer: dialerChange, ...rest } = config;
  return { ...read.config, ...rest, dialer: { ...read.config.dialer, ...dialerChange } };
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const mode = options.mode ?? 'socket';
  const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-test-'));
  const dialer = await createDialerSandbox(options.dialer);
  for (const fault of options.faults ?? []) dialer.faults.add(fault);
  // The workspace knows the app by its manifest: its scopes and events are all the app may rely on.
  const slack = await createSlackSandbox({
    waitMs: longestMs,
    ...options.slack,
    seed: { app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })), ...options.slack?.seed },
  });
  const config = configFor(slack, dialer, dataDir, options);
  const logLines: string[] = [];
  const log = createLog('debug', (line) => logLines.push(line));
  const app = await startApp(config, {
    log,
    clock: options.clock ?? {},
    delivery: { editEveryMs: 50, postEveryMs: 10, editsPerMinute: 6_000, staleAfterMs: 0 },
  });
  if (mode === 'http') slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);

  return {
    slack,
    dialer,
    app,
    config,
    alice: slack.as('alice').in(channel),
    limei: slack.as('limei').in(channel),
    logLines,
    async close() {
      const said = [...messagesOfApp(slack), ...everSaid(slack)];
      await app.stop();
      await slack.close();
      await dialer.close();
      await rm(dataDir, { recursive: true, force: true });
      const written = [...logLines, ...said];
      const faults = [...leaksIn(written, secretsOf(slack, dialer)), ...written.flatMap(forbiddenInJson)];
      if (faults.length > 0) throw new Error(`Written to a log or a message:\n${faults.join('\n')}`);
    },
  };
}

export function secretsOf(slack: SlackSandbox, dialer: DialerSandbox) {
  return {
    tokens: [slack.botToken, slack.appToken, slack.signingSecret, dialer.token],
    phones: ['057188765008', '02161230017', '01059870042', '075586540009', '13530525008', '02038810023', '4000715566'],
  };
}

/** Everything the app ever posted, edited or answered, in the words it went out with. */
function everSaid(slack: SlackSandbox): string[] {
  return slack.traffic
    .exchanges()
    .filter(({ direction, name }) => direction === 'from-app' && /^(chat\.|response)/.test(name))
    .map(({ sent }) => JSON.stringify(sent));
}

/** Everything the app said that anyone can see, private messages included. */
export function messagesOfApp(slack: SlackSandbox): string[] {
  return ['alice', 'limei', 'bob'].flatMap((who) => {
    const snapshot = slack.snapshot(who);
    const messages = snapshot.channels.flatMap((seen) =>
      seen.messages.flatMap((message) => [message, ...message.replies]),
    );
    const said = messages
      .filter((message) => message.user === slack.botUserId)
      .map((message) => JSON.stringify([message.text, message.blocks]));
    return [...said, ...snapshot.views.map((open) => JSON.stringify(open.view))];
  });
}

/** The task of that name as the platform has it now. */
export function taskNamed(dialer: DialerSandbox, name: string) {
  const task = dialer.tasks.find((candidate) => candidate.name === name);
  if (task === undefined) throw new Error(`The platform has no task ${name}.`);
  return task;
}
