import { sql } from 'kysely';
import type { Claims } from '../core/time/claims.ts';
import type { UnfinishedWork } from '../core/time/unfinished.ts';
import type { Db } from './db.ts';
import { storable } from './rows.ts';

/** Work is noted like a claim, so that it is forgotten in time. */
const workPrefix = 'work:';

export function claims(db: Db): Claims & UnfinishedWork {
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

    async noteWork(id, body, ttlMs) {
      const until = sql<number>`${now()} + ${Math.trunc(ttlMs)}`;
      await db.query
        .insertInto('claims')
        .values({ key: workPrefix + id, until, answer: storable(body) })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet((set) => ({ until: set.ref('excluded.until'), answer: set.ref('excluded.answer') })),
        )
        .execute();
    },

    async notedWork() {
      const rows = await db.query
        .selectFrom('claims')
        .select(['key', 'answer'])
        .where('key', '>=', workPrefix)
        // The next character after the colon.
        .where('key', '<', 'work;')
        .where('until', '>', now())
        .execute();
      return rows.map(({ key, answer }) => ({ id: key.slice(workPrefix.length), body: answer ?? '' }));
    },

    async endWork(id) {
      await db.query
        .deleteFrom('claims')
        .where('key', '=', workPrefix + id)
        .execute();
    },
  };
}
