import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  type CreateTableBuilder,
  type Dialect,
  PostgresDialect,
  type QueryExecutorProvider,
  type RawBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import Libsql from 'libsql';
import pg from 'pg';
import type { Clock, Log } from '../core/ports.ts';
import { againstContention } from './failures.ts';
import { libsqlDialect } from './libsql.ts';
import { openPool, type PostgresLimits } from './postgres-pool.ts';

/** Everything in which the two engines differ. */
export interface Engine {
  name: 'sqlite' | 'postgres';
  dialect: Dialect;
  /**
   * The clock of leases and claims, ms: on SQLite the uptime of the machine, which nobody sets; on PostgreSQL the clock
   * of the server, because several machines may disagree.
   */
  now(): RawBuilder<number>;
  /** In a transaction: waits until nobody else migrates, and keeps others from it until the end of the transaction. */
  lockForMigration(query: QueryExecutorProvider): Promise<void>;
  /** Adds a primary key that the database counts up with each row. */
  addSequence<Table extends string>(table: CreateTableBuilder<Table>, column: string): CreateTableBuilder<Table>;
  /**
   * Whether the text of a column is among these, and these as the rows of a table with the column `value`. They are one
   * parameter: a thousand of them take longer to compile than to look up.
   */
  isAmong(column: string, texts: readonly string[]): RawBuilder<SqlBool>;
  rowsOf(texts: readonly string[]): RawBuilder<{ value: string }>;
  /** Runs `insert`, which brings its own values for a column of `addSequence`; the database counts on from them. */
  withOwnSequence(
    query: QueryExecutorProvider,
    at: { table: string; column: string },
    insert: () => Promise<void>,
  ): Promise<void>;
  /**
   * After numbers were deleted, and before closing: removes, as far as the engine allows, the earlier contents that it
   * still keeps outside the tables. Never fails.
   */
  scrub(query: QueryExecutorProvider): Promise<void>;
  /** Throws when what is written would be lost: another file is at the place of the database, or none. */
  requireInPlace(): Promise<void>;
  /** Releases what the engine holds. May be called more than once. */
  close(): Promise<void>;
}

/** How long a scrub tries to have the log to itself, ms. */
const scrubMs = 100;

/** SQLite through libsql, in the file `file`. Driver errors are passed through. */
export function openSqlite(file: string, clock: Clock): Engine {
  const database = new Libsql(file);
  try {
    // SQLite itself would wait on the event loop. The patience is in failures.ts, where other work goes on meanwhile.
    database.exec('pragma busy_timeout = 0');
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
  const opened = statSync(file, { bigint: true });
  return {
    name: 'sqlite',
    dialect: libsqlDialect(database),
    now: () => sql<number>`${Math.trunc(clock.elapsed())}`,
    // Every transaction begins by taking the write lock.
    lockForMigration: async () => undefined,
    addSequence: (table, column) => table.addColumn(column, 'integer', (c) => c.primaryKey().autoIncrement()),
    isAmong: (column, texts) => sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(texts)}))`,
    rowsOf: (texts) => sql`json_each(${JSON.stringify(texts)})`,
    withOwnSequence: (_query, _at, insert) => insert(),
    async scrub(query) {
      // The log still holds the pages as they were, also after libsql has closed the file. Another process at work may
      // prevent this, mostly for a moment; else a later checkpoint does it.
      const truncate = async (): Promise<void> => {
        const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(query);
        if (rows[0]?.busy === 1) throw Object.assign(new Error('the log is in use'), { code: 'SQLITE_BUSY' });
      };
      await againstContention(truncate, performance.now() + scrubMs).catch(() => undefined);
    },
    async requireInPlace() {
      const { ino, dev } = await stat(file, { bigint: true });
      if (ino !== opened.ino || dev !== opened.dev) throw Object.assign(new Error('replaced'), { code: 'ENOENT' });
    },
    async close() {
      if (database.open) database.close();
    },
  };
}

/** The key of an advisory lock; any number that no other program would use in our database. */
const migrationLock = 740_113_255;

/** The type number of `bigint` in PostgreSQL's catalogue. */
const int8 = 20;

/**
 * PostgreSQL at `url`. Nothing in a statement outlives its transaction (no named prepared statement, no session lock),
 * so PgBouncer may lend connections for one transaction at a time. Throws when the URL cannot be read.
 */
export function openPostgres(
  url: string,
  deps: { clock: Clock; log: Log },
  limits: Partial<PostgresLimits> = {},
): Engine {
  // Every bigint of ours is an instant or a count, far below 2^53. Set here, not in pg's global table.
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)),
  };
  const pool = openPool({ url, types, limits }, deps);
  return {
    name: 'postgres',
    dialect: new PostgresDialect({ pool }),
    now: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    async lockForMigration(query) {
      await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(query);
    },
    addSequence: (table, column) =>
      table.addColumn(column, 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity()),
    isAmong: (column, texts) => sql`${sql.ref(column)} = any(${texts}::text[])`,
    rowsOf: (texts) => sql`(select unnest(${texts}::text[]) as value)`,
    async withOwnSequence(query, { table, column }, insert) {
      const [named, counted] = [sql.table(table), sql.ref(column)];
      await sql`alter table ${named} alter column ${counted} set generated by default`.execute(query);
      await insert();
      await sql`
        select setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${counted}), 1), max(${counted}) is not null)
        from ${named}
      `.execute(query);
      await sql`alter table ${named} alter column ${counted} set generated always`.execute(query);
    },
    // PostgreSQL reclaims deleted rows with its own vacuum.
    scrub: async () => undefined,
    requireInPlace: async () => undefined,
    close: () => pool.end(),
  };
}
