import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Notice, noticeKinds } from '../core/model/notice.ts';
import type { NewOutboxItem, OutboxItem, Store } from '../core/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRows, pieces } from './rows.ts';
import type { Schema } from './schema.ts';

const notice: z.ZodType<Notice> = z.object({
  kind: z.enum(noticeKinds),
  taskId: z.string(),
  taskName: z.string(),
  at: z.number(),
  total: z.number().nullable(),
  done: z.number().nullable(),
  durationMs: z.number().nullable(),
  ratePerMinute: z.number().nullable(),
});

const item: z.ZodType<OutboxItem> = z.object({
  id: z.string(),
  key: z.string(),
  channel: z.string(),
  taskId: z.string(),
  body: fromJson(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('card') }),
      z.object({ type: z.literal('notice'), notice }),
    ]),
  ),
  state: z.enum(['pending', 'attempting', 'sent', 'dead']),
  ts: z.string().nullable(),
  createdAt: z.number(),
  notBefore: z.number(),
  attempts: z.number(),
});

export function outbox(db: Db): Pick<Store, 'enqueue' | 'openItems' | 'updateItem'> {
  return {
    async enqueue(items) {
      if (items.length === 0) return;
      await db.query.transaction().execute((query) => addItems(query, items));
    },

    async openItems() {
      const rows = await db.query
        .selectFrom('outbox')
        .selectAll()
        .where('state', 'in', ['pending', 'attempting'])
        .orderBy('createdAt')
        .orderBy('seq')
        .execute();
      return parseRows('outbox', item, rows, db.log);
    },

    async updateItem(id, change) {
      if (Object.keys(change).length === 0) return;
      await db.query.updateTable('outbox').set(change).where('id', '=', id).execute();
    },
  };
}

/** Adds items inside the caller's transaction; a key that exists keeps its item as it is. */
export async function addItems(query: Kysely<Schema>, items: readonly NewOutboxItem[]): Promise<void> {
  for (const piece of pieces(items)) {
    await query
      .insertInto('outbox')
      .values(
        piece.map((added) => ({
          id: randomUUID(),
          key: added.key,
          channel: added.channel,
          taskId: added.taskId,
          body: JSON.stringify(added.body),
          state: 'pending',
          ts: null,
          createdAt: added.createdAt,
          notBefore: added.createdAt,
          attempts: 0,
        })),
      )
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }
}
