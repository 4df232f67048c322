import { type Migration, sql } from 'kysely';

/**
 * Readings get a revision issued by the store, which orders them and names their notices. Messages are referred to by
 * neutral names. Readings of 0.1.0 start at revision 0, before every issued one.
 */
export const revisions: Migration = {
  async up(db) {
    await db.schema
      .createTable('sequences')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .alterTable('readings')
      .addColumn('revision', 'bigint', (column) => column.notNull().defaultTo(sql.lit(0)))
      .execute();
    await db.schema.alterTable('watches').renameColumn('card_ts', 'card_ref').execute();
    await db.schema.alterTable('outbox').renameColumn('ts', 'message_ref').execute();
  },
};
