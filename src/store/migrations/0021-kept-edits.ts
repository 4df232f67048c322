import type { Migration } from 'kysely';

/** The task that a kept form edits, and when that task was last changed. */
export const keptEdits: Migration = {
  async up(db) {
    await db.schema.alterTable('kept_forms').addColumn('task_id', 'text').execute();
    await db.schema.alterTable('kept_forms').addColumn('altered_at', 'bigint').execute();
  },
};
