import { boardMessage } from '../core/model/channel-board.ts';
import type { BoardMessages } from '../core/notices/ports.ts';
import type { Db } from './db.ts';
import { parseRow } from './rows.ts';

export function boardMessages(db: Db): BoardMessages {
  const all = db.query.selectFrom('boardMessages').selectAll().orderBy('channel');
  return {
    async boardMessages() {
      return (await all.execute()).map((row) => parseRow('board_messages', boardMessage, row));
    },

    async boardMessageOf(channel) {
      const row = await all.where('channel', '=', channel).executeTakeFirst();
      return row === undefined ? null : parseRow('board_messages', boardMessage, row);
    },

    async setBoardMessage(channel, change) {
      if (Object.keys(change).length === 0) return;
      await db.query
        .insertInto('boardMessages')
        .values({ channel, ref: null, hash: null, ...change })
        .onConflict((conflict) => conflict.column('channel').doUpdateSet(change))
        .execute();
    },

    async removeBoardMessage(channel) {
      await db.query.deleteFrom('boardMessages').where('channel', '=', channel).execute();
    },
  };
}
