import type { HomeStore, OpenedHome } from '../core/home/ports.ts';
import { type Home, home } from '../core/model/home.ts';
import type { Db } from './db.ts';
import { gathered } from './gathered.ts';
import { parseRow, parseRows, pieces } from './rows.ts';

export function homes(db: Db): HomeStore {
  const { query } = db;

  const note = async (opened: readonly OpenedHome[]): Promise<void> => {
    await query.transaction().execute(async (transaction) => {
      for (const piece of pieces(opened, ({ person }) => person)) {
        for (const isKept of [true, false]) {
          const rows = piece.filter(({ shown }) => (shown === null) === isKept).map(rowOf);
          if (rows.length === 0) continue;
          await transaction
            .insertInto('homes')
            .values(rows)
            .onConflict((conflict) =>
              conflict.column('person').doUpdateSet((set) => ({
                openedAt: set.ref('excluded.openedAt'),
                ...(!isKept && {
                  fingerprint: set.ref('excluded.fingerprint'),
                  viewHash: set.ref('excluded.viewHash'),
                }),
              })),
            )
            .execute();
        }
      }
    });
  };

  return {
    noteOpened: gathered({ keyOf: ({ person }) => person, write: note }),

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

const rowOf = ({ person, at, shown }: OpenedHome): Home => ({
  person,
  openedAt: at,
  fingerprint: shown?.fingerprint ?? null,
  viewHash: shown?.viewHash ?? null,
});
