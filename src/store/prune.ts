import type { SelectQueryBuilder } from 'kysely';
import type { Db } from './db.ts';
import { deleteImport } from './imports.ts';
import { maxRows } from './rows.ts';
import type { Schema } from './schema.ts';

/**
 * Deletes in many small transactions; what one of them leaves behind when the process dies, the next call takes. Throws
 * `store_failed`.
 */
export interface Prune {
  /** Deletes what is old: sent items, submissions, imports older than `before` (epoch ms). */
  prune(before: number): Promise<void>;
  /** Deletes what is only kept for a while: previews of imports older than `before` (epoch ms), and claims that ran out. */
  pruneShortLived(before: number): Promise<void>;
}

export function prune(db: Db): Prune {
  return {
    async prune(before) {
      const { query } = db;
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
          .deleteFrom('submissions')
          .where('key', 'in', (old) =>
            old.selectFrom('submissions').select('key').where('sentAt', '<', before).limit(maxRows),
          )
          .returning('key')
          .execute(),
      );
      // A lease that expired this long ago belongs to work that is over.
      await query.deleteFrom('leases').where('until', '<', before).execute();

      await deleteImports(db, query.selectFrom('importRuns').where('state', '!=', 'running'), before);
    },

    async pruneShortLived(before) {
      const { query } = db;
      await query.deleteFrom('claims').where('until', '<=', db.engine.now()).execute();
      await deleteImports(db, query.selectFrom('importRuns').where('state', '=', 'preview'), before);
    },
  };
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
