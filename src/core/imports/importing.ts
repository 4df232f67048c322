import { AppError, toAppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { ImportRun } from '../model/import-run.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import type { Submissions } from '../tasks/ports.ts';
import type { Days } from '../time/days.ts';
import type { LeaseStore } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { CircumstancesOf } from '../watch/look.ts';
import type { Readings, RecordWriter } from '../watch/ports.ts';
import type { Recorder } from '../watch/record.ts';
import { recordAction } from '../watch/record-action.ts';
import { decide, type RunChoice } from './decide.ts';
import { errorRows } from './error-rows.ts';
import { abandon, type LaunchResult, launchRun } from './launch.ts';
import { type RunOutcome, resultOf } from './ledger.ts';
import { createOrders, isStartPending, type Ordered, orderFacts } from './order.ts';
import type { GiveErrorFile, Imports, KnownNumbers } from './ports.ts';
import { createPreview, type ImportPreview, type ImportRequest, type PreviewDeps } from './preview.ts';
import { conclude, type Reporting, resumeImports } from './resume.ts';
import { continueRun, type OnProgress, startRun } from './run.ts';
import { createShowing } from './showing.ts';
import { recordUnseen, tallyOfImport } from './tally.ts';
import type { TotalReading } from './totals.ts';

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

/** `channel` is to watch the task. */
type LaunchRequest = RunOfPerson & { place: string | null; channel: ChannelRef; ordered: Ordered | null };

export interface ImportUseCases {
  /**
   * Reads a list of numbers and plans its run; nothing is sent. Throws `AppError`: `task_gone`, a `file_…` code,
   * `reader_busy`, `numbers_key_wrong`, and any error of reading the task or downloading the list.
   */
  preview(request: ImportRequest): Promise<ImportPreview>;
  /**
   * Sends a run that this person prepared, once: a second call for it throws `already_sent` or `held_elsewhere`, one by
   * someone else `not_yours`. Call `conclude` when its result is shown.
   * The start that is ordered with it is tried once, when everything is settled and nobody has paused the task
   * meanwhile, by the preflight and with the permission of that moment. `not_paused`: nothing was sent, and it can be
   * sent later.
   */
  send(request: SendRequest, onProgress: OnProgress): Promise<RunOutcome>;
  /**
   * Creates the task of a run that this person prepared, imports the numbers and starts the task where that is ordered,
   * each once. Throws as `send`, and only while nothing was confirmed; call `conclude` when the result of a launch is
   * shown.
   */
  launch(request: LaunchRequest, onProgress: OnProgress): Promise<LaunchResult>;
  /** No task came of the form of this key: deletes the numbers that waited for it. Never throws. */
  abandon(request: { key: string; person: PersonRef }): Promise<void>;
  /** Whether a run was confirmed: then it goes on by itself and reports to its person. Throws `store_failed`. */
  isConfirmed(runId: string): Promise<boolean>;
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

export interface ImportDeps extends Omit<PreviewDeps, 'around'> {
  store: Imports &
    KnownNumbers &
    Readings &
    RecordWriter &
    LeaseStore &
    AudienceStore &
    Pick<Submissions, 'submission'>;
  board: Board;
  giveErrorFile: GiveErrorFile;
  changed(): void;
  tasks: Pick<TaskUseCases, 'create' | 'start' | 'pause'>;
  /** What is known of a task's redial rule and quiet hours; as for polls. */
  circumstancesOf?: CircumstancesOf;
  /** Keeps the record of what happened to tasks, by days; absent: none is kept. */
  recorder?: Recorder;
  days?: Days;
}

/** How many runs are listed. */
const maxListed = 10;

export function createImportUseCases(given: ImportDeps): ImportUseCases {
  const { store, clock } = given;

  /** What is announced of a run that was sent: by whom the task got its numbers. */
  const recorded = async (outcome: RunOutcome): Promise<void> => {
    const { taskId, person } = outcome.run;
    const task = (await given.dialer.list().catch(() => [])).find(({ id }) => id === taskId);
    const { accepted: count } = outcome.result;
    const at = clock.now();
    const list = tallyOfImport(outcome);
    if (task !== undefined) await recordAction(given, task, { person, action: 'imported', at, count, list });
    else if (given.days !== undefined) await recordUnseen(given, outcome.run, { at, list, days: given.days });
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

  const permitted = async ({ runId, person }: RunOfPerson): Promise<ImportRun> => {
    const run = await store.importRun(runId);
    if (run === null) throw new AppError('already_sent', 'there is no such import');
    await deps.may(person, 'import', run.taskId);
    return run;
  };

  return {
    preview: createPreview(deps),

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

    async launch({ runId, person, place, channel, ordered }, onProgress) {
      const prepared = await store.importRun(runId);
      if (prepared !== null && prepared.person !== person)
        throw new AppError('not_yours', 'another person prepared this import');
      await deps.may(person, 'import', null);
      const launch = { runId, place, channel, order: orderFacts(ordered) };
      let result: LaunchResult | null = null;
      await showing.sending(runId, async () => {
        result = await launchRun(deps, launch, onProgress);
        return result.kind === 'launched' ? result.outcome : null;
      });
      return result ?? { kind: 'in_progress' };
    },

    abandon: (request) =>
      abandon(store, request).catch((thrown) =>
        given.log.warn('numbers without a task could not be deleted', { code: toAppError(thrown).code }),
      ),

    async isConfirmed(runId) {
      const run = await store.importRun(runId);
      return run !== null && run.state !== 'preview' && run.state !== 'discarded';
    },

    async discard({ runId, person }) {
      if ((await store.importRun(runId))?.person !== person) return;
      if (await store.moveImport(runId, 'preview', 'discarded')) await store.forgetEntries(runId);
    },

    async conclude(runId) {
      const run = await store.importRun(runId);
      const isOver = run !== null && !['awaiting', 'running', 'cancelling'].includes(run.state) && !isStartPending(run);
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
      // Someone else's run is reported to its person as well.
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
