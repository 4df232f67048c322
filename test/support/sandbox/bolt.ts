import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { createSlackSandbox, type SlackSandbox, type SlackSandboxOptions } from '../../../sandbox/slack/server.ts';
import { eventually, longestMs } from '../eventually.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

export type Mode = 'socket' | 'http';
export const modes: Mode[] = ['socket', 'http'];

export interface Bench {
  sandbox: SlackSandbox;
  /** The stand-in's time. Nothing expires or times out until the test moves it. */
  clock: ManualClock;
  app: App;
  /** The app's own client: no retries, no waiting at 429. */
  web: WebClient;
  /** What the app's listeners threw. */
  errors: Error[];
  stop(): Promise<void>;
}

export function webClient(sandbox: SlackSandbox, token = sandbox.botToken, timeout = 0): WebClient {
  return new WebClient(token, {
    timeout,
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silent,
  });
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export interface BenchOptions extends Omit<SlackSandboxOptions, 'clock'> {
  mode?: Mode;
  /** Bolt's own setting, in milliseconds: it also waits that long before it reconnects. */
  clientPingTimeout?: number;
}

/** A sandbox and a real Bolt app, connected in one of the two ways. `listen` registers the app's listeners. */
export async function startBench(
  listen: (app: App) => void,
  { mode = 'socket', clientPingTimeout, ...options }: BenchOptions = {},
): Promise<Bench> {
  const clock = createManualClock();
  const sandbox = await createSlackSandbox({ waitMs: longestMs, ...options, clock });
  const clientOptions = () => ({ slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } });
  const socket = new SocketModeReceiver({
    appToken: sandbox.appToken,
    logger: silent,
    ...(clientPingTimeout === undefined ? {} : { clientPingTimeout }),
    installerOptions: {
      port: 0,
      clientOptions: { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 10, minTimeout: 50, maxTimeout: 200 } },
    },
  });
  const http = new HTTPReceiver({ signingSecret: sandbox.signingSecret, logger: silent });
  const app = new App({
    token: sandbox.botToken,
    receiver: mode === 'socket' ? socket : http,
    clientOptions: clientOptions(),
    deferInitialization: true,
    convoStore: false,
    logger: silent,
  });
  const errors: Error[] = [];
  app.error(async (error) => {
    errors.push(error);
  });
  let dropConnections = (): void => undefined;
  listen(app);
  await app.init();
  if (mode === 'socket') await app.start();
  else {
    const server = await http.start({ port: 0, host: '127.0.0.1' });
    // A request given up half-way keeps its connection, and `stop` would wait seconds for it.
    dropConnections = () => server.closeAllConnections();
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    sandbox.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);
  }
  return {
    sandbox,
    clock,
    app,
    web: webClient(sandbox),
    errors,
    async stop() {
      dropConnections();
      await app.stop();
      // Bolt's `stop` does not wait for its socket to close; a server gone before that sends it into reconnecting.
      if (mode === 'socket') await eventually(() => sandbox.sockets.connections() === 0);
      await sandbox.close();
    },
  };
}

/** What a rejected Web API call said. */
export async function slackError(call: Promise<unknown>): Promise<{ error: string; messages: string[] }> {
  try {
    await call;
  } catch (thrown) {
    const { data } = thrown as { data?: { error: string; response_metadata?: { messages?: string[] } } };
    if (data) return { error: data.error, messages: data.response_metadata?.messages ?? [] };
    throw thrown;
  }
  throw new Error('The call was accepted.');
}
