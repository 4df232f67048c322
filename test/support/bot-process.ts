import { type ChildProcess, spawn } from 'node:child_process';
import type { Config } from '../../src/settings/config.ts';
import { longestMs } from './eventually.ts';

/** The bot in a process of its own, so that it can be killed. */
export interface BotProcess {
  /** Everything it wrote. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL: no handler runs. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
}

function environmentFor(config: Config): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: config.slack.botToken,
    ...(config.slack.appToken === null ? {} : { SLACK_APP_TOKEN: config.slack.appToken }),
    ...(config.slack.signingSecret === null ? {} : { SLACK_SIGNING_SECRET: config.slack.signingSecret }),
    SLACK_API_URL: config.slack.apiUrl,
    SLACK_COMMAND: config.slack.command,
    PORT: String(config.port),
    DIALER_URL: config.dialer.url,
    DIALER_TOKEN: config.dialer.token,
    DIALER_TIMEOUT_MS: String(config.dialer.timeoutMs),
    ...(config.dialer.progressPath === null ? {} : { DIALER_PROGRESS_PATH: config.dialer.progressPath }),
    START_ASK_ABOVE: String(config.startAskAbove),
    POLL_CRON: config.pollCron,
    REDIAL_QUIET_MINUTES: String(config.redialQuietMs / 60_000),
    ...(config.databaseUrl === null ? {} : { DATABASE_URL: config.databaseUrl }),
    DATA_DIR: config.dataDir,
    LOCALE: config.locale,
    LOG_LEVEL: config.logLevel,
  };
}

/** Starts the built `main` and resolves when it says that it is running. `environment` comes on top of the config's. */
export async function startBot(
  main: string,
  config: Config,
  environment: Record<string, string> = {},
): Promise<BotProcess> {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environmentFor(config), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (part) => {
    output += String(part);
  });
  child.stderr?.on('data', (part) => {
    output += String(part);
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    const look = setInterval(() => {
      if (output.includes('Dialdeck is running')) end(resolve);
    }, 20);
    const limit = setTimeout(() => end(() => reject(new Error(`The bot did not start:\n${output}`))), longestMs);
    const end = (settle: () => void): void => {
      clearInterval(look);
      clearTimeout(limit);
      settle();
    };
    void exited.then(() => end(() => reject(new Error(`The bot ended at once:\n${output}`))));
  });
  return {
    output: () => output,
    signal(signal) {
      child.kill(signal);
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}
