import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from './core/ports.ts';
import { within } from './core/time/waiting.ts';

export interface Route {
  path: string;
  method: string[];
  handler(request: IncomingMessage, response: ServerResponse): void;
}

/** One component on which readiness depends. `detail` is public, so it must not contain secrets. */
export interface Check {
  name: string;
  ok: boolean;
  detail?: string;
}

/**
 * `GET /healthz`: the process answers. `GET /readyz`: Slack is connected, the store answers, the last poll went well and
 * is not overdue; 503 names what is not.
 */
export function healthRoutes(checks: () => Promise<Check[]>, clock: Clock, withinMs = checksWithinMs): Route[] {
  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  const method = ['GET', 'HEAD'];
  return [
    { path: '/healthz', method, handler: (_request, response) => json(response, 200, { ok: true }) },
    {
      path: '/readyz',
      method,
      handler: (_request, response) => {
        within(clock, { ms: withinMs }, checks(), () => hanging).then(
          (all) => {
            const ok = all.every((check) => check.ok);
            json(response, ok ? 200 : 503, { ok, checks: all });
          },
          () => json(response, 503, { ok: false, checks: [] }),
        );
      },
    },
  ];
}

/** Reported in place of checks that hang. */
const hanging: Check[] = [{ name: 'checks', ok: false, detail: 'no answer in time' }];
const checksWithinMs = 3_000;

/** How long something may be missing before the bot is not ready, ms. docs/operations.md names these. */
const readinessLimits = {
  /** Slack refreshes sockets every few hours, and the next one opens within seconds. */
  slackMs: 15_000,
  /** From a tick of POLL_CRON to the end of a good poll. */
  pollMs: 150_000,
  /** For one answer of the store. */
  storeMs: 2_000,
};

/** What readiness is judged by. */
export interface Vitals {
  /** Since when no connection to Slack is open, by `Clock.elapsed`; null while one is. */
  slackGoneSince: number | null;
  /** Resolves when the store answers. */
  askStore(): Promise<void>;
  /** The last poll, and the code of its error. */
  poll: { ok: boolean; error: string | null };
  /** Since when a good poll is waited for, by `Clock.elapsed`; null when none is due. */
  pollDueSince: number | null;
  /** Whether a poll takes longer than the time between two: no fault, but worth a word. */
  pollIsSlow: boolean;
}

/** A failed poll counts at once, everything that merely does not happen by its age. */
export async function judge(
  { slackGoneSince, askStore, poll, pollDueSince, pollIsSlow }: Vitals,
  clock: Clock,
): Promise<Check[]> {
  const now = clock.elapsed();
  const store = askStore().then(
    () => true,
    () => false,
  );
  const overdue = pollDueSince !== null && now - pollDueSince > readinessLimits.pollMs;
  const detail = poll.error ?? (overdue ? 'overdue' : pollIsSlow ? 'slow' : null);
  return [
    { name: 'slack', ok: slackGoneSince === null || now - slackGoneSince <= readinessLimits.slackMs },
    { name: 'store', ok: await within(clock, { ms: readinessLimits.storeMs }, store, () => false) },
    { name: 'poll', ok: poll.ok && !overdue, ...(detail === null ? {} : { detail }) },
  ];
}

/** A connection on which nothing moves is cut after this, ms: longer than the checks, and it must not hold up a stop. */
const patienceMs = 4_000;

/** No probe needs more; what strangers open beyond that is closed. */
const maxConnections = 256;

/** A server for the routes alone: in Socket Mode no other server exists. Throws when the port is taken. */
export async function serveRoutes(routes: readonly Route[], at: { host: string; port: number }): Promise<Server> {
  const limits = { headersTimeout: patienceMs, requestTimeout: patienceMs, connectionsCheckingInterval: 1_000 };
  const server = createServer(limits, (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').split('?')[0];
    const route = routes.find((candidate) => candidate.path === path);
    if (!route?.method.includes(request.method ?? '')) {
      response.writeHead(route === undefined ? 404 : 405).end();
      return;
    }
    route.handler(request, response);
  });
  server.maxConnections = maxConnections;
  // Node's own limits for slow clients are no longer enforced once a server closes; the time-out of a socket is.
  server.setTimeout(patienceMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}
