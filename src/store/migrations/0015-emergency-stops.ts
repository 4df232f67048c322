import type { Migration } from 'kysely';

/** Emergency stops, and the tasks that each of them paused. */
export const emergencyStops: Migration = {
  async up(db) {
    await db.schema
      .createTable('emergency_stops')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('round', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('stopped_tasks')
      .addColumn('stop_id', 'text', (column) => column.notNull())
      .addColumn('task_id', 'text', (column) => column.notNull())
      .addColumn('ordinal', 'integer', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('left', 'bigint')
      .addColumn('accepted', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempt', 'text')
      .addColumn('why', 'text')
      .addPrimaryKeyConstraint('stopped_tasks_pk', ['stop_id', 'task_id'])
      .execute();
  },
};
