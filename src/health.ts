import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Route } from './slack/bolt/app.ts';

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
export function healthRoutes(checks: () => Promise<Check[]>): Route[] {
  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  return [
    { path: '/healthz', handler: (_request, response) => json(response, 200, { ok: true }) },
    {
      path: '/readyz',
      handler: (_request, response) => {
        inTime(checks()).then(
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

/** What a check that hangs answers instead. */
const hanging: Check[] = [{ name: 'checks', ok: false, detail: 'no answer in time' }];
const checksWithinMs = 3_000;

function inTime(checks: Promise<Check[]>): Promise<Check[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(hanging), checksWithinMs);
    checks.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A connection on which nothing moves is cut after this, ms: longer than the checks, and it must not hold up a stop. */
const patienceMs = 4_000;

/** A server for the routes alone: in Socket Mode no other server exists. Throws when the port is taken. */
export async function serveRoutes(routes: readonly Route[], port: number): Promise<Server> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').split('?')[0];
    const route = routes.find((candidate) => candidate.path === path);
    if (route === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
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
