import type { Imports } from '../../../src/core/imports/ports.ts';
import { type ImportBatch, type ImportRun, importRun as importRunSchema } from '../../../src/core/model/import-run.ts';
import type { NoticeKind } from '../../../src/core/model/notice.ts';
import type { NewOutboxItem } from '../../../src/core/model/outbox.ts';
import type { Reading } from '../../../src/core/model/reading.ts';
import type { Submission } from '../../../src/core/model/submission.ts';
import type { NewNotice } from '../../../src/core/watch/ports.ts';
import { sampleRaw, sampleTask } from '../samples.ts';

export const phone = '13800138000';

export function reading(taskId: string, takenAt: number, change: Partial<Reading> = {}): Reading {
  return {
    task: sampleTask({
      id: taskId,
      name: `回访 "${taskId}" 📞`,
      remark: null,
      started: true,
      script: { id: '297', name: '满意度', debug: false, deleted: false },
      line: { id: 'line-1', name: null, total: 10, used: 4, expiresAt: null },
      quietHours: { id: 'quiet', name: '午休时间' },
      redialRule: { id: '103', name: null, redials: null },
      progress: { total: 100, done: 40, source: 'progress_bar' },
      createdAt: 1_699_999_000_000,
      alteredAt: null,
    }),
    state: 'dialing',
    takenAt,
    movedAt: takenAt - 1,
    stillPolls: 0,
    startedAt: null,
    doneAtStart: null,
    leftSince: null,
    startSeen: true,
    fullPolls: 0,
    fullSince: null,
    tally: null,
    redials: null,
    presumedEnd: null,
    quietKnown: false,
    quietUntil: null,
    endsAt: null,
    doubt: null,
    campaign: null,
    revision: 0,
    actor: { person: 'U1', action: 'started', at: takenAt - 5 },
    acts: [{ person: 'U1', action: 'started', at: takenAt - 5, count: null }],
    runBy: 'U1',
    sheet: null,
    unknownFields: [],
    ...change,
  };
}

export function cardItem(key: string, createdAt = 1_000, taskId = 't1'): NewOutboxItem {
  return { key, channel: 'C1', taskId, body: { type: 'card' }, createdAt };
}

export function noticeItem(key: string, createdAt = 1_000): NewOutboxItem {
  return { key, channel: 'C1', taskId: 't1', body: newNotice().body, createdAt };
}

/** A notice to be saved with a reading; a finish unless another kind is named. */
export function newNotice(kind: NoticeKind = 'finished', channel = 'C1'): NewNotice {
  return {
    channel,
    once: kind === 'finished' || kind === 'reopened' ? 'campaign' : 'revision',
    body: {
      type: 'notice',
      notice: {
        kind,
        taskId: 't1',
        taskName: '回访',
        at: 5,
        total: 100,
        done: 100,
        durationMs: 60_000,
        ratePerMinute: null,
        firstSeen: null,
        correctsAt: null,
      },
    },
  };
}

export function submission(key: string, change: Partial<Submission> = {}): Submission {
  return {
    key,
    person: 'U1',
    channel: 'C1',
    state: 'working',
    taskId: null,
    raw: sampleRaw({
      name: "O'Brien; drop table submissions --",
      pause_seconds: '',
      quiet_hours: 'quiet',
      remark: 'nul \0, half \ud83d, whole 📞\nline',
    }),
    sentAt: 1_000,
    ...change,
  };
}

export function importRun(id: string, change: Partial<ImportRun> = {}): ImportRun {
  return {
    id,
    taskId: 't1',
    taskName: '回访',
    person: 'U1',
    channel: 'C1',
    state: 'preview',
    counts: { rows: 4, ready: 2, rejected: 1, repeated: 1, skipped: 0 },
    createdAt: 1_000,
    facts: importRunSchema.shape.facts.parse({}),
    ...change,
  };
}

/** The batches of a run with their numbers. */
export async function batchesOf(store: Imports, runId: string): Promise<ImportBatch[]> {
  const batches: ImportBatch[] = [];
  // One after the other: thousands at once are more than a busy database answers in time.
  for (const one of await store.importLedger(runId)) {
    batches.push({ ...one, entries: await store.batchEntries(runId, one.ordinal) });
  }
  return batches;
}

export function importBatch(runId: string, ordinal: number, change: Partial<ImportBatch> = {}): ImportBatch {
  return {
    runId,
    size: change.entries?.length ?? 2,
    turn: null,
    twin: null,
    ordinal,
    entries: [
      { phone, name: '王芳', line: 2 },
      { phone: '+14155552671', name: null, line: 3 },
    ],
    state: 'planned',
    accepted: null,
    totalBefore: null,
    message: null,
    ...change,
  };
}
