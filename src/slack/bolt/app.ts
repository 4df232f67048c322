import { Server } from 'node:http';
import { App, HTTPReceiver, type HTTPReceiverOptions, type Logger, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { toAppError } from '../../core/errors.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { within } from '../../core/time/waiting.ts';
import { createOnce } from './once.ts';

export interface SlackSettings {
  botToken: string;
  appToken: string | null;
  signingSecret: string | null;
  apiUrl: string;
  /** Where Slack's requests arrive in HTTP mode; unused in Socket Mode. */
  port: number;
}

export interface SlackConnection {
  app: App;
  /** For everything that is not triggered by a click: its own queue, no waiting on rate limits. */
  outbox: WebClient;
  /** Resolves when Slack is connected. Throws when the token is rejected. `routes` are served in HTTP mode only. */
  start(): Promise<void>;
  /** Stops receiving, then waits (at most `graceMs`) for interactions in progress. */
  stop(graceMs: number): Promise<void>;
  connected(): boolean;
  /** The port on which Slack's requests arrive, null in Socket Mode. */
  httpPort(): number | null;
}

/** What Bolt passes to an error handler with `extendedErrorHandler`. */
type FailedListener = Parameters<Parameters<App['error']>[0]>[0];

/** Paths that are served beside Slack's own. */
type Routes = NonNullable<HTTPReceiverOptions['customRoutes']>;

/** Everything triggered by a click or an acknowledgement must succeed or fail within Slack's three seconds. */
const interactiveTimeoutMs = 2_500;
const outboxTimeoutMs = 10_000;

/**
 * The Bolt app without any listener: two sockets (one covers the other's refresh) or signed HTTP; a client for
 * interactions that fails fast, and one for the outbox.
 */
export function connectSlack(
  settings: SlackSettings,
  routes: Routes,
  { log, logger, clock }: { log: Log; logger: Logger; clock: Clock },
): SlackConnection {
  const { botToken, appToken, signingSecret, apiUrl } = settings;

  // A new object for each: the socket client writes its own retry policy into the options it is given.
  const socketOptions = () => ({
    appToken: appToken ?? '',
    logger,
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: outboxTimeoutMs,
        retryConfig: { retries: 100, factor: 1.3, maxTimeout: 30_000 },
        logger,
      },
    },
  });
  const sockets =
    appToken === null ? [] : [new SocketModeReceiver(socketOptions()), new SocketModeReceiver(socketOptions())];
  const [mainSocket, standby] = sockets;
  const once = createOnce(clock.now);
  const receiver =
    mainSocket ??
    new HTTPReceiver({
      signingSecret: signingSecret ?? '',
      logger,
      customRoutes: routes,
    });

  const app = new App({
    token: botToken,
    receiver: once.receiver(receiver),
    logger,
    deferInitialization: true,
    convoStore: false,
    extendedErrorHandler: true,
    attachFunctionToken: false,
    clientOptions: {
      slackApiUrl: apiUrl,
      timeout: interactiveTimeoutMs,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger,
    },
  });
  const outbox = new WebClient(botToken, {
    slackApiUrl: apiUrl,
    timeout: outboxTimeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  });

  const open = new Set<SocketModeReceiver>();
  for (const socket of sockets) {
    socket.client.on('connected', () => open.add(socket));
    socket.client.on('disconnected', () => open.delete(socket));
    socket.client.on('reconnecting', () => open.delete(socket));
  }

  const inFlight = new Set<Promise<void>>();
  app.use(({ next }) => {
    const work = next();
    inFlight.add(work);
    return work.finally(() => inFlight.delete(work));
  });
  app.error(async ({ error, body }: FailedListener) => {
    log.error('a listener failed', { code: toAppError(error).code, reason: error.message, type: body?.type });
  });

  /** Work in progress may start more: a press in progress opens a form. */
  const idle = async (): Promise<void> => {
    while (inFlight.size > 0) await Promise.allSettled(inFlight);
  };

  let httpPort: number | null = null;
  let httpServer: Server | null = null;
  let started = false;
  let begun = false;
  return {
    app,
    outbox,
    async start() {
      // Bolt silently retries for a long time when Slack is unreachable.
      log.info('connecting to Slack', { mode: appToken === null ? 'http' : 'socket' });
      await app.init();
      begun = true;
      const server: unknown = await app.start(settings.port);
      if (server instanceof Server) {
        httpServer = server;
        const address = server.address();
        if (typeof address === 'object' && address !== null) httpPort = address.port;
      }
      if (standby !== undefined) {
        const second = once.receiver(standby);
        second.init(app);
        await second.start();
      }
      started = true;
    },
    async stop(graceMs) {
      let receiving = Promise.resolve();
      if (begun) {
        begun = false;
        started = false;
        await standby?.stop();
        // In HTTP mode this ends only with the last connection, and some client may keep one open.
        receiving = app.stop().then(() => undefined);
      }
      await within(clock, { ms: graceMs }, idle(), () => undefined);
      httpServer?.closeAllConnections();
      await receiving;
    },
    connected: () => started && (sockets.length === 0 || open.size > 0),
    httpPort: () => httpPort,
  };
}
