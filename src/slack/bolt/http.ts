import type { Server } from 'node:http';
import { HTTPReceiver, type HTTPReceiverOptions, type Logger, type Receiver } from '@slack/bolt';
import type { Clock } from '../../core/ports.ts';
import { createSignatures } from './signatures.ts';
import { sparingLogger } from './sparing-logger.ts';

/**
 * What strangers may cost before a signature is checked. Slack's own requests are far smaller (a view has 250 KB) and
 * arrive at once. Times in ms.
 */
export interface HttpLimits {
  bodyBytes: number;
  /** For the head of a request. */
  headMs: number;
  /** For the whole request. */
  requestMs: number;
  /** How often the two are looked at. */
  checkEveryMs: number;
  connections: number;
}

const defaultLimits: HttpLimits = {
  bodyBytes: 1024 * 1024,
  headMs: 5_000,
  requestMs: 10_000,
  checkEveryMs: 1_000,
  connections: 256,
};

export interface HttpSettings {
  signingSecret: string;
  host: string;
  port: number;
}

interface HttpDeps {
  logger: Logger;
  clock: Pick<Clock, 'elapsed'>;
  /** Served beside Slack's path. */
  customRoutes: NonNullable<HTTPReceiverOptions['customRoutes']>;
}

export interface HttpListener extends Receiver {
  /** The port it listens on, null before the start. */
  port(): number | null;
  /** Whether Slack's requests are refused for their signatures. */
  signaturesAreWrong(): boolean;
  /** Cuts what clients keep open: a stop otherwise ends only with the last connection. */
  cut(): void;
}

/** Slack's signed requests, within limits, with `customRoutes` beside them. */
export function createHttpListener(
  { signingSecret, host, port }: HttpSettings,
  { logger, clock, customRoutes }: HttpDeps,
  changed: Partial<HttpLimits> = {},
): HttpListener {
  const limits = { ...defaultLimits, ...changed };
  const receiver = new HTTPReceiver({
    logger: sparingLogger(logger, clock),
    customRoutes,
    signingSecret,
    bodyLimit: limits.bodyBytes,
  });
  const signatures = createSignatures();
  let server: Server | null = null;
  return {
    init: (app) => receiver.init(app),
    async start() {
      server = await receiver.start(
        { host, port },
        {
          headersTimeout: limits.headMs,
          requestTimeout: limits.requestMs,
          connectionsCheckingInterval: limits.checkEveryMs,
        },
      );
      server.maxConnections = limits.connections;
      server.on('request', signatures.watch);
      return server;
    },
    stop: () => receiver.stop(),
    port() {
      const address = server?.address();
      return typeof address === 'object' && address !== null ? address.port : null;
    },
    signaturesAreWrong: signatures.areWrong,
    cut: () => server?.closeAllConnections(),
  };
}
