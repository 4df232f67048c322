import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { KnownNumbers, NumberHistory, Sending } from '../core/imports/ports.ts';
import type { Db } from './db.ts';
import type { NumberKey } from './number-key.ts';
import { pieces } from './rows.ts';
import type { Schema } from './schema.ts';

/** Numbers as keyed hashes: those that were sent, and those that must not be. */
export function knownNumbers(db: Db, keys: () => Promise<NumberKey>): KnownNumbers {
  return {
    async numberHistory(phones, { taskId, runId, recentSince, cappedSince }) {
      const key = await keys();
      const found: NumberHistory[] = [];
      for (const piece of pieces(phones)) {
        const hashesOf = piece.map((phone) => key.hashesOf(phone));
        const hashes = hashesOf.flat();
        const barred = await db.query.selectFrom('doNotCall').select('hash').where('hash', 'in', hashes).execute();
        const sent = await db.query
          .selectFrom('sentNumbers')
          .select(['hash', 'taskId', 'at'])
          .where('hash', 'in', hashes)
          .where('runId', '!=', runId)
          .execute();
        const isBarred = new Set(barred.map(({ hash }) => hash));
        const bySent = new Map<string, typeof sent>();
        for (const one of sent) bySent.set(one.hash, [...(bySent.get(one.hash) ?? []), one]);
        for (const own of hashesOf) {
          const times = own.flatMap((hash) => bySent.get(hash) ?? []);
          found.push({
            doNotCall: own.some((hash) => isBarred.has(hash)),
            here: times.some((one) => one.taskId === taskId),
            recent: times.filter(({ at }) => at >= recentSince).length,
            capped: times.filter(({ at }) => at >= cappedSince).length,
          });
        }
        // On SQLite these ran on the event loop.
        await nextTurn();
      }
      return found;
    },

    async addDoNotCall(phones, { person, at }) {
      const key = await keys();
      return db.query.transaction().execute(async (query) => {
        let added = 0;
        for (const piece of pieces(phones)) {
          const known = await onList(query, key, piece);
          const rows = [...new Set(piece.filter((phone) => !known.has(phone)))].map((phone) => ({
            hash: key.hashesOf(phone)[0] ?? '',
            person,
            at,
          }));
          if (rows.length === 0) continue;
          const written = await query
            .insertInto('doNotCall')
            .values(rows)
            .onConflict((conflict) => conflict.column('hash').doNothing())
            .returning('hash')
            .execute();
          added += written.length;
        }
        return added;
      });
    },

    async removeDoNotCall(phones) {
      const key = await keys();
      return db.query.transaction().execute(async (query) => {
        let removed = 0;
        for (const piece of pieces(phones)) {
          removed += (await onList(query, key, piece)).size;
          const hashes = piece.flatMap((phone) => key.hashesOf(phone));
          await query.deleteFrom('doNotCall').where('hash', 'in', hashes).execute();
        }
        return removed;
      });
    },

    async countDoNotCall() {
      await keys();
      const { count } = await db.query
        .selectFrom('doNotCall')
        .select((select) => select.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

async function onList(query: Kysely<Schema>, key: NumberKey, phones: readonly string[]): Promise<Set<string>> {
  const hashesOf = phones.map((phone) => ({ phone, hashes: key.hashesOf(phone) }));
  const rows = await query
    .selectFrom('doNotCall')
    .select('hash')
    .where(
      'hash',
      'in',
      hashesOf.flatMap(({ hashes }) => hashes),
    )
    .execute();
  const known = new Set(rows.map(({ hash }) => hash));
  return new Set(hashesOf.filter(({ hashes }) => hashes.some((hash) => known.has(hash))).map(({ phone }) => phone));
}

/** Records, within the caller's transaction, that numbers were sent by a run; once, however often it is called. */
export async function recordSent(
  query: Kysely<Schema>,
  { key, runId, sent }: { key: NumberKey; runId: string; sent: Sending },
): Promise<void> {
  const { taskId, at } = sent;
  for (const piece of pieces(sent.phones)) {
    const rows = [...new Set(piece.map((phone) => key.hashesOf(phone)[0] ?? ''))].map((hash) => ({
      hash,
      runId,
      taskId,
      at,
    }));
    await query
      .insertInto('sentNumbers')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['hash', 'runId']).doNothing())
      .execute();
  }
}
