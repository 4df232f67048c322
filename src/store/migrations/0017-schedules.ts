import type { Migration } from 'kysely';

/** The schedules of tasks: when each is started and paused. */
export const schedules: Migration = {
  async up(db) {
    await db.schema
      .createTable('schedules')
      .addColumn('task_id', 'text', (column) => column.primaryKey())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('handled_until', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint')
      .addColumn('attempt', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('schedules_next_at').on('schedules').column('next_at').execute();
  },
};
