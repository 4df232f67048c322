import type { May } from '../access/permission.ts';
import type { AppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import { rawOf, type TaskDraft } from '../model/fields.ts';
import { type ImportRun, importRun, type RunCreation } from '../model/import-run.ts';
import type { NumberList } from '../model/numbers.ts';
import type { Task } from '../model/task.ts';
import { type Estimate, estimateOf } from '../tasks/estimate.ts';
import type { MetadataCache } from '../tasks/metadata-cache.ts';
import { plannedTask } from '../tasks/planned-task.ts';
import { leftOf, type Preflight, preflight } from '../tasks/preflight.ts';
import type { StartGate } from '../tasks/start-gate.ts';
import type { Board } from '../watch/board.ts';
import type { RunDeps } from './book.ts';
import type { RunOrder } from './order.ts';
import { type ListHistory, planRun } from './plan.ts';
import type { ReadList } from './ports.ts';
import type { ListToRead } from './read.ts';
import type { Wishes } from './withhold.ts';

/** What a list is imported into: a task, or one that is created for it from a form. */
type ImportTarget = { taskId: string } | { creation: { key: string; draft: TaskDraft } };

export type ImportRequest = Asker & ImportTarget & { given: ListToRead };

/** Who asks for a preview, and where. */
interface Asker {
  person: PersonRef;
  channel: ChannelRef;
  /** Absent: what was sent to this task before is left out, what was sent elsewhere lately is not. */
  wishes?: Wishes;
}

/** What would be sent. `runId` is null when no number is. */
export interface ImportPreview {
  task: Task;
  list: NumberList;
  /** Which of the numbers that are ready are known, and what is left of them. */
  history: ListHistory;
  runId: string | null;
  /** For how many days a number counts as sent lately. */
  recentDays: number;
  /** Numbers per request. */
  batchSize: number;
  /** What the person may order besides the import alone; null when that is nothing. */
  further: FurtherOrder | null;
}

/** What may be ordered together with an import. */
export interface FurtherOrder {
  order: RunOrder;
  /** How many numbers would be called in all. */
  calls: number;
  /** So many that it takes a confirmation. */
  asks: boolean;
  /** What the gate of starts says as this is offered (`StartGate`). */
  asOf: number;
  /** Of a task that is yet to be created: what speaks against its start, what bars it now, and how long it would dial. */
  judged: { preflight: Preflight; bar: AppError | null; estimate: Estimate | null } | null;
}

export interface PreviewDeps extends RunDeps {
  may: May;
  metadata: Pick<MetadataCache, 'peek'>;
  board: Pick<Board, 'all'>;
  readList: ReadList;
  newId(): string;
  gate: StartGate;
  /** A start that would call more numbers than this asks first. */
  startAskAbove: number;
  /** The task, read from the platform. Throws `AppError`. */
  find(taskId: string): Promise<Task>;
}

const dayMs = 24 * 3_600_000;

/** Reads a list of numbers and plans its run. */
export function createPreview(deps: PreviewDeps): (request: ImportRequest) => Promise<ImportPreview> {
  const { clock } = deps;

  const previewOf = (
    task: Task,
    creation: RunCreation | null,
    { person, channel, wishes }: Required<Asker>,
  ): ImportRun => {
    const total = task.progress?.total ?? null;
    return importRun.parse({
      id: deps.newId(),
      taskId: task.id,
      taskName: task.name,
      person,
      channel,
      state: 'preview',
      counts: { rows: 0, ready: 0, rejected: 0, repeated: 0 },
      createdAt: clock.now(),
      facts: { previewed: total === null ? null : { total, at: clock.now() }, creation, ...wishes },
    });
  };

  const further = async (task: Task, toSend: number): Promise<FurtherOrder> => {
    const { asOf, bar } = await deps.gate.ask({ taskId: task.id, resuming: null });
    const calls = (leftOf(task) ?? 0) + toSend;
    const order = task.started ? 'pause_import_start' : 'import_start';
    const asks = calls > deps.startAskAbove;
    if (task.id !== '') return { order, calls, asks, asOf, judged: null };
    const metadata = deps.metadata.peek()?.metadata ?? null;
    const filled = { ...task, progress: { total: calls, done: 0, source: 'progress_bar' as const } };
    // How many are called is agreed to with the order.
    const readings = deps.board.all();
    const mates = readings.filter((reading) => reading.task.line.id === task.line.id);
    const conditions = { metadata, now: clock.now(), askAbove: Number.POSITIVE_INFINITY, mates };
    const judged = { preflight: preflight(filled, conditions), bar, estimate: estimateOf(filled, readings) };
    return { order, calls, asks, asOf, judged };
  };

  /** The task of a preview, which this person may give numbers to. Throws `AppError`. */
  const targetOf = async (
    person: PersonRef,
    channel: ChannelRef,
    into: ImportTarget,
  ): Promise<{ task: Task; creation: RunCreation | null }> => {
    if ('taskId' in into) {
      await deps.may(person, 'import', into.taskId);
      return { task: await deps.find(into.taskId), creation: null };
    }
    const { key, draft } = into.creation;
    await deps.may(person, 'create', null);
    await deps.may(person, 'import', null);
    const task = plannedTask(draft, deps.metadata.peek()?.metadata ?? null);
    return { task, creation: { key, raw: rawOf(draft), channel } };
  };

  return async ({ given, person, channel, wishes = { again: false, withoutRecent: false }, ...into }) => {
    const { task, creation } = await targetOf(person, channel, into);
    const mayStart = await deps.may(person, 'start', task.id === '' ? null : task.id).then(
      () => true,
      () => false,
    );
    const plan = planRun(deps, previewOf(task, creation, { person, channel, wishes }));
    const list = await deps.readList(given, plan.take).catch(async (thrown) => {
      // What stays because of this is deleted like a preview that nobody decides about.
      await plan.drop().catch(() => undefined);
      throw thrown;
    });
    const { rows, ready, rejected, repeated, skipped } = list;
    const counts = { rows, ready: ready.count, rejected: rejected.count, repeated, skipped };
    const isPreview = await plan.complete(counts);
    const { history, run } = plan;
    const shown = {
      task,
      list,
      history,
      recentDays: Math.round(deps.rules.recentMs / dayMs),
      batchSize: deps.batchSize,
    };
    if (!isPreview) return { ...shown, runId: null, further: null };
    return { ...shown, runId: run.id, further: mayStart ? await further(task, history.toSend) : null };
  };
}
