import { z } from 'zod';
import type { Imports } from '../core/imports/ports.ts';
import { importRun, type RunFacts } from '../core/model/import-run.ts';
import type { Db } from './db.ts';
import { importBatches, insertBatches, insertRejects } from './import-batches.ts';
import type { NumberKey } from './number-key.ts';
import { fromJson, parseRow, storable } from './rows.ts';

const run = importRun.extend({
  counts: fromJson(importRun.shape.counts),
  facts: fromJson(importRun.shape.facts),
});

export function imports(db: Db, keys: () => Promise<NumberKey>): Imports {
  const { query } = db;
  return {
    async addImport(added, batches, rejected = []) {
      const key = await keys();
      await query.transaction().execute(async (transaction) => {
        await transaction
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
            facts: JSON.stringify(added.facts),
            open: 1,
          })
          .execute();
        await insertBatches(transaction, key, batches);
        await insertRejects(transaction, { key, runId: added.id, ordinal: 0, rejected });
      });
    },

    async countImport(id, counts) {
      const change = { counts: JSON.stringify(counts) };
      await query.updateTable('importRuns').set(change).where('id', '=', id).where('state', '=', 'preview').execute();
    },

    async importRun(id) {
      const row = await query.selectFrom('importRuns').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : parseRow('import_runs', run, row);
    },

    async importRuns({ taskId, limit }) {
      let newest = query
        .selectFrom('importRuns')
        .selectAll()
        .where('state', 'not in', ['preview', 'discarded'])
        .orderBy('createdAt', 'desc')
        .orderBy('id')
        .limit(limit);
      if (taskId !== null) newest = newest.where('taskId', '=', taskId);
      return (await newest.execute()).map((row) => parseRow('import_runs', run, row));
    },

    async openImports() {
      const rows = await query
        .selectFrom('importRuns')
        .selectAll()
        .where('open', '=', 1)
        .where('state', 'not in', ['preview', 'discarded'])
        .orderBy('createdAt')
        .orderBy('id')
        .execute();
      return rows.map((row) => parseRow('import_runs', run, row));
    },

    async moveImport(id, from, to) {
      const rows = await query
        .updateTable('importRuns')
        .set({ state: to })
        .where('id', '=', id)
        .where('state', '=', from)
        .returning('id')
        .execute();
      return rows.length > 0;
    },

    async assignTask(id, { taskId, taskName }) {
      const rows = await query
        .updateTable('importRuns')
        .set({ taskId, taskName: storable(taskName), state: 'running' })
        .where('id', '=', id)
        .where('state', '=', 'awaiting')
        .returning('id')
        .execute();
      return rows.length > 0;
    },

    async noteRun(id, change, when = () => true) {
      return query.transaction().execute(async (transaction) => {
        // Locks the row, so that no other change is lost.
        const [row] = await transaction
          .updateTable('importRuns')
          .set((set) => ({ facts: set.ref('facts') }))
          .where('id', '=', id)
          .returning('facts')
          .execute();
        if (row === undefined) return false;
        const { facts } = parseRow('import_runs', z.object({ facts: run.shape.facts }), row);
        if (!when(facts)) return false;
        const next: RunFacts = { ...facts, ...change };
        await transaction
          .updateTable('importRuns')
          .set({ facts: JSON.stringify(next) })
          .where('id', '=', id)
          .execute();
        return true;
      });
    },

    ...importBatches(db, keys),
  };
}
