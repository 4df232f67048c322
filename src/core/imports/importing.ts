import type { May } from '../access/permission.ts';
import { AppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import { type ImportRun, importRun } from '../model/import-run.ts';
import type { NumberList } from '../model/numbers.ts';
import type { Task } from '../model/task.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import { leftOf } from '../tasks/preflight.ts';
import type { StartGate } from '../tasks/start-gate.ts';
import type { LeaseStore } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { CircumstancesOf } from '../watch/look.ts';
import type { Readings } from '../watch/ports.ts';
import { recordAction } from '../watch/record-action.ts';
import type { RunDeps } from './book.ts';
import { decide, type RunChoice } from './decide.ts';
import { errorRows } from './error-rows.ts';
import { type RunOutcome, resultOf } from './ledger.ts';
import { createOrders, isStartPending, type Ordered, orderFacts, type RunOrder } from './order.ts';
import { type ListHistory, planRun } from './plan.ts';
import type { GiveErrorFile, Imports, KnownNumbers, ReadList } from './ports.ts';
import type { ListToRead } from './read.ts';
import { conclude, type Reporting, resumeImports } from './resume.ts';
import { continueRun, type OnProgress, startRun } from './run.ts';
import { createShowing } from './showing.ts';
import type { TotalReading } from './totals.ts';
import type { Wishes } from './withhold.ts';

interface ImportRequest extends Asker {
  taskId: string;
  given: ListToRead;
}

/** Who asks for a preview, and where. */
interface Asker {
  person: PersonRef;
  channel: ChannelRef;
  /** Absent: what was sent to this task before is left out, what was sent elsewhere lately is not. */
  wishes?: Wishes;
}

/** What would be sent. `runId` is null when no number is. */
interface ImportPreview {
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
}

/** A prepared run, and the person who asks for something to be done with it. */
interface RunOfPerson {
  runId: string;
  person: PersonRef;
}

interface SendRequest extends RunOfPerson {
  /** Where the progress is shown, so that it goes on there after a restart. */
  place: string | null;
  /** What else is to be done; null for nothing. */
  ordered?: Ordered | null;
  /** Called once the store has it: from then on it goes on by itself, whatever happens to this process. */
  confirmed?: () => void;
}

export interface ImportUseCases {
  /**
   * Reads a list of numbers and plans its run; nothing is sent. Throws `AppError`: `task_gone`, a `file_…` code,
   * `reader_busy`, `numbers_key_wrong`, and any error of reading the task or downloading the list.
   */
  preview(request: ImportRequest): Promise<ImportPreview>;
  /**
   * Sends a run that this person prepared, once: a second call for it throws `already_sent` or `held_elsewhere`, one by
   * somebody else `not_yours`. Call `conclude` when its result is shown.
   * The start that is ordered with it is tried once, when everything is settled and nobody has paused the task
   * meanwhile, by the preflight and with the permission of that moment. `not_paused`: nothing was sent, and it can be
   * sent later.
   */
  send(request: SendRequest, onProgress: OnProgress): Promise<RunOutcome>;
  /** Gives a preview up, if this person prepared it; nothing happens otherwise. */
  discard(request: RunOfPerson): Promise<void>;
  /** The result of a run was shown: what is left of it is delivered, and its numbers are deleted. */
  conclude(runId: string): Promise<void>;
  /** The newest runs, of one task or of all. */
  runs(taskId: string | null): Promise<RunOutcome[]>;
  /**
   * What a person decides about a run. `already_decided` when it is over, or someone else was first; `held_elsewhere`
   * while it is being sent.
   */
  decide(
    request: RunOfPerson & { choice: RunChoice; place: string | null },
    onProgress: OnProgress,
  ): Promise<RunOutcome>;
  /**
   * Gives the person of a run what could not be sent so far. Throws `not_yours`, and `already_decided` when its numbers
   * are deleted already.
   */
  errorFile(request: RunOfPerson): Promise<void>;
  /** Goes on with what was interrupted, and notifies people. */
  resume(reporting: Reporting, readable?: (taskId: string) => boolean): Promise<void>;
}

export interface ImportDeps extends Omit<RunDeps, 'around'> {
  store: Imports & KnownNumbers & Readings & LeaseStore & AudienceStore;
  board: Board;
  may: May;
  readList: ReadList;
  giveErrorFile: GiveErrorFile;
  newId(): string;
  changed(): void;
  tasks: Pick<TaskUseCases, 'start' | 'pause'>;
  /** A start that would call more numbers than this asks first. */
  startAskAbove: number;
  gate: StartGate;
  /** The task, read from the platform. Throws `AppError`. */
  find(taskId: string): Promise<Task>;
  /** What is known of a task's redial rule and quiet hours; as for polls. */
  circumstancesOf?: CircumstancesOf;
}

const dayMs = 24 * 3_600_000;

/** How many runs are listed. */
const maxListed = 10;

export function createImportUseCases(given: ImportDeps): ImportUseCases {
  const { store, clock } = given;

  /** What is announced of a run that was sent: by whom the task got its numbers. */
  const recorded = async (outcome: RunOutcome): Promise<void> => {
    const { taskId, person } = outcome.run;
    const task = (await given.dialer.list().catch(() => [])).find(({ id }) => id === taskId);
    const { accepted: count } = outcome.result;
    if (task !== undefined) await recordAction(given, task, { person, action: 'imported', at: clock.now(), count });
    given.changed();
  };
  const showing = createShowing(given);
  const deps = { ...given, around: { ...createOrders(given), ended: recorded }, isShownHere: showing.isHere };

  /** Totals that were seen before the run was even prepared. */
  const seenBefore = (taskId: string): TotalReading[] => {
    const reading = deps.board.get(taskId);
    const total = reading?.task.progress?.total;
    return reading === null || total === undefined ? [] : [{ total, at: reading.takenAt }];
  };

  const previewOf = (task: Task, { person, channel, wishes }: Required<Asker>): ImportRun => {
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
      facts: { previewed: total === null ? null : { total, at: clock.now() }, ...wishes },
    });
  };

  const permitted = async ({ runId, person }: RunOfPerson): Promise<ImportRun> => {
    const run = await store.importRun(runId);
    if (run === null) throw new AppError('already_sent', 'there is no such import');
    await deps.may(person, 'import', run.taskId);
    return run;
  };

  const further = async (task: Task, toSend: number): Promise<FurtherOrder> => {
    const { asOf } = await deps.gate.ask({ taskId: task.id, resuming: null });
    const calls = (leftOf(task) ?? 0) + toSend;
    const order = task.started ? 'pause_import_start' : 'import_start';
    return { order, calls, asks: calls > deps.startAskAbove, asOf };
  };

  return {
    async preview({ taskId, given, person, channel, wishes = { again: false, withoutRecent: false } }) {
      await deps.may(person, 'import', taskId);
      const task = await deps.find(taskId);
      const mayStart = await deps.may(person, 'start', taskId).then(
        () => true,
        () => false,
      );
      const plan = planRun(deps, previewOf(task, { person, channel, wishes }));
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
    },

    async send({ runId, person, ordered = null, ...request }, onProgress) {
      const prepared = await store.importRun(runId);
      if (prepared !== null) {
        if (prepared.person !== person) throw new AppError('not_yours', 'another person prepared this import');
        await deps.may(person, 'import', prepared.taskId);
      }
      const earlier = prepared === null ? [] : seenBefore(prepared.taskId);
      const started = { runId, earlier, order: orderFacts(ordered), ...request };
      return showing.sending(runId, () => startRun(deps, started, onProgress));
    },

    async discard({ runId, person }) {
      if ((await store.importRun(runId))?.person !== person) return;
      if (await store.moveImport(runId, 'preview', 'discarded')) await store.forgetEntries(runId);
    },

    async conclude(runId) {
      const run = await store.importRun(runId);
      const isOver = run !== null && run.state !== 'running' && run.state !== 'cancelling' && !isStartPending(run);
      if (isOver) await store.noteRun(runId, { reported: true });
      await showing.shown(runId);
      if (isOver) await conclude(deps, runId);
    },

    async runs(taskId) {
      const runs = await store.importRuns({ taskId, limit: maxListed });
      return Promise.all(runs.map(async (run) => ({ run, result: resultOf(run, await store.importLedger(run.id)) })));
    },

    async decide({ runId, person, choice, place }, onProgress) {
      const run = await permitted({ runId, person });
      const { asOf } = await deps.gate.ask({ taskId: run.taskId, resuming: null });
      await decide(deps, run, choice, { place, asOf });
      const send = () => continueRun(deps, runId, onProgress);
      // Somebody else's run is reported to its person as well.
      const outcome = await (run.person === person ? showing.sending(runId, send) : send());
      if (outcome !== null) return outcome;
      const now = (await store.importRun(runId)) ?? run;
      return { run: now, result: resultOf(now, await store.importLedger(runId)) };
    },

    async errorFile({ runId, person }) {
      const run = await permitted({ runId, person });
      if (run.person !== person) throw new AppError('not_yours', 'another person prepared this import');
      const isOpen = (await store.openImports()).some(({ id }) => id === runId);
      if (!isOpen) throw new AppError('already_decided', 'the numbers of this import are deleted');
      await deps.giveErrorFile(run, errorRows(store, run, await store.importLedger(runId)));
    },

    resume: (reporting, readable) => resumeImports(deps, reporting, readable),
  };
}
