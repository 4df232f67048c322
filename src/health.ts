import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from './core/ports.ts';
import { within } from './core/time/waiting.ts';

export interface Route {
  path: string;
  method: string[];
  handler(request: IncomingMessage, response: ServerResponse): void;
}

/** One part on which readiness depends. `detail` is shown to whoever asks, so it holds no secret. */
export interface Check {
  name: string;
  ok: boolean;
  detail?: string;
}

/**
 * `GET /healthz`: the process answers. `GET /readyz`: Slack is connected, the store is open, the last poll went well;
 * 503 names what is not.
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

/** Reported instead of checks that hang. */
const hanging: Check[] = [{ name: 'checks', ok: false, detail: 'no answer in time' }];
const checksWithinMs = 3_000;

/** A connection on which nothing moves is cut after this, ms: longer than the checks, and it must not hold up a stop. */
const patienceMs = 4_000;

/** A server for the routes alone: in Socket Mode no other server exists. Throws when the port is taken. */
export async function serveRoutes(routes: readonly Route[], port: number): Promise<Server> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').split('?')[0];
    const route = routes.find((candidate) => candidate.path === path);
    if (!route?.method.includes(request.method ?? '')) {
      response.writeHead(route === undefined ? 404 : 405).end();
      return;
    }
    route.handler(request, response);
  });
  // Node's own limits for slow clients are no longer enforced once a server closes; the time-out of a socket is.
  server.setTimeout(patienceMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}
