import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { BatchChange, Imports } from '../core/imports/ports.ts';
import { type ImportBatch, ledgerBatch } from '../core/model/import-run.ts';
import { listedNumber, type RejectedRow, rejectedRow } from '../core/model/numbers.ts';
import type { Db } from './db.ts';
import type { NumberKey } from './number-key.ts';
import { recordSent } from './numbers.ts';
import { fromJson, maxRows, parseRow, pieces, storable } from './rows.ts';
import type { Schema } from './schema.ts';

const entries = fromJson(z.array(listedNumber));
const rejects = fromJson(z.array(rejectedRow));
/** Rows of earlier releases do not say how many numbers they have. */
const stored = ledgerBatch.extend({ size: ledgerBatch.shape.size.nullable() });

type Batches = Pick<
  Imports,
  | 'growImport'
  | 'dropImport'
  | 'importLedger'
  | 'batchEntries'
  | 'importRejects'
  | 'beginBatch'
  | 'updateBatch'
  | 'replaceBatch'
  | 'forgetEntries'
>;

/** Where sealed text belongs: it cannot be read in another place. */
const placeOf = (runId: string, ordinal: number): string => `${runId} ${ordinal}`;
const placeOfRejects = (runId: string, ordinal: number): string => `${runId} rejects ${ordinal}`;

export function importBatches({ query, engine }: Db, keys: () => Promise<NumberKey>): Batches {
  const entriesOf = async (runId: string, ordinal: number) => {
    const row = await query
      .selectFrom('importBatches')
      .select('entries')
      .where('runId', '=', runId)
      .where('ordinal', '=', ordinal)
      .executeTakeFirst();
    if (row === undefined) return [];
    const text = (await keys()).open(row.entries, placeOf(runId, ordinal));
    return parseRow('import_batches', z.object({ entries }), { entries: text }).entries;
  };

  return {
    async growImport(runId, { batches, rejected, after }) {
      const key = await keys();
      await query.transaction().execute(async (transaction) => {
        await insertBatches(transaction, key, batches);
        await insertRejects(transaction, { key, runId, ordinal: after, rejected });
      });
    },

    async dropImport(runId) {
      await query.transaction().execute((transaction) => deleteImport(transaction, runId));
      await engine.scrub(query);
    },

    async importLedger(runId) {
      const rows = await query
        .selectFrom('importBatches')
        .select(['runId', 'ordinal', 'state', 'totalBefore', 'accepted', 'message', 'size', 'turn', 'twin'])
        .where('runId', '=', runId)
        .orderBy('ordinal')
        .execute();
      const ledger = [];
      for (const row of rows) {
        const { size, ...batch } = parseRow('import_batches', stored, row);
        ledger.push({ ...batch, size: size ?? (await entriesOf(runId, batch.ordinal)).length });
      }
      return ledger;
    },

    batchEntries: entriesOf,

    async importRejects(runId, piece) {
      const row = await query
        .selectFrom('importRejects')
        .select('body')
        .where('runId', '=', runId)
        .where('ordinal', '=', piece)
        .executeTakeFirst();
      if (row === undefined) return [];
      const text = (await keys()).open(row.body, placeOfRejects(runId, piece));
      return parseRow('import_rejects', z.object({ body: rejects }), { body: text }).body;
    },

    async beginBatch(runId, ordinal, change, { doNotCall, answered } = {}) {
      const begin = async (on: Kysely<Schema>): Promise<boolean> => {
        let planned = on
          .updateTable('importBatches')
          .set({ ...change, state: 'sending' })
          .where('runId', '=', runId)
          .where('ordinal', '=', ordinal)
          .where('state', '=', 'planned')
          .where((row) =>
            row.exists(
              row
                .selectFrom('importRuns')
                .select('id')
                .where('id', '=', runId)
                .where('importRuns.state', '=', 'running'),
            ),
          );
        if (doNotCall !== undefined) {
          planned = planned.where((row) =>
            row.not(
              row.exists(
                row
                  .selectFrom('sequences')
                  .select('name')
                  .where('name', '=', 'doNotCall')
                  .where('value', '!=', doNotCall),
              ),
            ),
          );
        }
        return (await planned.returning('ordinal').execute()).length > 0;
      };
      if (answered === undefined) return begin(query);
      return query.transaction().execute(async (transaction) => {
        await update(transaction, { runId, ordinal: answered.ordinal }, answered.change);
        return begin(transaction);
      });
    },

    async updateBatch(runId, ordinal, change, sent) {
      if (sent === undefined) {
        if (Object.keys(change).length > 0) await update(query, { runId, ordinal }, change);
        return;
      }
      const key = await keys();
      await query.transaction().execute(async (transaction) => {
        await update(transaction, { runId, ordinal }, change);
        await recordSent({ query: transaction, engine }, { key, runId, sent: [sent] });
      });
    },

    async replaceBatch(runId, ordinal, parts) {
      const key = await keys();
      await query.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom('importBatches')
          .where('runId', '=', runId)
          .where('ordinal', 'in', [ordinal, ...parts.map((part) => part.ordinal)])
          .execute();
        await insertBatches(transaction, key, parts);
      });
    },

    async forgetEntries(runId) {
      await query.transaction().execute(async (transaction) => {
        await eachPieceOfRun(transaction, runId, (from, to) =>
          transaction
            .updateTable('importBatches')
            .set({ entries: '[]' })
            .where('runId', '=', runId)
            .where('ordinal', '>=', from)
            .where('ordinal', '<', to)
            .execute(),
        );
        await transaction.deleteFrom('importRejects').where('runId', '=', runId).execute();
        await transaction.updateTable('importRuns').set({ open: 0 }).where('id', '=', runId).execute();
      });
      await engine.scrub(query);
    },
  };
}

async function update(
  query: Kysely<Schema>,
  { runId, ordinal }: Pick<ImportBatch, 'runId' | 'ordinal'>,
  change: BatchChange,
): Promise<void> {
  const { message } = change;
  const set = typeof message === 'string' ? { ...change, message: storable(message) } : change;
  await query.updateTable('importBatches').set(set).where('runId', '=', runId).where('ordinal', '=', ordinal).execute();
}

/** Within the caller's transaction. */
export async function insertBatches(
  query: Kysely<Schema>,
  key: NumberKey,
  batches: readonly ImportBatch[],
): Promise<void> {
  for (const piece of pieces(batches)) {
    const rows = piece.map(({ entries: numbers, message, ...batch }) => ({
      ...batch,
      entries: key.seal(JSON.stringify(numbers), placeOf(batch.runId, batch.ordinal)),
      message: message === null ? null : storable(message),
    }));
    await query.insertInto('importBatches').values(rows).execute();
  }
}

/** Rejected rows, in one row of the table. Within the caller's transaction. */
export async function insertRejects(
  query: Kysely<Schema>,
  {
    key,
    runId,
    ordinal,
    rejected,
  }: { key: NumberKey; runId: string; ordinal: number; rejected: readonly RejectedRow[] },
): Promise<void> {
  if (rejected.length === 0) return;
  const body = key.seal(JSON.stringify(rejected), placeOfRejects(runId, ordinal));
  await query.insertInto('importRejects').values({ runId, ordinal, body }).execute();
}

/** States in which a run still has something to do. */
export const openStates = ['awaiting', 'running', 'cancelling', 'halted'] as const;

/**
 * Deletes one run with its batches unless it is still to do something, within the caller's transaction. The row of the
 * run is locked first: a concurrent move to `running` either comes before, and the run is kept, or comes after and
 * finds nothing to move.
 */
export async function deleteImport(query: Kysely<Schema>, id: string): Promise<void> {
  const locked = await query
    .updateTable('importRuns')
    .set({ state: 'discarded' })
    .where('id', '=', id)
    .where('state', 'not in', openStates)
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
