import type { LedgerBatch, RunFacts } from '../model/import-run.ts';

/** What a total says of the batches in doubt, each of which is in one of both. */
export interface Evidence {
  arrived: LedgerBatch[];
  absent: LedgerBatch[];
}

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

/** Of more batches in doubt a total is not asked which of them it holds. */
const maxToldApart = 10;

function isInDoubt({ state }: LedgerBatch): boolean {
  return state === 'unknown' || state === 'sending';
}

/**
 * What one total says of the batches in doubt; null when nothing can be believed. They have arrived when it holds all of
 * them beyond what was expected. Some or all are absent when it holds exactly the others, in one way only, and yet
 * everything of a batch that was sent after them: then it is not merely old. Anything else may be theirs or someone
 * else's.
 */
export function judgeTotal(total: number, base: RunFacts['base'], batches: readonly LedgerBatch[]): Evidence | null {
  const expected = expectedTotal(base, batches);
  if (expected === null) return null;
  const doubtful = batches.filter(isInDoubt);
  const surplus = total - expected;
  if (surplus === sum(doubtful.map(({ size }) => size))) return { arrived: doubtful, absent: [] };
  if (!isWitnessed(doubtful, batches)) return null;
  const arrived = surplus === 0 ? [] : onlyOnes(doubtful, surplus);
  return arrived && { arrived, absent: doubtful.filter((batch) => !arrived.includes(batch)) };
}

/** The batches whose sizes add up to a number; null when there are none, or it may be others. */
function onlyOnes(batches: readonly LedgerBatch[], size: number): LedgerBatch[] | null {
  if (batches.length > maxToldApart) return null;
  const found = sumsOf(batches.map((batch) => batch.size)).flatMap(({ total, chosen }) =>
    total === size ? [chosen] : [],
  );
  const [only, another] = found;
  return only === undefined || another !== undefined ? null : batches.filter((_, index) => only.includes(index));
}

/** The sums of all choices of some figures; two to the power of how many there are. */
function sumsOf(figures: readonly number[]): { total: number; chosen: number[] }[] {
  const sums: { total: number; chosen: number[] }[] = [{ total: 0, chosen: [] }];
  for (const [index, figure] of figures.entries())
    sums.push(...sums.map(({ total, chosen }) => ({ total: total + figure, chosen: [...chosen, index] })));
  return sums;
}

/** For so many batches in doubt a size is sought that a total can tell apart from theirs. */
const maxApart = 6;

/**
 * How much of a batch is sent while others are in doubt: as much as possible, but so that a total tells which of them it
 * holds, should the answer to this one be lost as well. All of it where no total will tell anything.
 */
export function sizeApart(size: number, base: RunFacts['base'], batches: readonly LedgerBatch[]): number {
  const doubtful = batches.filter(isInDoubt);
  if (doubtful.length === 0 || doubtful.length > maxApart) return size;
  if (expectedTotal(base, batches) === null || isUncounted(batches)) return size;
  const sums = sumsOf(doubtful.map((batch) => batch.size)).map(({ total }) => total);
  const taken = new Set(sums.flatMap((one) => sums.map((other) => Math.abs(one - other))));
  for (let apart = size; apart > 0; apart -= 1) if (!taken.has(apart)) return apart;
  return size;
}

/** Whether something was accepted after what is in doubt, so that a total can show that the latter is absent. */
function isWitnessed(doubtful: readonly LedgerBatch[], batches: readonly LedgerBatch[]): boolean {
  const last = Math.max(...doubtful.map(({ turn }) => turn ?? Number.POSITIVE_INFINITY));
  if (isUncounted(batches)) return false;
  return batches.some(
    ({ state, turn, accepted }) => state === 'accepted' && turn !== null && turn > last && (accepted ?? 0) > 0,
  );
}

/** A batch that may have been taken in part only leaves room for another explanation. */
function isUncounted(batches: readonly LedgerBatch[]): boolean {
  return batches.some(({ state, accepted }) => state === 'accepted' && accepted === null);
}
