import { AppError, toAppError } from '../errors.ts';
import type { Clock, Dialer, ImportBatch, ImportRun, Log, Store } from '../ports.ts';
import { holdRun } from './hold.ts';

export interface RunDeps {
  store: Store;
  dialer: Dialer;
  clock: Clock;
  log: Log;
  /** Aborted when the process stops: the batch under way is finished, the rest stays unsent. */
  stopping?: AbortSignal;
}

/** What a run came to. All figures are numbers of the list, except `accepted`. */
export interface ImportResult {
  /** How far the task's total grew by what was sent; null when the platform gave no total for some of it. */
  accepted: number | null;
  ready: number;
  /** By the platform's words; null where it said nothing. */
  refused: { count: number; message: string | null }[];
  /** Sent, and nobody knows whether they arrived. Never sent again. */
  unknown: number;
  /** Never sent, because the run stopped before. */
  unsent: number;
  /** Something is unknown or was not sent. */
  stopped: boolean;
  /** Why the run ended early, where that is known: more than the words of the platform that stand with `refused`. */
  endedBy?: AppError;
}

/** A platform that asks for fewer requests is obeyed so often for one batch, and each time for so long at most, ms. */
const mostWaits = 5;
const longestWaitMs = 60_000;
const usualWaitMs = 5_000;

/**
 * Sends a run that was shown before: its batches in order, each exactly once. The ledger says `sending` before a
 * request leaves, so that after a crash nothing is sent twice. A batch whose content the platform rejects is recorded
 * and the next one sent; one that comes too fast took no effect and is sent again when asked; any other refusal, and any unknown outcome, ends the run. The numbers are then forgotten.
 *
 * Throws `AppError`: `outcome_unknown` when the run was sent or discarded before or somebody else is sending it,
 * `task_gone` and whatever reading the task throws (nothing is sent then, and the run can be sent later), `store_failed`
 * (the run is left to `resumeImports`).
 * @param onProgress numbers dealt with so far, and in all, after each batch.
 */
export async function runImport(
  deps: RunDeps,
  runId: string,
  onProgress?: (sent: number, total: number) => void,
): Promise<ImportResult> {
  const { store, log } = deps;
  const hold = await holdRun(deps, runId);
  if (hold === null) throw new AppError('outcome_unknown', 'this import is being sent by another process');
  try {
    const run = await store.importRun(runId);
    if (run?.state !== 'preview') throw sentBefore();
    const total = await totalOf(deps.dialer, run.taskId);
    if (!(await store.moveImport(runId, 'preview', 'running'))) throw sentBefore();

    const batches = await store.importBatches(runId);
    log.info('import started', { run: runId, task: run.taskId, batches: batches.length });
    const endedBy = await sendAll(deps, { run, batches, total, isHeld: hold.isHeld, onProgress });
    return { ...(await endRun(deps, run, batches)), ...(endedBy && { endedBy }) };
  } finally {
    await hold.release();
  }
}

function sentBefore(): AppError {
  return new AppError('outcome_unknown', 'this import was already sent or discarded');
}

/** Numbers in the task now, null when the platform gives no total. */
export async function totalOf(dialer: Dialer, taskId: string): Promise<number | null> {
  const task = (await dialer.list()).find(({ id }) => id === taskId);
  if (task === undefined) throw new AppError('task_gone', 'the task is no longer in the list');
  return (await dialer.progress(taskId))?.total ?? task.progress?.total ?? null;
}

interface Sending {
  run: ImportRun;
  /** Updated along with the ledger. */
  batches: ImportBatch[];
  total: number | null;
  isHeld(): Promise<boolean>;
  onProgress: ((sent: number, total: number) => void) | undefined;
}

/** Answers what ended the run before its last batch was taken; null when nothing did. */
async function sendAll(deps: RunDeps, { run, batches, total, isHeld, onProgress }: Sending): Promise<AppError | null> {
  let totalBefore = total;
  let sent = 0;
  for (const batch of batches) {
    if (deps.stopping?.aborted) return null;
    if (!(await isHeld())) throw new AppError('outcome_unknown', 'another process has settled this import');
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
      // Only a refusal of this batch's content leaves hope for the next one.
      if (state === 'unknown' || code !== 'platform_rejected') return outcome.error;
    }
    sent += batch.entries.length;
    tell(deps.log, onProgress, sent, run.counts.ready);
  }
  return null;
}

/** Sends one batch; a platform that asks to wait has taken nothing, and gets it again after the wait. */
async function sendPatiently(
  { dialer, clock, log, stopping }: RunDeps,
  taskId: string,
  batch: ImportBatch,
  totalBefore: number | null,
): ReturnType<Dialer['importNumbers']> {
  for (let waits = 0; ; waits++) {
    const outcome = await dialer.importNumbers(taskId, batch.entries, totalBefore);
    const busy = outcome.kind === 'refused' && outcome.error.code === 'platform_rate_limited' ? outcome.error : null;
    if (busy === null || waits >= mostWaits || stopping?.aborted) return outcome;
    const wait = Math.min(busy.details.retryAfterMs ?? usualWaitMs, longestWaitMs);
    log.info('the platform asked an import to wait', { run: batch.runId, batch: batch.ordinal, ms: wait });
    await clock.sleep(wait, stopping).catch(() => undefined);
    if (stopping?.aborted) return outcome;
  }
}

/** Writes the ledger first: what is in memory is never ahead of what a restart would find. */
async function note(store: Store, batch: ImportBatch, change: Parameters<Store['updateBatch']>[2]): Promise<void> {
  await store.updateBatch(batch.runId, batch.ordinal, change);
  Object.assign(batch, change);
}

function tell(log: Log, onProgress: Sending['onProgress'], sent: number, total: number): void {
  try {
    onProgress?.(sent, total);
  } catch (thrown) {
    log.warn('import progress could not be shown', { code: toAppError(thrown).code });
  }
}

/** Ends a run as its batches stand, and forgets the numbers. */
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

/** @param batches with their entries, before those are forgotten. A batch still `sending` counts as unknown. */
export function resultOf(batches: readonly ImportBatch[]): ImportResult {
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
