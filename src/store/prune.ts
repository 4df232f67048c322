import type { Db } from './db.ts';
import { deleteImport } from './imports.ts';
import { maxRows } from './rows.ts';

/** Deletes in many small transactions; what is left when the process dies is deleted by the next call. */
/** Throws `store_failed`. */
export interface Prune {
  /**
   * Deletes sent items, submissions and imports older than `before`, and import previews older than `previewsBefore`
   * (epoch ms).
   */
  prune(before: number, previewsBefore?: number): Promise<void>;
}

export function prune(db: Db): Prune {
  return {
    async prune(before, previewsBefore = before) {
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

      const runs = await query
        .selectFrom('importRuns')
        .select('id')
        .where('state', '!=', 'running')
        .where((where) =>
          where.or([
            where('createdAt', '<', before),
            where.and([where('state', '=', 'preview'), where('createdAt', '<', previewsBefore)]),
          ]),
        )
        .execute();
      for (const { id } of runs) await query.transaction().execute((transaction) => deleteImport(transaction, id));
      if (runs.length > 0) await db.engine.scrub(query);
    },
  };
}

/** Repeats a deletion of at most `maxRows` rows until it deletes fewer than that. */
async function untilFew(remove: () => Promise<unknown[]>): Promise<void> {
  while ((await remove()).length === maxRows);
}
