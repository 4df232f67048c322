import { AppError, toAppError } from '../errors.ts';
import type { Clock, Dialer, ImportBatch, ImportRun, Log, Store } from '../ports.ts';
import type { Task } from '../tasks/task.ts';
import { recordAction } from '../watch/actions.ts';
import type { Board } from '../watch/board.ts';
import { planBatches } from './plan.ts';
import { resumeImports, type SettledImport } from './resume.ts';
import { type ImportResult, runImport } from './run.ts';
import type { NumberList } from './types.ts';

export interface ImportUseCases {
  /** Plans a run from a checked list; nothing is sent. */
  prepare(request: { task: Task; list: NumberList; person: string; channel: string }): Promise<ImportRun>;
  /**
   * Sends a prepared run, once: a second call for the same run throws `AppError('outcome_unknown')`.
   * `onProgress` gets the numbers sent so far and in all, after each batch.
   */
  send(runId: string, onProgress: (sent: number, total: number) => void): Promise<ImportResult & { run: ImportRun }>;
  discard(runId: string): Promise<void>;
  /** Settles runs that a crash cut off, by reading; nothing is sent. What it answers is told to each run's person. */
  settle(): Promise<SettledImport[]>;
}

export interface ImportDeps {
  dialer: Dialer;
  store: Store;
  board: Board;
  clock: Clock;
  log: Log;
  batchSize: number;
  /** Aborted when the process stops: the batch under way is finished, the rest stays unsent. */
  stopping: AbortSignal;
  newId(): string;
  changed(): void;
}

export function createImportUseCases(deps: ImportDeps): ImportUseCases {
  const { store, board, clock } = deps;
  return {
    async prepare({ task, list, person, channel }) {
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
      return run;
    },

    async send(runId, onProgress) {
      const run = await store.importRun(runId);
      if (run === null || run.state !== 'preview') {
        throw new AppError('outcome_unknown', 'this import was already sent or discarded');
      }
      const result = await runImport(deps, runId, onProgress);
      const before = board.get(run.taskId);
      const task = (await deps.dialer.list().catch(() => [])).find((candidate) => candidate.id === run.taskId);
      if (task !== undefined) {
        const now = clock.now();
        const reading = recordAction(before, task, now, { person: run.person, action: 'imported', at: now });
        board.put(reading);
        // The numbers have been sent: that this could not be written down must not pass for a failed import.
        await store
          .saveReadings([{ reading, items: [] }])
          .catch((thrown) => deps.log.error('an import could not be recorded', { code: toAppError(thrown).code }));
      }
      deps.changed();
      return { ...result, run };
    },

    async discard(runId) {
      if (await store.moveImport(runId, 'preview', 'discarded')) await store.forgetEntries(runId);
    },

    settle: () => resumeImports(deps),
  };
}
