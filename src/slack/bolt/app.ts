import { App, type HTTPReceiverOptions, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { type FetchFunction, WebClient } from '@slack/web-api';
import { toAppError } from '../../core/errors.ts';
import type { Clock, Log } from '../../core/ports.ts';
import type { Claims } from '../../core/time/claims.ts';
import type { Outage } from '../../core/time/outage.ts';
import { within } from '../../core/time/waiting.ts';
import { toSlackFailure } from '../api/errors.ts';
import { isResponseAddress, type Transport } from '../api/transport.ts';
import { createHttpListener, type HttpLimits } from './http.ts';
import { createOnce } from './once.ts';
import { persist } from './persist.ts';
import { type Failed, type Process, rescuing } from './rescue.ts';
import { createSockets, type SocketLimits } from './sockets.ts';

export interface SlackSettings {
  botToken: string;
  appToken: string | null;
  signingSecret: string | null;
  apiUrl: string;
  /** Where Slack's requests arrive in HTTP mode; unused in Socket Mode. */
  host: string;
  port: number;
}

export interface ConnectionDeps {
  log: Log;
  logger: Logger;
  /** For the clients of the Web API and of the sockets, whose failures are handled here. */
  clientLogger: Logger;
  clock: Clock;
  transport: Transport;
  claims: Claims;
  /** A person's doing that failed where no listener answers for it. Called once each; must not throw. */
  failed(...failure: Parameters<Failed>): Promise<void>;
  /** A payload of a kind that nothing here knows. Called once each; must not throw. */
  unknown(body: Parameters<Failed>[0]): Promise<void>;
  /** Runs once Slack has accepted the token, before anything is received; what it throws ends the start. */
  admit?(): Promise<void>;
  /** How many sockets of this app Slack counts, said whenever one opens. */
  counted(connections: number): void;
  /** Where outages of Slack are logged. */
  outage: Outage;
  limits?: { sockets?: Partial<SocketLimits>; http?: Partial<HttpLimits> };
}

export interface SlackConnection {
  app: App;
  /** For everything that is not triggered by a click: its own queue, no waiting on rate limits. */
  outbox: WebClient;
  /**
   * Resolves when Slack is connected. What may pass is tried again for a minute; throws when that is over, and when the
   * token is refused. `routes` are served in HTTP mode only.
   */
  start(): Promise<void>;
  /** Stops receiving, then waits (at most `graceMs`) for interactions in progress. */
  stop(graceMs: number): Promise<void>;
  /** Resolves when nothing is being carried out. */
  idle(): Promise<void>;
  /** Since when nothing of Slack's can arrive, epoch ms; null while it can. */
  goneSince(): number | null;
  /** HTTP mode: several requests in a row were refused for their signature. */
  signaturesAreWrong(): boolean;
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

/** For an answer to a `response_url`, on which Bolt sets no limit. Nobody waits for it with a trigger in hand. */
const respondTimeoutMs = 10_000;

/** In Socket Mode. */
export const socketsPerBot = 2;

/** How long a start waits for a Slack that does not answer as it should. */
const startPatience = { forMs: 60_000, firstWaitMs: 1_000, longestWaitMs: 10_000 };

/**
 * The Bolt app without any listener: two sockets (one covers the other's refresh) or signed HTTP; a client for
 * interactions that fails fast, and one for the outbox.
 */
export function connectSlack(settings: SlackSettings, routes: Routes, deps: ConnectionDeps): SlackConnection {
  const { log, logger, clientLogger, clock, transport, claims, limits = {} } = deps;
  const { botToken, appToken, signingSecret, apiUrl, host, port } = settings;

  const http =
    appToken === null
      ? createHttpListener(
          { signingSecret: signingSecret ?? '', host, port },
          { logger, clock, customRoutes: routes },
          limits.http,
        )
      : null;
  // A fresh object for each: the socket client writes into the options it is given.
  const makeSocket = (): SocketModeReceiver =>
    new SocketModeReceiver({
      appToken: appToken ?? '',
      logger: clientLogger,
      autoReconnectEnabled: false,
      ...(transport.dispatcher !== null && { dispatcher: transport.dispatcher }),
      installerOptions: { clientOptions: clientOptions(transport.fetch(outboxTimeoutMs), outboxTimeoutMs) },
    });
  const sockets =
    http === null
      ? createSockets(
          { make: makeSocket, clock, log, counted: deps.counted, outage: deps.outage },
          socketsPerBot,
          limits.sockets,
        )
      : null;

  const inFlight = new Set<Promise<void>>();
  const track = (work: Promise<void>): Promise<void> => {
    const tracked = work.finally(() => inFlight.delete(tracked));
    inFlight.add(tracked);
    return tracked;
  };
  const once = createOnce({ clock, log, claims });
  const failed: Failed = (body, thrown) => void track(deps.failed(body, thrown));
  const unanswered: Failed = (body) => void track(deps.unknown(body));
  const carryOut = (app: App): Process => {
    const process = once(rescuing(app, failed, unanswered));
    return (event) => track(process(event));
  };

  const app = new App({
    token: botToken,
    receiver: receiving(http ?? sockets, carryOut),
    logger,
    deferInitialization: true,
    convoStore: false,
    extendedErrorHandler: true,
    attachFunctionToken: false,
    clientOptions: clientOptions(respondingFetch(transport, apiUrl), interactiveTimeoutMs),
  });
  // Bolt's own handler would swallow it here: the one that answers people is around everything.
  app.error(async ({ error }: FailedListener) => {
    throw error;
  });
  const outbox = new WebClient(botToken, clientOptions(transport.fetch(outboxTimeoutMs), outboxTimeoutMs));

  /** The limit of the fetch covers the body of an answer as well, which the client's own does not. */
  function clientOptions(fetch: FetchFunction, timeout: number) {
    const retryConfig = { retries: 0 };
    return { slackApiUrl: apiUrl, fetch, timeout, retryConfig, rejectRateLimitedCalls: true, logger: clientLogger };
  }

  /** What is being carried out may begin more: a press that was under way opens a form. */
  const idle = async (): Promise<void> => {
    while (inFlight.size > 0) await Promise.allSettled(inFlight);
  };

  const stopping = new AbortController();
  /** Before the start and after the stop. */
  let goneSince: number | null = Number.NEGATIVE_INFINITY;
  let begun = false;
  return {
    app,
    outbox,
    async start() {
      log.info('connecting to Slack', { mode: sockets === null ? 'http' : 'socket' });
      const patient = { clock, log, signal: stopping.signal };
      await ofToken(
        'bot',
        persist(patient, startPatience, 'asking Slack who we are', () => app.init()),
      );
      const { admit = async () => undefined } = deps;
      const limits = { ...startPatience, hopeless: (error: unknown) => !mayPass(error) };
      await ofToken('bot', persist(patient, limits, 'asking Slack where we are installed', admit));
      begun = true;
      await (sockets === null ? app.start() : ofToken('app', app.start()));
      goneSince = null;
    },
    async stop(graceMs) {
      stopping.abort();
      let receiving = Promise.resolve();
      if (begun) {
        begun = false;
        goneSince = Number.NEGATIVE_INFINITY;
        // In HTTP mode this ends only with the last connection, and some client may keep one open.
        receiving = app.stop().then(() => undefined);
      }
      await within(clock, { ms: graceMs }, idle(), () => undefined);
      http?.cut();
      await receiving;
    },
    idle,
    goneSince: () => (goneSince !== null || sockets === null ? goneSince : sockets.goneSince()),
    signaturesAreWrong: () => http?.signaturesAreWrong() ?? false,
    httpPort: () => http?.port() ?? null,
  };
}

/** Whether a call to Slack failed for a reason that may pass. */
function mayPass(error: unknown): boolean {
  const { code, details } = toAppError(error);
  return code === 'chat_failed' && details.permanent !== true;
}

/** What Slack refuses, with the token that it refuses. */
async function ofToken(token: 'bot' | 'app', call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (thrown) {
    const failure = toSlackFailure(thrown);
    if (failure.code === 'chat_failed') failure.details.token = token;
    throw failure;
  }
}

/** A receiver whose deliveries go through `carryOut` instead of straight to the app. */
function receiving(inner: Receiver | null, carryOut: (app: App) => Process): Receiver {
  return {
    init: (app) => inner?.init(Object.create(app, { processEvent: { value: carryOut(app) } })),
    start: async () => inner?.start(),
    stop: async () => inner?.stop(),
  };
}

/** Bolt answers a `response_url` with the fetch of the interactive client, and posts to whatever the payload names. */
function respondingFetch(transport: Transport, apiUrl: string): FetchFunction {
  const send = transport.fetch(respondTimeoutMs);
  return async (target, init) => {
    const url = new URL(target);
    if (!url.href.startsWith(apiUrl) && !isResponseAddress(url, apiUrl)) throw new Error('not a response_url of Slack');
    return send(url, init);
  };
}
