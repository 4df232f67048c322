import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { ImportBatch, ImportRun } from '../model/import-run.ts';
import type { NumberList } from '../model/numbers.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import type { Leases } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { Readings } from '../watch/ports.ts';
import { recordAction } from '../watch/record-action.ts';
import { planBatches } from './plan.ts';
import type { Imports, ReadList } from './ports.ts';
import type { GivenList } from './read.ts';
import { resumeImports, type SettledImport } from './resume.ts';
import { type ImportResult, runImport } from './run.ts';

interface ImportRequest {
  taskId: string;
  /** Perhaps still on its way. */
  given: GivenList | Promise<GivenList>;
  person: PersonRef;
  channel: ChannelRef;
}

/** What would be sent. `runId` is null when no number is ready. */
interface ImportPreview {
  task: Task;
  list: NumberList;
  runId: string | null;
  /** Numbers per request. */
  batchSize: number;
}

export interface ImportUseCases {
  /**
   * Reads a list of numbers and plans its run; nothing is sent. Throws `AppError`: `task_gone`, a `file_…` code,
   * `reader_busy`, and whatever reading the task or getting the list throws.
   */
  preview(request: ImportRequest): Promise<ImportPreview>;
  /**
   * Sends a prepared run, once: a second call for the same run throws `already_sent` or `held_elsewhere`.
   * `onProgress` gets the numbers sent so far, after each batch.
   */
  send(runId: string, onProgress: (run: ImportRun, sent: number) => void): Promise<ImportResult & { run: ImportRun }>;
  discard(runId: string): Promise<void>;
  /** Settles runs that a crash cut off, by reading; nothing is sent. What it answers is told to each run's person. */
  settle(): Promise<SettledImport[]>;
}

export interface ImportDeps {
  dialer: Dialer;
  store: Imports & Readings & Pick<Leases, 'lease' | 'release'>;
  board: Board;
  clock: Clock;
  log: Log;
  batchSize: number;
  /** Aborted when the process stops: the batch under way is finished, the rest stays unsent. */
  stopping: AbortSignal;
  readList: ReadList;
  newId(): string;
  changed(): void;
  /** The task as it is now. Throws `AppError`. */
  find(taskId: string): Promise<Task>;
}

export function createImportUseCases(deps: ImportDeps): ImportUseCases {
  const { store, clock } = deps;
  return {
    async preview({ taskId, given, person, channel }) {
      const [task, list] = await Promise.all([
        deps.find(taskId),
        Promise.resolve(given).then((known) => deps.readList(known)),
      ]);
      const { batchSize } = deps;
      if (list.ready.length === 0) return { task, list, runId: null, batchSize };
      const run: ImportRun = {
        id: deps.newId(),
        taskId: task.id,
        taskName: task.name,
        person,
        channel,
        state: 'preview',
        counts: {
          rows: list.rows,
          ready: list.ready.length,
          rejected: list.rejected.length,
          repeated: list.repeated,
        },
        createdAt: clock.now(),
      };
      const batches: ImportBatch[] = planBatches(list.ready, deps.batchSize).map((entries, ordinal) => ({
        runId: run.id,
        ordinal,
        entries,
        state: 'planned',
        totalBefore: null,
        accepted: null,
        message: null,
      }));
      await store.addImport(run, batches);
      return { task, list, runId: run.id, batchSize };
    },

    async send(runId, onProgress) {
      const result = await runImport(deps, runId, onProgress);
      const { taskId, person } = result.run;
      const task = (await deps.dialer.list().catch(() => [])).find((candidate) => candidate.id === taskId);
      if (task !== undefined) await recordAction(deps, task, { person, action: 'imported', at: clock.now() });
      deps.changed();
      return result;
    },

    async discard(runId) {
      if (await store.moveImport(runId, 'preview', 'discarded')) await store.forgetEntries(runId);
    },

    settle: () => resumeImports(deps),
  };
}
