import { type Migration, sql } from 'kysely';

/**
 * Actions whose outcome is not known, so that they are settled by whichever bot polls next. Creates that an earlier
 * release left behind when its process died are taken over.
 */
export const openActions: Migration = {
  async up(db) {
    await db.schema
      .createTable('open_actions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('lease', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    const cutOff = sql<{ key: string; person: string; channel: string; sent: number }>`
      select key, person, channel, sent_at as sent from submissions where state = 'working'
    `;
    for (const { key, person, channel, sent: sentAt } of (await cutOff.execute(db)).rows) {
      const body = { id: key, taskId: '', kind: 'create', person, channel, taskName: null, draft: null, sentAt };
      await sql`
        insert into open_actions (id, lease, state, body)
        values (${key}, ${`create:${key}`}, 'working', ${JSON.stringify(body)})
      `.execute(db);
    }
  },
};
