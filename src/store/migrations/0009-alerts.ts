import type { Migration } from 'kysely';

/** What is or was wrong with tasks, lines and the platform, and the messages that show it. */
export const alerts: Migration = {
  async up(db) {
    await db.schema
      .createTable('alerts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('ended_at', 'bigint')
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('alert_posts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('alerts', 'text', (column) => column.notNull())
      .addColumn('mentions', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('shown', 'integer', (column) => column.notNull())
      .addColumn('ref', 'text')
      .addColumn('lost', 'integer', (column) => column.notNull())
      .addColumn('closed_at', 'bigint')
      .execute();
  },
};
