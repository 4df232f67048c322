import { AppError, toAppError } from '../errors.ts';
import type { ImportBatch, ImportRun } from '../model/import-run.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import { listedTask } from '../tasks/listed-task.ts';
import { holding, type Lease, type LeaseSpec, type LeaseStore } from '../time/leases.ts';
import { type Patience, patiently } from '../time/waiting.ts';
import type { Imports } from './ports.ts';

export interface RunDeps {
  store: Imports & LeaseStore;
  dialer: Dialer;
  clock: Clock;
  log: Log;
  /** Aborted when the process stops: the batch in progress is finished, the rest remains unsent. */
  stopping?: AbortSignal;
}

/** The result of a run. All figures are numbers of the list, except `accepted`. */
export interface ImportResult {
  /** How far the task's total grew by what was sent; null when the platform gave no total for part of it. */
  accepted: number | null;
  ready: number;
  /** By the platform's message; null where it gave none. */
  refused: { count: number; message: string | null }[];
  /** Sent, with unknown outcome. Never sent again. */
  unknown: number;
  /** Never sent, because the run stopped earlier. */
  unsent: number;
  /** Something is unknown or was not sent. */
  stopped: boolean;
  /** Why the run ended early, if known: beyond the platform's messages in `refused`. */
  endedBy?: AppError;
}

/** Waits per batch when the platform rate-limits us; the usual wait applies when it does not say how long, ms. */
const patience: Patience = { maxWaits: 5, maxWaitMs: 60_000 };
const usualWaitMs = 5_000;

/** A killed process stops renewing; after this, another may settle its run, ms. */
const leaseMs = 30_000;

/** The lease to send or settle a run: only its holder works on the run. */
export function leaseOf(runId: string): LeaseSpec {
  return { name: `import:${runId}`, owner: crypto.randomUUID(), ttlMs: leaseMs };
}

/**
 * Sends a previewed run: its batches in order, each exactly once. The ledger says `sending` before a request leaves, so
 * that after a crash nothing is sent twice. A batch whose content the platform rejects is recorded and the next one
 * sent; a rate-limited one took no effect and is sent again; any other refusal, and any unknown outcome, ends the run.
 * The numbers are then deleted.
 *
 * Throws `AppError`: `already_sent` when the run was sent or discarded before, `held_elsewhere` when another process is
 * sending it or has settled it meanwhile, `task_gone` and any error of reading the task (nothing is sent then, and the
 * run can be sent later), `store_failed` (the run is left to `resumeImports`).
 * @param onProgress receives the count of numbers processed so far, after each batch.
 */
export async function runImport(
  deps: RunDeps,
  runId: string,
  onProgress?: (run: ImportRun, sent: number) => void,
): Promise<ImportResult & { run: ImportRun }> {
  const { store, log } = deps;
  const send = async ({ isHeld }: Lease): Promise<ImportResult & { run: ImportRun }> => {
    const run = await store.importRun(runId);
    if (run?.state !== 'preview') throw alreadySent();
    const total = await totalOf(deps.dialer, run.taskId);
    if (!(await store.moveImport(runId, 'preview', 'running'))) throw alreadySent();

    const batches = await store.importBatches(runId);
    log.info('import started', { run: runId, task: run.taskId, batches: batches.length });
    const endedBy = await sendAll(deps, { run, batches, total, isHeld, onProgress });
    return { run, ...(await endRun(deps, run, batches)), ...(endedBy && { endedBy }) };
  };
  return holding(deps, leaseOf(runId), send, () => {
    throw new AppError('held_elsewhere', 'another process is sending this import');
  });
}

function alreadySent(): AppError {
  return new AppError('already_sent', 'this import was sent or discarded before');
}

/** Numbers currently in the task; null when the platform gives no total. */
export async function totalOf(dialer: Dialer, taskId: string): Promise<number | null> {
  const task = await listedTask(dialer, taskId);
  return (await dialer.progress(taskId))?.total ?? task.progress?.total ?? null;
}

interface Sending {
  run: ImportRun;
  /** Updated along with the ledger. */
  batches: ImportBatch[];
  total: number | null;
  isHeld(): Promise<boolean>;
  onProgress: ((run: ImportRun, sent: number) => void) | undefined;
}

/** Returns what ended the run before its last batch was accepted; null when nothing did. */
async function sendAll(deps: RunDeps, { run, batches, total, isHeld, onProgress }: Sending): Promise<AppError | null> {
  let totalBefore = total;
  let sent = 0;
  for (const batch of batches) {
    if (deps.stopping?.aborted) return null;
    if (!(await isHeld())) throw new AppError('held_elsewhere', 'another process has settled this import');
    await note(deps.store, batch, { state: 'sending', totalBefore });
    const outcome = await sendPatiently(deps, run.taskId, batch, totalBefore);
    if (outcome.kind === 'done') {
      await note(deps.store, batch, { state: 'accepted', accepted: outcome.value.accepted, message: null });
      totalBefore = outcome.value.totalAfter;
    } else {
      const { code, details } = outcome.error;
      deps.log.warn('import batch not accepted', { run: run.id, batch: batch.ordinal, outcome: outcome.kind, code });
      const state = outcome.kind === 'refused' ? 'refused' : 'unknown';
      await note(deps.store, batch, { state, message: details.platformMessage ?? null });
      // Only after a refusal of this batch's content can the next one still succeed.
      if (state === 'unknown' || code !== 'platform_rejected') return outcome.error;
    }
    sent += batch.entries.length;
    reportProgress(deps.log, () => onProgress?.(run, sent));
  }
  return null;
}

/** Sends one batch; when rate-limited, the platform has accepted nothing, so the batch is sent again after the wait. */
async function sendPatiently(
  { dialer, clock, log, stopping }: RunDeps,
  taskId: string,
  batch: ImportBatch,
  totalBefore: number | null,
): ReturnType<Dialer['importNumbers']> {
  return patiently(
    clock,
    { ...patience, signal: stopping },
    () => dialer.importNumbers(taskId, batch.entries, totalBefore),
    (outcome) => {
      if (outcome.kind !== 'refused' || outcome.error.code !== 'platform_rate_limited') return null;
      const ms = outcome.error.details.retryAfterMs ?? usualWaitMs;
      log.info('the platform rate-limits an import', { run: batch.runId, batch: batch.ordinal, ms });
      return ms;
    },
  );
}

/** Writes the ledger first: memory is never ahead of what a restart would find. */
async function note(store: Imports, batch: ImportBatch, change: Parameters<Imports['updateBatch']>[2]): Promise<void> {
  await store.updateBatch(batch.runId, batch.ordinal, change);
  Object.assign(batch, change);
}

function reportProgress(log: Log, report: () => void): void {
  try {
    report();
  } catch (thrown) {
    log.warn('import progress could not be shown', { code: toAppError(thrown).code });
  }
}

/** Ends a run in the state its batches are in, and deletes the numbers. */
export async function endRun(
  { store, log }: Pick<RunDeps, 'store' | 'log'>,
  run: ImportRun,
  batches: readonly ImportBatch[],
): Promise<ImportResult> {
  const result = resultOf(batches);
  await store.moveImport(run.id, 'running', result.stopped ? 'stopped' : 'done');
  await store.forgetEntries(run.id);
  log.info('import ended', {
    run: run.id,
    task: run.taskId,
    ready: result.ready,
    accepted: result.accepted,
    refused: result.refused.reduce((sum, { count }) => sum + count, 0),
    unknown: result.unknown,
    unsent: result.unsent,
  });
  return result;
}

/** @param batches with their entries, before those are deleted. A batch still `sending` counts as unknown. */
function resultOf(batches: readonly ImportBatch[]): ImportResult {
  const result: ImportResult = { accepted: 0, ready: 0, refused: [], unknown: 0, unsent: 0, stopped: false };
  for (const { entries, state, accepted, message } of batches) {
    const count = entries.length;
    result.ready += count;
    if (state === 'accepted')
      result.accepted = result.accepted === null || accepted === null ? null : result.accepted + accepted;
    else if (state === 'planned') result.unsent += count;
    else if (state === 'refused') addRefused(result.refused, count, message);
    else result.unknown += count;
  }
  return { ...result, stopped: result.unknown > 0 || result.unsent > 0 };
}

function addRefused(refused: ImportResult['refused'], count: number, message: string | null): void {
  const same = refused.find((entry) => entry.message === message);
  if (same) same.count += count;
  else refused.push({ count, message });
}
