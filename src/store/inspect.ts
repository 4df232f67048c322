import { stat } from 'node:fs/promises';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { StoreOwner } from '../core/model/store-owner.ts';
import { readPresence } from '../core/time/presence.ts';
import { checkedUrl, type Db, type DbOptions, databaseFile } from './db.ts';
import { type Engine, openPostgres, openSqlite } from './dialect.ts';
import { storeFailed } from './failures.ts';
import { leases } from './leases.ts';
import { appliedMigrations, migrations } from './migrate.ts';
import { checkNumberKey, type KeyFit } from './number-key.ts';
import { ownerIn } from './ownership.ts';
import type { Schema } from './schema.ts';
import { withCopy } from './snapshot.ts';

/** What is seen of a store without changing it. What it does not tell yet is null. */
export interface StoreReport {
  /** The migrations that this version would run, in their order. */
  pending: string[];
  /** Whether a newer version has written it: this one cannot open it. */
  isNewer: boolean;
  owner: StoreOwner | null;
  watches: number;
  /** Imports that are not over yet. */
  openImports: number;
  running: Awaited<ReturnType<typeof readPresence>> | null;
  numbersKey: KeyFit;
}

type InspectOptions = Pick<DbOptions, 'databaseUrl' | 'dataDir' | 'numbers' | 'clock' | 'log'>;

/**
 * Looks into a store and leaves no trace: of SQLite it reads a copy, of PostgreSQL within a read-only transaction. null:
 * there is none. Throws `store_failed`.
 */
export async function inspectStore(options: InspectOptions): Promise<StoreReport | null> {
  const { databaseUrl, dataDir } = options;
  try {
    if (databaseUrl !== null) return await inspect(openPostgres(checkedUrl(databaseUrl), options), options);
    const file = databaseFile(dataDir);
    if (!(await exists(file))) return null;
    return await withCopy(file, (copy) => inspectCopy(copy, options));
  } catch (error) {
    throw storeFailed('inspect', error);
  }
}

/** What a PostgreSQL server lets the user of DATABASE_URL do. */
export interface ServerReport {
  /** Neither a standby, nor set to read only. */
  takesWrites: boolean;
  /** Whether this user may create tables in `schema`, where new ones go; null: there is none. */
  mayCreate: boolean;
  schema: string | null;
  user: string;
  /** In which text is stored, such as `UTF8`. */
  encoding: string;
}

/** Throws `store_failed`. */
export async function inspectServer(
  databaseUrl: string,
  deps: Pick<DbOptions, 'clock' | 'log'>,
): Promise<ServerReport> {
  const engine = openPostgres(checkedUrl(databaseUrl), deps);
  const query = new Kysely<Schema>({ dialect: engine.dialect });
  try {
    const { rows } = await sql<ServerReport>`
      select
        not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off' as "takesWrites",
        coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate",
        current_schema()::text as schema,
        current_user::text as "user",
        current_setting('server_encoding') as encoding
    `.execute(query);
    const [row] = rows;
    if (row === undefined) throw new Error('no row');
    return row;
  } catch (error) {
    throw storeFailed('inspect', error);
  } finally {
    await query.destroy();
    await engine.close();
  }
}

/** The same of a SQLite file that nobody else uses. null: it is no store. */
export function inspectCopy(copy: string, options: Omit<InspectOptions, 'databaseUrl'>): Promise<StoreReport | null> {
  return inspect(openSqlite(copy, options.clock), options);
}

/** How many watches the SQLite file in `dataDir` holds, as far as that can be seen; 0 without one. */
export async function watchesInFile(options: Omit<InspectOptions, 'databaseUrl'>): Promise<number> {
  const report = await inspectStore({ ...options, databaseUrl: null }).catch(() => null);
  return report?.watches ?? 0;
}

/** Whether a file is there. Throws where this user may not look. */
export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
}

async function inspect(
  engine: Engine,
  { numbers, log }: Omit<InspectOptions, 'databaseUrl'>,
): Promise<StoreReport | null> {
  const bare = new Kysely<Schema>({ dialect: engine.dialect });
  try {
    const reading = () =>
      engine.name === 'postgres' ? bare.transaction().setAccessMode('read only') : bare.transaction();
    const applied = await reading().execute((query) => appliedMigrations({ query, engine }));
    if (applied === null) return null;
    const known = Object.keys(migrations(engine));
    const isNewer = applied.some((name) => !known.includes(name));
    const contents = await reading()
      .execute((query) => contentsOf({ query: query.withPlugin(new CamelCasePlugin()), engine, log }, applied, numbers))
      .catch((error: unknown) => {
        // Its tables may be others by now.
        if (isNewer) return unknownContents;
        throw error;
      });
    return { pending: known.filter((name) => !applied.includes(name)), isNewer, ...contents };
  } finally {
    await bare.destroy();
    await engine.close();
  }
}

type Contents = Omit<StoreReport, 'pending' | 'isNewer'>;

const unknownContents: Contents = { owner: null, watches: 0, openImports: 0, running: null, numbersKey: 'none' };

async function contentsOf(db: Db, applied: readonly string[], numbers: InspectOptions['numbers']): Promise<Contents> {
  const has = (migration: string): boolean => applied.includes(migration);
  const all = db.query.selectFrom('watches').select(sql<number>`count(*)`.as('count'));
  const { count } = await all.executeTakeFirstOrThrow();
  return {
    owner: has('0012-store-owner') ? await ownerIn(db.query) : null,
    watches: Number(count),
    openImports: has('0011-import-ledger') ? await openImportsIn(db.query) : 0,
    running: has('0004-lease-holders') ? await readPresence(leases(db, null)) : null,
    numbersKey: has('0011-import-ledger') ? await checkNumberKey(db.query, numbers) : 'none',
  };
}

async function openImportsIn(query: Db['query']): Promise<number> {
  const open = query.selectFrom('importRuns').where('state', 'in', ['awaiting', 'running', 'cancelling', 'halted']);
  const { count } = await open.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return Number(count);
}
