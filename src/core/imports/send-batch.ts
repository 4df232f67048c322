import { AppError } from '../errors.ts';
import type { ImportBatch, LedgerBatch } from '../model/import-run.ts';
import type { ListedNumber } from '../model/numbers.ts';
import type { Dialer } from '../ports.ts';
import { followed, type Prepared, prepareNext, Unrecorded } from './ahead.ts';
import { note, type OpenRun, phonesOf, replace } from './book.ts';
import { settleDoubt } from './doubt.ts';
import { isHopeless, requestsOf } from './ledger.ts';
import { outlasting } from './outage.ts';
import type { BatchChange, Sending } from './ports.ts';
import { divide, isForRows, isServerError, rowRefusal } from './refusal.ts';
import { expectedTotal, sizeApart } from './totals.ts';
import { reasonsOf, withhold } from './withhold.ts';

/** How the sending ended, with the reason where it waits for its person. */
export type Ended = { as: 'finished' | 'interrupted' | 'cancelled' } | { as: 'halted'; by: AppError };

/** Waits when a request took no effect, ms: what the platform asks for, or one more of these each time. */
const pausesMs = [2_000, 5_000, 15_000, 30_000, 60_000];
const longestPauseMs = 60_000;
/** After so many lost answers in a row, more of them help nobody. */
const maxLostInARow = 3;

/**
 * Sends one batch, and then those that follow as a matter of course, and records what became of them; null when the run
 * goes on. What was answered and that the next one is being sent are written at once, before that leaves.
 * @param apart as much of it as a total can tell apart from what is in doubt
 */
export async function sendBatch(
  sending: OpenRun,
  planned: LedgerBatch,
  { inARow, apart, progress }: { inARow: InARow; apart: boolean; progress: () => void },
): Promise<Ended | null> {
  const { store, dialer, clock, run, rules, batches, stopping } = sending;
  const all = await store.batchEntries(run.id, planned.ordinal);
  let phones: readonly string[] = phonesIn(all);
  const why = await reasonsOf(sending, phones);
  if (why.some((reason) => reason !== null)) {
    await withhold(sending, planned, all, why);
    return null;
  }
  let entries = apart ? all.slice(0, sizeApart(all.length, run.facts.base, batches)) : all;
  let batch = entries.length < all.length ? await cut(sending, planned, [entries, all.slice(entries.length)]) : planned;
  if (entries.length < all.length) phones = phonesIn(entries);
  const ended = await begin(sending, batch);
  if (ended !== null) return ended;

  const unrecorded = new Unrecorded(sending);
  for (;;) {
    if (stopping?.aborted) {
      await notBegun(sending, batch);
      await unrecorded.record();
      return { as: 'interrupted' };
    }
    const request = dialer.importNumbers(run.taskId, entries);
    // A cap holds over all runs: what they have sent is read right before a batch, and recorded right after it.
    const ahead = apart || rules.cap !== null ? null : meanwhile(sending, batch, unrecorded);
    const outcome = await request;
    const sent = { taskId: run.taskId, phones, at: clock.now() };
    if (outcome.kind !== 'done') {
      await ahead;
      await unrecorded.record();
      return notAccepted(sending, { batch, entries }, outcome, inARow);
    }
    Object.assign(inARow, { lost: 0, pauses: 0 });
    const answer = { state: 'accepted', accepted: outcome.value.accepted, message: null } as const;
    const next = await ahead;
    const after = await followed(sending, batch, answer, next);
    if (next === null || after === null) {
      await note(sending, batch, answer, sent);
      await unrecorded.record();
      return null;
    }
    const isBegun = await goOn(sending, { batch, answer, sent }, next, after);
    unrecorded.add(sent);
    if (!isBegun) {
      await unrecorded.record();
      return null;
    }
    ({ batch, entries, phones } = next);
    progress();
  }
}

/** How many answers were lost, and how many waits there were, one after the other. */
interface InARow {
  lost: number;
  pauses: number;
}

const phonesIn = (entries: readonly ListedNumber[]): string[] => entries.map(({ phone }) => phone);

/** While a request is in flight. Never throws. */
async function meanwhile(sending: OpenRun, batch: LedgerBatch, unrecorded: Unrecorded): Promise<Prepared | null> {
  const next = await prepareNext(sending, batch);
  if (!unrecorded.isDue) return next;
  return unrecorded.record().then(
    () => next,
    () => null,
  );
}

/** Marks a batch as being sent; how the run ends when that cannot be. */
async function begin(sending: OpenRun, batch: LedgerBatch): Promise<Ended | null> {
  const { store, run, batches } = sending;
  const begun = { totalBefore: expectedTotal(run.facts.base, batches), turn: requestsOf(batches) + 1 };
  const isBegun = await store.beginBatch(run.id, batch.ordinal, begun).catch(async (thrown) => {
    await notBegun(sending, batch);
    throw thrown;
  });
  if (!isBegun) {
    const now = await store.importRun(run.id);
    if (now?.state === 'cancelling') return { as: 'cancelled' };
    throw new AppError('held_elsewhere', 'this import is no longer being sent');
  }
  Object.assign(batch, begun, { state: 'sending' });
  return null;
}

/** Writes down the answer to a batch and, at once, that the next one is being sent; whether that is so. */
async function goOn(
  sending: OpenRun,
  { batch, answer, sent }: { batch: LedgerBatch; answer: BatchChange; sent: Sending },
  next: Prepared,
  after: readonly LedgerBatch[],
): Promise<boolean> {
  const { store, run } = sending;
  const begun = { totalBefore: expectedTotal(run.facts.base, after), turn: requestsOf(after) + 1 };
  const given = { doNotCall: next.doNotCall, answered: { ordinal: batch.ordinal, change: answer } };
  const isBegun = await store.beginBatch(run.id, next.batch.ordinal, begun, given).catch(async (thrown) => {
    // What the platform answered is known here alone.
    await note(sending, batch, answer, sent);
    await notBegun(sending, next.batch);
    throw thrown;
  });
  Object.assign(batch, answer);
  if (isBegun) Object.assign(next.batch, begun, { state: 'sending' });
  return isBegun;
}

/** Records what became of a batch that was not accepted, as far as that can be known. */
async function notAccepted(
  sending: OpenRun,
  { batch, entries }: { batch: LedgerBatch; entries: readonly ListedNumber[] },
  outcome: Exclude<Awaited<ReturnType<Dialer['importNumbers']>>, { kind: 'done' }>,
  inARow: InARow,
): Promise<Ended | null> {
  const { clock, log, run, batches, stopping, waits } = sending;
  const { error } = outcome;
  log.warn('import batch not accepted', { run: run.id, batch: batch.ordinal, outcome: outcome.kind, code: error.code });
  if (outcome.kind === 'refused' && isForRows(error)) {
    await divided(sending, batch, error, entries);
    return isHopeless(batches) ? { as: 'halted', by: error } : null;
  }
  if (outcome.kind === 'unknown' || isServerError(error)) {
    if (await settleDoubt(sending)) return null;
    // The next process has the time that it takes.
    if (stopping?.aborted) return { as: 'interrupted' };
    await doubt(sending, batch);
    inARow.lost += 1;
    return inARow.lost >= maxLostInARow ? { as: 'halted', by: error } : null;
  }
  // It took no effect.
  await note(sending, batch, { state: 'planned' });
  if (!passing.has(error.code)) return { as: 'halted', by: error };
  const pause = pausesMs[inARow.pauses];
  if (pause === undefined) return { as: 'interrupted' };
  inARow.pauses += 1;
  const ms = Math.min(error.details.retryAfterMs ?? pause, longestPauseMs);
  log.info('an import waits for the platform', { run: run.id, code: error.code, ms });
  waits('platform');
  await clock.sleep(ms, stopping);
  return null;
}

/** Takes back that a batch is being sent: its request has not left. */
async function notBegun(sending: OpenRun, batch: LedgerBatch): Promise<void> {
  const { store, lease } = sending;
  await outlasting(sending, async () => {
    // It may be in the hands of another process by now.
    if (!(await lease.isHeld())) throw new AppError('held_elsewhere', 'another process goes on with this import');
    await store.updateBatch(batch.runId, batch.ordinal, { state: 'planned' });
  });
  batch.state = 'planned';
}

/** Refusals before any effect that pass by themselves. */
export const passing: ReadonlySet<AppError['code']> = new Set([
  'platform_rate_limited',
  'platform_timeout',
  'platform_unreachable',
  'platform_server_error',
]);

/** Nobody can say what became of a batch: it is not sent again, and its numbers count as sent. */
export async function doubt(deps: OpenRun, batch: LedgerBatch): Promise<void> {
  const sent = { taskId: deps.run.taskId, phones: await phonesOf(deps, batch), at: deps.clock.now() };
  await note(deps, batch, { state: 'unknown' }, sent);
}

/** Cuts a planned batch in two; the first one. What was refused need not be in one of both. */
async function cut(sending: OpenRun, batch: LedgerBatch, parts: ListedNumber[][]): Promise<LedgerBatch> {
  const { batches } = sending;
  const at = batches.length - 1;
  await replace(sending, batch, (first) =>
    parts.map((entries, index) => ({ ...batch, entries, size: entries.length, ordinal: first + index, twin: null })),
  );
  return batches[at] ?? batch;
}

/** Puts the parts of a refused batch in its place. Without an error, the refusal is that of the whole it is a half of. */
export async function divided(
  sending: OpenRun,
  batch: LedgerBatch,
  error: AppError | null,
  given?: readonly ListedNumber[],
): Promise<void> {
  const entries = given ?? (await sending.store.batchEntries(batch.runId, batch.ordinal));
  const refusal = rowRefusal(error ?? ofWhole(batch), entries);
  const { message } = refusal;
  await replace(sending, batch, (first) =>
    divide(entries, refusal).map((part, index): ImportBatch => {
      const { turn } = batch;
      const ordinal = first + index;
      const { state, isSecondHalf } = part;
      const size = part.entries.length;
      const twin = isSecondHalf ? ordinal - 1 : null;
      // A part that is planned is known by its message.
      const said = state === 'planned' ? (message ?? '') : message;
      return { ...batch, entries: part.entries, ordinal, size, state, accepted: null, message: said, turn, twin };
    }),
  );
}

function ofWhole({ message }: LedgerBatch): AppError {
  return new AppError('platform_rejected', 'refused with its other half', {
    details: message ? { platformMessage: message } : {},
  });
}
