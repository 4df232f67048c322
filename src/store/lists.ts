import { z } from 'zod';
import type { Lists } from '../core/tasks/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRow } from './rows.ts';

const list = z.object({ taskIds: fromJson(z.array(z.string())) });

export function lists(db: Db): Lists {
  return {
    async rememberList(person, taskIds) {
      await db.query
        .insertInto('lists')
        .values({ person, taskIds: JSON.stringify(taskIds) })
        .onConflict((conflict) =>
          conflict
            .column('person')
            .doUpdateSet((set) => ({ taskIds: set.ref('excluded.taskIds') }))
            // Most lists are those of before: writing one again would cost a sync of the disk before every answer.
            .whereRef('lists.taskIds', '!=', 'excluded.taskIds'),
        )
        .execute();
    },

    async lastList(person) {
      const row = await db.query.selectFrom('lists').select('taskIds').where('person', '=', person).executeTakeFirst();
      return row === undefined ? [] : parseRow('lists', list, row).taskIds;
    },
  };
}
