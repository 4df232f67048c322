import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, type PersonClient } from './client.ts';
import { type Clock, systemClock } from './clock.ts';
import { createControl } from './control.ts';
import { createDispatcher } from './delivery/dispatcher.ts';
import type { Transport } from './delivery/envelope.ts';
import { createHttpTransport } from './delivery/http.ts';
import { createSocketHub, type SocketHub } from './delivery/socket.ts';
import { createFaults, type Faults } from './faults.ts';
import { servePersonFile, servePrivateFile, serveUpload } from './files.ts';
import { sendJson } from './http.ts';
import { eventPayload } from './payloads.ts';
import type { PageControl, Snapshot } from './protocol.ts';
import { serveResponse } from './replies.ts';
import { createResponseUrls } from './response-urls.ts';
import { createSchedule } from './schedule.ts';
import { defaultSeed, type Seed, type SeedApp } from './seed.ts';
import type { ShownTime } from './shown-time.ts';
import { Workspace } from './state.ts';
import { slackTiming, type Timing } from './timing.ts';
import { createTraffic, type TrafficLog } from './traffic.ts';
import { createTriggers } from './triggers.ts';
import { serveMethod } from './web-api/serve.ts';
import type { World } from './world.ts';

export interface SlackSandboxOptions {
  /** 0, the default, picks a free port. */
  port?: number;
  /** The address by which the app reaches it, such as `https://slack.test` behind a proxy; its own one by default. */
  publicUrl?: () => string;
  /** The page for the browser, one HTML document. */
  pageHtml?: () => Promise<string>;
  /** Parts of the default workspace to replace. */
  seed?: Partial<Seed>;
  /** Shorter deadlines for tests; the defaults are Slack's. */
  timing?: Partial<Timing>;
  /** The source of every deadline, expiry and timestamp; real time unless one is given. */
  clock?: Clock;
  /** Controls of the host, shown on the page. */
  pageControls?: PageControl[];
  /** How long the typed client waits, in real milliseconds; 60,000 by default. */
  waitMs?: number;
}

export interface SlackSandbox {
  /** `http://127.0.0.1:port` */
  url: string;
  /** The value for a Bolt app's `slackApiUrl`. */
  apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  botUserId: string;
  workspace: Workspace;
  traffic: TrafficLog;
  faults: Faults;
  sockets: SocketHub;
  /** Replaces a credential, as an administrator does on the pages of the app: the former one is refused from then on. */
  replace(credential: 'botToken' | 'appToken' | 'signingSecret'): string;
  /** Resets the workspace to its seed and clears faults and traffic; connections are kept. */
  reset(): void;
  close(): Promise<void>;
  /** Sends payloads to that request URL, signed; null, the default, means Socket Mode. */
  deliverTo(requestUrl: string | null): void;
  /** Installs the app with another manifest. */
  reinstall(app: SeedApp): void;
  /** A person by id or name. */
  as(who: string): PersonClient;
  snapshot(who: string): Snapshot;
  /** Puts controls on the page; `onUse` is called with the one that was used and its new value. */
  setPageControls(pageControls: PageControl[], onUse: (id: string, value: string) => void): void;
  /** Lets the page show another time than the one that passes here, in the order of the changes. */
  setShownTime(changes: ShownTime[]): void;
}

/** Starts a stand-in for Slack on 127.0.0.1. Rejects when the port is taken. */
export async function createSlackSandbox(options: SlackSandboxOptions = {}): Promise<SlackSandbox> {
  const clock = options.clock ?? systemClock;
  const now = () => clock.now();
  const timing = { ...slackTiming, ...options.timing };
  const credentials = {
    botToken: 'xoxb-sandbox-bot-token',
    appToken: 'xapp-sandbox-app-token',
    signingSecret: 'sandbox-signing-secret',
    verificationToken: 'sandbox-verification',
    revoked: new Set<string>(),
  };
  const workspace = new Workspace({ ...defaultSeed, ...options.seed }, now);
  const changed = () => workspace.changed();
  const traffic = createTraffic(now, changed);
  const faults = createFaults(now);
  const triggers = createTriggers(now, workspace.ids, timing.triggerMs);
  const responseUrls = createResponseUrls(now, workspace.ids, {
    lifetimeMs: timing.responseMs,
    uses: timing.responseUses,
  });
  const sockets = createSocketHub({
    appId: workspace.appId,
    ids: workspace.ids,
    clock,
    timing,
    traffic,
    changed,
  });
  let transport: Transport = sockets;
  const dispatcher = createDispatcher({
    transport: () => transport,
    traffic,
    faults,
    clock,
    retryMs: timing.retryMs,
  });
  const schedule = createSchedule(clock);
  let url = '';
  const world: World = {
    clock,
    timing,
    credentials,
    workspace,
    traffic,
    faults,
    triggers,
    responseUrls,
    dispatcher,
    schedule,
    sockets,
    url: () => options.publicUrl?.() ?? url,
    emitEvent(event) {
      const { events } = workspace.seed.app;
      if (events !== null && !events.includes(subscriptionOf(event))) return;
      dispatcher.emit({
        kind: 'events_api',
        name: event.type,
        title: `event ${event.type}`,
        payload: eventPayload(world, event),
        acceptsResponse: false,
      });
    },
  };
  let pageControls = options.pageControls ?? [];
  let shownTime: ShownTime[] = [];
  let onPageControl: (id: string, value: string) => void = () => undefined;
  const reset = () => {
    faults.clear();
    triggers.clear();
    responseUrls.clear();
    schedule.clear();
    traffic.clear();
    workspace.reset();
  };
  const control = createControl(world, {
    page: () => ({ pageControls, shownTime }),
    pageControlUsed(id, value) {
      pageControls = pageControls.map((control) =>
        control.id === id && control.kind === 'choice' ? { ...control, value } : control,
      );
      onPageControl(id, value);
    },
    reset,
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [head = '', ...rest] = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1).split('/');
    const tail = rest.join('/');
    if (head === 'api') return serveMethod(world, tail, request, response);
    if (head === 'control') return control.serve(tail, request, response);
    if (head === 'response') return serveResponse(world, tail, request, response);
    if (head === 'files-pri') return servePrivateFile(world, rest[0] ?? '', request, response);
    if (head === 'files') return servePersonFile(world, rest[0] ?? '', rest[1] ?? '', response);
    if (head === 'upload') return serveUpload(world, rest[0] ?? '', rest[1] ?? '', request, response);
    if (head === '' && options.pageHtml) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(await options.pageHtml());
      return;
    }
    sendJson(response, { ok: false, error: 'not_found' }, 404);
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      // Nothing a caller sends may stop the server; the failure goes into the response and the log.
      const message = error instanceof Error ? error.message : String(error);
      traffic.begin({ direction: 'from-app', title: `${request.url}`, name: 'server_error', sent: {} })(message);
      if (response.headersSent) response.destroy();
      else sendJson(response, { ok: false, error: 'internal_error', message }, 500);
    });
  });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    apiUrl: `${options.publicUrl?.() ?? url}/api/`,
    get botToken() {
      return credentials.botToken;
    },
    get appToken() {
      return credentials.appToken;
    },
    get signingSecret() {
      return credentials.signingSecret;
    },
    replace(credential) {
      credentials.revoked.add(credentials[credential]);
      credentials[credential] = `${credentials[credential].replace(/-\d+$/, '')}-${credentials.revoked.size + 1}`;
      return credentials[credential];
    },
    botUserId: workspace.botUserId,
    workspace,
    traffic,
    faults,
    sockets,
    reset,
    async close() {
      dispatcher.close();
      schedule.clear();
      control.close();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    deliverTo(requestUrl) {
      const signingSecret = () => credentials.signingSecret;
      transport =
        requestUrl === null ? sockets : createHttpTransport({ requestUrl, signingSecret, clock, ackMs: timing.ackMs });
      changed();
    },
    reinstall(app) {
      const { id } = workspace.seed.app;
      workspace.seed.app = { ...(id !== undefined && { id }), ...app };
      changed();
    },
    as: (who) =>
      createClient({ workspace, control, traffic, user: workspace.resolve(who), deadlineMs: options.waitMs ?? 60_000 }),
    snapshot: (who) => control.snapshot(workspace.resolve(who)),
    setPageControls(next, onUse) {
      pageControls = next;
      onPageControl = onUse;
      changed();
    },
    setShownTime(changes) {
      shownTime = changes;
      changed();
    },
  };
}

/** The name of the subscription for an event: `message` events depend on the kind of channel. */
function subscriptionOf(event: { type: string; channel_type?: unknown }): string {
  if (event.type !== 'message') return event.type;
  const kind =
    { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' }[String(event.channel_type)] ?? 'channels';
  return `message.${kind}`;
}
