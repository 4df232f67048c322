import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  RawNode,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type Libsql from 'libsql';
import { againstContention } from './failures.ts';

/** After a statement that blocked the process for longer than this, ms, the event loop gets a turn. */
const longStatement = 2;

/**
 * Kysely's SQLite dialect with our own driver, because of what libsql 0.5 does when the file is locked: a prepared
 * statement that fails with SQLITE_BUSY is not reset and stays open until it is garbage-collected, and as long as it is
 * open, later writes report success without being committed. So a prepared statement must never be the one that hits
 * the lock: every write runs in a transaction begun with `exec`, which leaves nothing open.
 */
export function libsqlDialect(database: Libsql.Database): Dialect {
  return {
    createDriver: () => new LibsqlDriver(database),
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** A single connection, lent to one user at a time in the order of request. */
class LibsqlDriver implements Driver {
  readonly #database: Libsql.Database;
  readonly #connection: LibsqlConnection;
  #lent: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  constructor(database: Libsql.Database) {
    this.#database = database;
    this.#connection = new LibsqlConnection(database);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#lent;
    let release = () => {};
    this.#lent = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  /**
   * Takes the write lock at the start: a transaction that begins with a read and then wants to write fails when another
   * connection wrote in between, and retrying the statement cannot help.
   */
  async beginTransaction(): Promise<void> {
    this.#connection.open.exec('begin immediate');
  }

  async commitTransaction(): Promise<void> {
    this.#connection.open.exec('commit');
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.rollback();
  }

  async destroy(): Promise<void> {
    if (this.#database.open) this.#database.close();
  }
}

class LibsqlConnection implements DatabaseConnection {
  readonly #database: Libsql.Database;

  constructor(database: Libsql.Database) {
    this.#database = database;
  }

  /** Work left when the database is closed must not reach it: libsql would end the process. */
  get open(): Libsql.Database {
    if (!this.#database.open) throw closed();
    return this.#database;
  }

  rollback(): void {
    // SQLite has already rolled back by itself after some errors (a full disk).
    if (this.open.inTransaction) this.open.exec('rollback');
  }

  async executeQuery<Row>(compiled: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.open.inTransaction) {
      const begun = performance.now();
      const result = this.#run<Row>(this.open.prepare(compiled.sql), compiled);
      // Between the statements of a large transaction the rest of the process has its turn.
      if (performance.now() - begun > longStatement) await nextTurn();
      return result;
    }
    // Raw SQL outside a transaction is only ever a pragma or a read.
    if (SelectQueryNode.is(compiled.query) || RawNode.is(compiled.query)) {
      const statement = this.open.prepare(compiled.sql);
      // A read meets a lock only while another process recovers or removes the log. Running the same statement again
      // resets it.
      return againstContention(async () => this.#run<Row>(statement, compiled));
    }
    this.open.exec('begin immediate');
    try {
      const result = this.#run<Row>(this.open.prepare(compiled.sql), compiled);
      this.open.exec('commit');
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  #run<Row>(statement: Libsql.Statement, { parameters }: CompiledQuery): QueryResult<Row> {
    if (!this.#database.open) throw closed();
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    const { changes } = statement.run(parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the store does not stream');
  }
}

function closed(): Error {
  return new Error('the database is closed');
}
