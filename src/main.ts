import { type RunningApp, startApp } from './app.ts';
import { systemClock } from './clock.ts';
import { explainFaults, readConfig, secretsIn } from './config.ts';
import { toAppError } from './core/errors.ts';
import { loadEnvFile } from './env-file.ts';
import { exposedAddresses } from './exposure.ts';
import { createLog } from './log.ts';
import { slackCode } from './slack/api/errors.ts';

/** The process: environment, signals, exit codes. */

/** Longer than everything a stop waits for; past this, something hangs, ms. */
const stopWithinMs = 25_000;

const writeLine = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  loadEnvFile();
  const read = readConfig(process.env);
  if (!read.ok) {
    process.stderr.write(explainFaults(read.faults));
    process.exitCode = 1;
    return;
  }
  const { config } = read;
  const log = createLog(config.logLevel, writeLine, secretsIn(process.env));
  for (const { what, seen } of exposedAddresses(process.env)) log.warn(`${what} ${seen}`);

  let stopping = false;
  let stoppingSince = 0;
  process.on('unhandledRejection', (reason) => {
    // Bolt's socket client rejects without a reason when it is stopped during a reconnect; anything else is worth
    // logging.
    if (stopping && reason === undefined) return;
    log.error('unhandled rejection', {
      reason: reason === undefined ? 'none' : toAppError(reason).message,
    });
  });

  process.on('uncaughtException', (error) => {
    // The state in memory can no longer be trusted; a supervisor restarts the process from what is stored.
    log.error('uncaught exception, exiting', { reason: toAppError(error).message });
    process.exit(1);
  });

  let app: RunningApp | null = null;
  const stop = (signal: string): void => {
    if (stopping) {
      // Launchers forward one Ctrl-C twice; a later signal is a person who does not want to wait.
      if (performance.now() - stoppingSince > 1_000) process.exit(1);
      return;
    }
    stopping = true;
    stoppingSince = performance.now();
    log.info('stopping', { signal });
    // Still starting: nothing is in flight yet.
    if (app === null) process.exit(0);
    void systemClock.sleep(stopWithinMs).then(() => {
      log.error('could not stop in time');
      process.exit(1);
    });
    app.stop().then(
      () => process.exit(0),
      (error) => {
        log.error('could not stop cleanly', { reason: toAppError(error).message });
        process.exit(1);
      },
    );
  };
  // Registered before the start: the first process of a container ignores signals without a handler.
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));

  try {
    app = await startApp(config, { log });
  } catch (error) {
    log.error(
      `Dialdeck could not start: ${whyNot(error, config.port)} \`npm run doctor\` checks everything it needs.`,
      {
        reason: toAppError(error).message,
      },
    );
    process.exit(1);
  }
}

/** The usual causes in plain words, for the operator. */
function whyNot(error: unknown, port: number): string {
  const code = slackCode(error);
  if (code !== null) return `Slack rejected the token (${code}).`;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `port ${port} is in use; stop the other process or set PORT.`;
  }
  if (toAppError(error).code === 'store_failed') return 'the store cannot be opened.';
  return 'something it needs did not respond.';
}

await main();
