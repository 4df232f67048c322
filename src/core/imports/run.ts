import { AppError, toAppError } from '../errors.ts';
import type { ImportRun, LedgerBatch, RunFacts } from '../model/import-run.ts';
import { holding, type Lease } from '../time/leases.ts';
import { recordLast } from './ahead.ts';
import { isUntouched, noteBase, withBase } from './base.ts';
import { isOverdue, leaseOf, type OpenRun, type RunDeps, recovered } from './book.ts';
import { isConfirmed } from './confirmed.ts';
import { growthOf, settleDoubt } from './doubt.ts';
import { nextStep, processed, type RunOutcome, requestsOf, resultOf } from './ledger.ts';
import { inTurn } from './one-at-a-time.ts';
import { isOutage, outlasting, type RunWait } from './outage.ts';
import { divided, doubt, type Ended, passing, sendBatch } from './send-batch.ts';
import { canSettle, type TotalReading } from './totals.ts';

/** What is shown of a run while it is being sent; `wait` is what it waits for. */
export type OnProgress = (run: ImportRun, done: number, total: number, wait?: RunWait) => void;

/** What a person gives when they confirm a run. */
interface Confirmation {
  runId: string;
  /** Where its progress is shown. */
  place: string | null;
  /** Totals of the task that were read before, to judge the one that is read now by. */
  earlier: readonly TotalReading[];
  /** What is to be done around the sending. */
  order: Pick<RunFacts, 'pausing' | 'start'>;
  /** Called once the store has the confirmation: from then on the run goes on by itself, whatever happens. */
  confirmed?: () => void;
}

/** How often the batches in doubt are looked at again when everything else is sent. */
const maxReviews = 3;

/**
 * Sends a previewed run. A store that fails meanwhile is waited for; when that takes too long, the outcome says that the
 * run continues, as a later poll goes on with it. Throws `AppError`: `already_sent` when the run was sent or discarded
 * before, `held_elsewhere` when another process sends it, `task_gone` and any error of reading the task (nothing is sent
 * then, and the run can be sent later), `not_paused` (the same), `store_failed` when it could not be confirmed.
 */
export async function startRun(
  deps: RunDeps,
  { runId, place, earlier, order, confirmed }: Confirmation,
  onProgress?: OnProgress,
): Promise<RunOutcome> {
  const { store, clock } = deps;
  const start = async (lease: Lease): Promise<RunOutcome> => {
    const run = await store.importRun(runId);
    if (run?.state !== 'preview') throw alreadySent();
    const noted = { place, startedAt: clock.now(), ...order };
    await store.noteRun(runId, noted);
    const confirmedRun: ImportRun = { ...run, state: 'running', facts: { ...run.facts, ...noted } };
    const sending = openRun(deps, { run: confirmedRun, lease, onProgress });
    if (!(await isConfirmed(sending, 'running'))) throw alreadySent();
    confirmed?.();
    const act = async (): Promise<RunOutcome> => {
      const error = await prepared(sending, earlier);
      // Nothing was sent, so it can be confirmed again; unless it was cancelled meanwhile.
      if (error !== null && (await outlasting(sending, () => store.moveImport(runId, 'running', 'preview'))))
        throw error;
      return work(sending);
    };
    return (await inTurn(sending, act, () => isWaiting(sending))) ?? notItsTurn(sending);
  };
  return holding(deps, leaseOf(runId), start, () => {
    throw new AppError('held_elsewhere', 'another process is sending this import');
  });
}

/** Whether a run still waits for its turn, behind another one into the same task. */
async function isWaiting(sending: Sending): Promise<boolean> {
  const { store, run, stopping, lease } = sending;
  if (stopping?.aborted || !(await lease.isHeld())) return false;
  return (await outlasting(sending, () => store.importRun(run.id)))?.state === 'running';
}

/** Nothing of it was sent: it is ended where someone wanted that, else a later poll goes on with it. */
async function notItsTurn(sending: Sending): Promise<RunOutcome> {
  const { store, run, batches } = sending;
  batches.push(...(await outlasting(sending, () => store.importLedger(run.id))));
  await outlasting(sending, () => store.moveImport(run.id, 'cancelling', 'stopped'));
  const now = (await outlasting(sending, () => store.importRun(run.id))) ?? run;
  return { run: now, result: resultOf(now, batches) };
}

function alreadySent(): AppError {
  return new AppError('already_sent', 'this import was sent or discarded before');
}

/** What has to be before the first batch; why it is not. What the store could not do now is done while sending. */
async function prepared(sending: Sending, earlier: readonly TotalReading[]): Promise<AppError | null> {
  try {
    await noteBase(sending, earlier);
    const by = await sending.around.pause(sending.run);
    return by === null || isOutage(by) ? null : notPaused(by);
  } catch (thrown) {
    const error = toAppError(thrown);
    return isOutage(error) ? null : error;
  }
}

function notPaused(by: AppError): AppError {
  return new AppError('not_paused', `not paused: ${by.code}`, { details: by.details });
}

/** Goes on with a run from where its ledger says it was; null when another process does, or nothing is left to do. */
export async function continueRun(deps: RunDeps, runId: string, onProgress?: OnProgress): Promise<RunOutcome | null> {
  return holding(
    deps,
    leaseOf(runId),
    async (lease) => {
      // Read again: its process may have ended it between the query and the lease.
      const run = await deps.store.importRun(runId);
      if (run === null || !['running', 'cancelling'].includes(run.state)) return null;
      const sending = openRun(deps, { run, lease, onProgress });
      // Behind another run it would hold up those after it: a later poll asks again.
      return inTurn(
        sending,
        () => {
          deps.log.info('import goes on', { run: run.id, task: run.taskId });
          return work(sending);
        },
        async () => false,
      );
    },
    () => null,
  );
}

interface Sending extends OpenRun {
  onProgress: OnProgress | undefined;
}

function openRun(
  deps: RunDeps,
  { run, lease, onProgress }: Pick<Sending, 'run' | 'lease'> & { onProgress: OnProgress | undefined },
): Sending {
  const sending: Sending = {
    ...deps,
    run,
    batches: [],
    lease,
    onProgress,
    waits: (what) => showProgress(sending, what),
  };
  return sending;
}

async function work(sending: Sending): Promise<RunOutcome> {
  const { store, log, run, batches } = sending;
  let now: ImportRun;
  try {
    batches.push(...(await outlasting(sending, () => store.importLedger(run.id))));
    await end(sending, await sendPatiently(sending));
    now = (await outlasting(sending, () => store.importRun(run.id))) ?? run;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!isOutage(error)) throw error;
    // A later poll goes on with it.
    log.warn('an import was interrupted by the store', { run: run.id, reason: error.message });
    now = sending.run;
  }
  const result = resultOf(now, batches);
  log.info('import ended', {
    run: run.id,
    task: run.taskId,
    state: result.state,
    ready: result.ready,
    accepted: result.accepted,
    refused: result.refused.reduce((sum, { count }) => sum + count, 0),
    unknown: result.unknown,
    unsent: result.unsent,
    requests: requestsOf(batches),
  });
  await sending.around.ended({ run: now, result });
  return sending.around.start({ run: now, result });
}

/** Writes down how the sending ended. */
async function end(sending: Sending, ended: Ended): Promise<void> {
  const { store, run, batches } = sending;
  if (ended.as === 'interrupted') return;
  const by = ended.as === 'halted' ? ended.by : null;
  const haltedBy = by && { code: by.code, platformMessage: by.details.platformMessage ?? null };
  const grown = ended.as === 'finished' ? await growthOf(sending) : null;
  await outlasting(sending, () => store.noteRun(run.id, { haltedBy, grown, reported: false }));
  const isWhole = ended.as === 'finished' && batches.every(({ state }) => state !== 'unknown');
  await outlasting(sending, async () => {
    // A cancellation wins: nothing is asked then.
    if (!(await store.moveImport(run.id, 'running', isWhole ? 'done' : 'halted')))
      await store.moveImport(run.id, 'cancelling', isWhole ? 'done' : 'stopped');
  });
}

/** So often the store may fail without a number sent in between, and for so long, ms: then it is no outage that passes. */
const maxOutages = { times: 5, ms: 10 * 60_000 };

/** Sends all, and waits for the store where it fails. */
async function sendPatiently(sending: Sending): Promise<Ended> {
  const { batches, clock, stopping } = sending;
  let times = 0;
  let last = { done: 0, at: clock.elapsed() };
  for (;;) {
    try {
      return await sendAll(sending);
    } catch (thrown) {
      const error = toAppError(thrown);
      const done = processed(batches);
      times = done > last.done ? 1 : times + 1;
      if (times === 1) last = { done, at: clock.elapsed() };
      const isTooLong = times > maxOutages.times || clock.elapsed() - last.at >= maxOutages.ms;
      if (!isOutage(error) || stopping?.aborted || isTooLong) throw error;
      await recovered(sending);
    }
  }
}

/** Reads the total of a run that was confirmed by a process that then died. How it ends when that cannot be done. */
async function withoutBase(sending: Sending): Promise<Ended | null> {
  if (isOverdue(sending)) return overdue();
  try {
    await noteBase(sending, []);
    return null;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isOutage(error)) throw error;
    return passing.has(error.code) ? { as: 'interrupted' } : { as: 'halted', by: error };
  }
}

async function sendAll(sending: Sending): Promise<Ended> {
  const { store, batches, lease, stopping, around } = sending;
  const run = await store.importRun(sending.run.id);
  if (run === null) throw alreadySent();
  sending.run = withBase(run, batches);
  // An earlier process may have died before the task was paused.
  const by = run.state === 'running' ? await around.pause(run) : null;
  if (by !== null && isOutage(by)) throw by;
  if (by !== null) return { as: 'halted', by: notPaused(by) };
  if (isUntouched(sending)) {
    const ended = await withoutBase(sending);
    if (ended !== null) return ended;
  }
  await recordLast(sending);
  const inARow = { lost: 0, pauses: 0 };
  let settled = 0;
  for (let reviews = 0; ; ) {
    if (stopping?.aborted) return { as: 'interrupted' };
    if (!(await lease.isHeld())) throw new AppError('held_elsewhere', 'another process goes on with this import');
    showProgress(sending);
    const step = nextStep(batches);
    switch (step.kind) {
      case 'settle':
        // What one look does not settle is settled with a batch that is sent after it.
        if (!(await settleDoubt(sending, { once: true })) && !stopping?.aborted) await doubt(sending, step.batch);
        break;
      case 'divide':
        await divided(sending, step.batch, null);
        break;
      case 'end':
        if (batches.every(({ state }) => state !== 'unknown') || reviews === maxReviews) return { as: 'finished' };
        reviews += 1;
        if (!(await settleDoubt(sending))) return { as: 'finished' };
        break;
      case 'send': {
        // Once for each batch in doubt: what this does not settle, later totals hardly will.
        const doubts = batches.filter(({ state }) => state === 'unknown').length;
        if (doubts > settled && canSettle(batches)) {
          if (!(await settleDoubt(sending))) settled = doubts;
          break;
        }
        settled = Math.min(settled, doubts);
        if (isOverdue(sending)) return overdue();
        const apart = doubts > settled;
        const ended = await sendBatch(sending, step.batch, {
          inARow,
          apart,
          progress: () => showProgress(sending),
        });
        if (ended !== null) return ended;
      }
    }
  }
}

function overdue(): Ended {
  return { as: 'halted', by: new AppError('import_overdue', 'interrupted for too long') };
}

function sizeOf(batches: readonly LedgerBatch[]): number {
  return batches.reduce((sum, { size }) => sum + size, 0);
}

function showProgress({ log, run, batches, onProgress }: Sending, wait?: RunWait): void {
  try {
    onProgress?.(run, processed(batches), sizeOf(batches), wait);
  } catch (thrown) {
    log.warn('import progress could not be shown', { code: toAppError(thrown).code });
  }
}
