import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { toAppError } from './core/errors.ts';
import { createImportUseCases } from './core/imports/importing.ts';
import type { Task } from './core/model/task.ts';
import { createDeliverer } from './core/notices/deliver.ts';
import type { DeliveryLimits } from './core/notices/policy.ts';
import type { Clock, Log } from './core/ports.ts';
import { createWatchUseCases } from './core/subscriptions/watches.ts';
import { createTaskUseCases } from './core/tasks/actions.ts';
import { createFinder } from './core/tasks/finder.ts';
import { createFormChoices } from './core/tasks/form-choices.ts';
import { createMetadataCache } from './core/tasks/metadata-cache.ts';
import { createRedialRules } from './core/tasks/redial-rules.ts';
import { createBoard } from './core/watch/board.ts';
import { watchOnce } from './core/watch/watch-once.ts';
import { createDialer } from './dialer/client.ts';
import { type Check, healthRoutes, serveRoutes } from './health.ts';
import { catalogueOf } from './i18n/translator.ts';
import { type Jobs, startJobs } from './jobs/schedule.ts';
import { boltLogger } from './log.ts';
import { createDownload } from './slack/api/download.ts';
import { createMessenger } from './slack/api/messenger.ts';
import { createPeople } from './slack/api/people.ts';
import { connectSlack } from './slack/bolt/app.ts';
import type { SlackDeps } from './slack/deps.ts';
import { reportCreate, reportImport } from './slack/flows/report-settled.ts';
import { listeners } from './slack/listeners.ts';
import { openStore } from './store/store.ts';

/** What a caller may replace: time, how fast it passes on the platform, and how often cards are edited. */
export interface Seams {
  log: Log;
  clock?: Clock;
  delivery?: Partial<DeliveryLimits>;
  /** Simulated seconds per real one, for a stand-in whose clock is fast. */
  platformSpeed?: () => number;
}

export interface RunningApp {
  /** Stops in the reverse order of startup: jobs, receiving, work in flight, outbox, store. */
  stop(): Promise<void>;
  /** Polls the platform now. */
  pollNow(): Promise<void>;
  /** Where /healthz and /readyz are served. */
  port: number;
}

/** How long a stop waits for interactions in progress, ms. */
const graceMs = 10_000;

/** Composes the product from its parts and starts it. Throws when the store or Slack fails. */
export async function startApp(
  config: Config,
  { log, clock = systemClock, delivery, platformSpeed = () => 1 }: Seams,
): Promise<RunningApp> {
  const newId = (): string => randomUUID();
  const owner = newId();
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, clock, log });
  const dialer = createDialer(config.dialer, { log, clock });
  const board = createBoard();
  const common = catalogueOf(config.locale);
  let jobs: Jobs | null = null;

  const checks = async (): Promise<Check[]> => {
    const poll = jobs?.lastPoll() ?? { at: null, ok: false, error: 'not started' };
    return [
      { name: 'slack', ok: slack.connected() },
      {
        name: 'store',
        ok: await store.ping().then(
          () => true,
          () => false,
        ),
      },
      { name: 'poll', ok: poll.ok, ...(poll.error === null ? {} : { detail: poll.error }) },
    ];
  };
  const routes = healthRoutes(checks, clock);
  const slack = connectSlack({ ...config.slack, port: config.port }, routes, { log, logger: boltLogger(log), clock });
  const deliverer = createDeliverer({
    store,
    messenger: createMessenger(slack.outbox, common),
    clock,
    log,
    board,
    owner,
    ...(delivery === undefined ? {} : { limits: delivery }),
  });

  const changed = (): void => {
    deliverer.flush().catch((error) => log.error('the outbox could not be processed', { reason: String(error) }));
  };
  const metadata = createMetadataCache(dialer, clock, log);
  const redialRules = createRedialRules(metadata, clock);
  const people = createPeople(config.locale, clock);
  const stopping = new AbortController();
  const tasks = createTaskUseCases({ dialer, store, board, metadata, clock, log, newId, changed });
  const finder = createFinder({ board, store, clock, read: tasks.cards });
  const imports = createImportUseCases({
    dialer,
    store,
    board,
    clock,
    log,
    batchSize: config.dialer.importBatch,
    stopping: stopping.signal,
    newId,
    changed,
    find: async (taskId) => (await tasks.card(taskId)).task,
  });
  /**
   * What a crash interrupted is settled by reading and reported to its person; failing to reach one person delays no
   * one else.
   */
  const settleAndReport = async (): Promise<void> => {
    const direct = { client: slack.outbox, catalogueFor: people.catalogueFor };
    const report = (what: string, reporting: Promise<void>): Promise<void> =>
      reporting.catch((error) =>
        log.error(`a person could not be notified of their ${what}`, { reason: toAppError(error).message }),
      );
    for (const settled of await imports.settle()) await report('import', reportImport(direct, settled));
    for (const settled of await tasks.settleCreates()) await report('task', reportCreate(direct, settled));
  };
  const deps: SlackDeps = {
    command: config.slack.command,
    tasks,
    finder,
    choices: createFormChoices(metadata, config.dialer.minResidue),
    imports,
    watches: createWatchUseCases({ store, board, finder, clock, changed }),
    clock,
    log,
    newId,
    catalogueFor: people.catalogueFor,
    common,
    download: createDownload(config.slack),
  };
  for (const register of listeners) register(slack.app, deps);

  // Whatever was opened is closed in reverse order, also when a later step of the startup fails.
  const opened: (() => unknown)[] = [() => store.close(), () => dialer.close()];
  const closeAll = async (): Promise<void> => {
    let failure: unknown = null;
    // Removed from the list as they are closed: a second stop finds nothing left to do.
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) {
      try {
        await close();
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== null) throw failure;
  };

  let healthServer: Server | null = null;
  try {
    // Until the first poll, the readings from before the restart are shown, so that cards keep their history.
    for (const reading of (await store.readings()).values()) board.put(reading);
    if (config.slack.appToken !== null) {
      const server = await serveRoutes(routes, config.port);
      healthServer = server;
      opened.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    }
    opened.push(() => deliverer.stop());
    opened.push(() => slack.stop(graceMs));
    await slack.start();
    metadata.peek();
    const started = startJobs({
      pollCron: config.pollCron,
      watch: async () => {
        const redials = redialRules();
        // Nobody has entered any quiet hours so far, and the platform names them only.
        const speed = platformSpeed();
        const settings = { quietHours: null, redialQuietMs: config.redialQuietMs / speed, platformSpeed: speed };
        const circumstancesOf = (task: Task) => ({ redials: redials(task), ...settings });
        await watchOnce({ dialer, store, clock, log, board, circumstancesOf });
        await settleAndReport();
      },
      deliver: () => deliverer.flush(),
      store,
      prune: store.prune,
      clock,
      log,
      owner,
      timeZone: config.dialer.timeZone,
    });
    jobs = started;
    opened.push(() => started.stop());
  } catch (error) {
    await closeAll().catch((also) => log.error('not everything could be closed', { reason: toAppError(also).message }));
    throw error;
  }

  const address = healthServer?.address();
  const port = typeof address === 'object' && address !== null ? address.port : (slack.httpPort() ?? config.port);
  log.info('Dialdeck is running', {
    mode: config.slack.appToken === null ? 'http' : 'socket',
    port,
    command: config.slack.command,
  });

  return {
    port,
    pollNow: () => jobs?.pollNow() ?? Promise.resolve(),
    async stop() {
      stopping.abort();
      await closeAll();
      log.info('Dialdeck has stopped');
    },
  };
}
