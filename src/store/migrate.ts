import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { AppError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Engine } from './dialect.ts';
import { initial } from './migrations/0001-initial.ts';
import { revisions } from './migrations/0002-revisions.ts';
import type { Schema } from './schema.ts';

// Our own names: another program's migrations may live in the same PostgreSQL database.
const migrationTable = 'dialdeck_migrations';

/** All migrations in order, by name. */
export function migrations(engine: Engine): Record<string, Migration> {
  return { '0001-initial': initial(engine), '0002-revisions': revisions };
}

/**
 * Runs those of `known` that have not been applied yet, in one transaction under a lock: of several processes one
 * migrates and the others wait. Throws when the database contains a migration that is not in `known`.
 */
export async function migrate(db: Kysely<Schema>, known: Record<string, Migration>, log: Log): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw (await isNewer(db, known)) ? newer() : error;
  for (const result of results ?? []) log.info('database migrated', { migration: result.migrationName });
}

/** Whether the database contains a migration that this version does not know. */
async function isNewer(db: Kysely<Schema>, known: Record<string, Migration>): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTable)}`
    .execute(db)
    .catch(() => ({ rows: [] }));
  return rows.some((row) => known[row.name] === undefined);
}

function newer(): AppError {
  const message =
    'store: the database was written by a newer version of Dialdeck; start that version, or restore a backup';
  return new AppError('store_failed', message, { details: { permanent: true } });
}
