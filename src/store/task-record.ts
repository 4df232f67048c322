import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { DaySheet } from '../core/model/day-sheet.ts';
import type { Reading } from '../core/model/reading.ts';
import { type NewRecordEntry, recordEntry, type TaskRecord } from '../core/model/record-entry.ts';
import type { Figures, PastRange, RecordRange, TaskRecords } from '../core/reports/ports.ts';
import type { RecordWriter } from '../core/watch/ports.ts';
import type { Db } from './db.ts';
import { fromJson, maxRows, parseRows, pieces, storable } from './rows.ts';
import type { Schema } from './schema.ts';

const figures = ['dialed', 'dialingMs', 'finished', 'takenBack', 'stalls', 'unsureStalls', 'stalledMs'] as const;

const eventRow = z.object({ body: fromJson(recordEntry) });

/** PostgreSQL gives the sum of 64 bits as text. */
const numbersOf = (row: Record<(typeof figures)[number], unknown>): Figures => ({
  dialed: Number(row.dialed),
  dialingMs: Number(row.dialingMs),
  finished: Number(row.finished),
  takenBack: Number(row.takenBack),
  stalls: Number(row.stalls),
  unsureStalls: Number(row.unsureStalls),
  stalledMs: Number(row.stalledMs),
});

const sumOf = (column: (typeof figures)[number]) => sql<number>`sum(${sql.ref(column)})`.as(column);

export function taskRecord(db: Db): TaskRecords & RecordWriter {
  const { query, engine, log } = db;
  const within = <Table extends 'taskDays' | 'taskEvents'>(table: Table, { from, until, tasks }: RecordRange) => {
    // Both tables have these columns.
    const all = query.selectFrom(table as 'taskDays') as SelectQueryBuilder<Schema, 'taskDays', unknown>;
    const ranged = all.where('day', '>=', from).where('day', '<=', until);
    return (tasks === null ? ranged : ranged.where(engine.isAmong('taskId', tasks))) as SelectQueryBuilder<
      Schema,
      Table,
      unknown
    >;
  };
  const past = (range: PastRange) => within('taskDays', range).where('revision', '<=', range.asOf);

  return {
    async addEntries(entries) {
      if (entries.length === 0) return;
      await query.transaction().execute((transaction) => writeEntries(transaction, entries));
    },

    async pastByTask(range) {
      const sums = past(range).select([
        'taskId',
        sql<string>`max(${sql.ref('name')})`.as('name'),
        ...figures.map(sumOf),
      ]);
      const rows = await sums.groupBy('taskId').execute();
      return rows.map((row) => ({ taskId: row.taskId, name: row.name, ...numbersOf(row) }));
    },

    async pastByDay(range) {
      const sums = past(range).select(['day', ...figures.map(sumOf)]);
      const rows = await sums.groupBy('day').orderBy('day').execute();
      return rows.map((row) => ({ day: row.day, ...numbersOf(row) }));
    },

    async pastDays(range, after) {
      let days = past(range).selectAll().orderBy('day').orderBy('taskId').limit(maxRows);
      if (after !== null) {
        days = days.where((row) =>
          row.or([row('day', '>', after.day), row.and([row('day', '=', after.day), row('taskId', '>', after.taskId)])]),
        );
      }
      const rows = await days.execute();
      return rows.map((row) => ({
        taskId: row.taskId,
        name: row.name,
        day: row.day,
        hours: hoursIn(row.hours),
        ...numbersOf(row),
      }));
    },

    async hasPastSince(revision) {
      const later = query.selectFrom('taskDays').select('revision').where('revision', '>', revision);
      return (await later.limit(1).executeTakeFirst()) !== undefined;
    },

    async countEntries(range) {
      const rows = await within('taskEvents', range)
        .select(['kind', 'person', sql<number>`count(*)`.as('count')])
        .groupBy(['kind', 'person'])
        .execute();
      return rows.flatMap(({ kind, person, count }) => {
        const known = recordEntry.shape.kind.safeParse(kind);
        return known.success ? [{ kind: known.data, person, count: Number(count) }] : [];
      });
    },

    async newestEntries({ tasks, ...range }, { kinds, limit }) {
      // A gap in what was read concerns all tasks.
      const among = tasks === null ? null : [...tasks, ''];
      const newest = within('taskEvents', { ...range, tasks: among })
        .select('seq')
        .where('kind', 'in', [...kinds])
        .orderBy('seq', 'desc')
        .limit(limit);
      // In two steps: the bodies are read of those that are wanted, and not of all that are sorted.
      const found = query.selectFrom('taskEvents').select('body').where('seq', 'in', newest);
      const rows = await found.orderBy('seq', 'desc').execute();
      return (await parseRows('task_events', eventRow, rows, log)).map(({ body }) => body);
    },

    async firstDay() {
      const first = async (table: 'taskDays' | 'taskEvents'): Promise<string | null> => {
        const row = await query
          .selectFrom(table)
          .select(({ fn }) => fn.min('day').as('day'))
          .executeTakeFirst();
        return row?.day ?? null;
      };
      const known = (await Promise.all([first('taskDays'), first('taskEvents')])).filter((day) => day !== null);
      return known.sort()[0] ?? null;
    },

    async entriesOf(taskId, limit) {
      const rows = await query
        .selectFrom('taskEvents')
        .select('body')
        .where('taskId', '=', taskId)
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return (await parseRows('task_events', eventRow, rows, log)).map(({ body }) => body);
    },
  };
}

/** Adds what readings that were just written say, within their transaction. */
export async function addRecords(
  query: Kysely<Schema>,
  written: readonly { reading: Reading; record?: TaskRecord }[],
): Promise<void> {
  const entries = written.flatMap(({ record }) => record?.entries ?? []);
  const closed = written.flatMap(({ reading, record }) =>
    (record?.closed ?? []).map((sheet) => dayRow(reading, sheet)),
  );
  await writeEntries(query, entries);
  for (const piece of pieces(closed, ({ taskId, day }) => `${day} ${taskId}`)) {
    await query
      .insertInto('taskDays')
      .values([...piece])
      .onConflict((conflict) =>
        // A task that was gone for a while has two sheets of one day.
        conflict.columns(['taskId', 'day']).doUpdateSet((set) => ({
          name: set.ref('excluded.name'),
          revision: set.ref('excluded.revision'),
          dialed: set('taskDays.dialed', '+', set.ref('excluded.dialed')),
          dialingMs: set('taskDays.dialingMs', '+', set.ref('excluded.dialingMs')),
          finished: set('taskDays.finished', '+', set.ref('excluded.finished')),
          takenBack: set('taskDays.takenBack', '+', set.ref('excluded.takenBack')),
          stalls: set('taskDays.stalls', '+', set.ref('excluded.stalls')),
          unsureStalls: set('taskDays.unsureStalls', '+', set.ref('excluded.unsureStalls')),
          stalledMs: set('taskDays.stalledMs', '+', set.ref('excluded.stalledMs')),
          hours: sql<string>`${set.ref('taskDays.hours')} || ',' || ${set.ref('excluded.hours')}`,
        })),
      )
      .execute();
  }
}

async function writeEntries(query: Kysely<Schema>, entries: readonly NewRecordEntry[]): Promise<void> {
  for (const piece of pieces(entries)) await query.insertInto('taskEvents').values(piece.map(entryRow)).execute();
}

function entryRow(entry: NewRecordEntry) {
  const { taskId, day, at, kind, person = null } = entry;
  return { taskId, day, at, kind, person, body: JSON.stringify(entry) };
}

function dayRow({ task, revision }: Reading, { day, hours, ...sums }: DaySheet) {
  return { taskId: task.id, day, name: storable(task.name), revision, ...sums, hours: hoursText(hours) };
}

const hoursText = (hours: DaySheet['hours']): string => hours.map(([hour, dialed]) => `${hour}:${dialed}`).join(',');

function hoursIn(text: string): DaySheet['hours'] {
  return text.split(',').flatMap((pair): DaySheet['hours'] => {
    const [hour, dialed] = pair.split(':').map(Number);
    return pair === '' || hour === undefined || dialed === undefined ? [] : [[hour, dialed]];
  });
}
