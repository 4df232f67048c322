import { toAppError } from '../errors.ts';
import type { LedgerBatch } from '../model/import-run.ts';
import type { Dialer } from '../ports.ts';
import { listedTask } from '../tasks/listed-task.ts';
import { note, type OpenRun, phonesOf } from './book.ts';
import { expectedTotal, judgeTotal, maxLagMs, type TotalVerdict } from './totals.ts';

/** Between two looks at a total that has not settled a doubt, ms. */
const lookEveryMs = [500, 1_000, 1_500, 2_000, 2_500, 3_000];

/** Numbers currently in the task; null when the platform gives no total. Throws what reading it throws. */
export async function totalOf(dialer: Dialer, taskId: string): Promise<number | null> {
  const task = await listedTask(dialer, taskId);
  return (await dialer.progress(taskId))?.total ?? task.progress?.total ?? null;
}

/**
 * Settles the batches whose answers were lost by the task's total, as far as it can be believed. A total that does not
 * explain itself may lag, so it is read until it has had time not to.
 * @returns what became of them: accepted, planned again, or left as they are.
 */
export async function settleDoubt(open: OpenRun): Promise<TotalVerdict> {
  const { clock, log, dialer, stopping, run, batches } = open;
  // No total will ever say anything.
  if (expectedTotal(run.facts.base, batches) === null) return 'open';
  const began = clock.elapsed();
  let absences = 0;
  for (let look = 0; ; look += 1) {
    const total = await totalOf(dialer, run.taskId).catch((thrown) => {
      log.warn('the total of an import could not be read', { run: run.id, code: toAppError(thrown).code });
      return null;
    });
    const verdict = total === null ? 'open' : judgeTotal(total, run.facts.base, batches);
    absences = verdict === 'absent' ? absences + 1 : 0;
    const waited = clock.elapsed() - began;
    // That they arrived, one look shows. That they did not, it takes two, and the time in which they still might.
    if (verdict === 'arrived' || (verdict === 'absent' && absences > 1 && waited >= maxLagMs)) {
      for (const batch of doubtful(batches)) await settled(open, batch, verdict);
      return verdict;
    }
    if (waited >= maxLagMs + (lookEveryMs.at(-1) ?? 0) || stopping?.aborted) return 'open';
    await clock.sleep(lookEveryMs[Math.min(look, lookEveryMs.length - 1)] ?? 0, stopping);
  }
}

/**
 * How far the task's total grew by what was accepted, for a platform whose answers have no counts. It is read until it
 * shows all of it or has had the time to. null when nothing can be compared, or others changed it meanwhile.
 */
export async function growthOf({ dialer, clock, stopping, run, batches }: OpenRun): Promise<number | null> {
  const accepted = batches.filter(({ state }) => state === 'accepted');
  const sent = accepted.reduce((sum, { size }) => sum + size, 0);
  const { base } = run.facts;
  if (base === null || accepted.every(({ accepted: taken }) => taken !== null)) return null;
  const began = clock.elapsed();
  for (let look = 0; ; look += 1) {
    const total = await totalOf(dialer, run.taskId).catch(() => null);
    const grown = total === null ? null : total - base.total;
    if (grown === sent) return grown;
    if (clock.elapsed() - began >= maxLagMs || stopping?.aborted)
      return grown !== null && grown >= 0 && grown < sent ? grown : null;
    await clock.sleep(lookEveryMs[Math.min(look, lookEveryMs.length - 1)] ?? 0, stopping);
  }
}

function doubtful(batches: readonly LedgerBatch[]): LedgerBatch[] {
  return batches.filter(({ state }) => state === 'unknown' || state === 'sending');
}

async function settled(open: OpenRun, batch: LedgerBatch, verdict: 'arrived' | 'absent'): Promise<void> {
  const { run, log, clock } = open;
  log.info('a lost answer of an import is settled', { run: run.id, batch: batch.ordinal, verdict });
  if (verdict === 'absent') return note(open, batch, { state: 'planned', accepted: null });
  const sent = { taskId: run.taskId, phones: await phonesOf(open, batch), at: clock.now() };
  return note(open, batch, { state: 'accepted', accepted: batch.size, message: null }, sent);
}
