import type { Kysely } from 'kysely';
import type { Imports } from '../core/imports/ports.ts';
import { type ImportBatch, importBatch, importRun } from '../core/model/import-run.ts';
import type { Db } from './db.ts';
import { fromJson, maxRows, parseRow, pieces, storable } from './rows.ts';
import type { Schema } from './schema.ts';

const run = importRun.extend({ counts: fromJson(importRun.shape.counts) });
const batch = importBatch.extend({ entries: fromJson(importBatch.shape.entries) });

export function imports(db: Db): Imports {
  return {
    async addImport(added, batches) {
      await db.query.transaction().execute(async (query) => {
        await query
          .insertInto('importRuns')
          .values({
            id: added.id,
            taskId: added.taskId,
            taskName: storable(added.taskName),
            person: added.person,
            channel: added.channel,
            state: added.state,
            counts: JSON.stringify(added.counts),
            createdAt: added.createdAt,
          })
          .execute();
        for (const piece of pieces(batches)) {
          await query.insertInto('importBatches').values(piece.map(batchRow)).execute();
        }
      });
    },

    async importRun(id) {
      const row = await db.query.selectFrom('importRuns').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : parseRow('import_runs', run, row);
    },

    async importBatches(runId) {
      const rows = await db.query
        .selectFrom('importBatches')
        .selectAll()
        .where('runId', '=', runId)
        .orderBy('ordinal')
        .execute();
      return rows.map((row) => parseRow('import_batches', batch, row));
    },

    async runningImports() {
      const rows = await db.query
        .selectFrom('importRuns')
        .selectAll()
        .where('state', '=', 'running')
        .orderBy('createdAt')
        .orderBy('id')
        .execute();
      return rows.map((row) => parseRow('import_runs', run, row));
    },

    async moveImport(id, from, to) {
      const rows = await db.query
        .updateTable('importRuns')
        .set({ state: to })
        .where('id', '=', id)
        .where('state', '=', from)
        .returning('id')
        .execute();
      return rows.length > 0;
    },

    async updateBatch(runId, ordinal, change) {
      if (Object.keys(change).length === 0) return;
      const { message } = change;
      await db.query
        .updateTable('importBatches')
        .set(typeof message === 'string' ? { ...change, message: storable(message) } : change)
        .where('runId', '=', runId)
        .where('ordinal', '=', ordinal)
        .execute();
    },

    async forgetEntries(runId) {
      await db.query
        .transaction()
        .execute((query) =>
          eachPieceOfRun(query, runId, (from, to) =>
            query
              .updateTable('importBatches')
              .set({ entries: '[]' })
              .where('runId', '=', runId)
              .where('ordinal', '>=', from)
              .where('ordinal', '<', to)
              .execute(),
          ),
        );
      await db.engine.scrub(db.query);
    },
  };
}

/**
 * Deletes one run with its batches unless it is running, within the caller's transaction. The row of the run is locked
 * first: a concurrent move to `running` either comes before, and the run is kept, or comes after and finds nothing to
 * move.
 */
export async function deleteImport(query: Kysely<Schema>, id: string): Promise<void> {
  const locked = await query
    .updateTable('importRuns')
    .set({ state: 'discarded' })
    .where('id', '=', id)
    .where('state', '!=', 'running')
    .returning('id')
    .execute();
  if (locked.length === 0) return;
  await eachPieceOfRun(query, id, (from, to) =>
    query
      .deleteFrom('importBatches')
      .where('runId', '=', id)
      .where('ordinal', '>=', from)
      .where('ordinal', '<', to)
      .execute(),
  );
  await query.deleteFrom('importRuns').where('id', '=', id).execute();
}

/** Calls `act` for ranges of ordinals that cover the batches of a run, at most `maxRows` wide. */
async function eachPieceOfRun(
  query: Kysely<Schema>,
  runId: string,
  act: (from: number, to: number) => Promise<unknown>,
): Promise<void> {
  const { last } = await query
    .selectFrom('importBatches')
    .select((select) => select.fn.max('ordinal').as('last'))
    .where('runId', '=', runId)
    .executeTakeFirstOrThrow();
  if (last === null) return;
  for (let from = 0; from <= last; from += maxRows) await act(from, from + maxRows);
}

function batchRow(added: ImportBatch) {
  return {
    runId: added.runId,
    ordinal: added.ordinal,
    entries: JSON.stringify(added.entries),
    state: added.state,
    totalBefore: added.totalBefore,
    accepted: added.accepted,
    message: added.message === null ? null : storable(added.message),
  };
}
