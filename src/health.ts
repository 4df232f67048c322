import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from './core/ports.ts';
import { within } from './core/time/waiting.ts';
import type { Release } from './release.ts';

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
 * `GET /healthz`: the process answers, and says what it is. `GET /readyz`: Slack is connected and accepts the token, the store answers and can
 * be written, notices go out, the last poll went well and is not overdue; 503 names what is not, and why.
 */
export function healthRoutes(
  checks: () => Promise<Check[]>,
  release: Release,
  clock: Clock,
  withinMs = checksWithinMs,
): Route[] {
  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  const method = ['GET', 'HEAD'];
  return [
    { path: '/healthz', method, handler: (_request, response) => json(response, 200, { ok: true, ...release }) },
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

/** How long something may be missing before the bot is not ready, ms. docs/admin/monitoring.md names these. */
const readinessLimits = {
  /** Slack refreshes sockets every few hours, and the next one opens within seconds. */
  slackMs: 15_000,
  /** Slack is asked every minute; two answers may be missing. */
  slackAnswerMs: 150_000,
  /** From a tick of POLL_CRON to the end of a good poll. */
  pollMs: 150_000,
  /** For one answer of the store. */
  storeMs: 2_000,
  /** From one write to the next: a bot registers every three seconds. */
  storeWriteMs: 20_000,
  /** An outage that is over leaves no notice behind for longer than this. */
  unsentMs: 15 * 60_000,
};

/** What readiness is judged by. Instants by `Clock.elapsed`, unless stated otherwise. */
export interface Vitals {
  slack: {
    /** Since when no connection is open; null while one is. */
    goneSince: number | null;
    /** The code with which Slack refuses the token; null while it does not. */
    refusal: string | null;
    answeredAt: number;
    signaturesAreWrong: boolean;
  };
  /** Resolves when the store answers, with the oldest notice that is not sent (epoch ms); null when there is none. */
  askStore(): Promise<{ oldestAt: number | null }>;
  /** When the store was last written. */
  storeWrittenAt: number;
  /** The last poll, and the code of its error. */
  poll: { ok: boolean; error: string | null };
  /** Since when a good poll is waited for; null when none is due. */
  pollDueSince: number | null;
  /** How long ago the last good poll of any bot was, ms; null before the first. */
  goodPollAge: number | null;
  /** The time between two polls, ms. */
  pollEveryMs: number;
  /** Whether a poll takes longer than the time between two: no fault, but worth a word. */
  pollIsSlow: boolean;
}

/** What is refused or failed counts at once, everything that merely does not happen by its age. */
export async function judge(vitals: Vitals, clock: Clock): Promise<Check[]> {
  const asked = vitals.askStore().then(
    ({ oldestAt }) => ({ answer: 'ok' as const, oldestAt }),
    () => ({ answer: 'failed' as const, oldestAt: null }),
  );
  const store = await within(clock, { ms: readinessLimits.storeMs }, asked, () => ({
    answer: 'no_answer' as const,
    oldestAt: null,
  }));
  const now = clock.elapsed();
  const isOld = (at: number, ms: number): boolean => now - at > ms;
  const storeFault = store.answer === 'ok' ? null : store.answer;
  const isWritten = !isOld(vitals.storeWrittenAt, readinessLimits.storeWriteMs);
  const unsentMs = store.oldestAt === null ? 0 : clock.now() - store.oldestAt;
  const poll = pollFault(vitals, now);
  return [
    checkOf('slack', slackFault(vitals.slack, now)),
    checkOf('store', storeFault ?? (isWritten ? null : 'not_writable')),
    checkOf(
      'outbox',
      unsentMs > readinessLimits.unsentMs ? `oldest_notice_${Math.round(unsentMs / 60_000)}_min` : null,
    ),
    poll === null && vitals.pollIsSlow ? { name: 'poll', ok: true, detail: 'slow' } : checkOf('poll', poll),
  ];
}

function checkOf(name: string, fault: string | null): Check {
  return fault === null ? { name, ok: true } : { name, ok: false, detail: fault };
}

function slackFault(
  { goneSince, refusal, answeredAt, signaturesAreWrong }: Vitals['slack'],
  now: number,
): string | null {
  if (refusal !== null) return refusal;
  if (goneSince !== null && now - goneSince > readinessLimits.slackMs) return 'not_connected';
  if (signaturesAreWrong) return 'wrong_signatures';
  return now - answeredAt > readinessLimits.slackAnswerMs ? 'no_answer' : null;
}

function pollFault({ poll, pollDueSince, goodPollAge, pollEveryMs }: Vitals, now: number): string | null {
  if (!poll.ok) return poll.error ?? 'failed';
  const isLate = pollDueSince !== null && now - pollDueSince > readinessLimits.pollMs;
  // Another bot polls, and this one only sees what came of it.
  const isOld = goodPollAge !== null && goodPollAge > pollEveryMs + readinessLimits.pollMs;
  return isLate || isOld ? 'overdue' : null;
}

/** A connection on which nothing moves is cut after this, ms: longer than the checks, and it must not hold up a stop. */
const patienceMs = 4_000;

/** No probe needs more; what strangers open beyond that is closed. */
const maxConnections = 256;

/** Serves the routes alone: in Socket Mode no other server exists. Throws when the port is taken. */
export async function serveAlone(
  routes: readonly Route[],
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = await serveRoutes(routes, { host, port });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @internal Exported for tests. */
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
