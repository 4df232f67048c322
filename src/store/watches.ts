import { randomUUID } from 'node:crypto';
import { watch } from '../core/model/watch.ts';
import { closingItem } from '../core/watch/closing.ts';
import type { Watches } from '../core/watch/ports.ts';
import type { Db } from './db.ts';
import { addItems } from './outbox.ts';
import { parseRow } from './rows.ts';
import { raise } from './sequences.ts';

export function watches(db: Db): Watches {
  const all = db.query.selectFrom('watches').selectAll().orderBy('createdAt').orderBy('id');
  return {
    async watches() {
      return (await all.execute()).map((row) => parseRow('watches', watch, row));
    },

    async watchesOf(taskId) {
      const rows = await all.where('taskId', '=', taskId).execute();
      return rows.map((row) => parseRow('watches', watch, row));
    },

    async watchOf(taskId, channel) {
      const row = await all.where('taskId', '=', taskId).where('channel', '=', channel).executeTakeFirst();
      return row === undefined ? null : parseRow('watches', watch, row);
    },

    async addWatch(added) {
      const row = await db.query.transaction().execute(async (query) => {
        await raise(query, 'watches');
        return query
          .insertInto('watches')
          .values({
            id: randomUUID(),
            taskId: added.taskId,
            channel: added.channel,
            owner: added.owner,
            cardRef: null,
            cardHash: null,
            brokenBy: null,
            createdAt: added.createdAt,
          })
          .onConflict((conflict) => conflict.columns(['taskId', 'channel']).doUpdateSet({ brokenBy: null }))
          .returningAll()
          .executeTakeFirstOrThrow();
      });
      return parseRow('watches', watch, row);
    },

    async removeWatch(taskId, channel, closed) {
      return db.query.transaction().execute(async (query) => {
        await raise(query, 'watches');
        const removed = await query
          .deleteFrom('watches')
          .where('taskId', '=', taskId)
          .where('channel', '=', channel)
          .returning('cardRef')
          .execute();
        const cards = removed.flatMap(({ cardRef }) => cardRef ?? []);
        if (closed !== undefined)
          await addItems(
            query,
            cards.map((ref) => closingItem(channel, ref, closed)),
          );
        return removed.length > 0;
      });
    },

    async closeCard({ id, channel, cardRef }, closed) {
      if (cardRef === null) return;
      await db.query.transaction().execute(async (query) => {
        const freed = await query
          .updateTable('watches')
          .set({ cardRef: null, cardHash: null })
          .where('id', '=', id)
          .where('cardRef', '=', cardRef)
          .returning('id')
          .execute();
        if (freed.length > 0) await addItems(query, [closingItem(channel, cardRef, closed)]);
      });
    },

    async updateWatch(id, change) {
      if (Object.keys(change).length === 0) return;
      await db.query.updateTable('watches').set(change).where('id', '=', id).execute();
    },
  };
}
