import { randomUUID } from 'node:crypto';
import { loggingActs, loggingTaskActs } from './act-log.ts';
import { settlingAfterPolls } from './after-poll.ts';
import { identifyBot } from './bot-identity.ts';
import { claimStore, platformOf } from './claim-store.ts';
import { systemClock } from './clock.ts';
import { createFairShare } from './core/access/fair-share.ts';
import { onlyListed } from './core/access/listed.ts';
import { createAccountGuard } from './core/access/ownership.ts';
import { toAppError } from './core/errors.ts';
import { createHomes } from './core/home/homes.ts';
import { createDeliverer } from './core/notices/deliver.ts';
import type { DeliveryLimits } from './core/notices/policy.ts';
import type { Clock, Log } from './core/ports.ts';
import type { PlatformTime } from './core/quiet/known-hours.ts';
import { createPresence } from './core/time/presence.ts';
import { noted, reportUnfinished } from './core/time/unfinished.ts';
import { createBoard } from './core/watch/board.ts';
import { refreshBoard } from './core/watch/refresh.ts';
import { createDialer } from './dialer/client.ts';
import { serveAlone } from './health.ts';
import { catalogueOf } from './i18n/translator.ts';
import { tickMs } from './jobs/cron.ts';
import type { Jobs } from './jobs/schedule.ts';
import { boltLogger, clientLogger } from './log.ts';
import { measuredMessenger } from './measured.ts';
import { createMetrics } from './metrics.ts';
import { createOutages } from './outages.ts';
import { startPolling } from './polling.ts';
import { createReader } from './reader/reader.ts';
import { readiness } from './readiness.ts';
import { type Release, readRelease } from './release.ts';
import type { Config } from './settings/config.ts';
import { createShutdown } from './shutdown.ts';
import { createAnswers } from './slack/api/answers.ts';
import { reportTwoApps } from './slack/api/app-token.ts';
import { mentionReaches } from './slack/api/channels.ts';
import { createDownload, downloadTimeoutMs } from './slack/api/download.ts';
import { createHomeScreens } from './slack/api/home-screens.ts';
import { createInstallation } from './slack/api/installation.ts';
import { createMessenger } from './slack/api/messenger.ts';
import { createNewerBlocks } from './slack/api/newer-blocks.ts';
import { createPeople } from './slack/api/people.ts';
import { linksOf } from './slack/api/permalink.ts';
import { createTransport } from './slack/api/transport.ts';
import { connectSlack, socketsPerBot } from './slack/bolt/app.ts';
import { createGate } from './slack/bolt/gate.ts';
import { reportUnhandled, reportUnknown } from './slack/bolt/unhandled.ts';
import type { SlackDeps } from './slack/deps.ts';
import { errorFiles } from './slack/flows/error-file.ts';
import { importReporting } from './slack/flows/report-import.ts';
import { reportInterrupted } from './slack/flows/report-interrupted.ts';
import { listeners } from './slack/listeners.ts';
import { openStore } from './store/store.ts';
import { createUseCases } from './use-cases.ts';

/** What a caller may replace: time or a part of it, also that of the platform, and how often cards are edited. */
export interface Seams {
  log: Log;
  clock?: Partial<Clock>;
  delivery?: Partial<DeliveryLimits>;
  /** For a stand-in whose clock is fast; otherwise the platform's time is ours. */
  platformTime?: () => PlatformTime;
  /** Takes over a store that belongs to another workspace, app, platform or account. */
  adopt?: boolean;
  /** Measures this process as well, for a process that runs one app. */
  measureProcess?: boolean;
  /** What runs; by default what the folder of the program says. */
  release?: Release;
}

export interface RunningApp {
  /** Stops within nine seconds: jobs, receiving and what is in flight; then the outbox; then the store. */
  stop(): Promise<void>;
  /** Polls the platform now. */
  pollNow(): Promise<void>;
  /** Acts on the schedules that are due now. */
  keepTime(): Promise<void>;
  /** Where /healthz and /readyz are served. */
  port: number;
}

/** How long a stop waits for what people have begun, ms. */
const graceMs = 4_500;

/** Composes the product from its parts and starts it. Throws when the store or Slack fails. */
export async function startApp(
  config: Config,
  {
    log: given,
    clock: replaced,
    delivery,
    platformTime,
    measureProcess = false,
    adopt = false,
    release = readRelease(),
  }: Seams,
): Promise<RunningApp> {
  const clock: Clock = { ...systemClock, ...replaced };
  const { log, slackOutage, written } = createOutages(given, clock);
  const newId = (): string => randomUUID();
  const { id: owner, isGone } = await identifyBot(newId());
  const { databaseUrl, dataDir } = config;
  const store = await openStore({ databaseUrl, dataDir, bot: owner, numbers: config.numbers, clock, log });
  const guard = createAccountGuard({ store, clock, log });
  const platform = createDialer(config.dialer, { log, clock, admit: guard.admit });
  const board = createBoard(clock);
  const dialer = onlyListed(platform, { board, store, clock });
  const common = catalogueOf(config.locale);
  let jobs: Jobs | null = null;
  const metrics = createMetrics(
    {
      states: () => board.all().map(({ state }) => state),
      unsent: () => store.backlog(),
      waitingEdits: () => deliverer.waitingEdits(),
    },
    { clock, ofProcess: measureProcess },
  );

  const transport = createTransport({ apiUrl: config.slack.apiUrl, proxies: config.proxies });
  const presence = createPresence({ store, clock, log, owner, isGone, written }, socketsPerBot);
  const health = readiness({
    slack: () => slack,
    answers: () => answers,
    store,
    presence,
    board,
    jobs: () => jobs,
    pollEveryMs: tickMs(config.pollCron),
    release,
    clock,
  });
  const routes = config.metrics ? [...health, metrics.route] : health;
  const slack = connectSlack({ ...config.slack, host: config.host, port: config.port }, routes, {
    log,
    logger: boltLogger(log),
    clientLogger: clientLogger(log),
    clock,
    transport,
    claims: store,
    failed: (body, thrown) => reportUnhandled(deps, slack.outbox, body, thrown),
    unknown: (body) => reportUnknown(deps, slack.outbox, body),
    counted: (connections) => void presence.counted(connections),
    outage: slackOutage,
    admit: async () => {
      const { teamId, appId } = await installation();
      reportTwoApps(config.slack.appToken, appId, log);
      const place = { workspace: teamId || null, app: appId, platform: platformOf(config.dialer.url) };
      await claimStore(place, { config, store, guard, platform, clock, log }, adopt);
    },
  });
  const answers = createAnswers(slack.outbox, clock, slackOutage);
  const people = createPeople(config.locale, clock);
  const installation = createInstallation(slack.outbox);
  const linkTo = linksOf(installation);
  const newerBlocks = createNewerBlocks({ clock, log });
  const questions = { namesOf: people.namesOf, linkTo, newerBlocks, reaches: mentionReaches(slack.outbox, clock) };
  const messenger = measuredMessenger(createMessenger(slack.outbox, common, questions), metrics, answers.heard);
  const deliverer = createDeliverer({
    store,
    messenger,
    clock,
    log,
    board,
    owner,
    isPolling: () => jobs?.isPolling() ?? false,
    troubles: () => alerting.open(),
    outage: slackOutage,
    ...(delivery === undefined ? {} : { limits: delivery }),
  });

  const changed = (): void => {
    // What someone did may have ended an alert.
    const decided = jobs?.isPolling() ? alerting.look() : Promise.resolve();
    decided
      .then(() => Promise.all([deliverer.flush(), homes.refresh()]))
      .catch((error) => log.error('the outbox could not be processed', { reason: String(error) }));
  };
  const direct = { client: slack.outbox, catalogueFor: people.catalogueFor };
  const stopping = new AbortController();
  const { readMs, readMb, ...options } = config.imports;
  const reader = createReader(clock, { maxMs: readMs, maxMemoryMb: readMb, options });
  const cases = createUseCases(config, {
    dialer,
    ...{ store, messenger, board, clock, log, newId },
    readList: reader.readList,
    giveErrorFile: errorFiles(direct),
    logged: (unlogged) => loggingTaskActs(unlogged, { log, clock, metrics }),
    platformTime,
    self: async () => (await installation()).userId ?? '',
    stopping: stopping.signal,
    changed,
    pollNow: () => void jobs?.pollNow(),
  });
  const { alerting, tasks, stops, afterHours, imports, lines, metadata, knownHours, scheduleDay } = cases;
  const reporting = importReporting(direct, { ...cases, clock });
  let resuming: Promise<void> = Promise.resolve();
  const settling = settlingAfterPolls({
    tasks,
    resumeImports: (readable) => {
      resuming = imports.resume(reporting, readable);
      return resuming;
    },
    goOnWithStop: async () => {
      await stops.goOn({ failed: true });
      await afterHours();
    },
    direct: { ...direct, find: messenger.find },
    clock,
    log,
    stopping: stopping.signal,
    pollNow: async () => jobs?.pollNow(),
  });
  const homes = createHomes({
    ...{ store, board, lines, scheduleDay, clock, log },
    screens: createHomeScreens(slack.outbox, { catalogueFor: people.catalogueFor, command: config.slack.command }),
    isPolling: () => jobs?.isPolling() ?? false,
  });
  const unfinished = { store, clock, log };
  const { command } = config.slack;
  const deps: SlackDeps = {
    ...cases,
    ...loggingActs(cases, { log, clock, metrics }),
    ...{ command, homes, clock, log, newId, common, linkTo, newerBlocks },
    ...people,
    noted: (work, shown, act) => noted(unfinished, work, shown, act),
    download: createDownload(
      { ...config.slack, maxMb: config.imports.maxMb },
      transport.open(downloadTimeoutMs),
      clock,
    ),
  };
  const takeShare = createFairShare(config.access.share, clock);
  const { allowGuests } = config.access;
  slack.app.use(
    createGate({ command, people, installation, takeShare, allowGuests, clock, log, took: metrics.interacted }),
  );
  for (const register of listeners) register(slack.app, deps);

  const shutdown = createShutdown({ clock, log });
  // The batch that is being sent is finished, if it can be.
  shutdown.add('receiving', () => resuming.catch(() => undefined));
  shutdown.add(
    'outgoing',
    () => platform.close(),
    () => reader.close(),
  );
  shutdown.add('store', () => store.close());

  let served: { port: number } | null = null;
  try {
    // Until the first poll, the readings from before the restart are shown, so that cards keep their history.
    await refreshBoard(board, store);
    await knownHours.refresh();
    if (config.slack.appToken !== null) {
      const server = await serveAlone(routes, config);
      served = server;
      shutdown.add('outgoing', server.close);
    }
    shutdown.add('outgoing', () => deliverer.stop());
    shutdown.add('outgoing', () => homes.stop());
    // Before the sockets: Slack counts them as soon as they open.
    await presence.start();
    shutdown.add('outgoing', () => presence.stop());
    shutdown.add('receiving', () => slack.stop(graceMs));
    // What still waits for the platform fails as its client closes, and then gives back its leases.
    shutdown.add('outgoing', () => slack.idle());
    await slack.start();
    answers.start();
    shutdown.add('outgoing', () => answers.stop());
    metadata.peek();
    const started = startPolling(config, {
      ...cases,
      dialer,
      store,
      board,
      guard,
      settling,
      metrics,
      deliverer,
      homes,
      reportInterrupted: () => reportUnfinished(unfinished, (work) => reportInterrupted(direct, deps, work)),
      clock,
      log,
      owner,
    });
    jobs = started;
    shutdown.add('receiving', () => started.stop());
  } catch (error) {
    await shutdown
      .run()
      .catch((also) => log.error('not everything could be closed', { reason: toAppError(also).message }));
    throw error;
  }

  const port = served?.port ?? slack.httpPort() ?? config.port;
  const mode = config.slack.appToken === null ? 'http' : 'socket';
  log.info('Dialdeck is running', { ...release, mode, port, command });

  return {
    port,
    pollNow: () => jobs?.pollNow() ?? Promise.resolve(),
    keepTime: cases.timekeeper.tick,
    async stop() {
      stopping.abort();
      await shutdown.run();
      log.info('Dialdeck has stopped');
    },
  };
}
