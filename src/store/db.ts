import { chmod, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CamelCasePlugin, Kysely } from 'kysely';
import { AppError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { type Engine, openPostgres, openSqlite } from './dialect.ts';
import { againstContention } from './failures.ts';
import { migrate, migrations } from './migrate.ts';
import type { Schema } from './schema.ts';

/** What the table families work with. */
export interface Db {
  query: Kysely<Schema>;
  engine: Engine;
  log: Log;
}

export interface DbOptions {
  /** `postgres://…`; null for SQLite in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  clock: Clock;
  log: Log;
}

/** Opens the database and brings its tables up to date; safe to do in several processes at once. */
export async function openDb(options: DbOptions): Promise<Db> {
  const { log } = options;
  if (options.databaseUrl === null) await makePrivate(options.dataDir, log);
  return againstContention(async () => {
    const engine =
      options.databaseUrl === null
        ? openSqlite(databaseFile(options.dataDir), options.clock)
        : openPostgres(checkedUrl(options.databaseUrl), log);
    const bare = new Kysely<Schema>({ dialect: engine.dialect });
    try {
      await migrate(bare, migrations(engine), log);
      return { query: bare.withPlugin(new CamelCasePlugin()), engine, log };
    } catch (error) {
      await closeDb({ query: bare, engine });
      throw error;
    }
  });
}

export async function closeDb(db: Pick<Db, 'query' | 'engine'>): Promise<void> {
  await db.engine.scrub(db.query);
  await db.query.destroy();
  await db.engine.close();
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'dialdeck.db');
}

/** Refuses what is no PostgreSQL address, without repeating it: it may hold a password. */
function checkedUrl(url: string): string {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url;
  const message = 'store: DATABASE_URL is not of the form postgres://user:password@host:port/database';
  throw new AppError('store_failed', message, { details: { permanent: true } });
}

/**
 * The directory and the file for the owner only: they hold phone numbers. A directory that was there before is left as
 * it is (it may be one of the system's) and only reported; the file is closed to others in any case, and SQLite gives
 * its side files the same mode.
 */
async function makePrivate(dataDir: string, log: Log): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { mode } = await stat(dataDir);
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
    log.warn('the data directory is accessible to other users; run chmod 700 on it', { dataDir });
  }
  const file = await open(databaseFile(dataDir), 'a', 0o600);
  await file.close();
  await chmod(databaseFile(dataDir), 0o600);
}
