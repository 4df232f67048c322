import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Alerts } from '../core/alerts/ports.ts';
import { type Alert, type AlertPost, alert, alertPost } from '../core/model/alert.ts';
import type { AlertPosts } from '../core/notices/ports.ts';
import type { Db } from './db.ts';
import { addItems } from './outbox.ts';
import { fromJson, parseRows, pieces } from './rows.ts';
import type { Schema } from './schema.ts';
import { raise } from './sequences.ts';

const alertRow = z.object({ body: fromJson(alert) });
const postRow = alertPost.extend({
  alerts: fromJson(alertPost.shape.alerts),
  mentions: fromJson(z.array(z.string())),
  lost: z.number().transform((lost) => lost !== 0),
  direct: z.number().transform((direct) => direct !== 0),
});

export function alerts(db: Db): Alerts & AlertPosts {
  const alertsOf = async (ids: readonly string[]): Promise<Alert[]> => {
    const found: Alert[] = [];
    for (const piece of pieces(ids)) {
      const rows = await db.query.selectFrom('alerts').select('body').where('id', 'in', piece).execute();
      found.push(...(await parseRows('alerts', alertRow, rows, db.log)).map(({ body }) => body));
    }
    return found;
  };
  const postsOf = async (ids: readonly string[]): Promise<AlertPost[]> => {
    const found: AlertPost[] = [];
    for (const piece of pieces(ids)) {
      const rows = await db.query.selectFrom('alertPosts').selectAll().where('id', 'in', piece).execute();
      found.push(...(await parseRows('alert_posts', postRow, rows, db.log)));
    }
    return found;
  };

  return {
    async alertBook(endedSince) {
      // First: what is written after it was read is noticed when this is written.
      const sequence = db.query.selectFrom('sequences').select('value').where('name', '=', 'alerts');
      const revision = (await sequence.executeTakeFirst())?.value ?? 0;
      const rows = await db.query
        .selectFrom('alerts')
        .select('body')
        .where((row) => row.or([row('endedAt', 'is', null), row('endedAt', '>=', endedSince)]))
        .execute();
      const known = (await parseRows('alerts', alertRow, rows, db.log)).map(({ body }) => body);
      return { revision, alerts: known, posts: await postsOf([...new Set(known.flatMap(({ posts }) => posts))]) };
    },

    async saveAlerts({ revision, alerts: changed, posts, items }) {
      return db.query.transaction().execute(async (query) => {
        // Its row stays locked until the end: of two bots, one finds that the other was faster.
        const issued = await raise(query, 'alerts');
        if (issued !== revision + 1) return null;
        await writeAlerts(query, changed);
        await writePosts(query, posts);
        await addItems(query, items);
        return issued;
      });
    },

    async alertMessage(postId) {
      const [post] = await postsOf([postId]);
      if (post === undefined) return null;
      const known = new Map((await alertsOf(post.alerts)).map((one) => [one.id, one]));
      return { post, alerts: post.alerts.flatMap((id) => known.get(id) ?? []) };
    },

    async alertShown(postId, change) {
      await db.query.transaction().execute(async (query) => {
        await raise(query, 'alerts');
        const { lost, ...shown } = change;
        await query
          .updateTable('alertPosts')
          .set({ ...shown, ...(lost !== undefined && { lost: lost ? 1 : 0 }) })
          .where('id', '=', postId)
          .execute();
      });
    },
  };
}

async function writeAlerts(query: Kysely<Schema>, changed: readonly Alert[]): Promise<void> {
  for (const piece of pieces(changed, ({ id }) => id)) {
    await query
      .insertInto('alerts')
      .values(piece.map((one) => ({ id: one.id, endedAt: one.endedAt, body: JSON.stringify(one) })))
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((set) => ({ endedAt: set.ref('excluded.endedAt'), body: set.ref('excluded.body') })),
      )
      .execute();
  }
}

/** What was delivered of a message is not touched: only the delivery knows it. */
async function writePosts(query: Kysely<Schema>, posts: readonly AlertPost[]): Promise<void> {
  for (const piece of pieces(posts, ({ id }) => id)) {
    await query
      .insertInto('alertPosts')
      .values(
        piece.map((post) => ({
          ...post,
          alerts: JSON.stringify(post.alerts),
          mentions: JSON.stringify(post.mentions),
          lost: post.lost ? 1 : 0,
          direct: post.direct ? 1 : 0,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((set) => ({
          alerts: set.ref('excluded.alerts'),
          mentions: set.ref('excluded.mentions'),
          direct: set.ref('excluded.direct'),
          version: set.ref('excluded.version'),
          closedAt: set.ref('excluded.closedAt'),
        })),
      )
      .execute();
  }
}
