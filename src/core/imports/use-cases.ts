import type { ImportBatch, ImportRun } from '../model/import-run.ts';
import type { NumberList } from '../model/numbers.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import type { Leases } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { Readings } from '../watch/ports.ts';
import { recordAction } from '../watch/record-action.ts';
import { planBatches } from './plan.ts';
import type { Imports } from './ports.ts';
import { resumeImports, type SettledImport } from './resume.ts';
import { type ImportResult, runImport } from './run.ts';

export interface ImportUseCases {
  /** Plans a run from a checked list; nothing is sent. */
  prepare(request: { task: Task; list: NumberList; person: string; channel: string }): Promise<ImportRun>;
  /**
   * Sends a prepared run, once: a second call for the same run throws `already_sent` or `held_elsewhere`.
   * `onProgress` gets the numbers sent so far and in all, after each batch.
   */
  send(runId: string, onProgress: (sent: number, total: number) => void): Promise<ImportResult & { run: ImportRun }>;
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
  newId(): string;
  changed(): void;
}

export function createImportUseCases(deps: ImportDeps): ImportUseCases {
  const { store, clock } = deps;
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
