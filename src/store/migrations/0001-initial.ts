import { type Migration, sql } from 'kysely';
import type { Engine } from '../dialect.ts';

/** The tables of the first version. A released migration is never edited; changes go into a new one. */
export function initial(engine: Pick<Engine, 'addSequence'>): Migration {
  return {
    async up(db) {
      await db.schema
        .createTable('readings')
        .addColumn('task_id', 'text', (column) => column.primaryKey())
        .addColumn('taken_at', 'bigint', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute();

      await db.schema
        .createTable('watches')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('task_id', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('card_ts', 'text')
        .addColumn('card_hash', 'text')
        .addColumn('broken_by', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('watches_task_channel', ['task_id', 'channel'])
        .execute();

      await engine
        .addSequence(db.schema.createTable('outbox'), 'seq')
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('key', 'text', (column) => column.notNull().unique())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('task_id', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('ts', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('not_before', 'bigint', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .execute();
      // Sent items are kept for a while to remember their keys; the deliverer only ever queries the few that are open.
      await db.schema
        .createIndex('outbox_open')
        .on('outbox')
        .columns(['created_at', 'seq'])
        .where(sql.ref('state'), 'in', [sql.lit('pending'), sql.lit('attempting')])
        .execute();

      await db.schema
        .createTable('submissions')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('task_id', 'text')
        .addColumn('raw', 'text')
        .addColumn('sent_at', 'bigint', (column) => column.notNull())
        .execute();

      await db.schema
        .createTable('lists')
        .addColumn('person', 'text', (column) => column.primaryKey())
        .addColumn('task_ids', 'text', (column) => column.notNull())
        .execute();

      await db.schema
        .createTable('import_runs')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('task_id', 'text', (column) => column.notNull())
        .addColumn('task_name', 'text', (column) => column.notNull())
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('counts', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();

      await db.schema
        .createTable('import_batches')
        .addColumn('run_id', 'text', (column) => column.notNull().references('import_runs.id').onDelete('cascade'))
        .addColumn('ordinal', 'integer', (column) => column.notNull())
        .addColumn('entries', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('total_before', 'integer')
        .addColumn('accepted', 'integer')
        .addColumn('message', 'text')
        .addPrimaryKeyConstraint('import_batches_pk', ['run_id', 'ordinal'])
        .execute();

      await db.schema
        .createTable('leases')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('until', 'bigint', (column) => column.notNull())
        .execute();
    },
  };
}
