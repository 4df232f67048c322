import { rawDraft } from '../core/model/fields.ts';
import { submission } from '../core/model/submission.ts';
import type { Submissions } from '../core/tasks/ports.ts';
import type { Db } from './db.ts';
import { writeAction } from './open-actions.ts';
import { fromJson, parseRow } from './rows.ts';

const row = submission.extend({ raw: fromJson(rawDraft).nullable() });

export function submissions(db: Db): Submissions {
  return {
    async claim(claimed, action) {
      return db.query.transaction().execute(async (query) => {
        const rows = await query
          .insertInto('submissions')
          .values({
            key: claimed.key,
            person: claimed.person,
            channel: claimed.channel,
            state: claimed.state,
            taskId: claimed.taskId,
            raw: claimed.raw === null ? null : JSON.stringify(claimed.raw),
            sentAt: claimed.sentAt,
          })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .returning('key')
          .execute();
        if (rows.length > 0 && action !== undefined) await writeAction(query, action);
        return rows.length > 0;
      });
    },

    async submission(key) {
      const found = await db.query.selectFrom('submissions').selectAll().where('key', '=', key).executeTakeFirst();
      return found === undefined ? null : parseRow('submissions', row, found);
    },

    async updateSubmission(key, change) {
      if (Object.keys(change).length === 0) return;
      await db.query.updateTable('submissions').set(change).where('key', '=', key).execute();
    },

    async claimedTaskIds() {
      const rows = await db.query
        .selectFrom('submissions')
        .select('taskId')
        .distinct()
        .where('taskId', 'is not', null)
        .execute();
      return new Set(rows.flatMap(({ taskId }) => (taskId === null ? [] : [taskId])));
    },
  };
}
