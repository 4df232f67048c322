import type { Migration } from 'kysely';

/** The hours of the platform's quiet-hours groups, which it only names, as people entered them. */
export const quietHours: Migration = {
  async up(db) {
    await db.schema
      .createTable('quiet_hours')
      .addColumn('group_id', 'text', (column) => column.primaryKey())
      .addColumn('windows', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
