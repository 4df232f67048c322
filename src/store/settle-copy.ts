import { randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { importRun } from '../core/model/import-run.ts';
import { readPresence } from '../core/time/presence.ts';
import type { Db } from './db.ts';
import { leases } from './leases.ts';
import { fromJson, parseRows } from './rows.ts';
import { awaitsOf, scheduleBody } from './schedules.ts';
import type { Schema } from './schema.ts';
import { raise } from './sequences.ts';

/** What was put in doubt. */
export interface SettledCopy {
  /** Imports whose people are asked what becomes of them. */
  imports: number;
  /** Previews that can no longer be confirmed. */
  previews: number;
  /** Whether an emergency stop is in force, whose tasks have to be confirmed before they are started. */
  stopped: boolean;
  /** Schedules that do nothing until someone has looked at them. */
  schedules: number;
}

/** Throws while a bot is registered in the store. */
export async function requireNoBot(db: Db): Promise<void> {
  const { bots } = await readPresence(leases(db, null));
  if (bots > 0) throw new AppError('store_failed', 'store: a bot is running on it; stop all bots, wait ten seconds');
}

const openRun = z.object({ id: z.string(), state: z.string(), facts: fromJson(importRun.shape.facts) });

const storedStop = fromJson(z.looseObject({}));

/**
 * Far more than a store issues between a backup and its restoration: what came since keeps its own numbers. A copy that
 * is restored once more goes on elsewhere than the time before, and hundreds of restorations stay below 2^53.
 */
const revisionsAhead = (): number => 10_000_000 * randomInt(1, 1_000_000);

/**
 * The same for the rounds of a stop, of which the keys of its messages are made: 32 bits hold them, and a stop is hardly
 * restored twice.
 */
const roundsAhead = (): number => randomInt(1, 10_000_000);

/** So many good polls only take in what has changed since: enough for a task to be known as deleted. */
const quietPolls = 3;

/**
 * Prepares a store that is older than the platform: restored, moved, or gone back to. What it calls unsent may have been
 * sent since, so every open import is unknown until its person has decided, a notice that waits is looked for before it
 * is posted, and the first polls announce nothing. Revisions go on far beyond those that were issued since: the keys of
 * notices are made of them, and messages in channels carry those keys.
 */
export function settleCopy({ query, log }: Pick<Db, 'query' | 'log'>): Promise<SettledCopy> {
  return query.transaction().execute((transaction) => settleWithin(transaction, log));
}

/** The same within the transaction that has made the copy, which is never there without. */
export async function settleWithin(transaction: Kysely<Schema>, log: Db['log']): Promise<SettledCopy> {
  await transaction.deleteFrom('leases').execute();
  await transaction.deleteFrom('claims').execute();
  await raise(transaction, 'revision', revisionsAhead());
  await raise(transaction, 'watches');
  await raise(transaction, 'alerts');
  await transaction.updateTable('outbox').set({ state: 'attempting' }).where('state', '=', 'pending').execute();
  await transaction.updateTable('storeOwner').set({ quietPolls }).execute();
  // What was published since is not what is stored.
  await transaction.updateTable('homes').set({ fingerprint: null, viewHash: null }).execute();
  const imports = await doubtImports(transaction, log);
  const previews = await transaction
    .updateTable('importRuns')
    .set({ state: 'discarded' })
    .where('state', '=', 'preview')
    .returning('id')
    .execute();
  const schedules = await holdSchedules(transaction, log);
  return { imports, previews: previews.length, stopped: await doubtStop(transaction), schedules };
}

const storedSchedule = z.object({ taskId: z.string(), body: scheduleBody });

/** They may have been changed or removed since: what they would start, nobody may want any more. */
async function holdSchedules(query: Kysely<Schema>, log: Db['log']): Promise<number> {
  await raise(query, 'schedules', revisionsAhead());
  const rows = await query.selectFrom('schedules').select(['taskId', 'body']).execute();
  const known = await parseRows('schedules', storedSchedule, rows, log);
  for (const { taskId, body } of known) {
    const held = body.held ?? { why: 'restored' as const, person: null, at: body.savedAt };
    const doubted = { ...body, held, acting: null, question: null };
    await query
      .updateTable('schedules')
      .set({ nextAt: null, attempt: null, awaits: awaitsOf(doubted), body: JSON.stringify(doubted) })
      .where('taskId', '=', taskId)
      .execute();
  }
  return known.length;
}

/** What was begun may be done, and what is paused may have been resumed and paused again since. */
async function doubtStop(query: Kysely<Schema>): Promise<boolean> {
  await raise(query, 'stops');
  const rows = await query
    .selectFrom('emergencyStops')
    .select(['id', 'round', 'body'])
    .where('state', 'in', ['on', 'resuming'])
    .execute();
  for (const { id, round, body } of rows) {
    const doubted = { ...storedStop.parse(body), doubted: true, reported: true };
    await query
      .updateTable('emergencyStops')
      .set({ state: 'on', round: round + roundsAhead(), body: JSON.stringify(doubted) })
      .where('id', '=', id)
      .execute();
    await query
      .updateTable('stoppedTasks')
      .set({ state: 'paused', attempt: null })
      .where('stopId', '=', id)
      .where('state', '=', 'begun')
      .execute();
  }
  return rows.length > 0;
}

async function doubtImports(query: Kysely<Schema>, log: Db['log']): Promise<number> {
  const rows = await query
    .selectFrom('importRuns')
    .select(['id', 'state', 'facts'])
    .where('state', 'in', ['awaiting', 'running', 'halted', 'cancelling'])
    .execute();
  const runs = await parseRows('import_runs', openRun, rows, log);
  for (const { id, state, facts } of runs) {
    const start = facts.start !== null && /^(wanted|begun)$/.test(facts.start.state) ? 'incomplete' : null;
    const doubted = {
      ...facts,
      base: null,
      previewed: null,
      grown: null,
      haltedBy: null,
      reported: false,
      ...(start !== null && facts.start !== null && { start: { ...facts.start, state: start } }),
    };
    await query
      .updateTable('importBatches')
      .set({ state: 'unknown', totalBefore: null })
      .where('runId', '=', id)
      .where('state', 'in', ['planned', 'sending'])
      .execute();
    await query
      .updateTable('importRuns')
      .set({
        state: state === 'cancelling' || state === 'awaiting' ? 'stopped' : 'halted',
        facts: JSON.stringify(doubted),
      })
      .where('id', '=', id)
      .execute();
  }
  return runs.length;
}
