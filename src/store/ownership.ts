import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { LeftBehind, Ownership } from '../core/access/ports.ts';
import { knownAccounts, type StoreOwner } from '../core/model/store-owner.ts';
import type { Db } from './db.ts';
import { fromJson, parseRow, parseRows, pieces } from './rows.ts';
import type { Schema } from './schema.ts';
import { raise } from './sequences.ts';
import { type DataTable, dataTables } from './tables.ts';

const row = z.object({
  workspace: z.string().nullable(),
  app: z.string().nullable(),
  platform: z.string(),
  accounts: fromJson(knownAccounts),
});

/** An alert or an open action, as far as it says of which task it is. */
const aboutTask = z.object({ id: z.string(), body: fromJson(z.object({ taskId: z.string() })) });

/** There is one row. */
const id = 1;

export function ownership(db: Db): Ownership {
  return {
    owner: () => ownerIn(db.query),

    async claimStore(owner) {
      await db.query
        .insertInto('storeOwner')
        .values(rowOf(owner))
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet(({ fn, ref }) => ({
            workspace: fn.coalesce('storeOwner.workspace', ref('excluded.workspace')),
            app: fn.coalesce('storeOwner.app', ref('excluded.app')),
          })),
        )
        .execute();
      return (await ownerIn(db.query)) ?? owner;
    },

    async learnAccounts(learn) {
      return db.query.transaction().execute(async (query) => {
        // The row of the sequence is locked until the end: two bots learn one after the other.
        await raise(query, 'owner');
        const accounts = learn((await ownerIn(query))?.accounts ?? { list: [], init: [] });
        await query
          .updateTable('storeOwner')
          .set({ accounts: JSON.stringify(accounts) })
          .where('id', '=', id)
          .execute();
        return accounts;
      });
    },

    async quietPolls() {
      const row = await db.query.selectFrom('storeOwner').select('quietPolls').where('id', '=', id).executeTakeFirst();
      return row?.quietPolls ?? 0;
    },

    async passQuietPoll() {
      await db.query
        .updateTable('storeOwner')
        .set((row) => ({ quietPolls: row('quietPolls', '-', 1) }))
        .where('id', '=', id)
        .where('quietPolls', '>', 0)
        .execute();
    },

    async giveStore(owner, left) {
      await db.query.transaction().execute(async (query) => {
        await raise(query, 'owner');
        await raise(query, 'watches');
        await raise(query, 'alerts');
        if (left.workspace) await leaveWorkspace(query);
        if (left.tasksBut !== null) await leaveTasks({ ...db, query }, left.tasksBut);
        await query
          .insertInto('storeOwner')
          .values(rowOf(owner))
          .onConflict((conflict) => conflict.column('id').doUpdateSet(rowOf(owner)))
          .execute();
      });
      await db.engine.scrub(db.query);
    },
  };
}

/** null where nobody has claimed the store yet. */
export async function ownerIn(query: Kysely<Schema>): Promise<StoreOwner | null> {
  const found = await query.selectFrom('storeOwner').selectAll().where('id', '=', id).executeTakeFirst();
  return found === undefined ? null : parseRow('store_owner', row, found);
}

const rowOf = ({ accounts, ...rest }: StoreOwner) => ({ id, ...rest, accounts: JSON.stringify(accounts) });

/** What is about the platform, or about whom not to call: it names no channel, and people only as who entered it. */
const ofNoWorkspace: ReadonlySet<DataTable> = new Set([
  'storeOwner',
  'sequences',
  'readings',
  'quietHours',
  'numberKeys',
  'sentNumbers',
  'doNotCall',
  'taskDays',
]);

/** Everything that names a channel or a person. */
async function leaveWorkspace(query: Kysely<Schema>): Promise<void> {
  const named = (Object.keys(dataTables) as DataTable[]).filter((table) => !ofNoWorkspace.has(table));
  for (const table of [...named, 'claims' as const]) await query.deleteFrom(table).execute();
}

/** Everything about tasks that are not among these. */
async function leaveTasks({ query, log }: Db, kept: LeftBehind['tasksBut'] & object): Promise<void> {
  const tables = ['readings', 'watches', 'outbox', 'importRuns', 'schedules', 'taskDays', 'taskEvents'] as const;
  for (const table of tables) {
    const rows = await query.selectFrom(table).select('taskId').distinct().execute();
    const gone = rows.map(({ taskId }) => taskId).filter((taskId) => taskId !== '' && !kept.has(taskId));
    for (const piece of pieces(gone)) await query.deleteFrom(table).where('taskId', 'in', piece).execute();
  }
  await query.deleteFrom('outbox').where('taskId', '=', '').where('state', 'in', ['pending', 'attempting']).execute();
  await query.deleteFrom('lists').execute();

  for (const table of ['alerts', 'openActions'] as const) {
    const rows = await query.selectFrom(table).select(['id', 'body']).execute();
    const known = await parseRows(table, aboutTask, rows, log);
    const gone = known.filter(({ body }) => !kept.has(body.taskId)).map((one) => one.id);
    for (const piece of pieces(gone)) await query.deleteFrom(table).where('id', 'in', piece).execute();
  }
}
