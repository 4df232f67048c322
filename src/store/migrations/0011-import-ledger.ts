import { type Migration, sql } from 'kysely';

/**
 * Imports that go on where they were interrupted: what is known of a run, how large a batch is after its numbers were
 * deleted, in which turn it was sent, and which part it is of one that was refused. Of numbers that were sent, and of
 * those that must not be, only keyed hashes are kept. Runs of earlier releases are open while they have numbers.
 */
export const importLedger: Migration = {
  async up(db) {
    await db.schema
      .alterTable('import_runs')
      .addColumn('facts', 'text', (column) => column.notNull().defaultTo(sql.lit('{}')))
      .execute();
    await db.schema
      .alterTable('import_runs')
      .addColumn('open', 'integer', (column) => column.notNull().defaultTo(sql.lit(0)))
      .execute();
    await db.updateTable('import_runs').set({ open: 1 }).where('state', 'in', ['preview', 'running']).execute();
    await db.schema
      .createIndex('import_runs_open')
      .on('import_runs')
      .column('open')
      .where(sql.ref('open'), '=', sql.lit(1))
      .execute();
    for (const column of ['size', 'turn', 'twin'])
      await db.schema.alterTable('import_batches').addColumn(column, 'integer').execute();

    await db.schema
      .createTable('import_rejects')
      .addColumn('run_id', 'text', (column) => column.notNull().references('import_runs.id').onDelete('cascade'))
      .addColumn('ordinal', 'integer', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('import_rejects_pk', ['run_id', 'ordinal'])
      .execute();

    await db.schema
      .createTable('number_keys')
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('sealed', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('sent_numbers')
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('run_id', 'text', (column) => column.notNull())
      .addColumn('task_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('sent_numbers_pk', ['hash', 'run_id'])
      .execute();
    await db.schema.createIndex('sent_numbers_at').on('sent_numbers').column('at').execute();
    await db.schema
      .createTable('do_not_call')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
