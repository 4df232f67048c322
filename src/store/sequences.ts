import type { Kysely } from 'kysely';
import type { Changes } from '../core/watch/ports.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';

/** The numbers that the store issues; each only ever rises. */
type Sequence = 'revision' | 'watches';

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

export function versions(db: Db): Pick<Changes, 'versions'> {
  return {
    async versions() {
      const rows = await db.query.selectFrom('sequences').select(['name', 'value']).execute();
      const newest = (name: Sequence): number => rows.find((row) => row.name === name)?.value ?? 0;
      return { readings: newest('revision'), watches: newest('watches') };
    },
  };
}
