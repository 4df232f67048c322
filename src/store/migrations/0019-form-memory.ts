import type { Migration } from 'kysely';

/** What people chose last in a create form, and what they typed into one that was not submitted. */
export const formMemory: Migration = {
  async up(db) {
    await db.schema
      .createTable('last_choices')
      .addColumn('person', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('kept_forms')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('saved_at', 'bigint', (column) => column.notNull())
      .addColumn('raw', 'text', (column) => column.notNull())
      .addColumn('file', 'text')
      .execute();
    await db.schema.createIndex('kept_forms_person').on('kept_forms').columns(['person', 'saved_at']).execute();
  },
};
