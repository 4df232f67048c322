import { type Migration, sql } from 'kysely';

/** How many good polls are to announce nothing, because the store is older than what channels were notified of. */
export const quietPolls: Migration = {
  async up(db) {
    await db.schema
      .alterTable('store_owner')
      .addColumn('quiet_polls', 'integer', (column) => column.notNull().defaultTo(sql.lit(0)))
      .execute();
  },
};
