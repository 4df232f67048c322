import { type Migration, sql } from 'kysely';

/** What a schedule waits for, so that those that do are found without reading all. */
export const undecidedSchedules: Migration = {
  async up(db) {
    await db.schema.alterTable('schedules').addColumn('awaits', 'text').execute();
    // The quotes of a name within JSON are escaped, so only the keys themselves look like that.
    await sql`update schedules set awaits = 'answer' where body like '%"question":{%'`.execute(db);
    await sql`update schedules set awaits = 'resume' where body like '%"held":{%'`.execute(db);
    await db.schema.createIndex('schedules_awaits').on('schedules').columns(['awaits', 'revision']).execute();
  },
};
