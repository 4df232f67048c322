import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type OpenAction, openAction } from '../core/model/open-action.ts';
import { actionLeases, leaseOfAction } from '../core/time/action-lease.ts';
import type { OpenActions } from '../core/watch/ports.ts';
import type { Db } from './db.ts';
import { leaseRules } from './leases.ts';
import { fromJson, parseRows } from './rows.ts';
import type { Schema } from './schema.ts';

const { state } = openAction.shape;
const row = z.object({ state, held: z.number(), body: fromJson(openAction.omit({ state: true })) });

export function openActions(db: Db): OpenActions {
  const { isOver } = leaseRules(db);
  return {
    async underWay() {
      // One statement, as every poll asks: the leases of tasks, and the open actions.
      const rows = await db.query
        .selectFrom('openActions')
        .select((row) => [
          'openActions.id',
          'openActions.state',
          'openActions.body',
          row
            .case()
            .when(
              row.exists(
                row
                  .selectFrom('leases')
                  .select('leases.name')
                  .whereRef('leases.name', '=', 'openActions.lease')
                  .where((lease) => lease.not(isOver(lease))),
              ),
            )
            .then(sql<number>`1`)
            .else(sql<number>`0`)
            .end()
            .as('held'),
        ])
        .unionAll(
          db.query
            .selectFrom('leases')
            .select(['name as id', sql<string>`''`.as('state'), sql<string>`''`.as('body'), sql<number>`1`.as('held')])
            .where('name', 'like', `${actionLeases}%`)
            .where((lease) => lease.not(isOver(lease))),
        )
        .execute();
      const leases = rows.filter(({ body }) => body === '');
      const actions = rows.filter(({ body }) => body !== '');
      const parsed = await parseRows('open_actions', row, actions, db.log);
      return {
        acting: new Set(leases.map(({ id }) => id.slice(actionLeases.length))),
        open: parsed.map(({ body, held: lease, ...known }) => ({ ...body, ...known, held: lease === 1 })),
      };
    },

    putAction: (action) => writeAction(db.query, action),

    async changeAction(from, { state, ...body }) {
      const changed = await db.query
        .updateTable('openActions')
        .set({ state, body: JSON.stringify(body) })
        .where('id', '=', body.id)
        .where('state', '=', from)
        .returning('id')
        .execute();
      return changed.length > 0;
    },

    async endAction(id) {
      await db.query.deleteFrom('openActions').where('id', '=', id).execute();
    },
  };
}

/** Writes it, or replaces the one with its id; within the caller's transaction, if there is one. */
export async function writeAction(query: Kysely<Schema>, { state, ...body }: OpenAction): Promise<void> {
  await query
    .insertInto('openActions')
    .values({ id: body.id, lease: leaseOfAction(body), state, body: JSON.stringify(body) })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((set) => ({ state: set.ref('excluded.state'), body: set.ref('excluded.body') })),
    )
    .execute();
}
