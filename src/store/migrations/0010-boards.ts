import type { Migration } from 'kysely';

/** The one message that shows the board of a channel, where a channel has a board instead of cards. */
export const boards: Migration = {
  async up(db) {
    await db.schema
      .createTable('board_messages')
      .addColumn('channel', 'text', (column) => column.primaryKey())
      .addColumn('ref', 'text')
      .addColumn('hash', 'text')
      .execute();
  },
};
