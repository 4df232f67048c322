import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { KnownNumbers, NumberHistory, Sending } from '../core/imports/ports.ts';
import type { Db } from './db.ts';
import type { NumberKey } from './number-key.ts';
import { maxRows, pieces } from './rows.ts';
import type { Schema } from './schema.ts';
import { raise } from './sequences.ts';

/** A database, or a transaction in it. */
interface Queried extends Pick<Db, 'engine'> {
  query: Kysely<Schema>;
}

/** Of a number that nothing is known of, as nearly all are. */
const nothing: NumberHistory = { doNotCall: false, here: false, recent: 0, capped: 0 };

/** Numbers as keyed hashes: those that were sent, and those that must not be. */
export function knownNumbers({ query, engine }: Db, keys: () => Promise<NumberKey>): KnownNumbers {
  return {
    async numberHistory(phones, { taskId, runId, recentSince, cappedSince }) {
      const key = await keys();
      const found: NumberHistory[] = [];
      for (const piece of pieces(phones)) {
        const hashesOf = key.hashesOf(piece);
        const hashes = hashesOf.flat();
        const barred = await query
          .selectFrom('doNotCall')
          .select('hash')
          .where(engine.isAmong('hash', hashes))
          .execute();
        const sent = await query
          .selectFrom('sentNumbers')
          .select(['hash', 'taskId', 'at'])
          .where(engine.isAmong('hash', hashes))
          .where('runId', '!=', runId)
          .execute();
        const isBarred = new Set(barred.map(({ hash }) => hash));
        const bySent = new Map<string, typeof sent>();
        for (const one of sent) bySent.set(one.hash, [...(bySent.get(one.hash) ?? []), one]);
        const isKnown = (hash: string): boolean => isBarred.has(hash) || bySent.has(hash);
        for (const own of hashesOf) {
          if (!own.some(isKnown)) {
            found.push(nothing);
            continue;
          }
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

    async recordSent(runId, sent) {
      const key = await keys();
      await query
        .transaction()
        .execute((transaction) => recordSent({ query: transaction, engine }, { key, runId, sent }));
    },

    async addDoNotCall(phones, { person, at }) {
      const key = await keys();
      return query.transaction().execute(async (transaction) => {
        // What is about to be sent is looked up again.
        await raise(transaction, 'doNotCall');
        let added = 0;
        for (const piece of pieces(phones)) {
          const known = await onList({ query: transaction, engine }, key, piece);
          const hashes = key.hashesOf(piece);
          const fresh = new Set(hashes.flatMap(([hash = ''], index) => (known[index] ? [] : [hash])));
          if (fresh.size === 0) continue;
          const written = await transaction
            .insertInto('doNotCall')
            .values([...fresh].map((hash) => ({ hash, person, at })))
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
      return query.transaction().execute(async (transaction) => {
        let removed = 0;
        for (const piece of pieces(phones)) {
          const known = await onList({ query: transaction, engine }, key, piece);
          removed += new Set(piece.filter((_, index) => known[index])).size;
          await transaction
            .deleteFrom('doNotCall')
            .where(engine.isAmong('hash', key.hashesOf(piece).flat()))
            .execute();
        }
        return removed;
      });
    },

    async countDoNotCall() {
      await keys();
      const { count } = await query
        .selectFrom('doNotCall')
        .select((select) => select.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async doNotCallVersion() {
      const row = await query
        .selectFrom('sequences')
        .select('value')
        .where('name', '=', 'doNotCall')
        .executeTakeFirst();
      return row?.value ?? 0;
    },
  };
}

/** Whether each of the numbers is on the do-not-call list. */
async function onList({ query, engine }: Queried, key: NumberKey, phones: readonly string[]): Promise<boolean[]> {
  const hashesOf = key.hashesOf(phones);
  const rows = await query
    .selectFrom('doNotCall')
    .select('hash')
    .where(engine.isAmong('hash', hashesOf.flat()))
    .execute();
  const known = new Set(rows.map(({ hash }) => hash));
  return hashesOf.map((hashes) => hashes.some((hash) => known.has(hash)));
}

/**
 * Records, within the caller's transaction, that numbers were sent by a run; once, however often it is called. The hashes
 * are written in their order: what is neighbors in the index is then written together, and two runs never wait for each
 * other crosswise.
 */
export async function recordSent(
  { query, engine }: Queried,
  { key, runId, sent }: { key: NumberKey; runId: string; sent: readonly Sending[] },
): Promise<void> {
  const last = sent.at(-1);
  if (last === undefined) return;
  const { taskId, at } = last;
  const hashes = sent.flatMap(({ phones }) => key.hashesOf(phones).map(([newest = '']) => newest)).sort();
  for (let from = 0; from < hashes.length; from += maxRows) {
    const rows = query
      .selectFrom(engine.rowsOf(hashes.slice(from, from + maxRows)).as('sent'))
      .select(['value', sql.val(runId).as('runId'), sql.val(taskId).as('taskId'), sql`cast(${at} as bigint)`.as('at')])
      // Without a condition SQLite takes what follows for one of the selection.
      .where(sql.lit(true));
    await query
      .insertInto('sentNumbers')
      .columns(['hash', 'runId', 'taskId', 'at'])
      .expression(rows)
      .onConflict((conflict) => conflict.columns(['hash', 'runId']).doNothing())
      .execute();
  }
}
