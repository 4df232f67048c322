import type { Migration } from 'kysely';

/** What was delivered is claimed by its key, so that it acts once over all bots and restarts. */
export const claims: Migration = {
  async up(db) {
    await db.schema
      .createTable('claims')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addColumn('answer', 'text')
      .execute();
  },
};
