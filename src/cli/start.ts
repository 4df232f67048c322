import { type RunningApp, startApp } from '../app.ts';
import { slackCause } from '../causes.ts';
import { systemClock } from '../clock.ts';
import { toAppError } from '../core/errors.ts';
import { listenTrouble } from '../listening.ts';
import { createLog } from '../log.ts';
import { cautionsOf } from '../settings/cautions.ts';
import { explainFaults, readConfig } from '../settings/config.ts';
import { secretsIn } from '../settings/secrets.ts';
import { onLauncherGone } from './launcher.ts';
import type { Run } from './terminal.ts';

/** The process of the bot: signals and exit codes. */

/** Longer than everything a stop waits for; after that something hangs, ms. */
const stopWithinMs = 9_500;

export const start: Run = async ({ flags }, { environment, faults, ofEnvFile, program, launcher, complain }) => {
  const read = readConfig(environment, faults);
  const cautions = await cautionsOf(environment, { dataDir: null, ofEnvFile });
  if (!read.ok) {
    complain(explainFaults(read.faults, program));
    // What is missing may have been given by another name.
    for (const { what, seen } of cautions) complain(`${what} ${seen}`);
    return 1;
  }
  const { config } = read;
  let logIsOpen = true;
  const writeLine = (line: string): void => {
    if (logIsOpen) process.stdout.write(`${line}\n`);
  };
  const log = createLog(config.logLevel, writeLine, secretsIn(environment));
  for (const { what, seen, fix } of cautions) log.warn(`${what} ${seen}`, { fix });

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
  const stop = (signal: string, exitCode: 0 | 1 = 0): void => {
    if (stopping) {
      // Launchers forward one Ctrl-C twice; a later signal is a person who does not want to wait.
      if (performance.now() - stoppingSince > 1_000) process.exit(1);
      return;
    }
    stopping = true;
    stoppingSince = performance.now();
    log.info('stopping', { signal });
    // Still starting: there is nothing in flight to finish.
    if (app === null) process.exit(exitCode);
    void systemClock.sleep(stopWithinMs).then(() => {
      log.error('could not stop in time');
      process.exit(1);
    });
    app.stop().then(
      () => process.exit(exitCode),
      (error) => {
        log.error('could not stop cleanly', { reason: toAppError(error).message });
        process.exit(1);
      },
    );
  };
  // Registered before the start: the first process of a container ignores signals without a handler.
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // In a terminal it means that the terminal is gone; anywhere else, as to any service, that settings have changed.
  process.on('SIGHUP', () => {
    if (process.stdin.isTTY || process.stdout.isTTY) stop('SIGHUP');
    else log.warn('settings are read at the start only; restart to apply changes', { signal: 'SIGHUP' });
  });

  onLauncherGone(launcher, systemClock, () => stop('the launcher is gone'));

  // The reader of the log is gone. A bot that nobody can look into ends, with a status on which supervisors start anew.
  process.stdout.on('error', () => {
    if (!logIsOpen) return;
    logIsOpen = false;
    stop('the log was closed', 1);
  });

  try {
    app = await startApp(config, {
      log,
      measureProcess: true,
      adopt: flags.adopt === true,
      release: program.release,
    });
    return null;
  } catch (error) {
    log.error(
      `Dialdeck could not start: ${whyNot(error, config.port)} \`${program.call} doctor\` checks everything it needs.`,
      { reason: toAppError(error).message },
    );
    return 1;
  }
};

/** The usual causes in plain words, for the operator. */
function whyNot(thrown: unknown, port: number): string {
  const taken = listenTrouble(thrown, { port });
  if (taken !== null) return `${taken.seen}. ${taken.fix}`;
  const error = toAppError(thrown);
  switch (error.code) {
    case 'chat_failed': {
      const { seen, fix } = slackCause(error);
      return `${seen}. ${fix}`;
    }
    case 'store_not_ours':
      return error.message;
    case 'store_failed':
      return `the store cannot be opened: ${error.message}.`;
    default:
      return 'something it needs did not respond.';
  }
}
