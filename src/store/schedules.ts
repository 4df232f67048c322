import { type NewSchedule, schedule } from '../core/model/schedule.ts';
import type { Schedules } from '../core/schedules/ports.ts';
import type { Db } from './db.ts';
import { addItems } from './outbox.ts';
import { fromJson, parseRow, parseRows, storable } from './rows.ts';
import { raise } from './sequences.ts';

const inColumns = { taskId: true, revision: true, handledUntil: true, nextAt: true } as const;

/** What the column `body` holds. */
export const scheduleBody = fromJson(schedule.omit(inColumns));

const row = schedule
  .pick(inColumns)
  .extend({ body: scheduleBody })
  .transform(({ body, ...columns }) => ({ ...body, ...columns }));

/** What a schedule waits for, in its column. */
export const awaitsOf = ({ held, question }: Pick<NewSchedule, 'held' | 'question'>): 'answer' | 'resume' | null =>
  held !== null ? 'resume' : question === null ? null : 'answer';

export function schedules(db: Db): Schedules {
  const { query } = db;
  return {
    async schedules() {
      return parseRows('schedules', row, await query.selectFrom('schedules').selectAll().execute(), db.log);
    },

    async scheduleOf(taskId) {
      const found = await query.selectFrom('schedules').selectAll().where('taskId', '=', taskId).executeTakeFirst();
      return found === undefined ? null : parseRow('schedules', row, found);
    },

    async dueSchedules(now, far) {
      const rows = await query
        .selectFrom('schedules')
        .selectAll()
        .where((is) => is.or([is('nextAt', '<=', now), is('handledUntil', '>', far), is('attempt', 'is not', null)]))
        .orderBy('nextAt')
        .execute();
      return parseRows('schedules', row, rows, db.log);
    },

    async comingSchedules({ after, before, limit }) {
      const coming = query.selectFrom('schedules').where('nextAt', '>', after).where('nextAt', '<', before);
      const [rows, { count }] = await Promise.all([
        coming.selectAll().orderBy('nextAt').orderBy('taskId').limit(limit).execute(),
        coming.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
      ]);
      return { first: await parseRows('schedules', row, rows, db.log), count: Number(count) };
    },

    async undecidedSchedules(limit) {
      const undecided = query.selectFrom('schedules').where('awaits', 'in', ['answer', 'resume']);
      const [rows, { count }] = await Promise.all([
        // Questions first: they have an end.
        undecided.selectAll().orderBy('awaits').orderBy('revision', 'desc').limit(limit).execute(),
        undecided.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
      ]);
      return { first: await parseRows('schedules', row, rows, db.log), count: Number(count) };
    },

    async putSchedule({ taskId, handledUntil, nextAt, ...body }, revision, messagesOf = () => []) {
      return query.transaction().execute(async (transaction) => {
        // Its row stays locked until the end: of two who write, the second finds what the first has written.
        const next = await raise(transaction, 'schedules');
        const attempt = body.acting?.attempt ?? null;
        const text = JSON.stringify({ ...body, taskName: storable(body.taskName) });
        const values = { revision: next, handledUntil, nextAt, attempt, awaits: awaitsOf(body), body: text };
        const written =
          revision === null
            ? await transaction
                .insertInto('schedules')
                .values({ taskId, ...values })
                .onConflict((conflict) => conflict.column('taskId').doNothing())
                .returning('revision')
                .execute()
            : await transaction
                .updateTable('schedules')
                .set(values)
                .where('taskId', '=', taskId)
                .where('revision', '=', revision)
                .returning('revision')
                .execute();
        if (written.length === 0) return null;
        await addItems(transaction, messagesOf(next));
        return next;
      });
    },

    async removeSchedule(taskId, revision, messages = []) {
      return query.transaction().execute(async (transaction) => {
        const removed = await transaction
          .deleteFrom('schedules')
          .where('taskId', '=', taskId)
          .where('revision', '=', revision)
          .returning('revision')
          .execute();
        if (removed.length === 0) return false;
        await addItems(transaction, messages);
        return true;
      });
    },

    async isScheduledAttempt(taskId, attempt) {
      const found = await query
        .selectFrom('schedules')
        .select('revision')
        .where('taskId', '=', taskId)
        .where('attempt', '=', attempt)
        .executeTakeFirst();
      return found !== undefined;
    },
  };
}
