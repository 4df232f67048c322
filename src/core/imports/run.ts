import { AppError, toAppError } from '../errors.ts';
import type { ImportRun, LedgerBatch, RunFacts } from '../model/import-run.ts';
import { holding, type Lease } from '../time/leases.ts';
import { leaseOf, type OpenRun, type RunDeps } from './book.ts';
import { growthOf, settleDoubt, totalOf } from './doubt.ts';
import { nextStep, processed, type RunOutcome, requestsOf, resultOf } from './ledger.ts';
import { divided, doubt, type Ended, sendBatch } from './send-batch.ts';
import { canSettle, isBelieved, type TotalReading } from './totals.ts';

/** What is shown of a run while it is being sent. */
export type OnProgress = (run: ImportRun, done: number, total: number) => void;

/** How often the batches in doubt are looked at again when everything else is sent. */
const maxReviews = 3;

interface Begun {
  runId: string;
  place: string | null;
  /** Totals of the task that were read before, to judge the one that is read now by. */
  earlier: readonly TotalReading[];
  /** What is to be done around the sending. */
  order: Pick<RunFacts, 'pausing' | 'start'>;
}

/**
 * Sends a previewed run. Throws `AppError`: `already_sent` when the run was sent or discarded before, `held_elsewhere`
 * when another process sends it, `task_gone` and any error of reading the task (nothing is sent then, and the run can
 * be sent later), `not_paused` (the same), `store_failed` (it goes on later from where it was).
 */
export async function startRun(
  deps: RunDeps,
  { runId, place, earlier, order }: Begun,
  onProgress?: OnProgress,
): Promise<RunOutcome> {
  const { store, clock, log } = deps;
  const start = async (lease: Lease): Promise<RunOutcome> => {
    const run = await store.importRun(runId);
    if (run?.state !== 'preview') throw alreadySent();
    const total = await totalOf(deps.dialer, run.taskId);
    const now = clock.now();
    const base = total === null ? null : { total, believed: isBelieved(total, now, [run.facts.previewed, ...earlier]) };
    await store.noteRun(runId, { base, place, startedAt: now, ...order });
    if (!(await store.moveImport(runId, 'preview', 'running'))) throw alreadySent();
    await pausedFirst(deps, { ...run, facts: { ...run.facts, ...order } });
    log.info('import started', { run: run.id, task: run.taskId, ready: run.counts.ready, believed: base?.believed });
    return work(deps, runId, lease, onProgress);
  };
  return holding(deps, leaseOf(runId), start, () => {
    throw new AppError('held_elsewhere', 'another process is sending this import');
  });
}

/** Throws `not_paused` when the task could not be paused as was ordered: the run is a preview again then. */
async function pausedFirst({ store, around }: RunDeps, run: ImportRun): Promise<void> {
  const by = await around.pause(run);
  if (by === null || !(await store.moveImport(run.id, 'running', 'preview'))) return;
  throw new AppError('not_paused', `not paused: ${by.code}`, { details: by.details });
}

function alreadySent(): AppError {
  return new AppError('already_sent', 'this import was sent or discarded before');
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
      deps.log.info('import goes on', { run: run.id, task: run.taskId });
      return work(deps, runId, lease, onProgress);
    },
    () => null,
  );
}

async function work(deps: RunDeps, runId: string, lease: Lease, onProgress?: OnProgress): Promise<RunOutcome> {
  const { store, log } = deps;
  const run = await store.importRun(runId);
  if (run === null) throw alreadySent();
  const batches = await store.importLedger(runId);
  const sending: Sending = { ...deps, run: withBase(run, batches), batches, lease, onProgress };
  // An earlier process may have died before the task was paused.
  const by = run.state === 'running' ? await deps.around.pause(run) : null;
  const ended: Ended = by === null ? await sendAll(sending) : { as: 'halted', by };
  if (ended.as !== 'interrupted') {
    const by = ended.as === 'halted' ? ended.by : null;
    const haltedBy = by && { code: by.code, platformMessage: by.details.platformMessage ?? null };
    const grown = ended.as === 'finished' ? await growthOf(sending) : null;
    await store.noteRun(runId, { haltedBy, grown, reported: false });
    const isWhole = ended.as === 'finished' && batches.every(({ state }) => state !== 'unknown');
    // A cancellation wins: nothing is asked then.
    if (!(await store.moveImport(runId, 'running', isWhole ? 'done' : 'halted')))
      await store.moveImport(runId, 'cancelling', isWhole ? 'done' : 'stopped');
  }
  const now = (await store.importRun(runId)) ?? run;
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
  await deps.around.ended({ run: now, result });
  return deps.around.start({ run: now, result });
}

/** Of a run that an earlier release began, the batch that was being sent says what the total was. */
function withBase(run: ImportRun, batches: readonly LedgerBatch[]): ImportRun {
  const before = batches.find(({ state }) => state === 'sending')?.totalBefore ?? null;
  if (run.facts.base !== null || before === null) return run;
  const accepted = batches.reduce(
    (sum, { state, accepted, size }) => sum + (state === 'accepted' ? (accepted ?? size) : 0),
    0,
  );
  return { ...run, facts: { ...run.facts, base: { total: before - accepted, believed: true } } };
}

interface Sending extends OpenRun {
  lease: Lease;
  onProgress: OnProgress | undefined;
}

async function sendAll(sending: Sending): Promise<Ended> {
  const { run, batches, lease, stopping, onProgress } = sending;
  const inARow = { lost: 0, pauses: 0 };
  let settled = 0;
  for (let reviews = 0; ; ) {
    if (stopping?.aborted) return { as: 'interrupted' };
    if (!(await lease.isHeld())) throw new AppError('held_elsewhere', 'another process goes on with this import');
    reportProgress(sending, () => onProgress?.(run, processed(batches), sizeOf(batches)));
    const step = nextStep(batches);
    switch (step.kind) {
      case 'settle':
        if ((await settleDoubt(sending)) === 'open' && !stopping?.aborted) await doubt(sending, step.batch);
        break;
      case 'divide':
        await divided(sending, step.batch, null);
        break;
      case 'end':
        if (batches.every(({ state }) => state !== 'unknown') || reviews === maxReviews) return { as: 'finished' };
        reviews += 1;
        if ((await settleDoubt(sending)) === 'open') return { as: 'finished' };
        break;
      case 'send': {
        // Once for each batch in doubt: what this does not settle, later totals hardly will.
        const doubts = batches.filter(({ state }) => state === 'unknown').length;
        if (doubts > settled && canSettle(batches)) {
          if ((await settleDoubt(sending)) === 'open') settled = doubts;
          break;
        }
        settled = Math.min(settled, doubts);
        if (isOverdue(sending)) return { as: 'halted', by: new AppError('import_overdue', 'interrupted for too long') };
        const ended = await sendBatch(sending, step.batch, inARow);
        if (ended !== null) return ended;
      }
    }
  }
}

/** After so long nobody expects the calls any more, ms. */
const maxUnattendedMs = 12 * 3_600_000;

function isOverdue({ run, clock }: Sending): boolean {
  return clock.now() - (run.facts.startedAt ?? run.createdAt) > maxUnattendedMs;
}

function sizeOf(batches: readonly LedgerBatch[]): number {
  return batches.reduce((sum, { size }) => sum + size, 0);
}

function reportProgress({ log }: Pick<RunDeps, 'log'>, report: () => void): void {
  try {
    report();
  } catch (thrown) {
    log.warn('import progress could not be shown', { code: toAppError(thrown).code });
  }
}
