import { accessSync, constants, existsSync } from 'node:fs';
import { chmod, chown, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CamelCasePlugin, Kysely } from 'kysely';
import { AppError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { within } from '../core/time/waiting.ts';
import { fileTroubleWords } from '../file-trouble.ts';
import { databaseAddressFault, filesInDatabaseAddress, withFixedSslMode } from '../settings/database-address.ts';
import { type Engine, openPostgres, openSqlite } from './dialect.ts';
import { againstContention } from './failures.ts';
import { migrate, migrations } from './migrate.ts';
import type { PostgresLimits } from './postgres-pool.ts';
import type { Schema } from './schema.ts';

/** What the modules of the tables share. */
export interface Db {
  query: Kysely<Schema>;
  engine: Engine;
  log: Log;
}

/** The key of the settings, and the one before it while it is being replaced. */
export interface NumberSecrets {
  key: string | null;
  previous: string | null;
}

export interface DbOptions {
  /** `postgres://…`; null for SQLite in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  /** The id of the bot that opens it: what is leased ends with the bot. Absent: with time only. */
  bot?: string;
  /** What numbers are sealed with while they are stored; absent: with nothing. */
  numbers?: NumberSecrets;
  clock: Clock;
  log: Log;
  /** Other limits than the usual ones, for tests. */
  limits?: Partial<PostgresLimits>;
  /** Is shown the text of every statement, for tests and benchmarks. */
  onStatement?: (sql: string) => void;
}

/** Opens the database and runs its migrations; safe to do from several processes concurrently. */
export async function openDb(options: DbOptions): Promise<Db> {
  const { log, onStatement } = options;
  if (options.databaseUrl === null) await makePrivate(options.dataDir, log);
  return againstContention(async () => {
    const engine =
      options.databaseUrl === null
        ? openSqlite(databaseFile(options.dataDir), options.clock)
        : openPostgres(checkedUrl(options.databaseUrl), options, options.limits);
    const bare = new Kysely<Schema>({
      dialect: engine.dialect,
      ...(onStatement && { log: ({ query }) => onStatement(query.sql) }),
    });
    try {
      await migrate({ query: bare, engine, log }, migrations(engine));
      return { query: bare.withPlugin(new CamelCasePlugin()), engine, log };
    } catch (error) {
      await closeDb({ query: bare, engine }, options.clock);
      throw error;
    }
  });
}

/** How long closing waits for the last scrub, which may have to queue behind others, ms. */
const scrubWithinMs = 1_000;

/** Ends whatever is still under way. */
export async function closeDb({ query, engine }: Pick<Db, 'query' | 'engine'>, clock: Clock): Promise<void> {
  await within(clock, { ms: scrubWithinMs }, engine.scrub(query), () => undefined);
  await query.destroy();
  await engine.close();
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'dialdeck.db');
}

/**
 * The address as pg is to read it. Rejects one that cannot be used, without quoting it: it may contain a password; and
 * one that names a file of certificates that cannot be read.
 */
export function checkedUrl(url: string): string {
  const fault = databaseAddressFault(url) ?? unreadableFile(url);
  if (fault === null) return withFixedSslMode(url);
  throw new AppError('store_failed', `store: DATABASE_URL ${fault}`, { details: { permanent: true } });
}

function unreadableFile(url: string): string | null {
  for (const { parameter, path } of filesInDatabaseAddress(url)) {
    try {
      accessSync(path, constants.R_OK);
    } catch (thrown) {
      return `names ${path} as ${parameter}, which cannot be read: ${fileTroubleWords(thrown)}`;
    }
  }
  return null;
}

/**
 * Creates the directory and the file with access for the owner only: they contain phone numbers. An existing directory
 * is left as it is (it may belong to the system) and only reported; the file is made private in any case, and SQLite
 * gives its side files the same mode.
 */
async function makePrivate(dataDir: string, log: Log): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { mode } = await stat(dataDir);
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
    log.warn('the data directory is accessible to other users; run chmod 700 on it', { dataDir });
  }
  const isNew = !existsSync(databaseFile(dataDir));
  const file = await open(databaseFile(dataDir), 'a', 0o600);
  await file.close();
  await chmod(databaseFile(dataDir), 0o600);
  if (isNew) await ownAs(dataDir, databaseFile(dataDir));
}

/** What root puts into the folder of another user belongs to that user, who could not use it otherwise. */
export async function ownAs(folder: string, path: string): Promise<void> {
  const { uid, gid } = await stat(folder);
  if (process.getuid?.() === 0) await chown(path, uid, gid);
}
