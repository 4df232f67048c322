import { type Kysely, sql } from 'kysely';
import type { Changes } from '../core/watch/ports.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';

/** The numbers that the store issues; each only ever rises. */
type Sequence = 'revision' | 'watches' | 'alerts' | 'owner' | 'doNotCall' | 'stops' | 'schedules';

/**
 * Raises a sequence within the caller's transaction and returns its new value. Its row stays locked until the end: what
 * is to be written in its order comes after this.
 */
export async function raise(query: Kysely<Schema>, name: Sequence, by = 1): Promise<number> {
  const { value } = await query
    .insertInto('sequences')
    .values({ name, value: by })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((set) => ({ value: set('sequences.value', '+', set.ref('excluded.value')) })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

export function versions(db: Db): Pick<Changes, 'versions' | 'polled'> {
  const lease = 'poll';
  const count = sql<number | null>`count(*)`.as('value');
  return {
    async versions() {
      const { query } = db;
      const rows = await query
        .selectFrom('sequences')
        .select(['name', sql<number | null>`value`.as('value')])
        .unionAll(query.selectFrom('leases').select(['name', 'polledAt as value']).where('name', '=', lease))
        .unionAll(query.selectFrom('openActions').select([sql<string>`'openActions'`.as('name'), count]))
        .unionAll(
          query
            .selectFrom('importRuns')
            .select([sql<string>`'openImports'`.as('name'), count])
            .where('open', '=', 1)
            .where('state', 'not in', ['preview', 'discarded']),
        )
        .execute();
      const valueNamed = (name: Sequence | typeof lease | 'openActions' | 'openImports'): number | null =>
        rows.find((row) => row.name === name)?.value ?? null;
      return {
        readings: valueNamed('revision') ?? 0,
        watches: valueNamed('watches') ?? 0,
        alerts: valueNamed('alerts') ?? 0,
        polledAt: valueNamed(lease),
        openActions: valueNamed('openActions') ?? 0,
        openImports: valueNamed('openImports') ?? 0,
      };
    },

    async polled(at) {
      await db.query.updateTable('leases').set({ polledAt: at }).where('name', '=', lease).execute();
    },
  };
}
