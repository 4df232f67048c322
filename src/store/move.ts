import { dirname } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { AppError } from '../core/errors.ts';
import { closeDb, type Db, type DbOptions, databaseFile, openDb } from './db.ts';
import { storeFailed } from './failures.ts';
import { inspectStore } from './inspect.ts';
import type { Schema } from './schema.ts';
import { requireNoBot, type SettledCopy, settleWithin } from './settle-copy.ts';
import { withCopy } from './snapshot.ts';
import { type DataTable, dataTables } from './tables.ts';

export interface Moved {
  /** Rows of each table, the same on both sides. */
  counts: Partial<Record<DataTable, number>>;
  settled: SettledCopy;
}

const tables = Object.keys(dataTables) as DataTable[];

/** Tables whose rows the database counts up, by their names there. */
const sequenced: Partial<Record<DataTable, string>> = { outbox: 'outbox', taskEvents: 'task_events' };

/** Rows of one statement: few enough that no engine runs out of parameters. */
const rowsAtOnce = 200;

/**
 * Copies everything from one store to another that is empty, compares the counts, and prepares the copy as one that is
 * older than the platform (see `settleCopy`), all in one transaction. The first one stays as it is: of SQLite a copy is read.
 * It must be of this version, and no bot may run on either. Throws `store_failed`; nothing is in the target then.
 */
export async function moveStore(from: DbOptions, to: DbOptions): Promise<Moved> {
  try {
    const report = await inspectStore(from);
    if (report === null) throw refusal('there is no store to move');
    if (report.isNewer) throw refusal('it was written by a newer version of Dialdeck');
    if (report.pending.length > 0) throw refusal('it is of an earlier version; start or migrate it first');
    if (from.databaseUrl !== null) return await moveOpened(from, to);
    return await withCopy(databaseFile(from.dataDir), (copy) => moveOpened({ ...from, dataDir: dirname(copy) }, to));
  } catch (error) {
    throw storeFailed('move', error);
  }
}

async function moveOpened(from: DbOptions, to: DbOptions): Promise<Moved> {
  const opened: Db[] = [];
  try {
    for (const options of [from, to]) opened.push(await openDb(options));
    const [source, target] = opened;
    if (source === undefined || target === undefined) throw refusal('it cannot be opened');
    for (const db of opened) await requireNoBot(db);
    return await target.query.transaction().execute(async (query) => {
      for (const table of tables) {
        if (table !== 'sequences' && (await countOf(query, table)) > 0) throw refusal('the target is not empty');
      }
      await query.deleteFrom('sequences').execute();
      const moved: Partial<Record<DataTable, number>> = {};
      for (const table of tables) moved[table] = await copyTable(source, { ...target, query }, table);
      return { counts: moved, settled: await settleWithin(query, target.log) };
    });
  } finally {
    for (const db of opened) await closeDb(db, from.clock);
  }
}

function refusal(why: string): AppError {
  return new AppError('store_failed', `store: ${why}; nothing was moved`);
}

async function copyTable(source: Db, target: Db, table: DataTable): Promise<number> {
  let copied = 0;
  const copy = async (): Promise<void> => {
    for (let last: Row | undefined; ; ) {
      const rows = await rowsAfter(source.query, table, last);
      if (rows.length > 0)
        await target.query
          .insertInto(table)
          .values(rows as never[])
          .execute();
      copied += rows.length;
      last = rows.at(-1);
      if (rows.length < rowsAtOnce) return;
    }
  };
  const counted = sequenced[table];
  if (counted !== undefined) await target.engine.withOwnSequence(target.query, { table: counted, column: 'seq' }, copy);
  else await copy();
  const [there, here] = [await countOf(source.query, table), await countOf(target.query, table)];
  if (here !== there || here !== copied) {
    throw refusal(`${table} has ${here} rows instead of ${there}`);
  }
  return here;
}

type Row = Readonly<Record<string, unknown>>;

/** The next rows by primary key. */
async function rowsAfter(query: Kysely<Schema>, table: DataTable, last: Row | undefined): Promise<Row[]> {
  const keys: readonly string[] = dataTables[table];
  const key = sql.join(keys.map((name) => sql.ref(name)));
  const after = last === undefined ? sql`` : sql`where (${key}) > (${sql.join(keys.map((name) => last[name]))})`;
  const { rows } =
    await sql<Row>`select * from ${sql.table(table)} ${after} order by ${key} limit ${sql.lit(rowsAtOnce)}`.execute(
      query,
    );
  return rows;
}

async function countOf(query: Kysely<Schema>, table: DataTable): Promise<number> {
  const { count } = await query.selectFrom(table).select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return Number(count);
}
