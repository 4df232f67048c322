import type { ExpressionBuilder, Kysely, OnConflictDatabase, OnConflictTables } from 'kysely';
import {
  type EmergencyStop,
  emergencyStop,
  openStates,
  type StopInForce,
  stoppedTask,
} from '../core/model/emergency-stop.ts';
import type { NewStopped, Stops } from '../core/stop/ports.ts';
import type { Db } from './db.ts';
import { addItems } from './outbox.ts';
import { fromJson, parseRow, parseRows, pieces, storable } from './rows.ts';
import type { Schema } from './schema.ts';
import { raise } from './sequences.ts';

const inColumns = { id: true, state: true, round: true, at: true } as const;
const row = emergencyStop
  .pick(inColumns)
  .extend({ body: fromJson(emergencyStop.omit(inColumns)) })
  .transform(({ body, ...stop }) => ({ ...body, ...stop }));

const task = stoppedTask.extend({ accepted: fromJson(stoppedTask.shape.accepted) });

const inForce = ['on', 'resuming'] as const;
const isInForce = (stop: EmergencyStop): stop is StopInForce => stop.state !== 'over';

export function emergencyStops(db: Db): Stops {
  const { query } = db;
  return {
    async stopInForce() {
      // First: one that is ordered after it was read is noticed by its number.
      const counted = query.selectFrom('sequences').select('value').where('name', '=', 'stops');
      const changes = (await counted.executeTakeFirst())?.value ?? 0;
      return { changes, stop: await stopInForce(query) };
    },

    async stopOf(id) {
      const found = await query.selectFrom('emergencyStops').selectAll().where('id', '=', id).executeTakeFirst();
      return found === undefined ? null : parseRow('emergency_stops', row, found);
    },

    async orderStop(ordered, tasks, messages) {
      return query.transaction().execute(async (transaction) => {
        // Its row stays locked until the end: of two people, one finds the stop of the other.
        await raise(transaction, 'stops');
        const earlier = await stopInForce(transaction);
        const isNew = earlier === null || earlier.state === 'resuming';
        const stop: StopInForce = isNew
          ? { ...ordered, id: earlier?.id ?? ordered.id, state: 'on', round: (earlier?.round ?? 0) + 1 }
          : earlier;
        if (isNew) await writeStop(transaction, stop);
        // Their starts are not waited for: the round that began them is over.
        await transaction
          .updateTable('stoppedTasks')
          .set({ state: 'wanted', attempt: null })
          .where('stopId', '=', stop.id)
          .where('state', '=', 'begun')
          .execute();
        await insertTasks(transaction, stop.id, tasks);
        if (isNew) await addItems(transaction, messages(stop));
        return { stop, isNew };
      });
    },

    async addStopped({ id, round }, tasks) {
      if (tasks.length === 0) return;
      await query.transaction().execute(async (transaction) => {
        // One at a time, so that each gets a place of its own.
        await raise(transaction, 'stops', 0);
        const stop = await stopInForce(transaction);
        if (stop?.id === id && stop.round === round && stop.state === 'on') await insertTasks(transaction, id, tasks);
      });
    },

    async stoppedTasks(stopId) {
      const rows = await query
        .selectFrom('stoppedTasks')
        .select(['taskId', 'name', 'left', 'accepted', 'ordinal', 'state', 'attempt', 'why'])
        .where('stopId', '=', stopId)
        .orderBy('ordinal')
        .execute();
      return parseRows('stopped_tasks', task, rows, db.log);
    },

    async moveStopped({ stopId, taskId, from, attempt }, change) {
      let moved = query
        .updateTable('stoppedTasks')
        .set(change)
        .where('stopId', '=', stopId)
        .where('taskId', '=', taskId)
        .where('state', 'in', [...from]);
      if (attempt !== undefined) moved = moved.where('attempt', '=', attempt);
      return (await moved.returning('taskId').execute()).length > 0;
    },

    async isAttempt({ stopId, round, taskId, attempt }) {
      const found = await query
        .selectFrom('stoppedTasks')
        .innerJoin('emergencyStops', 'emergencyStops.id', 'stoppedTasks.stopId')
        .select('stoppedTasks.taskId')
        .where('emergencyStops.id', '=', stopId)
        .where('emergencyStops.state', '=', 'resuming')
        .where('emergencyStops.round', '=', round)
        .where('stoppedTasks.taskId', '=', taskId)
        .where('stoppedTasks.state', '=', 'begun')
        .where('stoppedTasks.attempt', '=', attempt)
        .executeTakeFirst();
      return found !== undefined;
    },

    async withdrawStopped(taskId) {
      await query
        .updateTable('stoppedTasks')
        .set({ state: 'withdrawn' })
        .where('taskId', '=', taskId)
        .where('state', 'in', ['paused', 'begun', 'started'])
        .where('stopId', 'in', (stops) =>
          stops
            .selectFrom('emergencyStops')
            .select('id')
            .where('state', 'in', [...inForce]),
        )
        .execute();
    },

    async moveStop({ id, round, from, settled = false }, change, messages = []) {
      return query.transaction().execute(async (transaction) => {
        await raise(transaction, 'stops', change.state === 'over' ? 1 : 0);
        const found = await transaction
          .selectFrom('emergencyStops')
          .selectAll()
          .where('id', '=', id)
          .where('round', '=', round)
          .where('state', 'in', [...from])
          .executeTakeFirst();
        if (found === undefined || (settled && (await hasOpenTasks(transaction, id)))) return false;
        await writeStop(transaction, { ...parseRow('emergency_stops', row, found), ...change });
        await addItems(transaction, messages);
        return true;
      });
    },
  };
}

async function stopInForce(query: Kysely<Schema>): Promise<StopInForce | null> {
  const found = await query
    .selectFrom('emergencyStops')
    .selectAll()
    .where('state', 'in', [...inForce])
    .executeTakeFirst();
  if (found === undefined) return null;
  const stop = parseRow('emergency_stops', row, found);
  return isInForce(stop) ? stop : null;
}

/** Only a task that is to be started can be begun: where there is none, none comes. */
async function hasOpenTasks(query: Kysely<Schema>, stopId: string): Promise<boolean> {
  const open = await query
    .selectFrom('stoppedTasks')
    .select('taskId')
    .where('stopId', '=', stopId)
    .where('state', 'in', [...openStates])
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

async function writeStop(query: Kysely<Schema>, { id, state, round, at, ...body }: EmergencyStop): Promise<void> {
  await query
    .insertInto('emergencyStops')
    .values({ id, state, round, at, body: JSON.stringify(body) })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((set) => ({
        state: set.ref('excluded.state'),
        round: set.ref('excluded.round'),
        at: set.ref('excluded.at'),
        body: set.ref('excluded.body'),
      })),
    )
    .execute();
}

/** What stays as it was noted first, while something is still to be done about the task. */
function notedOf<Column extends 'left' | 'accepted'>(
  set: ExpressionBuilder<OnConflictDatabase<Schema, 'stoppedTasks'>, OnConflictTables<'stoppedTasks'>>,
  column: Column,
) {
  return set
    .case()
    .when('stoppedTasks.state', 'in', [...openStates])
    .then(set.ref(`stoppedTasks.${column}`))
    .else(set.ref(`excluded.${column}`))
    .end();
}

/**
 * At the end of the set, in their order. Those that are in it keep their place, and with something still to be done about
 * them, also what was noted when they were found to be on first.
 */
async function insertTasks(query: Kysely<Schema>, stopId: string, tasks: readonly NewStopped[]): Promise<void> {
  const last = await query
    .selectFrom('stoppedTasks')
    .select(({ fn }) => fn.max('ordinal').as('ordinal'))
    .where('stopId', '=', stopId)
    .executeTakeFirst();
  let ordinal = Number(last?.ordinal ?? 0);
  for (const piece of pieces(tasks, ({ taskId }) => taskId)) {
    const rows = piece.map(({ name, accepted, ...added }) => {
      ordinal += 1;
      const noted = { name: storable(name), accepted: JSON.stringify(accepted) };
      return { stopId, ordinal, ...added, ...noted, state: 'wanted', attempt: null, why: null };
    });
    await query
      .insertInto('stoppedTasks')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['stopId', 'taskId']).doUpdateSet((set) => ({
          state: 'wanted',
          attempt: null,
          why: null,
          left: notedOf(set, 'left'),
          accepted: notedOf(set, 'accepted'),
        })),
      )
      .execute();
  }
}
