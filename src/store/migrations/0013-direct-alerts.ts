import type { Migration } from 'kysely';

/** Which messages about alerts need no watch, because they go to who runs the task: as far as it is known, all did. */
export const directAlerts: Migration = {
  async up(db) {
    await db.schema
      .alterTable('alert_posts')
      .addColumn('direct', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
  },
};
