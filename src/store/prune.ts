import { type Expression, type ExpressionBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { keptFormMs } from '../core/tasks/form-memory.ts';
import { goneKeptMs } from '../core/watch/gone.ts';
import type { Db } from './db.ts';
import { deleteImport, openStates } from './import-batches.ts';
import { maxRows } from './rows.ts';
import type { Schema } from './schema.ts';
import { raise } from './sequences.ts';

/**
 * Deletes in many small transactions; what one of them leaves behind when the process dies, the next call takes. Throws
 * `store_failed`.
 */
export interface Prune {
  /** Deletes what is old: sent items, alerts that ended, submissions, imports older than `before` (epoch ms; `now`: the present). */
  prune(before: number, now: number): Promise<void>;
  /** Deletes what is only kept for a while: previews of imports and Homes opened before `before` (epoch ms), and claims that
   * ran out. */
  pruneShortLived(before: number, now: number): Promise<void>;
  /** Deletes what the record of tasks holds of the days before `day` (as `2026-11-26`). */
  pruneRecord(day: string): Promise<void>;
  /** Deletes what is kept of tasks that were deleted some time before `now` (epoch ms): readings, watches and schedules. */
  pruneGone(now: number): Promise<void>;
}

/** Far longer than any lease or claim lasts, ms: one that ends later was dated by a clock that was set back since. */
const farMs = 24 * 3_600_000;

/** After so long, a person begins anew, ms. */
const lastChoicesKeptMs = 365 * 24 * 3_600_000;

/** Longer than any setting that asks for how long ago a number was sent, ms. */
const sentKeptMs = 400 * 24 * 3_600_000;

export function prune(db: Db): Prune {
  return {
    async prune(before, now) {
      const { query, engine } = db;
      await redate(db, now);
      // Dead items too: they will never be sent.
      await untilFew(() =>
        query
          .deleteFrom('outbox')
          .where('seq', 'in', (old) =>
            old
              .selectFrom('outbox')
              .select('seq')
              .where('state', 'in', ['sent', 'dead'])
              .where('createdAt', '<', before)
              .limit(maxRows),
          )
          .returning('seq')
          .execute(),
      );
      await untilFew(() =>
        query
          .deleteFrom('alerts')
          .where('id', 'in', (old) =>
            old.selectFrom('alerts').select('id').where('endedAt', '<', before).limit(maxRows),
          )
          .returning('id')
          .execute(),
      );
      await untilFew(() =>
        query
          .deleteFrom('alertPosts')
          .where('id', 'in', (old) =>
            old.selectFrom('alertPosts').select('id').where('closedAt', '<', before).limit(maxRows),
          )
          .returning('id')
          .execute(),
      );
      await deleteStops(query, before);
      await untilFew(() =>
        query
          .deleteFrom('submissions')
          .where('key', 'in', (old) =>
            old.selectFrom('submissions').select('key').where('sentAt', '<', before).limit(maxRows),
          )
          .returning('key')
          .execute(),
      );
      await query
        .deleteFrom('keptForms')
        .where((row) => row.or([row('savedAt', '<', now - keptFormMs), row('savedAt', '>', now + farMs)]))
        .execute();
      await query
        .deleteFrom('lastChoices')
        .where((row) => row.or([row('at', '<', now - lastChoicesKeptMs), row('at', '>', now + farMs)]))
        .execute();
      // A lease that ended this long ago belongs to work that is over.
      await query
        .deleteFrom('leases')
        .where((row) =>
          row.or([
            row('until', '<', sql<number>`${engine.now()} - ${farMs}`),
            row('until', '>', sql<number>`${engine.now()} + ${farMs}`),
          ]),
        )
        .execute();

      await untilFew(() =>
        query
          .deleteFrom('sentNumbers')
          .where('at', '<', now - sentKeptMs)
          .where('hash', 'in', (old) =>
            old
              .selectFrom('sentNumbers')
              .select('hash')
              .where('at', '<', now - sentKeptMs)
              .limit(maxRows),
          )
          .returning('hash')
          .execute(),
      );
      await deleteImports(db, query.selectFrom('importRuns').where('state', 'not in', openStates), before);
    },

    async pruneShortLived(before, now) {
      const { query, engine } = db;
      await redate(db, now);
      await query
        .deleteFrom('claims')
        .where((row) =>
          row.or([row('until', '<=', engine.now()), row('until', '>', sql<number>`${engine.now()} + ${farMs}`)]),
        )
        .execute();
      await query
        .deleteFrom('homes')
        .where((row) => row.or([row('openedAt', '<', before), row('openedAt', '>', now + farMs)]))
        .execute();
      await deleteImports(db, query.selectFrom('importRuns').where('state', '=', 'preview'), before);
    },

    async pruneRecord(day) {
      const { query } = db;
      await untilFew(() =>
        query
          .deleteFrom('taskEvents')
          .where('seq', 'in', (old) => old.selectFrom('taskEvents').select('seq').where('day', '<', day).limit(maxRows))
          .returning('seq')
          .execute(),
      );
      for (let removed = true; removed; ) {
        const oldest = await query
          .selectFrom('taskDays')
          .select('day')
          .where('day', '<', day)
          .orderBy('day')
          .limit(1)
          .executeTakeFirst();
        removed = oldest !== undefined;
        if (oldest === undefined) break;
        await untilFew(() =>
          query
            .deleteFrom('taskDays')
            .where('day', '=', oldest.day)
            .where('taskId', 'in', (old) =>
              old.selectFrom('taskDays').select('taskId').where('day', '=', oldest.day).limit(maxRows),
            )
            .returning('taskId')
            .execute(),
        );
      }
    },

    async pruneGone(now) {
      const { query } = db;
      const goneSince = (ms: number) =>
        query
          .selectFrom('readings')
          .select('taskId')
          .where('goneAt', '<', now - ms)
          .limit(maxRows);
      await untilFew(() =>
        query
          .deleteFrom('readings')
          .where('taskId', 'in', goneSince(goneKeptMs.unwatched).where(isUnwatched))
          .returning('taskId')
          .execute(),
      );
      await untilFew(async () => {
        const gone = (await goneSince(goneKeptMs.watched).execute()).map(({ taskId }) => taskId);
        if (gone.length === 0) return [];
        await query.transaction().execute(async (transaction) => {
          await raise(transaction, 'watches');
          // One that was listed again meanwhile stays.
          const deleted = await transaction
            .deleteFrom('readings')
            .where('taskId', 'in', gone)
            .where('goneAt', '<', now - goneKeptMs.watched)
            .returning('taskId')
            .execute();
          const ids = deleted.map(({ taskId }) => taskId);
          if (ids.length === 0) return;
          await transaction.deleteFrom('watches').where('taskId', 'in', ids).execute();
          await transaction.deleteFrom('schedules').where('taskId', 'in', ids).execute();
        });
        return gone;
      });
    },
  };
}

function isUnwatched(row: ExpressionBuilder<Schema, 'readings'>): Expression<SqlBool> {
  const watches = row.selectFrom('watches').select('watches.id').whereRef('watches.taskId', '=', 'readings.taskId');
  const schedules = row
    .selectFrom('schedules')
    .select('schedules.taskId')
    .whereRef('schedules.taskId', '=', 'readings.taskId');
  return row.and([row.not(row.exists(watches)), row.not(row.exists(schedules))]);
}

/** What is dated in the future, by a clock that was wrong then, counts from now on: else it would be kept for longer. */
async function redate({ query }: Db, now: number): Promise<void> {
  await query.updateTable('importRuns').set({ createdAt: now }).where('createdAt', '>', now).execute();
  await query.updateTable('outbox').set({ createdAt: now }).where('createdAt', '>', now).execute();
}

/** Those that are over, with their sets. */
async function deleteStops(query: Db['query'], before: number): Promise<void> {
  const over = query.selectFrom('emergencyStops').select('id').where('state', '=', 'over').where('at', '<', before);
  for (const { id } of await over.execute()) {
    await query.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('stoppedTasks').where('stopId', '=', id).execute();
      await transaction.deleteFrom('emergencyStops').where('id', '=', id).execute();
    });
  }
}

async function deleteImports(
  { query, engine }: Db,
  found: SelectQueryBuilder<Schema, 'importRuns', unknown>,
  before: number,
): Promise<void> {
  const runs = await found.select('id').where('createdAt', '<', before).execute();
  for (const { id } of runs) await query.transaction().execute((transaction) => deleteImport(transaction, id));
  if (runs.length > 0) await engine.scrub(query);
}

/** Repeats a deletion of at most `maxRows` until it finds less than that. */
async function untilFew(remove: () => Promise<unknown[]>): Promise<void> {
  while ((await remove()).length === maxRows);
}
