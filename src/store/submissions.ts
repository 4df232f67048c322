import { z } from 'zod';
import { rawDraft } from '../core/model/fields.ts';
import type { Store, Submission } from '../core/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRow } from './rows.ts';

const submission: z.ZodType<Submission> = z.object({
  key: z.string(),
  person: z.string(),
  channel: z.string(),
  state: z.enum(['working', 'done', 'refused', 'unknown']),
  taskId: z.string().nullable(),
  raw: fromJson(rawDraft).nullable(),
  sentAt: z.number(),
});

type Methods = 'claim' | 'submission' | 'updateSubmission' | 'abandonedSubmissions' | 'claimedTaskIds';

export function submissions(db: Db): Pick<Store, Methods> {
  return {
    async claim(claimed) {
      const rows = await db.query
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
      return rows.length > 0;
    },

    async submission(key) {
      const row = await db.query.selectFrom('submissions').selectAll().where('key', '=', key).executeTakeFirst();
      return row === undefined ? null : parseRow('submissions', submission, row);
    },

    async updateSubmission(key, change) {
      if (Object.keys(change).length === 0) return;
      await db.query.updateTable('submissions').set(change).where('key', '=', key).execute();
    },

    async abandonedSubmissions(sentBefore) {
      const rows = await db.query
        .selectFrom('submissions')
        .selectAll()
        .where('state', '=', 'working')
        .where('sentAt', '<', sentBefore)
        .orderBy('sentAt')
        .execute();
      return rows.map((row) => parseRow('submissions', submission, row));
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
