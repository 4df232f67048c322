import type { May } from '../access/permission.ts';
import { AppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { ImportBatch, ImportRun } from '../model/import-run.ts';
import type { NumberList } from '../model/numbers.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import type { LeaseStore } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { CircumstancesOf } from '../watch/look.ts';
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

/** A prepared run, and the person who asks for something to be done with it. */
interface RunOfPerson {
  runId: string;
  person: PersonRef;
}

export interface ImportUseCases {
  /**
   * Reads a list of numbers and plans its run; nothing is sent. Throws `AppError`: `task_gone`, a `file_…` code,
   * `reader_busy`, and any error of reading the task or downloading the list.
   */
  preview(request: ImportRequest): Promise<ImportPreview>;
  /**
   * Sends a run that this person prepared, once: a second call for it throws `already_sent` or `held_elsewhere`, one by
   * somebody else `not_yours`.
   * `onProgress` receives the count of numbers sent so far, after each batch.
   */
  send(
    request: RunOfPerson,
    onProgress: (run: ImportRun, sent: number) => void,
  ): Promise<ImportResult & { run: ImportRun }>;
  /** Gives a preview up, if this person prepared it; nothing happens otherwise. */
  discard(request: RunOfPerson): Promise<void>;
  /**
   * Settles runs that a crash interrupted, by reading; nothing is sent. Each person is notified of the returned result.
   */
  settle(readable?: (taskId: string) => boolean): Promise<SettledImport[]>;
}

export interface ImportDeps {
  dialer: Dialer;
  store: Imports & Readings & LeaseStore;
  board: Board;
  clock: Clock;
  log: Log;
  may: May;
  batchSize: number;
  /** Aborted when the process stops: the batch in progress is finished, the rest remains unsent. */
  stopping: AbortSignal;
  readList: ReadList;
  newId(): string;
  changed(): void;
  /** The task, read from the platform. Throws `AppError`. */
  find(taskId: string): Promise<Task>;
  /** What is known of a task's redial rule and quiet hours; as for polls. */
  circumstancesOf?: CircumstancesOf;
}

export function createImportUseCases(deps: ImportDeps): ImportUseCases {
  const { store, clock } = deps;
  return {
    async preview({ taskId, given, person, channel }) {
      const [task, list] = await Promise.all([
        deps.may(person, 'import', taskId).then(() => deps.find(taskId)),
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
          skipped: list.skipped,
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

    async send({ runId, person }, onProgress) {
      const prepared = await store.importRun(runId);
      if (prepared !== null) {
        if (prepared.person !== person) throw new AppError('not_yours', 'another person prepared this import');
        await deps.may(person, 'import', prepared.taskId);
      }
      const result = await runImport(deps, runId, onProgress);
      const { taskId } = result.run;
      const task = (await deps.dialer.list().catch(() => [])).find((candidate) => candidate.id === taskId);
      const count = result.accepted;
      if (task !== undefined) await recordAction(deps, task, { person, action: 'imported', at: clock.now(), count });
      deps.changed();
      return result;
    },

    async discard({ runId, person }) {
      if ((await store.importRun(runId))?.person !== person) return;
      if (await store.moveImport(runId, 'preview', 'discarded')) await store.forgetEntries(runId);
    },

    settle: (readable) => resumeImports(deps, readable),
  };
}
