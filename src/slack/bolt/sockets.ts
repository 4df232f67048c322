import type { App, Receiver } from '@slack/bolt';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.ts';
import type { Outage } from '../../core/time/outage.ts';
import { within } from '../../core/time/waiting.ts';
import { toSlackFailure } from '../api/errors.ts';
import { type Persistence, pauseAfter, persist } from './persist.ts';

/**
 * What is used of Bolt's `SocketModeReceiver`.
 * @internal Exported for tests.
 */
export interface Socket {
  init(app: App): void;
  /** Resolves with Slack's `hello`. */
  start(): Promise<unknown>;
  client: {
    on(event: 'ws_message', listener: (data: unknown) => void): unknown;
    once(event: 'disconnected', listener: () => void): unknown;
    disconnect(): Promise<unknown>;
  };
}

export interface SocketsDeps {
  /** A client that does not reconnect by itself: its own way gives up for good on some answers, and waits 5 s before each. */
  make(): Socket;
  clock: Clock;
  log: Log;
  /** How many connections of this app Slack counts, said whenever one opens. */
  counted(connections: number): void;
  /** Where it is logged when a socket cannot be opened again. */
  outage: Outage;
}

/** In milliseconds. */
export interface SocketLimits extends Persistence {
  /** From the request for an address to Slack's `hello`. */
  helloMs: number;
  /** A socket that was lost sooner counts as a failure, so that one that is cut at once is not opened in a tight loop. */
  shortLifeMs: number;
}

const defaultLimits: SocketLimits = {
  forMs: 60_000,
  firstWaitMs: 1_000,
  longestWaitMs: 30_000,
  helloMs: 30_000,
  shortLifeMs: 10_000,
};

export interface Sockets extends Receiver {
  /** Since when none is open, by `Clock.elapsed`; null while one is. */
  goneSince(): number | null;
}

/**
 * Sockets that are opened again for as long as the app runs, whatever Slack answers: one covers while the other is
 * refreshed. The first opening is tried for a minute; `start` throws when Slack refuses the token, or when that minute
 * is over.
 */
export function createSockets(deps: SocketsDeps, count: number, changed: Partial<SocketLimits> = {}): Sockets {
  const { make, clock, log, counted } = deps;
  const limits = { ...defaultLimits, ...changed };
  const stopping = new AbortController();
  const { signal } = stopping;
  const open = new Set<Socket>();
  const made = new Set<Socket>();
  let app: App | null = null;
  let goneSince: number | null = clock.elapsed();

  const closed = (socket: Socket): void => {
    made.delete(socket);
    if (open.delete(socket) && open.size === 0) goneSince = clock.elapsed();
  };

  const discard = (socket: Socket): void => {
    closed(socket);
    // Its promise is kept only when the other side takes part in the closing.
    socket.client.disconnect().catch(() => {});
  };

  /** Opens one socket. The returned promise is kept when it is lost. Throws when it does not open. */
  const connect = async (): Promise<{ lost: Promise<void> }> => {
    const socket = make();
    made.add(socket);
    if (app !== null) socket.init(app);
    socket.client.on('ws_message', (data: unknown) => {
      const connections = connectionsIn(data);
      if (connections !== null) counted(connections);
    });
    let isLost = false;
    const lost = new Promise<void>((resolve) => {
      socket.client.once('disconnected', () => {
        isLost = true;
        closed(socket);
        resolve();
      });
    });
    try {
      await within(clock, { ms: limits.helloMs, signal }, socket.start(), () => {
        throw new Error(`no hello within ${limits.helloMs} ms`);
      });
    } catch (error) {
      discard(socket);
      // The client rejects with nothing when the connection closes before the hello.
      throw error ?? new Error('the connection closed before the hello');
    }
    if (isLost) return { lost };
    open.add(socket);
    goneSince = null;
    return { lost };
  };

  /** As `connect`, logged as an outage while it fails: an error once no other socket is open. */
  const reconnect = async (name: string): Promise<{ lost: Promise<void> }> => {
    try {
      const opened = await connect();
      deps.outage.works(name);
      return opened;
    } catch (error) {
      if (!signal.aborted) deps.outage.failed(name, toSlackFailure(error), open.size === 0 ? 'error' : 'warn');
      throw error;
    }
  };
  const quietly: Log = { ...log, warn: log.debug };

  /** Opens a lost socket again for as long as the app runs, whatever Slack answers. */
  const keep = async (first: { lost: Promise<void> }, index: number): Promise<void> => {
    const name = `socket ${index + 1}`;
    const forever = { ...limits, forMs: Number.POSITIVE_INFINITY, hopeless: () => false };
    let current = first;
    let shortLives = 0;
    while (true) {
      const since = clock.elapsed();
      await current.lost;
      if (signal.aborted) return;
      log.info('a socket to Slack closed', { open: open.size });
      shortLives = clock.elapsed() - since < limits.shortLifeMs ? shortLives + 1 : 0;
      if (shortLives > 0) await clock.sleep(pauseAfter(shortLives, null, limits), signal);
      if (signal.aborted) return;
      current = await persist({ clock, log: quietly, signal }, forever, 'opening a socket to Slack again', () =>
        reconnect(name),
      );
    }
  };

  return {
    init(given) {
      app = given;
    },
    async start() {
      const opening = Array.from({ length: count }, () =>
        persist({ clock, log, signal }, limits, 'opening a socket to Slack', connect),
      );
      try {
        // It ends only by a stop, which cuts off whatever it is doing.
        for (const [index, first] of (await Promise.all(opening)).entries()) keep(first, index).catch(() => {});
      } catch (error) {
        stopping.abort();
        for (const socket of made) discard(socket);
        throw error;
      }
    },
    async stop() {
      stopping.abort();
      for (const socket of made) discard(socket);
    },
    goneSince: () => goneSince,
  };
}

const hello = z.object({ type: z.literal('hello'), num_connections: z.number().int() });

/** What a frame says about the number of connections; null for every other frame. */
function connectionsIn(data: unknown): number | null {
  // Every payload passes here: only what can be a hello is parsed a second time.
  if (typeof data !== 'string' || data.length > 2_000 || !data.includes('"hello"')) return null;
  try {
    return hello.safeParse(JSON.parse(data)).data?.num_connections ?? null;
  } catch {
    return null;
  }
}
