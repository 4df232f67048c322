import { toAppError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { botLeaseMs, botLeaseOf, botLeases } from './bot-lease.ts';
import type { Leases } from './leases.ts';

/** A bot that knows of connections which no bot of its store opened holds one of this prefix. */
const strangerLeases = 'strangers:';

interface PresenceDeps {
  store: Leases;
  clock: Clock;
  log: Log;
  /** Names this bot. */
  owner: string;
  /** Whether the bot of that id is certainly gone. */
  isGone(bot: string): Promise<boolean>;
  /** Called whenever the store was written. */
  written?(): void;
}

export interface Presence {
  /**
   * Registers this bot, and keeps it registered until `stop`. Of bots that were killed on this machine, nothing is left
   * then, nor some seconds after they are killed: whatever they held is free. Never throws: what fails is tried again.
   */
  start(): Promise<void>;
  /**
   * Compares the connections that the chat platform counts with the bots of this store. More means that another process
   * with a store of its own uses the same app: it receives some of the interactions, and knows other task lists.
   */
  counted(connections: number): Promise<void>;
  /** When it was last registered, by `Clock.elapsed`: the store could be written then. */
  writtenAt(): number;
  stop(): Promise<void>;
}

/** @param perBot how many connections a bot opens */
export function createPresence(
  { store, clock, log, owner, isGone, written = () => undefined }: PresenceDeps,
  perBot: number,
): Presence {
  const stopping = new AbortController();
  const ours = botLeaseOf(owner);
  /** The lease that says what was found, null when all connections are ours. */
  let found: string | null = null;
  let renewing: Promise<void> = Promise.resolve();
  let writtenAt = clock.elapsed();

  const attempt = (work: Promise<unknown>): Promise<void> =>
    work.then(
      () => undefined,
      (thrown) => log.warn('this bot could not be registered', { code: toAppError(thrown).code }),
    );

  const renew = async (): Promise<void> => {
    const registered = store.lease(ours, owner, botLeaseMs).then(() => {
      writtenAt = clock.elapsed();
      written();
    });
    await attempt(registered);
    if (found !== null) await attempt(store.lease(found, owner, botLeaseMs));
  };

  const removeGone = async (): Promise<void> => {
    for (const name of await store.leased(botLeases)) {
      const bot = name.slice(botLeases.length);
      if (name === ours || !(await isGone(bot))) continue;
      await store.release(name, bot);
      log.info('a bot that was killed is no longer counted', { bot });
    }
  };

  const keep = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(botLeaseMs / 3, stopping.signal);
      if (stopping.signal.aborted) return;
      await renew();
      await attempt(removeGone());
    }
  };

  const say = async (next: string | null): Promise<void> => {
    const before = found;
    found = next;
    if (before !== null && before !== next) await attempt(store.release(before, owner));
    if (next !== null) await attempt(store.lease(next, owner, botLeaseMs));
  };

  return {
    async start() {
      await renew();
      await attempt(removeGone());
      renewing = keep();
    },
    async counted(connections) {
      try {
        const bots = new Set([...(await store.leased(botLeases)), ours]).size;
        if (connections <= bots * perBot) return await say(null);
        log.error('another process uses the same Slack app with a store of its own: stop it, or give it its own app', {
          connections,
          bots,
        });
        await say(`${strangerLeases}${owner}:${connections}:${bots}`);
      } catch (thrown) {
        log.warn('the bots of this store could not be counted', { code: toAppError(thrown).code });
      }
    },
    writtenAt: () => writtenAt,
    async stop() {
      stopping.abort();
      await renewing;
      await say(null);
      await attempt(store.release(ours, owner));
    },
  };
}

/** What the running bots of a store last said of themselves. Throws `store_failed`. */
export async function readPresence(
  store: Pick<Leases, 'leased'>,
): Promise<{ bots: number; strangers: { connections: number; bots: number } | null }> {
  const bots = await store.leased(botLeases);
  const [found] = await store.leased(strangerLeases);
  const [, connections, expected] = /:(\d+):(\d+)$/.exec(found ?? '') ?? [];
  return {
    bots: bots.length,
    strangers: connections === undefined ? null : { connections: Number(connections), bots: Number(expected) },
  };
}
