import type { Migration } from 'kysely';

/** Whose data this is: one row, written at the first start. */
export const storeOwner: Migration = {
  async up(db) {
    await db.schema
      .createTable('store_owner')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('workspace', 'text')
      .addColumn('app', 'text')
      .addColumn('platform', 'text', (column) => column.notNull())
      .addColumn('accounts', 'text', (column) => column.notNull())
      .execute();
  },
};
