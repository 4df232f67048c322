import { systemClock } from '../../../src/clock.ts';
import { AppError, type ErrorCode } from '../../../src/core/errors.ts';
import { planBatches } from '../../../src/core/imports/plan.ts';
import type { ImportRun } from '../../../src/core/model/import-run.ts';
import type { PhoneEntry } from '../../../src/core/model/numbers.ts';
import type { Clock, Dialer, Outcome } from '../../../src/core/ports.ts';
import type { Store } from '../../../src/store/store.ts';
import { taskOf } from './task-samples.ts';

export const clock: Clock = systemClock;

type Imported = Outcome<{ accepted: number | null; totalAfter: number | null }>;

export interface FakeDialer extends Dialer {
  /** What the platform holds of the task `t`; null when it gives no total, undefined when the task is gone. */
  total: number | null | undefined;
  requests: { taskId: string; phones: string[]; totalBefore: number | null }[];
  /** What becomes of the n-th request (from 0); without an answer it is accepted in full. */
  answers: Map<number, (batch: readonly PhoneEntry[]) => Promise<Imported> | Imported>;
}

export function fakeDialer(total: number | null = 50): FakeDialer {
  const unused = (): never => {
    throw new Error('an import asks for nothing else');
  };
  const dialer: FakeDialer = {
    total,
    requests: [],
    answers: new Map(),
    hasProgress: true,
    metadata: unused,
    create: unused,
    update: unused,
    start: unused,
    pause: unused,
    remove: unused,
    findCreated: unused,
    async list() {
      if (dialer.total === undefined) return [];
      const progress = dialer.total === null ? null : { total: dialer.total, done: 0, source: 'progress_bar' as const };
      return [taskOf({ id: 'other' }), taskOf({ id: 't', progress })];
    },
    progress: async () => null,
    async importNumbers(taskId, batch, totalBefore) {
      const answer = dialer.answers.get(dialer.requests.length);
      dialer.requests.push({ taskId, phones: batch.map(({ phone }) => phone), totalBefore });
      if (answer) return answer(batch);
      if (typeof dialer.total === 'number') dialer.total += batch.length;
      const totalAfter = dialer.total ?? null;
      return { kind: 'done', value: { accepted: totalAfter === null ? null : batch.length, totalAfter } };
    },
  };
  return dialer;
}

export function refused(code: ErrorCode, platformMessage?: string): Imported {
  const details = platformMessage === undefined ? {} : { platformMessage };
  return { kind: 'refused', error: new AppError(code, 'refused', { details }) };
}

export function unknown(): Imported {
  return { kind: 'unknown', error: new AppError('platform_timeout', 'no answer', { details: { maybeSent: true } }) };
}

export function entries(count: number): PhoneEntry[] {
  return Array.from({ length: count }, (_, index) => ({ phone: String(13_800_000_000 + index), name: null }));
}

/** A run that was shown: `count` numbers, ten to a batch. */
export async function preview(store: Store, id: string, count: number): Promise<ImportRun> {
  const run: ImportRun = {
    id,
    taskId: 't',
    taskName: '春季回访',
    person: 'U1',
    channel: 'C1',
    state: 'preview',
    counts: { rows: count, ready: count, rejected: 0, repeated: 0, skipped: 0 },
    createdAt: Date.now(),
  };
  const batches = planBatches(entries(count), 10).map((batch, ordinal) => ({
    runId: id,
    ordinal,
    entries: batch,
    state: 'planned' as const,
    accepted: null,
    totalBefore: null,
    message: null,
  }));
  await store.addImport(run, batches);
  return run;
}
