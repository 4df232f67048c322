import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { NewOutboxItem } from '../core/model/outbox.ts';
import { type Reading, reading } from '../core/model/reading.ts';
import type { Log } from '../core/ports.ts';
import { type Changes, noticeKey, type ReadingChange, type Readings } from '../core/watch/ports.ts';
import type { Db } from './db.ts';
import { addItems } from './outbox.ts';
import { fromJson, parseRows, pieces } from './rows.ts';
import type { Schema } from './schema.ts';
import { raise } from './sequences.ts';
import { addRecords } from './task-record.ts';

const row = z.object({ taskId: z.string(), revision: z.number(), body: fromJson(reading) });

export function readings(db: Db): Readings & Pick<Changes, 'readingsSince'> {
  return {
    async readings(taskIds) {
      const all = db.query.selectFrom('readings').select(['taskId', 'revision', 'body']);
      const rows = await (taskIds === undefined ? all : all.where('taskId', 'in', [...taskIds])).execute();
      // One that cannot be read is replaced by the next poll.
      const parsed = await parseRows('readings', row, rows, db.log);
      return new Map(parsed.map(({ taskId, revision, body }) => [taskId, { ...body, revision }]));
    },

    async readingsSince(revision) {
      const all = db.query.selectFrom('readings').select(['taskId', 'revision', 'body']);
      const rows = await all.where('revision', '>', revision).execute();
      return (await parseRows('readings', row, rows, db.log)).map(({ revision, body }) => ({ ...body, revision }));
    },

    async saveReadings(changes) {
      if (changes.length === 0) return [];
      return db.query.transaction().execute(async (query) => {
        // First of all: the row of the sequence stays locked until the end, so two bots write one after the other.
        let revision = (await raise(query, 'revision', changes.length)) - changes.length;
        const written: ReadingChange[] = [];
        for (const piece of pieces(changes, (change) => change.reading.task.id)) {
          const newest = await revisionsOf(query, piece, db.log);
          const current = piece.filter(({ reading }) => reading.revision === (newest.get(reading.task.id) ?? 0));
          const issued = current.map((change): ReadingChange => {
            revision += 1;
            return { ...change, reading: issuedAs(change.reading, revision) };
          });
          await write(query, issued);
          written.push(...issued);
        }
        await addItems(query, written.flatMap(itemsOf));
        await addRecords(query, written);
        return written.map((change) => change.reading);
      });
    },

    async deriveReading(taskId, derive) {
      return db.query.transaction().execute(async (query) => {
        const revision = await raise(query, 'revision');
        const rows = await query
          .selectFrom('readings')
          .select(['taskId', 'revision', 'body'])
          .where('taskId', '=', taskId)
          .execute();
        const [stored] = await parseRows('readings', row, rows, db.log);
        const change = derive(stored ? { ...stored.body, revision: stored.revision } : null);
        const issued = { ...change, reading: issuedAs(change.reading, revision) };
        await write(query, [issued]);
        await addItems(query, itemsOf(issued));
        await addRecords(query, [issued]);
        return issued.reading;
      });
    },
  };
}

function issuedAs(reading: Reading, revision: number): Reading {
  return { ...reading, revision, campaign: reading.campaign ?? revision };
}

/** The stored revision of each task in `changes` that has a reading. */
async function revisionsOf(
  query: Kysely<Schema>,
  changes: readonly ReadingChange[],
  log: Log,
): Promise<Map<string, number>> {
  const ids = changes.map((change) => change.reading.task.id);
  const rows = await query.selectFrom('readings').select(['taskId', 'revision']).where('taskId', 'in', ids).execute();
  const newest = new Map(rows.map(({ taskId, revision }) => [taskId, revision]));

  // A process that read an unreadable row saw none and may overwrite it; any other that saw none is merely late.
  const unseen = changes.flatMap(({ reading: { task, revision } }) =>
    revision === 0 && (newest.get(task.id) ?? 0) !== 0 ? [task.id] : [],
  );
  if (unseen.length === 0) return newest;
  const bodies = query.selectFrom('readings').select(['taskId', 'revision', 'body']).where('taskId', 'in', unseen);
  const parsed = await parseRows('readings', row, await bodies.execute(), log);
  const readable = new Set(parsed.map(({ taskId }) => taskId));
  for (const id of unseen) if (!readable.has(id)) newest.delete(id);
  return newest;
}

async function write(query: Kysely<Schema>, changes: readonly ReadingChange[]): Promise<void> {
  if (changes.length === 0) return;
  await query
    .insertInto('readings')
    .values(changes.map(({ reading }) => rowOf(reading)))
    .onConflict((conflict) =>
      conflict.column('taskId').doUpdateSet((set) => ({
        takenAt: set.ref('excluded.takenAt'),
        revision: set.ref('excluded.revision'),
        goneAt: set.ref('excluded.goneAt'),
        body: set.ref('excluded.body'),
      })),
    )
    .execute();
}

function rowOf(reading: Reading) {
  const { task, takenAt, revision, state } = reading;
  const goneAt = state === 'gone' ? takenAt : null;
  return { taskId: task.id, takenAt, revision, goneAt, body: JSON.stringify(reading) };
}

function itemsOf({ reading, notices }: ReadingChange): NewOutboxItem[] {
  return notices.map((notice) => ({
    key: noticeKey({ ...notice, kind: notice.body.notice.kind }, reading),
    channel: notice.channel,
    taskId: reading.task.id,
    body: notice.body,
    createdAt: reading.takenAt,
  }));
}
