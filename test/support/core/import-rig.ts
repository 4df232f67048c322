import { AppError, type ErrorCode } from '../../../src/core/errors.ts';
import type { AroundSending, SendRules } from '../../../src/core/imports/book.ts';
import { planBatches } from '../../../src/core/imports/plan.ts';
import { type ImportRun, importRun as importRunSchema } from '../../../src/core/model/import-run.ts';
import type { ListedNumber, PhoneEntry } from '../../../src/core/model/numbers.ts';
import type { Task } from '../../../src/core/model/task.ts';
import type { Clock, Dialer, Outcome } from '../../../src/core/ports.ts';
import type { Store } from '../../../src/store/store.ts';
import { createFastClock } from '../fast-clock.ts';
import { importBatch, importRun } from '../store/samples.ts';
import { taskOf } from './task-samples.ts';

/** No cap, and a month counts as lately. */
export const rules: SendRules = { cap: null, recentMs: 30 * 24 * 3_600_000 };

/** Nothing is done with the task. */
export const nothingAround: AroundSending = {
  pause: async () => null,
  ended: async () => {},
  start: async (outcome) => outcome,
};

/** A second takes ten milliseconds. */
export const clock: Clock = createFastClock({ origin: Date.now(), times: 100 });

type Imported = Outcome<{ accepted: number | null }>;

export interface FakeDialer extends Dialer {
  /** What the platform holds of the task `t`; null when it gives no total, undefined when the task is gone. */
  total: number | null | undefined;
  /** Totals that the next lists show instead, the oldest first. */
  shown: (number | null)[];
  /** Whether the task `t` is switched on, and what was done to it. */
  on: boolean;
  acts: ('start' | 'pause')[];
  requests: { taskId: string; phones: string[] }[];
  /** What becomes of the n-th request (from 0); without an answer it is accepted in full. */
  answers: Map<number, (batch: readonly PhoneEntry[]) => Promise<Imported> | Imported>;
  /** The platform says in its answers how many numbers it took. */
  counts: boolean;
  /** A batch with one of these is refused, in these words. */
  bad: Map<string, string>;
  /** The refusal names the row. */
  names: boolean;
}

export function fakeDialer(total: number | null = 50): FakeDialer {
  const unused = (): never => {
    throw new Error('an import asks for nothing else');
  };
  const dialer: FakeDialer = {
    total,
    shown: [],
    on: false,
    acts: [],
    requests: [],
    answers: new Map(),
    counts: true,
    bad: new Map(),
    names: false,
    hasProgress: true,
    metadata: unused,
    create: unused,
    update: unused,
    start: () => switched(dialer, 'start'),
    pause: () => switched(dialer, 'pause'),
    remove: unused,
    findCreated: unused,
    async list() {
      if (dialer.total === undefined) return [];
      const next = dialer.shown.shift();
      const shown = next === undefined ? dialer.total : next;
      const progress = shown === null ? null : { total: shown, done: 0, source: 'progress_bar' as const };
      return [taskOf({ id: 'other' }), taskOf({ id: 't', progress, started: dialer.on })];
    },
    progress: async () => null,
    async importNumbers(taskId, batch) {
      const answer = dialer.answers.get(dialer.requests.length);
      dialer.requests.push({ taskId, phones: batch.map(({ phone }) => phone) });
      if (answer) return answer(batch);
      const row = batch.findIndex(({ phone }) => dialer.bad.has(phone));
      if (row >= 0) {
        const words = dialer.bad.get(batch[row]?.phone ?? '') ?? '';
        return refused('platform_rejected', words, dialer.names ? row : undefined);
      }
      return take(dialer, batch);
    },
  };
  return dialer;
}

/** The platform switches the task on or off. */
export async function switched(dialer: FakeDialer, act: 'start' | 'pause'): Promise<Outcome<Task>> {
  dialer.acts.push(act);
  dialer.on = act === 'start';
  const task = (await dialer.list()).find(({ id }) => id === 't');
  if (task === undefined) return { kind: 'refused', error: new AppError('task_gone', 'gone') };
  return { kind: 'done', value: task };
}

/** The platform takes a batch. */
export function take(dialer: FakeDialer, batch: readonly PhoneEntry[]): Imported {
  if (typeof dialer.total === 'number') dialer.total += batch.length;
  return { kind: 'done', value: { accepted: dialer.counts ? batch.length : null } };
}

export function refused(code: ErrorCode, platformMessage?: string, row?: number): Imported {
  const details = {
    ...(platformMessage !== undefined && { platformMessage }),
    ...(row !== undefined && { fields: { [`customer_info_list.${row}.phone`]: [platformMessage ?? ''] } }),
  };
  return { kind: 'refused', error: new AppError(code, 'refused', { details }) };
}

/** No answer; the numbers are in the task when it is given. */
export function unknown(arrived?: { dialer: FakeDialer; batch: readonly PhoneEntry[] }): Imported {
  if (arrived !== undefined) take(arrived.dialer, arrived.batch);
  return { kind: 'unknown', error: new AppError('outcome_unknown', 'no answer', { details: { maybeSent: true } }) };
}

/** One to a line, the first in line 1. */
export function entries(count: number): ListedNumber[] {
  return Array.from({ length: count }, (_, index) => ({
    phone: String(13_800_000_000 + index),
    name: null,
    line: index + 1,
  }));
}

/** A run that was shown a minute ago: `count` numbers, ten to a batch. */
export async function preview(store: Store, id: string, count: number, total: number | null = 50): Promise<ImportRun> {
  const at = clock.now() - 60_000;
  const planned = planBatches(entries(count), 10);
  const run = importRun(id, {
    taskId: 't',
    taskName: '春季回访',
    counts: { rows: count, ready: count, rejected: 0, repeated: 0, skipped: 0 },
    createdAt: at,
    facts: importRunSchema.shape.facts.parse({
      previewed: total === null ? null : { total, at },
    }),
  });
  const batches = planned.map((some, ordinal) => importBatch(id, ordinal, { entries: some }));
  await store.addImport(run, batches);
  return run;
}
