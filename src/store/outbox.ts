import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { type NewOutboxItem, outboxItem } from '../core/model/outbox.ts';
import type { Outbox } from '../core/notices/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRows, pieces } from './rows.ts';
import type { Schema } from './schema.ts';

const item = outboxItem.extend({ body: fromJson(outboxItem.shape.body) });

export function outbox(db: Db): Outbox {
  const unsent = db.query.selectFrom('outbox').where('state', 'in', ['pending', 'attempting']);
  const open = unsent.selectAll();
  return {
    async enqueue(items, maybeSent = false) {
      if (items.length === 0) return;
      const state = maybeSent ? 'attempting' : 'pending';
      await db.query.transaction().execute((query) => addItems(query, items, state));
    },

    async openItems() {
      return parseRows('outbox', item, await open.orderBy('seq').execute(), db.log);
    },

    async openItem(id) {
      const [found] = await parseRows('outbox', item, await open.where('id', '=', id).execute(), db.log);
      return found ?? null;
    },

    async backlog() {
      const counted = unsent.select(({ fn }) => [fn.countAll().as('items'), fn.min('createdAt').as('oldestAt')]);
      const { items, oldestAt } = await counted.executeTakeFirstOrThrow();
      // PostgreSQL gives 64 bits as text.
      return { items: Number(items), oldestAt: oldestAt === null ? null : Number(oldestAt) };
    },

    async messageOf(key) {
      const sent = await db.query.selectFrom('outbox').select('messageRef').where('key', '=', key).executeTakeFirst();
      return sent?.messageRef ?? null;
    },

    async setMessageOf(added, message) {
      await db.query
        .insertInto('outbox')
        .values({ ...rowOf(added), state: 'sent', messageRef: message })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet((set) => ({ messageRef: set.ref('excluded.messageRef') })),
        )
        .execute();
    },

    async updateItem(id, change) {
      if (Object.keys(change).length === 0) return;
      await db.query.updateTable('outbox').set(change).where('id', '=', id).execute();
    },
  };
}

/** Adds items within the caller's transaction; an item whose key already exists is left unchanged. */
export async function addItems(
  query: Kysely<Schema>,
  items: readonly NewOutboxItem[],
  state: 'pending' | 'attempting' = 'pending',
): Promise<void> {
  for (const piece of pieces(items)) {
    await query
      .insertInto('outbox')
      .values(piece.map((item) => ({ ...rowOf(item), state })))
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }
}

function rowOf({ key, channel, taskId, body, createdAt }: NewOutboxItem) {
  return {
    id: randomUUID(),
    key,
    channel,
    taskId,
    body: JSON.stringify(body),
    state: 'pending',
    messageRef: null,
    createdAt,
    notBefore: createdAt,
    attempts: 0,
  };
}
