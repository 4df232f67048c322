import {
  type CreateTableBuilder,
  type Dialect,
  PostgresDialect,
  type QueryExecutorProvider,
  type RawBuilder,
  sql,
} from 'kysely';
import Libsql from 'libsql';
import pg from 'pg';
import type { Clock, Log } from '../core/ports.ts';
import { libsqlDialect } from './libsql.ts';

/** Everything in which the two engines differ. */
export interface Engine {
  name: 'sqlite' | 'postgres';
  dialect: Dialect;
  /** The clock used for leases, epoch ms: the database's own where several machines may disagree. */
  now(): RawBuilder<number>;
  /** Adds an auto-incrementing primary key. */
  addSequence<Table extends string>(table: CreateTableBuilder<Table>, column: string): CreateTableBuilder<Table>;
  /**
   * After numbers were deleted, and before closing: removes, as far as the engine allows, the earlier contents that it
   * still keeps outside the tables. Never fails.
   */
  scrub(query: QueryExecutorProvider): Promise<void>;
  /** Releases what the engine holds. May be called more than once. */
  close(): Promise<void>;
}

/**
 * How long a statement may block the process while another process writes, ms. Short, because SQLite waits on the event
 * loop; the longer retry is in failures.ts, where other work continues meanwhile.
 */
const busyTimeout = 20;

/** SQLite through libsql, in the file `file`. Driver errors are passed through. */
export function openSqlite(file: string, clock: Clock): Engine {
  const database = new Libsql(file);
  try {
    database.exec(`pragma busy_timeout = ${busyTimeout}`);
    database.exec('pragma journal_mode = wal');
    // FULL: what was acknowledged survives a power failure, not only a crash of this process.
    database.exec('pragma synchronous = full');
    database.exec('pragma foreign_keys = on');
    // Deleted phone numbers are overwritten, not merely unlinked.
    database.exec('pragma secure_delete = on');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    name: 'sqlite',
    dialect: libsqlDialect(database),
    now: () => sql<number>`${clock.now()}`,
    addSequence: (table, column) => table.addColumn(column, 'integer', (c) => c.primaryKey().autoIncrement()),
    async scrub(query) {
      // The log still contains the earlier pages, even after libsql has closed the file. A reader in another process
      // may prevent this; then a later checkpoint does it.
      await sql`pragma wal_checkpoint(truncate)`.execute(query).catch(() => undefined);
    },
    async close() {
      if (database.open) database.close();
    },
  };
}

/** The type number of `bigint` in PostgreSQL's catalog. */
const int8 = 20;

/** PostgreSQL at `url`. Connects on the first query. Throws when the URL cannot be parsed. */
export function openPostgres(url: string, log: Log): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: 60_000,
    application_name: 'dialdeck',
    // All our bigints are instants or counts, far below 2^53. Set here, not in pg's global table.
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  // Without a listener, a lost connection would end the process. The next query reports it or reconnects.
  const lost = (error: Error) => log.warn('database connection lost', { code: Reflect.get(error, 'code') });
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    name: 'postgres',
    dialect: new PostgresDialect({ pool }),
    now: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    addSequence: (table, column) =>
      table.addColumn(column, 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity()),
    // PostgreSQL reclaims deleted rows with its own vacuum.
    scrub: async () => undefined,
    async close() {
      if (!pool.ended) await pool.end();
    },
  };
}
