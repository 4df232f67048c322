import { toAppError } from '../errors.ts';
import type { ImportRun } from '../model/import-run.ts';
import type { Dialer } from '../ports.ts';
import { listedTask } from '../tasks/listed-task.ts';
import { note, type OpenRun, phonesOf } from './book.ts';
import { requestsOf } from './ledger.ts';
import { type Evidence, expectedTotal, judgeTotal, maxLagMs } from './totals.ts';

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
 * @param once reads it only once, which settles batches that have arrived.
 * @returns whether all of them are settled: accepted, or planned again.
 */
export async function settleDoubt(open: OpenRun, { once = false } = {}): Promise<boolean> {
  const { clock, log, dialer, stopping, run, batches } = open;
  // No total will ever say anything.
  if (expectedTotal(run.facts.base, batches) === null) return false;
  const began = clock.elapsed();
  const turn = requestsOf(batches);
  let last: Evidence | null = null;
  for (let look = 0; ; look += 1) {
    const total = await totalOf(dialer, run.taskId).catch((thrown) => {
      log.warn('the total of an import could not be read', { run: run.id, code: toAppError(thrown).code });
      return null;
    });
    const evidence = total === null ? null : judgeTotal(total, run.facts.base, batches);
    const waited = clock.elapsed() - began;
    const isOld = total !== null && isSeen(open.run, { total, turn, at: clock.now() });
    // That all arrived, one look shows. That some did not, it takes two, and the time in which they still might.
    const isShown = evidence?.absent.length === 0 || isOld || (isSame(evidence, last) && waited >= maxLagMs);
    if (evidence !== null && isShown) {
      await settle(open, evidence);
      return true;
    }
    if (evidence !== null && total !== null && look === 0) await noteSeen(open, { total, turn, at: clock.now() });
    last = evidence;
    if (once || waited >= maxLagMs + (lookEveryMs.at(-1) ?? 0) || stopping?.aborted) return false;
    await clock.sleep(lookEveryMs[Math.min(look, lookEveryMs.length - 1)] ?? 0, stopping);
  }
}

type Seen = NonNullable<ImportRun['facts']['seen']>;

/** Whether this total was read so long ago already, and nothing was sent since. */
function isSeen({ facts: { seen } }: ImportRun, now: Seen): boolean {
  return seen !== null && seen.total === now.total && seen.turn === now.turn && now.at - seen.at >= maxLagMs;
}

/** The first reading of a total, so that another process need not wait for as long again. */
async function noteSeen(open: OpenRun, seen: Seen): Promise<void> {
  const { store, run } = open;
  if (run.facts.seen?.total === seen.total && run.facts.seen.turn === seen.turn) return;
  await store.noteRun(run.id, { seen });
  open.run = { ...run, facts: { ...run.facts, seen } };
}

function isSame(one: Evidence | null, other: Evidence | null): boolean {
  return (
    one !== null &&
    other !== null &&
    one.absent.every((batch) => other.absent.includes(batch)) &&
    one.absent.length === other.absent.length
  );
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

async function settle(open: OpenRun, { arrived, absent }: Evidence): Promise<void> {
  const { run, log, clock } = open;
  for (const batch of arrived) {
    log.info('a lost answer of an import is settled', { run: run.id, batch: batch.ordinal, verdict: 'arrived' });
    const sent = { taskId: run.taskId, phones: await phonesOf(open, batch), at: clock.now() };
    await note(open, batch, { state: 'accepted', accepted: batch.size, message: null }, sent);
  }
  for (const batch of absent) {
    log.info('a lost answer of an import is settled', { run: run.id, batch: batch.ordinal, verdict: 'absent' });
    await note(open, batch, { state: 'planned', accepted: null });
  }
}
