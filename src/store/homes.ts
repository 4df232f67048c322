import type { HomeStore } from '../core/home/ports.ts';
import { home } from '../core/model/home.ts';
import type { Db } from './db.ts';
import { parseRow, parseRows } from './rows.ts';

export function homes(db: Db): HomeStore {
  const { query } = db;
  return {
    async openHome(person, at) {
      const row = await query
        .insertInto('homes')
        .values({ person, openedAt: at, fingerprint: null, viewHash: null })
        .onConflict((conflict) => conflict.column('person').doUpdateSet({ openedAt: at }))
        .returningAll()
        .executeTakeFirstOrThrow();
      return parseRow('homes', home, row);
    },

    async home(person) {
      const row = await query.selectFrom('homes').selectAll().where('person', '=', person).executeTakeFirst();
      return row === undefined ? null : parseRow('homes', home, row);
    },

    async openHomes({ since, limit }) {
      const rows = await query
        .selectFrom('homes')
        .selectAll()
        .where('openedAt', '>=', since)
        .orderBy('openedAt', 'desc')
        .orderBy('person')
        .limit(limit)
        .execute();
      return parseRows('homes', home, rows, db.log);
    },

    async setHome(person, shown) {
      await query.updateTable('homes').set(shown).where('person', '=', person).execute();
    },

    async forgetHome(person) {
      await query.deleteFrom('homes').where('person', '=', person).execute();
    },
  };
}
