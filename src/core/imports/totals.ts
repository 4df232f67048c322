import type { LedgerBatch, RunFacts } from '../model/import-run.ts';

/** What a total says of batches whose answers were lost; `open`: nothing that can be believed. */
export type TotalVerdict = 'arrived' | 'absent' | 'open';

/**
 * The longest that a list is taken to lag behind its own platform, ms. A total that has been the same for longer than
 * this holds everything that others did before.
 */
export const maxLagMs = 10_000;

/** A total that was read at an instant, epoch ms. */
export interface TotalReading {
  total: number;
  at: number;
}

/** Whether a total that is read now, before the first batch, can be what later ones are compared with. */
export function isBelieved(total: number, now: number, earlier: readonly (TotalReading | null)[]): boolean {
  return earlier.some((reading) => reading?.total === total && now - reading.at >= maxLagMs);
}

const sum = (figures: readonly number[]): number => figures.reduce((all, one) => all + one, 0);

/**
 * The total that a task has when of this run exactly the accepted batches are in it; null when there is nothing to
 * compare with.
 */
export function expectedTotal(base: RunFacts['base'], batches: readonly LedgerBatch[]): number | null {
  if (!base?.believed) return null;
  const accepted = batches.filter(({ state }) => state === 'accepted');
  return base.total + sum(accepted.map(({ accepted: taken, size }) => taken ?? size));
}

/**
 * Whether batches that are in doubt can be settled by now. It is done before the next one is: of two, a total does not
 * say which of them it holds.
 */
export function canSettle(batches: readonly LedgerBatch[]): boolean {
  const unknown = batches.filter(({ state }) => state === 'unknown');
  return unknown.length > 0 && isWitnessed(unknown, batches);
}

/**
 * What one total says of the batches in doubt. They have arrived when it holds all of them beyond what was expected.
 * They are absent when it holds none and yet everything of a batch that was sent after them: then it is not merely old.
 * Anything between may be theirs or somebody else's.
 */
export function judgeTotal(total: number, base: RunFacts['base'], batches: readonly LedgerBatch[]): TotalVerdict {
  const expected = expectedTotal(base, batches);
  if (expected === null) return 'open';
  const doubtful = batches.filter(({ state }) => state === 'unknown' || state === 'sending');
  const surplus = total - expected;
  if (surplus === sum(doubtful.map(({ size }) => size))) return 'arrived';
  return surplus === 0 && isWitnessed(doubtful, batches) ? 'absent' : 'open';
}

/** Whether something was accepted after what is in doubt, so that a total can show that the latter is absent. */
function isWitnessed(doubtful: readonly LedgerBatch[], batches: readonly LedgerBatch[]): boolean {
  const last = Math.max(...doubtful.map(({ turn }) => turn ?? Number.POSITIVE_INFINITY));
  const accepted = batches.filter(({ state }) => state === 'accepted');
  // A batch that may have been taken in part only leaves room for another explanation.
  if (accepted.some(({ accepted: taken }) => taken === null)) return false;
  return accepted.some(({ turn, accepted: taken }) => turn !== null && turn > last && taken !== null && taken > 0);
}
