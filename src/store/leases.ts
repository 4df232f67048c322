import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { botLeaseMs, botLeases } from '../core/time/bot-lease.ts';
import { type Leases, maxLeaseMs } from '../core/time/leases.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';

/** When a lease is over, for statements that ask. */
export function leaseRules(db: Db) {
  const now = () => db.engine.now();
  const inMs = (ms: number) => sql<number>`${now()} + ${Math.trunc(ms)}`;
  return {
    inMs,
    /** Whether a lease is over although nobody released it. Of one from the future, the clock was set back since. */
    isOver: (row: ExpressionBuilder<Schema, 'leases'>): Expression<SqlBool> =>
      row.or([
        row('leases.until', '<=', now()),
        row('leases.until', '>', inMs(maxLeaseMs)),
        row.and([
          row('leases.bot', 'is not', null),
          row.not(
            row.exists(
              row
                .selectFrom('leases as bots')
                .select('bots.name')
                .where('bots.name', '=', sql<string>`${sql.lit(botLeases)} || ${row.ref('leases.bot')}`)
                .where('bots.until', '>', now())
                .where('bots.until', '<=', inMs(botLeaseMs)),
            ),
          ),
        ]),
      ]),
  };
}

/** @param bot holds what is leased through this store: it ends with the bot. null: only time ends it. */
export function leases(db: Db, bot: string | null): Leases {
  const { inMs, isOver } = leaseRules(db);

  return {
    async lease(name, owner, ttlMs) {
      // One statement: the first one wins, and only the engine's clock counts.
      const rows = await db.query
        .insertInto('leases')
        .values({ name, owner, bot, until: inMs(ttlMs) })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet((set) => ({
              owner: set.ref('excluded.owner'),
              bot: set.ref('excluded.bot'),
              until: set.ref('excluded.until'),
            }))
            .where((row) => row.or([row('leases.owner', '=', owner), isOver(row)])),
        )
        .returning('name')
        .execute();
      return rows.length > 0;
    },

    async renew(name, owner, ttlMs) {
      const rows = await db.query
        .updateTable('leases')
        .set({ until: inMs(ttlMs) })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .returning('name')
        .execute();
      return rows.length > 0;
    },

    async release(name, owner) {
      const mine = db.query.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner);
      const { numDeletedRows } = await mine.where('polledAt', 'is', null).executeTakeFirst();
      if (numDeletedRows > 0n) return;
      // What it carries outlives it.
      await db.query
        .updateTable('leases')
        .set({ until: 0 })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .execute();
    },

    async leased(prefix) {
      const rows = await db.query
        .selectFrom('leases')
        .select('name')
        .where((row) => row.not(isOver(row)))
        .execute();
      return rows.map(({ name }) => name).filter((name) => name.startsWith(prefix));
    },
  };
}
