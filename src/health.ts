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
 * `GET /healthz`: the process responds. `GET /readyz`: Slack is connected, the store is open, and the last poll
 * succeeded; 503 names what is not.
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

/** An idle connection is closed after this, ms: longer than the checks may take, short enough not to hold up a stop. */
const patienceMs = 4_000;

/** A server for these routes alone: in Socket Mode there is no other. Throws when the port is in use. */
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
  // Once a server is closing, Node no longer enforces its own limits on slow clients; the timeout of a socket still
  // applies.
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
