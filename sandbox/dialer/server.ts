import { setMaxListeners } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { adjust } from './adjust.ts';
import { type Controllable, serveControl } from './control.ts';
import { createFaultRegistry } from './faults.ts';
import { writeReply } from './http.ts';
import { createLiar } from './lies.ts';
import type { DialerSandboxOptions } from './options.ts';
import { createPast } from './past.ts';
import {
  changeSwitches,
  createPlatform,
  type NumberView,
  rivalDoes,
  setLineAlive,
  settle,
  viewNumbers,
  viewTasks,
} from './platform.ts';
import { createRecorder } from './recorder.ts';
import type { RouteName } from './routes.ts';
import { type ServerContext, serve } from './serve.ts';

/** A running stand-in for the calling platform. What it shows is always up to date with its clock. */
export interface DialerSandbox extends Controllable {
  /** Without a slash at the end; `/v1/task` is appended to it. */
  readonly url: string;
  readonly token: string;
  numbers(taskId: string): NumberView[];
  /** How often a route took effect, in total or on one task. */
  effects(route: RouteName, taskId?: string): number;
  /** Issues another token for the same account; the former one is refused from then on. */
  replaceToken(): string;
  /** From now on the same token is that of another account; answered again with `{}`, of the first one as it began. */
  becomes(account: Pick<DialerSandboxOptions, 'userId' | 'account' | 'extra' | 'seed'>): void;
  close(): Promise<void>;
}

/** Starts the stand-in on 127.0.0.1. Rejects when the port is taken. */
export async function createDialerSandbox(options: DialerSandboxOptions = {}): Promise<DialerSandbox> {
  const firstToken = options.token ?? 'sandbox-dialer-token';
  let issued = 1;
  const wall = options.wall ?? Date.now;
  const sleep = options.sleep ?? realSleep;
  let delays = new AbortController();
  const context: ServerContext = {
    platform: createPlatform(options),
    faults: createFaultRegistry(wall, options.seed ?? 1),
    recorder: createRecorder(),
    listBefore: null,
    liar: createLiar(options.seed ?? 1),
    past: createPast(options.seed ?? 1),
    auth: { token: firstToken, header: options.authHeader ?? 'Authorization', scheme: options.authScheme ?? 'Bearer' },
    sleep: (ms) => (ms === 0 ? Promise.resolve() : sleep(ms, delays.signal)),
  };

  const unanswered = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const control = /^\/sandbox(\/|\?|$)/.test(request.url ?? '');
    if (!control) {
      unanswered.add(response);
      response.once('close', () => unanswered.delete(response));
    }
    const served = control ? serveControl(sandbox, request, response) : serve(context, request, response);
    served.catch((error: unknown) => {
      // A client that hangs up in the middle of its body does not see this; an error of the stand-in must stand out.
      writeReply(response, { status: 500, body: { message: `the stand-in failed: ${error}` } }, { head: false });
    });
  });
  // As behind a web server: clients may reuse a connection for a while.
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, options.port ?? 0);

  const current = () => {
    settle(context.platform);
    return context.platform;
  };
  const mustFindLine = (lineId: string, alive: boolean): void => {
    if (!setLineAlive(current(), lineId, alive)) throw new RangeError(`no line ${lineId}`);
  };
  const cutOff = (): void => {
    delays.abort();
    delays = new AbortController();
    for (const response of unanswered) response.destroy();
  };

  const sandbox: DialerSandbox = {
    url: `http://127.0.0.1:${port}`,
    get token() {
      return context.auth.token;
    },
    replaceToken() {
      issued += 1;
      context.auth.token = `${firstToken}-${issued}`;
      return context.auth.token;
    },
    get clock() {
      return context.platform.clock;
    },
    faults: context.faults,
    get switches() {
      return context.platform.switches;
    },
    get requests() {
      return context.recorder.requests;
    },
    get tasks() {
      return viewTasks(current());
    },
    numbers: (taskId) => viewNumbers(current(), taskId),
    effects: (route, taskId) => context.recorder.effects(route, taskId),
    becomes(account) {
      context.platform = createPlatform({ ...options, ...account });
      context.listBefore = null;
    },
    setSpeed: (speed) => context.platform.clock.setSpeed(speed),
    setSwitches: (change) => changeSwitches(current(), change),
    rival(taskId, change) {
      const task = current().account.tasks.get(taskId);
      if (task === undefined) throw new RangeError(`no task ${taskId}`);
      rivalDoes(context.platform, task, change);
    },
    adjust(adjustment) {
      if (!adjust(current(), adjustment)) throw new RangeError(`no ${adjustment.what} ${adjustment.id}`);
    },
    lineDies: (lineId) => mustFindLine(lineId, false),
    lineRevives: (lineId) => mustFindLine(lineId, true),
    platformDown(ms) {
      context.faults.add({ route: '*', kind: 'drop', effect: false, forMs: ms });
    },
    answerLost(route) {
      context.faults.add({ route, kind: 'drop', effect: true, times: 1 });
    },
    reset() {
      cutOff();
      context.platform = createPlatform(options);
      context.faults.clear();
      context.recorder.clear();
      context.listBefore = null;
      context.liar.clear();
      context.past.clear();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cutOff();
      server.closeAllConnections();
      await closed;
    },
  };
  return sandbox;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

function realSleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    // Any number of responses may be delayed at once: Node's warning at eleven listeners does not apply.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', wake);
  });
}
