import { randomUUID } from 'node:crypto';
import { scopeKey, subscription, subscriptionScope } from '../core/model/subscription.ts';
import type { Subscriptions } from '../core/subscriptions/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRow, parseRows, storable } from './rows.ts';
import { raise } from './sequences.ts';

const row = subscription.extend({ scope: fromJson(subscriptionScope) });

export function subscriptions(db: Db): Subscriptions {
  const all = db.query.selectFrom('subscriptions').selectAll().orderBy('createdAt').orderBy('id');
  return {
    async subscriptions() {
      return parseRows('subscriptions', row, await all.execute(), db.log);
    },

    async subscriptionsOf(channel) {
      return parseRows('subscriptions', row, await all.where('channel', '=', channel).execute(), db.log);
    },

    async addSubscription({ channel, scope, owner, createdAt }) {
      const key = storable(scopeKey(scope));
      return db.query.transaction().execute(async (query) => {
        // First of all: the row of the sequence stays locked until the end.
        await raise(query, 'watches');
        const before = await query
          .selectFrom('subscriptions')
          .select('brokenBy')
          .where('channel', '=', channel)
          .where('scopeKey', '=', key)
          .executeTakeFirst();
        const stored = await query
          .insertInto('subscriptions')
          .values({
            id: randomUUID(),
            channel,
            scopeKey: key,
            scope: JSON.stringify(scope),
            owner,
            createdAt,
            brokenBy: null,
          })
          .onConflict((conflict) => conflict.columns(['channel', 'scopeKey']).doUpdateSet({ brokenBy: null }))
          .returningAll()
          .executeTakeFirstOrThrow();
        return { subscription: parseRow('subscriptions', row, stored), already: before?.brokenBy === null };
      });
    },

    async removeSubscription(id) {
      return db.query.transaction().execute(async (query) => {
        await raise(query, 'watches');
        const removed = await query.deleteFrom('subscriptions').where('id', '=', id).returningAll().executeTakeFirst();
        return removed === undefined ? null : parseRow('subscriptions', row, removed);
      });
    },

    async breakSubscriptions(channel, reason) {
      return db.query.transaction().execute(async (query) => {
        await raise(query, 'watches');
        const broken = await query
          .updateTable('subscriptions')
          .set({ brokenBy: reason })
          .where('channel', '=', channel)
          .where('brokenBy', 'is', null)
          .returningAll()
          .execute();
        return parseRows('subscriptions', row, broken, db.log);
      });
    },
  };
}
