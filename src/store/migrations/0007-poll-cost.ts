import { type Migration, sql } from 'kysely';

/**
 * A poll writes what changed only: readings are found by their revision, those of deleted tasks by when they were found
 * to be, and the lease `poll` carries when all tasks were last seen.
 */
export const pollCost: Migration = {
  async up(db) {
    await db.schema.createIndex('readings_revision').on('readings').column('revision').execute();
    await db.schema.alterTable('readings').addColumn('gone_at', 'bigint').execute();
    // In the text of a name, the quotes would be escaped.
    await db
      .updateTable('readings')
      .set({ gone_at: sql.ref('taken_at') })
      .where('body', 'like', '%"state":"gone"%')
      .execute();
    await db.schema
      .createIndex('readings_gone')
      .on('readings')
      .column('gone_at')
      .where(sql.ref('gone_at'), 'is not', null)
      .execute();
    await db.schema.alterTable('leases').addColumn('polled_at', 'bigint').execute();
  },
};
