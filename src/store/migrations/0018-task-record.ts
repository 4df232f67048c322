import type { Migration } from 'kysely';
import type { Engine } from '../dialect.ts';

/** What happened to tasks over time: a row per task and day that is over, and an entry for each event. */
export function taskRecord(engine: Pick<Engine, 'addSequence'>): Migration {
  return {
    async up(db) {
      await db.schema
        .createTable('task_days')
        .addColumn('task_id', 'text', (column) => column.notNull())
        .addColumn('day', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('revision', 'bigint', (column) => column.notNull())
        .addColumn('dialed', 'bigint', (column) => column.notNull())
        .addColumn('dialing_ms', 'bigint', (column) => column.notNull())
        .addColumn('finished', 'bigint', (column) => column.notNull())
        .addColumn('taken_back', 'bigint', (column) => column.notNull())
        .addColumn('stalls', 'bigint', (column) => column.notNull())
        .addColumn('unsure_stalls', 'bigint', (column) => column.notNull())
        .addColumn('stalled_ms', 'bigint', (column) => column.notNull())
        .addColumn('hours', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('task_days_key', ['task_id', 'day'])
        .execute();
      await db.schema.createIndex('task_days_day').on('task_days').columns(['day', 'task_id']).execute();
      await db.schema.createIndex('task_days_revision').on('task_days').column('revision').execute();

      await engine
        .addSequence(db.schema.createTable('task_events'), 'seq')
        .addColumn('task_id', 'text', (column) => column.notNull())
        .addColumn('day', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('person', 'text')
        .addColumn('body', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('task_events_task').on('task_events').columns(['task_id', 'seq']).execute();
      // What is counted or looked for is read from it alone.
      await db.schema
        .createIndex('task_events_day')
        .on('task_events')
        .columns(['day', 'kind', 'task_id', 'person', 'seq'])
        .execute();
    },
  };
}
