import { sql } from 'kysely';
import type { KnownTasks } from '../core/access/ports.ts';
import type { Db } from './db.ts';

export function knownTasks(db: Db): KnownTasks {
  return {
    async knowsTask(taskId) {
      const { query } = db;
      const listed = `%${JSON.stringify(taskId).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
      const one = sql<number>`1`.as('one');
      const row = await query
        .selectFrom('readings')
        .select(one)
        .where('taskId', '=', taskId)
        .unionAll(query.selectFrom('submissions').select(one).where('taskId', '=', taskId))
        .unionAll(query.selectFrom('watches').select(one).where('taskId', '=', taskId))
        .unionAll(query.selectFrom('importRuns').select(one).where('taskId', '=', taskId))
        .unionAll(query.selectFrom('schedules').select(one).where('taskId', '=', taskId))
        .unionAll(
          query
            .selectFrom('lists')
            .select(one)
            .where(sql<boolean>`${sql.ref('taskIds')} like ${listed} escape '\\'`),
        )
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
