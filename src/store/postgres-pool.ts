import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import type { Clock, Log } from '../core/ports.ts';
import { within } from '../core/time/waiting.ts';

/** How long a server or a network that has gone silent is waited for, ms. docs/admin/several-bots.md says what follows from it. */
export interface PostgresLimits {
  /** For a new connection, and for a free one of the pool. */
  connectMs: number;
  /** Then the server ends a statement, or a transaction in which nothing is asked: neither holds its locks for good. */
  statementMs: number;
  /** Then a statement is given up together with its connection. Later than the server would say so itself. */
  answerMs: number;
  /** For the goodbye of all connections. */
  closeMs: number;
}

const defaultLimits: PostgresLimits = { connectMs: 5_000, statementMs: 8_000, answerMs: 10_000, closeMs: 1_000 };

/** After so long without traffic the operating system begins to ask whether the other side is still there, ms. */
const keepAliveMs = 10_000;

/**
 * A pool whose every answer is waited for only so long; then the query fails with the code `ETIMEDOUT`. Works through
 * PgBouncer with any of its pool modes: no setting goes along as a startup parameter, which it refuses. Connects with
 * the first query. Throws when the URL cannot be read.
 */
export function openPool(
  { url, types, limits }: { url: string; types: pg.CustomTypesConfig; limits: Partial<PostgresLimits> },
  { clock, log }: { clock: Clock; log: Log },
): PostgresPool {
  const { connectMs, statementMs, answerMs, closeMs } = { ...defaultLimits, ...limits };
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: 8,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    application_name: 'dialdeck',
    // Where PgBouncer lends a connection for one transaction, these settings stay with it. The next borrower has
    // the same user and database, so it is a bot as well.
    onConnect: (client) =>
      client.query(`set statement_timeout = ${statementMs}; set idle_in_transaction_session_timeout = ${statementMs}`),
  });
  // Without a listener the loss of a connection would end the process. The next query reconnects, or fails and is logged.
  const lost = (error: Error) => log.debug('database connection lost', { code: Reflect.get(error, 'code') });
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', () => undefined));

  let ending: Promise<void> | null = null;
  return {
    async connect() {
      try {
        return lend(await pool.connect());
      } catch (error) {
        throw withCode(error);
      }
    },
    end() {
      ending ??= within(clock, { ms: closeMs }, pool.end(), () => undefined);
      return ending;
    },
  };
}

/** A connection that failed to answer is thrown away instead of being lent again. */
function lend(client: pg.PoolClient): PostgresPoolClient {
  let failure: unknown = null;

  const ask = async (text: string, parameters: readonly unknown[]): Promise<unknown> => {
    // A rollback would only queue up behind the statement that is not answered.
    if (failure !== null) throw failure;
    try {
      return await client.query(text, [...parameters]);
    } catch (error) {
      // What the server itself reports leaves the connection usable; after anything else its state is unknown.
      if (!(error instanceof pg.DatabaseError)) failure = withCode(error);
      throw failure ?? error;
    }
  };
  function query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, parameters: readonly unknown[] = []): unknown {
    return ask(String(text), parameters);
  }

  return { query, release: (discard = false) => client.release(discard || failure !== null) };
}

/** The time-outs and losses that pg itself reports have only a message. */
function withCode(error: unknown): unknown {
  if (!(error instanceof Error) || 'code' in error) return error;
  if (/time-?out/i.test(error.message)) return Object.assign(error, { code: 'ETIMEDOUT' });
  if (/does not support SSL/i.test(error.message)) return Object.assign(error, { code: 'NO_SSL' });
  if (/terminated/i.test(error.message)) return Object.assign(error, { code: 'ECONNRESET' });
  return error;
}
