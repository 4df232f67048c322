import type { Migration } from 'kysely';

/** A lease names the bot that holds it, so that it ends with the bot. */
export const leaseHolders: Migration = {
  async up(db) {
    await db.schema.alterTable('leases').addColumn('bot', 'text').execute();
  },
};
