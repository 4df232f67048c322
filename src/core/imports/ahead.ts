import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LedgerBatch } from '../model/import-run.ts';
import type { ListedNumber } from '../model/numbers.ts';
import { isOverdue, type OpenRun, phonesOf } from './book.ts';
import { nextStep } from './ledger.ts';
import { outlasting } from './outage.ts';
import type { Sending } from './ports.ts';
import { reasonsOf } from './withhold.ts';

/**
 * What a run does while a request of it is in flight, so that it costs no time of its own: it prepares the batch after
 * that, and records what was accepted before. One request is in flight at a time all the same.
 */

/** A batch whose numbers were read and looked up. */
export interface Prepared {
  batch: LedgerBatch;
  entries: ListedNumber[];
  phones: readonly string[];
  /** The version of the do-not-call list that they were looked up in, and when that was, ms of `Clock.elapsed`. */
  doNotCall: number;
  at: number;
}

/** So long what was looked up is good for, ms: other runs send as well. */
const maxPreparedMs = 5_000;

/** So many numbers, and for so long, may have been accepted without being recorded as sent. */
const maxUnrecorded = { numbers: 5_000, ms: 2_000 };

/** What is known of a batch once the platform has accepted it. */
type Accepted = Pick<LedgerBatch, 'state' | 'accepted' | 'message'>;

/** The ledger as it is with that answer; all other batches are the same objects. */
function answeredWith(batches: readonly LedgerBatch[], batch: LedgerBatch, answer: Accepted): LedgerBatch[] {
  return batches.map((one) => (one === batch ? { ...one, ...answer } : one));
}

/**
 * The batch that follows as a matter of course once this one is accepted. null where there is more to consider: nothing
 * is left, something is in doubt, was refused, or must not be sent. Never throws: what fails here fails again in its
 * turn.
 */
export async function prepareNext(open: OpenRun, current: LedgerBatch): Promise<Prepared | null> {
  const { store, clock, batches, stopping } = open;
  // The request has to leave first.
  await nextTurn();
  const accepted = { state: 'accepted', accepted: current.size, message: null } as const;
  const next = followingIn(answeredWith(batches, current, accepted));
  if (next === null || stopping?.aborted) return null;
  try {
    const at = clock.elapsed();
    const doNotCall = await store.doNotCallVersion();
    const entries = await store.batchEntries(next.runId, next.ordinal);
    const phones = entries.map(({ phone }) => phone);
    const why = await reasonsOf(open, phones);
    return why.every((reason) => reason === null) ? { batch: next, entries, phones, doNotCall, at } : null;
  } catch {
    return null;
  }
}

/** While something is in doubt, what is sent is cut to a size of its own, and the total is read after each request. */
function followingIn(batches: readonly LedgerBatch[]): LedgerBatch | null {
  if (batches.some(({ state }) => state === 'unknown')) return null;
  const step = nextStep(batches);
  return step.kind === 'send' ? step.batch : null;
}

/** The ledger with an answer, if what was prepared is the next to be sent; null when it is not, or not for certain. */
export async function followed(
  open: OpenRun,
  current: LedgerBatch,
  answer: Accepted,
  next: Prepared | null,
): Promise<LedgerBatch[] | null> {
  const { batches, clock, lease, stopping } = open;
  if (next === null || stopping?.aborted || isOverdue(open)) return null;
  if (clock.elapsed() - next.at > maxPreparedMs) return null;
  const after = answeredWith(batches, current, answer);
  return followingIn(after) === next.batch && (await lease.isHeld()) ? after : null;
}

/**
 * Numbers that were accepted and are not yet recorded as sent: the hashes of many are recorded together, because each
 * time costs writes all over their index. What a process leaves behind the next one records (`recordLast`).
 */
export class Unrecorded {
  readonly #open: OpenRun;
  #sent: Sending[] = [];
  #numbers = 0;
  #since = 0;

  constructor(open: OpenRun) {
    this.#open = open;
  }

  add(sent: Sending): void {
    if (this.#sent.length === 0) this.#since = this.#open.clock.elapsed();
    this.#sent.push(sent);
    this.#numbers += sent.phones.length;
  }

  /** Whether they have to be recorded before more are sent. */
  get isDue(): boolean {
    const isOld = this.#open.clock.elapsed() - this.#since >= maxUnrecorded.ms;
    return this.#numbers >= maxUnrecorded.numbers || (this.#numbers > 0 && isOld);
  }

  async record(): Promise<void> {
    const { store, run } = this.#open;
    if (this.#numbers === 0) return;
    await outlasting(this.#open, () => store.recordSent(run.id, this.#sent));
    [this.#sent, this.#numbers] = [[], 0];
  }
}

/** Records the numbers that were accepted last, as the process that sent them may have died before it did. */
export async function recordLast(open: OpenRun): Promise<void> {
  const { store, clock, run, batches } = open;
  const accepted = batches.filter(({ state, turn }) => state === 'accepted' && turn !== null);
  let numbers = 0;
  for (const batch of accepted.sort((a, b) => (b.turn ?? 0) - (a.turn ?? 0))) {
    // A batch may be added beyond what is due.
    if (numbers >= 2 * maxUnrecorded.numbers) return;
    numbers += batch.size;
    const phones = await outlasting(open, () => phonesOf(open, batch));
    await outlasting(open, () => store.recordSent(run.id, [{ taskId: run.taskId, phones, at: clock.now() }]));
  }
}
