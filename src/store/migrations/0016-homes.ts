import type { Migration } from 'kysely';

/** Who has opened the app's Home, and what is published there: a Home is kept up to date, and not published twice. */
export const homes: Migration = {
  async up(db) {
    await db.schema
      .createTable('homes')
      .addColumn('person', 'text', (column) => column.primaryKey())
      .addColumn('opened_at', 'bigint', (column) => column.notNull())
      .addColumn('fingerprint', 'text')
      .addColumn('view_hash', 'text')
      .execute();
    await db.schema.createIndex('homes_opened_at').on('homes').column('opened_at').execute();
  },
};
