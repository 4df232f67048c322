import { z } from 'zod';
import type { Lists } from '../core/tasks/ports.ts';
import type { Db } from './db.ts';
import { gathered } from './gathered.ts';
import { fromJson, parseRow, pieces } from './rows.ts';

const list = z.object({ taskIds: fromJson(z.array(z.string())) });

export function lists(db: Db): Lists {
  const remember = async (lists: readonly { person: string; taskIds: string[] }[]): Promise<void> => {
    const rows = lists.map(({ person, taskIds }) => ({ person, taskIds: JSON.stringify(taskIds) }));
    for (const piece of pieces(rows, ({ person }) => person)) {
      await db.query
        .insertInto('lists')
        .values(piece)
        .onConflict((conflict) =>
          conflict
            .column('person')
            .doUpdateSet((set) => ({ taskIds: set.ref('excluded.taskIds') }))
            // Most lists are those of before: writing one again would cost a sync of the disk before the answer.
            .whereRef('lists.taskIds', '!=', 'excluded.taskIds'),
        )
        .execute();
    }
  };
  const gather = gathered({ keyOf: ({ person }) => person, write: remember });

  return {
    rememberList: (person, taskIds) => gather({ person, taskIds }),

    async lastList(person) {
      const row = await db.query.selectFrom('lists').select('taskIds').where('person', '=', person).executeTakeFirst();
      return row === undefined ? [] : parseRow('lists', list, row).taskIds;
    },
  };
}
