import { z } from 'zod';
import type { Lists } from '../core/tasks/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRow } from './rows.ts';

const list = z.object({ taskIds: fromJson(z.array(z.string())) });

export function lists(db: Db): Lists {
  // Compiled once: a list is stored before each answer that shows one, and compiling takes longer than the write.
  const remember = db.query
    .insertInto('lists')
    .values({ person: '', taskIds: '' })
    .onConflict((conflict) =>
      conflict
        .column('person')
        .doUpdateSet((set) => ({ taskIds: set.ref('excluded.taskIds') }))
        // Most lists are those of before: writing one again would cost a sync of the disk before the answer.
        .whereRef('lists.taskIds', '!=', 'excluded.taskIds'),
    )
    .compile();

  return {
    async rememberList(person, taskIds) {
      await db.query.executeQuery({ ...remember, parameters: [person, JSON.stringify(taskIds)] });
    },

    async lastList(person) {
      const row = await db.query.selectFrom('lists').select('taskIds').where('person', '=', person).executeTakeFirst();
      return row === undefined ? [] : parseRow('lists', list, row).taskIds;
    },
  };
}
