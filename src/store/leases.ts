import { sql } from 'kysely';
import type { Leases } from '../core/time/leases.ts';
import type { Db } from './db.ts';

export function leases(db: Db): Leases {
  const now = () => db.engine.now();
  return {
    async lease(name, owner, ttlMs) {
      // One statement: the first one wins, and only the engine's clock counts.
      const rows = await db.query
        .insertInto('leases')
        .values({ name, owner, until: sql<number>`${now()} + ${Math.trunc(ttlMs)}` })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet((set) => ({ owner: set.ref('excluded.owner'), until: set.ref('excluded.until') }))
            .where((where) => where.or([where('leases.until', '<=', now()), where('leases.owner', '=', owner)])),
        )
        .returning('name')
        .execute();
      return rows.length > 0;
    },

    async release(name, owner) {
      await db.query.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute();
    },

    async leased(prefix) {
      const rows = await db.query.selectFrom('leases').select('name').where('until', '>', now()).execute();
      return rows.map(({ name }) => name).filter((name) => name.startsWith(prefix));
    },
  };
}
