import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fields, initialText } from '../../../src/core/model/fields.ts';
import { type ImportBatch, type ImportRun, importRun } from '../../../src/core/model/import-run.ts';
import type { Notice } from '../../../src/core/model/notice.ts';
import type { OutboxItem } from '../../../src/core/model/outbox.ts';
import type { Reading } from '../../../src/core/model/reading.ts';
import type { Submission } from '../../../src/core/model/submission.ts';
import type { Watch } from '../../../src/core/model/watch.ts';
import type { TestDatabase } from './databases.ts';

/** What release 0.1.0 stored, and what it says of itself (fixtures/0.1.0/README.md). */

type Row<T> = T & { expresses: string };

/** What has been added since, as it is read from a row without it. */
const addedToReadings = {
  sheet: null,
  campaign: null,
  revision: 0,
  unknownFields: [],
  leftSince: null,
  startSeen: true,
  fullSince: null,
  tally: null,
  redials: null,
  presumedEnd: null,
  quietKnown: false,
  quietUntil: null,
  endsAt: null,
  doubt: null,
} satisfies Partial<Reading>;
const addedToCounts = { skipped: 0 } satisfies Partial<ImportRun['counts']>;
const addedToNotices = {
  firstSeen: null,
  leftOn: false,
  correctsAt: null,
  act: null,
  changes: [],
  schedule: null,
} satisfies Partial<Notice>;

const addedToNoticeItems = { thread: false, mentions: [], by: null, direct: false };

type OldBody = { type: 'card' } | { type: 'notice'; notice: Omit<Notice, keyof typeof addedToNotices> };

interface Contents {
  asOf: { instant: number };
  counts: Record<string, number>;
  summary: {
    openItemsInOrder: Pick<OutboxItem, 'key' | 'channel' | 'state'>[];
    announced: { key: string }[];
    givenUp: { key: string }[];
    abandonedSubmissions: string[];
    claimedTaskIds: string[];
    runningImports: string[];
    halfSentImport: { runId: string };
  };
  tables: {
    readings: Row<{
      taskId: string;
      takenAt: number;
      body: Omit<Reading, keyof typeof addedToReadings> & { finishes: number };
    }>[];
    watches: Row<Omit<Watch, 'cardRef'> & { cardTs: string | null }>[];
    outbox: Row<Omit<OutboxItem, 'messageRef' | 'body'> & { body: OldBody; seq: number; ts: string | null }>[];
    submissions: Row<Submission>[];
    lists: Row<{ person: string; taskIds: string[] }>[];
    import_runs: Row<ImportRun>[];
    import_batches: Row<ImportBatch>[];
  };
}

const directory = join(import.meta.dirname, '../../fixtures/0.1.0');

/** What a definition and a form hold before anything is typed or chosen. */
const initialDraft = Object.fromEntries(
  fields.map((field) => [field.key, field.kind === 'number' ? (field.initial ?? field.min) : null]),
);
const initialRaw = Object.fromEntries(fields.map((field) => [field.name, initialText(field)]));
const initials: Record<string, object> = {
  task: initialDraft,
  draft: initialDraft,
  raw: initialRaw,
  typed: initialRaw,
  redialRule: { redials: null },
};

/** JSON that 0.1.0 wrote, as today's code is to read it: what came later has its initial value. */
export function parseWritten(text: string): unknown {
  return JSON.parse(text, (key, value) =>
    key in initials && typeof value === 'object' && value !== null ? { ...initials[key], ...value } : value,
  );
}

const contents = parseWritten(readFileSync(join(directory, 'contents.json'), 'utf8')) as Contents;

const rows = <T>(table: Row<T>[]) => table.map(({ expresses: _, ...row }) => row);
const { tables } = contents;

/** It kept the last act alone. */
const actsOf = (actor: Reading['actor']): Pick<Reading, 'acts' | 'runBy'> => ({
  acts: actor === null ? [] : [{ ...actor, count: null }],
  runBy: actor !== null && /^(created|started)$/.test(actor.action) ? actor.person : null,
});

/** The rows as today's code is to read them; the time at which to open them (epoch ms). */
export const release = {
  asOf: contents.asOf.instant,
  counts: contents.counts,
  summary: contents.summary,
  readings: new Map(
    rows(tables.readings).map(({ taskId, body: { finishes: _, ...body } }): [string, Reading] => [
      taskId,
      { ...body, ...addedToReadings, ...actsOf(body.actor) },
    ]),
  ),
  watches: rows(tables.watches).map(({ cardTs, ...watch }) => ({ ...watch, cardRef: cardTs })),
  /** In the order of insertion. */
  outbox: rows(tables.outbox).map(({ seq: _, ts, body, ...item }) => ({
    ...item,
    body:
      body.type === 'notice' ? { ...body, ...addedToNoticeItems, notice: { ...body.notice, ...addedToNotices } } : body,
    messageRef: ts,
  })),
  submissions: rows(tables.submissions),
  lists: rows(tables.lists),
  importRuns: rows(tables.import_runs).map((run) => ({
    ...run,
    counts: { ...run.counts, ...addedToCounts },
    facts: importRun.shape.facts.parse({}),
  })),
  importBatches: rows(tables.import_batches).map((batch) => ({
    ...batch,
    entries: batch.entries.map((entry) => ({ ...entry, line: null })),
    size: batch.entries.length,
    turn: null,
    twin: null,
  })),
};

/** Puts a copy into a database that nobody has opened yet. */
export async function restore({ engine, location, sql }: TestDatabase): Promise<void> {
  if (engine === 'postgres') {
    await sql(readFileSync(join(directory, 'dialdeck.pg.sql'), 'utf8'));
    return;
  }
  mkdirSync(location.dataDir, { mode: 0o700 });
  copyFileSync(join(directory, 'dialdeck.sqlite'), join(location.dataDir, 'dialdeck.db'));
}
