import { startApp } from './app.ts';
import { explainFaults, readConfig } from './config.ts';
import { toAppError } from './core/errors.ts';
import { loadEnvFile } from './env-file.ts';
import { createLog } from './log.ts';

/** The process: environment, signals, exit codes. */

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
  const secrets = [
    config.slack.botToken,
    config.slack.appToken ?? '',
    config.slack.signingSecret ?? '',
    config.dialer.token,
    config.databaseUrl ?? '',
  ];
  const log = createLog(config.logLevel, writeLine, secrets);

  let stopping = false;
  process.on('unhandledRejection', (reason) => {
    // Bolt's socket client rejects with nothing when it is stopped during a reconnect; anything else is worth a look.
    if (stopping && reason === undefined) return;
    log.error('an unexpected failure was not handled', {
      reason: reason === undefined ? 'none' : toAppError(reason).message,
    });
  });

  try {
    const app = await startApp(config, { log });
    const stop = (signal: string): void => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info('stopping', { signal });
      app.stop().then(
        () => process.exit(0),
        (error) => {
          log.error('could not stop cleanly', { reason: toAppError(error).message });
          process.exit(1);
        },
      );
    };
    process.on('SIGTERM', () => stop('SIGTERM'));
    process.on('SIGINT', () => stop('SIGINT'));
  } catch (error) {
    log.error('Dialdeck could not start; `npm run doctor` looks for the cause', { reason: toAppError(error).message });
    process.exitCode = 1;
    process.exit();
  }
}

await main();
