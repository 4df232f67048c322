import type { Migration } from 'kysely';

/** What channels and people want to hear, beyond the tasks that they watch one by one. */
export const subscriptions: Migration = {
  async up(db) {
    await db.schema
      .createTable('subscriptions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('scope_key', 'text', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('broken_by', 'text')
      .addUniqueConstraint('subscriptions_channel_scope', ['channel', 'scope_key'])
      .execute();
    await db.schema
      .createTable('channel_settings')
      .addColumn('channel', 'text', (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('person_settings')
      .addColumn('person', 'text', (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};
