import { sql } from 'kysely';
import type { Claims } from '../core/time/claims.ts';
import type { Db } from './db.ts';
import { storable } from './rows.ts';

export function claims(db: Db): Claims {
  const now = () => db.engine.now();
  return {
    async claimOnce(key, ttlMs) {
      // One statement: the first one wins, and only the engine's clock counts.
      const rows = await db.query
        .insertInto('claims')
        .values({ key, until: sql<number>`${now()} + ${Math.trunc(ttlMs)}`, answer: null })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet((set) => ({ until: set.ref('excluded.until'), answer: null }))
            .where('claims.until', '<=', now()),
        )
        .returning('key')
        .execute();
      return rows.length > 0;
    },

    async keepAnswer(key, text) {
      await db.query
        .updateTable('claims')
        .set({ answer: storable(text) })
        .where('key', '=', key)
        .execute();
    },

    async answerTo(key) {
      const row = await db.query
        .selectFrom('claims')
        .select('answer')
        .where('key', '=', key)
        .where('until', '>', now())
        .executeTakeFirst();
      return row?.answer ?? null;
    },

    async unclaim(key) {
      await db.query.deleteFrom('claims').where('key', '=', key).execute();
    },
  };
}
