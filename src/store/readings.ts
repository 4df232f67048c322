import { z } from 'zod';
import { type Reading, taskStates } from '../core/model/reading.ts';
import type { Task } from '../core/model/task.ts';
import type { NewOutboxItem, Store } from '../core/ports.ts';
import type { Db } from './db.ts';
import { addItems } from './outbox.ts';
import { fromJson, parseRows, pieces } from './rows.ts';

const named = z.object({ id: z.string(), name: z.string().nullable() });

const task: z.ZodType<Task> = z.object({
  id: z.string(),
  name: z.string(),
  remark: z.string().nullable(),
  started: z.boolean(),
  script: named.extend({ debug: z.boolean(), deleted: z.boolean() }),
  line: named.extend({
    total: z.number().nullable(),
    used: z.number().nullable(),
    expiresAt: z.number().nullable(),
  }),
  concurrency: z.number(),
  pauseSeconds: z.number(),
  ringTimeout: z.number(),
  quietHours: named,
  redialRule: named,
  agentGroup: named.nullable(),
  progress: z.object({ total: z.number(), done: z.number(), source: z.enum(['endpoint', 'progress_bar']) }).nullable(),
  createdAt: z.number().nullable(),
  alteredAt: z.number().nullable(),
});

const reading: z.ZodType<Reading> = z.object({
  task,
  state: z.enum(taskStates),
  takenAt: z.number(),
  movedAt: z.number().nullable(),
  stillPolls: z.number(),
  startedAt: z.number().nullable(),
  doneAtStart: z.number().nullable(),
  fullPolls: z.number(),
  finishes: z.number(),
  actor: z
    .object({
      person: z.string(),
      action: z.enum(['created', 'edited', 'started', 'paused', 'imported', 'deleted']),
      at: z.number(),
    })
    .nullable(),
});

const row = z.object({ taskId: z.string(), body: fromJson(reading) });

type Change = { reading: Reading; items: NewOutboxItem[] };

export function readings(db: Db): Pick<Store, 'readings' | 'saveReadings'> {
  return {
    async readings() {
      const rows = await db.query.selectFrom('readings').select(['taskId', 'body']).execute();
      // One that cannot be read is taken anew by the next poll.
      return new Map(parseRows('readings', row, rows, db.log).map(({ taskId, body }) => [taskId, body]));
    },

    async saveReadings(changes) {
      if (changes.length === 0) return;
      // In the order of their ids, so that two polls lock the same rows in the same order.
      const ordered = changes.toSorted((a, b) => compare(a.reading.task.id, b.reading.task.id));
      await db.query.transaction().execute(async (query) => {
        const written = new Set<Change>();
        for (const piece of pieces(ordered, (change) => change.reading.task.id)) {
          const rows = await query
            .insertInto('readings')
            .values(
              piece.map((change) => ({
                taskId: change.reading.task.id,
                takenAt: change.reading.takenAt,
                body: JSON.stringify(change.reading),
              })),
            )
            .onConflict((conflict) =>
              conflict
                .column('taskId')
                .doUpdateSet((set) => ({ takenAt: set.ref('excluded.takenAt'), body: set.ref('excluded.body') }))
                .whereRef('readings.takenAt', '<=', 'excluded.takenAt'),
            )
            .returning('taskId')
            .execute();
          const ids = new Set(rows.map(({ taskId }) => taskId));
          for (const change of piece) if (ids.has(change.reading.task.id)) written.add(change);
        }
        // The items in the order in which the caller gave them.
        const items = changes.filter((change) => written.has(change)).flatMap((change) => change.items);
        await addItems(query, items);
      });
    },
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
