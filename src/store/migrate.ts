import { type Kysely, type Migration, sql } from 'kysely';
import { AppError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Engine } from './dialect.ts';
import { initial } from './migrations/0001-initial.ts';
import { revisions } from './migrations/0002-revisions.ts';
import { claims } from './migrations/0003-claims.ts';
import { leaseHolders } from './migrations/0004-lease-holders.ts';
import { quietHours } from './migrations/0005-quiet-hours.ts';
import { openActions } from './migrations/0006-open-actions.ts';
import { pollCost } from './migrations/0007-poll-cost.ts';
import { subscriptions } from './migrations/0008-subscriptions.ts';
import { alerts } from './migrations/0009-alerts.ts';
import { boards } from './migrations/0010-boards.ts';
import { importLedger } from './migrations/0011-import-ledger.ts';
import { storeOwner } from './migrations/0012-store-owner.ts';
import { directAlerts } from './migrations/0013-direct-alerts.ts';
import { quietPolls } from './migrations/0014-quiet-polls.ts';
import { emergencyStops } from './migrations/0015-emergency-stops.ts';
import { homes } from './migrations/0016-homes.ts';
import { schedules } from './migrations/0017-schedules.ts';
import { taskRecord } from './migrations/0018-task-record.ts';
import { formMemory } from './migrations/0019-form-memory.ts';
import { undecidedSchedules } from './migrations/0020-undecided-schedules.ts';
import { keptEdits } from './migrations/0021-kept-edits.ts';
import type { Schema } from './schema.ts';

/** All migrations in order, by name. */
export function migrations(engine: Engine): Record<string, Migration> {
  return {
    '0001-initial': initial(engine),
    '0002-revisions': revisions,
    '0003-claims': claims,
    '0004-lease-holders': leaseHolders,
    '0005-quiet-hours': quietHours,
    '0006-open-actions': openActions,
    '0007-poll-cost': pollCost,
    '0008-subscriptions': subscriptions,
    '0009-alerts': alerts,
    '0010-boards': boards,
    '0011-import-ledger': importLedger,
    '0012-store-owner': storeOwner,
    '0013-direct-alerts': directAlerts,
    '0014-quiet-polls': quietPolls,
    '0015-emergency-stops': emergencyStops,
    '0016-homes': homes,
    '0017-schedules': schedules,
    '0018-task-record': taskRecord(engine),
    '0019-form-memory': formMemory,
    '0020-undecided-schedules': undecidedSchedules,
    '0021-kept-edits': keptEdits,
  };
}

/** Those that were run. A name of our own: another program's may live in the same PostgreSQL database. */
type Ledger = { dialdeck_migrations: { name: string; timestamp: string } };

interface Unmigrated {
  query: Kysely<Schema>;
  engine: Engine;
  log: Log;
}

/**
 * Runs those of `known` that the database has not seen, in their order and in one transaction: of several processes one
 * migrates and the others wait. Throws when the database holds a migration that is not among `known`.
 *
 * Kysely's own migrator holds a lock of the session on PostgreSQL, which PgBouncer may leave behind on a connection
 * that it then lends to someone else.
 */
export async function migrate({ query, engine, log }: Unmigrated, known: Record<string, Migration>): Promise<void> {
  const done = await query.transaction().execute(async (transaction) => {
    await engine.lockForMigration(transaction);
    const ledger = transaction.withTables<Ledger>();
    const seen = await appliedMigrations({ query: transaction, engine });
    // PostgreSQL asks for the right to create also where a table is there already.
    if (seen === null) {
      await transaction.schema
        .createTable('dialdeck_migrations')
        .addColumn('name', 'varchar(255)', (column) => column.primaryKey())
        .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
        .execute();
    }
    const before = seen ?? [];
    if (before.some((name) => known[name] === undefined)) throw newer();

    const missing = Object.entries(known).filter(([name]) => !before.includes(name));
    for (const [name, { up }] of missing) {
      await up(transaction);
      await ledger
        .insertInto('dialdeck_migrations')
        .values({ name, timestamp: sql`cast(current_timestamp as varchar(255))` })
        .execute();
    }
    return missing;
  });
  for (const [migration] of done) log.info('database migrated', { migration });
}

/** Those that a database has seen; null when it is no store yet. Reads only. */
export async function appliedMigrations({
  query,
  engine,
}: Pick<Unmigrated, 'query' | 'engine'>): Promise<string[] | null> {
  const table = 'dialdeck_migrations';
  const found =
    engine.name === 'postgres'
      ? sql<{ name: string | null }>`select to_regclass(${table})::text as name`
      : sql<{ name: string }>`select name from sqlite_master where name = ${table}`;
  const { rows } = await found.execute(query);
  if ((rows[0]?.name ?? null) === null) return null;
  const ledger = query.withTables<Ledger>();
  return (await ledger.selectFrom('dialdeck_migrations').select('name').execute()).map(({ name }) => name);
}

function newer(): AppError {
  const message =
    'store: the database was written by a newer version of Dialdeck; start that version, or restore a backup';
  return new AppError('store_failed', message, { details: { permanent: true } });
}
